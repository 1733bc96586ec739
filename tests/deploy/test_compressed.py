"""The parts of the program go out as gzip to whoever takes it, and as they are to anybody else."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import streamlit

from deploy import index_page
from deploy.compressed import Compressed
from deploy.guard import Receive, Scope, Send

STATIC = Path(streamlit.__file__).parent / "static"
MOST = 2_600_000
"""Bytes of the files that the first page names."""


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    """What stands behind it, which says that it was asked."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-behind", b"yes")]})
    await send({"type": "http.response.body", "body": b"behind"})


APP = Compressed(behind)


def asked(path: str, headers: Mapping[str, str], method: str = "GET") -> tuple[dict[str, str], bytes]:
    """The headers and the body of an answer."""
    told: list[MutableMapping[str, Any]] = []

    async def nothing() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def sent(message: MutableMapping[str, Any]) -> None:
        told.append(message)

    scope = {
        "type": "http", "method": method, "path": path, "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    with ThreadPoolExecutor(1) as other:  # in this thread the browser of other tests may have an event loop
        other.submit(lambda: asyncio.run(APP(scope, nothing, sent))).result()
    found = {name.decode(): value.decode() for name, value in told[0]["headers"]}
    return found, b"".join(message["body"] for message in told[1:])


def named() -> list[str]:
    """The files that the page names, to be fetched ahead or run."""
    page = index_page.page("/", logs_in=False).decode()
    return sorted(set(re.findall(r'(?:href|src)="\./(static/[^"]+)"', page)))


def test_each_file_of_the_first_page_is_what_it_was_and_all_of_them_are_small() -> None:
    sent = 0
    for file in named():
        headers, raw = asked(f"/{file}", {"accept-encoding": "gzip, deflate"})
        if "x-behind" in headers:
            sent += (STATIC / file).stat().st_size
            continue
        sent += len(raw)
        assert gzip.decompress(raw) == (STATIC / file).read_bytes()
        assert headers["content-encoding"] == "gzip"
        assert headers["content-length"] == str(len(raw))
        assert headers["vary"] == "Accept-Encoding"
        assert "immutable" in headers["cache-control"]
    assert len(named()) > 20
    assert sent <= MOST


@pytest.mark.parametrize("headers", [
    {"accept-encoding": "identity"}, {"accept-encoding": "br"}, {"accept-encoding": "gzip;q=0"},
    {"accept-encoding": "gzip", "range": "bytes=0-99"},
])  # fmt: skip
def test_whoever_does_not_take_it_gets_the_file_as_it_is(headers: dict[str, str]) -> None:
    script = next(file for file in named() if file.endswith(".js"))
    assert asked(f"/{script}", headers)[0].get("x-behind") == "yes"


@pytest.mark.parametrize(
    "path", ["/", "/static/js/none.js", "/static/js/", "/static/../app.py", "/static/js/..%2f..%2findex.html"]
)
def test_what_is_no_part_of_the_program_is_not_answered_here(path: str) -> None:
    assert asked(path, {"accept-encoding": "gzip"})[0].get("x-behind") == "yes"


def test_another_method_is_not_answered_here() -> None:
    script = next(file for file in named() if file.endswith(".js"))
    assert asked(f"/{script}", {"accept-encoding": "gzip"}, "HEAD")[0].get("x-behind") == "yes"
