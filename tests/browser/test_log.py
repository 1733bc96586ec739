"""A server's log while somebody scores: JSON lines, and nothing of what they typed; what the health pages answer."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

from core.service.base import open_store
from tests.bench.visitor import Visitor, edit
from tests.browser.running_app import RunningApp

WHO = {"id": "browser-zhang-sanfeng", "name": "张三丰"}
REASON = "佐证第7页与现场不符"
ASKED = "13812345678"


def answer(app: RunningApp, path: str) -> tuple[int, str, str | None]:
    connection = HTTPConnection("127.0.0.1", app.port, timeout=30)
    try:
        connection.request("GET", path, headers={"X-Request-Id": ASKED})
        got = connection.getresponse()
        return got.status, got.read().decode(), got.headers.get("X-Request-Id")
    finally:
        connection.close()


async def work(port: int) -> None:
    async with Visitor(port, WHO) as visitor:
        await visitor.open("scorecard", sheet="r1/working", place=ASKED)
        rows = visitor.grid.data["rows"]
        code = next(iter(rows))
        good = edit(code, rows[code]["revision"], "1.37") | {"reason": REASON}
        await visitor.save(good)
        await visitor.save(edit(code, good["edit_id"], "八分半") | {"reason": REASON})  # refused
        assert len(visitor.errors) == 1


def test_what_is_typed_is_not_in_the_log(store_path: Path, tmp_path: Path) -> None:
    open_store.close()
    app = RunningApp(store_path, tmp_path / "server.log")
    app.start()
    try:
        assert answer(app, "/health/alive")[:2] == (200, "alive\n")
        assert answer(app, "/health/ready")[:2] == (200, "ready\n")
        status, _, ours = answer(app, f"/{WHO['name'].encode().hex()}?name={ASKED}")
        assert (status, ours == ASKED) == (200, False)
        # In a thread of its own: the worker's thread has Playwright's loop, where other tests have run before.
        with ThreadPoolExecutor(1) as visitor:
            visitor.submit(lambda: asyncio.run(work(app.port))).result()
        assert answer(app, f"/?reason={ASKED}")[0] == 200
    finally:
        app.stop()
    text = app.log()
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert {"page", "save", "connection", "request"} <= {line["what"] for line in lines}
    (saved,) = [line for line in lines if line["what"] == "save"][:1]
    assert saved["count"] == 1
    assert saved["ms"] > 0
    # A page's lines are found by the connection's id.
    assert {line["request"] for line in lines if line["what"] == "connection"} >= {saved["request"]}
    for typed in (*WHO.values(), REASON, "1.37", "八分半", ASKED):
        assert typed not in text
        assert json.dumps(typed)[1:-1] not in text


def test_a_store_that_is_not_there_is_said_and_the_process_lives(tmp_path: Path) -> None:
    open_store.close()
    app = RunningApp(tmp_path / "none.duckdb", tmp_path / "server.log")
    app.start(opened=False)
    try:
        assert answer(app, "/health/alive")[:2] == (200, "alive\n")
        assert answer(app, "/health/ready")[:2] == (503, "not ready: store\n")
    finally:
        app.stop()
