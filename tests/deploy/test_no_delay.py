"""Connections to the socket that Streamlit binds send what they have at once."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from asyncio import base_events
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from streamlit.web.server.starlette import starlette_server

from deploy import no_delay

ROOT = Path(__file__).resolve().parents[2]


async def accepted() -> int:
    """TCP_NODELAY of a connection to a socket that Streamlit has bound."""
    found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def come(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        found.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    bound = starlette_server._bind_socket("127.0.0.1", 0, 5)
    async with await asyncio.start_server(come, sock=bound):
        _, writer = await asyncio.open_connection(*bound.getsockname())
        result = await found
        writer.close()
    return result


def of_its_own() -> int:
    """Asked in a thread of its own: in this one the browser of other tests may have an event loop."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(lambda: asyncio.run(accepted())).result()


def test_nothing_waits_for_an_acknowledgement(monkeypatch: pytest.MonkeyPatch) -> None:
    assert of_its_own() == 0, "Streamlit or asyncio sets it by itself: deploy.no_delay is not needed any more"
    monkeypatch.setattr(base_events, "_set_nodelay", base_events._set_nodelay)  # type: ignore[attr-defined]
    no_delay.begin()
    assert of_its_own() != 0


def test_the_dashboard_begins_with_it() -> None:
    script = "import deploy.asgi, asyncio.base_events as b; print(b._set_nodelay.__module__)"
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.split() == ["deploy.no_delay"]
