"""Somebody at the dashboard without a browser: speaks Streamlit's protocol over a WebSocket, on this machine only.

What a browser does on its own is done here too: fragments are run again at their interval, the values of widgets go
with every run, and an evaluator's outbox is emptied once it is answered.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from deploy.first_visit import HOST

WITHIN = 60.0
"""Seconds that a run or an answer may take before it counts as an error."""


@dataclass
class Grid:
    """The score grid as the server last sent it."""

    id: str = ""
    fragment: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)


class Visitor:
    """One tab. Errors that the page shows, or an answer that never comes, are collected in `errors`.

    `who`: {id, name} of whoever sits there, said as a browser says it; without it nobody who has given a name.
    """

    def __init__(self, port: int, who: Mapping[str, str] | None = None) -> None:
        self._port = port
        self._who = {"id": "", "name": "", **(who or {})}
        self._asked = ""
        """The component that asks who sits there."""
        self.errors: list[str] = []
        self.runs = 0
        self.received = 0
        """Bytes."""
        self.grid = Grid()
        self._page, self._query, self._hash = "", "", ""
        self._values: dict[str, str] = {}
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._announced: set[str] = set()
        self._finished = asyncio.Event()
        self._told = asyncio.Event()
        self._leaving = False
        self._socket: ClientConnection

    async def __aenter__(self) -> Visitor:
        self._socket = await connect(
            f"ws://{HOST}:{self._port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(f"http://{HOST}:{self._port}"),
            max_size=None,
            proxy=None,
            open_timeout=WITHIN,
        )
        self._reader = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop_timers()
        self._leaving = True
        await self._socket.close()
        await self._reader

    async def open(self, page: str, **query: str) -> float:
        """Go to a page as by a click in the navigation; milliseconds until its run has ended."""
        self._stop_timers()
        self.grid = Grid()
        self._hash, self._page, self._query = "", page, "&".join(f"{key}={value}" for key, value in query.items())
        self._finished.clear()
        start = time.perf_counter()
        await self._rerun()
        await self._wait(self._finished, f"{page}: the run did not end")
        if self._asked and self._asked not in self._values:
            self._values[self._asked] = json.dumps({"who": {**self._who, "first": self._who["id"]}})
            self._finished.clear()
            await self._rerun()
            await self._wait(self._finished, f"{page}: the run did not end once it was known who asks")
        return 1000 * (time.perf_counter() - start)

    async def save(self, edit: Mapping[str, Any]) -> float:
        """Put an edit of one's own into the grid's outbox; milliseconds until the grid is told that it is saved."""
        wanted = str(edit["edit_id"])
        start = time.perf_counter()
        await self._put({"outbox": [{**edit, "by": self._who["id"]}]})
        answer: Mapping[str, Any] = {}
        while time.perf_counter() - start < WITHIN:
            answer = self.grid.answers.get(wanted, {})
            if answer:
                break
            self._told.clear()
            if not await self._wait(self._told, "an edit was not answered"):
                return 1000 * WITHIN
        took = 1000 * (time.perf_counter() - start)
        if answer.get("state") != "saved":
            self.errors.append(f"an edit was answered with {answer.get('state')}")
        await self._put({"outbox": []})
        return took

    async def _put(self, value: Mapping[str, Any]) -> None:
        self._values[self.grid.id] = json.dumps(value)
        await self._rerun(self.grid.fragment)

    async def _wait(self, event: asyncio.Event, otherwise: str) -> bool:
        try:
            await asyncio.wait_for(event.wait(), WITHIN)
        except TimeoutError:
            self.errors.append(otherwise)
            return False
        return True

    async def _rerun(self, fragment: str = "", *, of_timer: bool = False) -> None:
        ask = BackMsg()
        run = ask.rerun_script
        run.query_string = self._query
        if self._hash:
            run.page_script_hash = self._hash  # from the first run on, a page goes by it
        else:
            run.page_name = self._page
        run.fragment_id, run.is_auto_rerun = fragment, of_timer
        for id_, value in self._values.items():
            run.widget_states.widgets.add(id=id_, json_value=value)
        await self._socket.send(ask.SerializeToString())

    async def _read(self) -> None:
        async for packet in self._socket:
            message = ForwardMsg()
            self.received += len(packet)
            message.ParseFromString(packet if isinstance(packet, bytes) else packet.encode())
            self._heard(message)
        if not self._leaving:
            self.errors.append("the server ended the connection")

    def _heard(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            self.runs += 1
            if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                self._stop_timers(but=self._announced)  # the whole page was made anew, its fragments with it
                self._finished.set()
        elif kind == "new_session":
            self._announced.clear()
        elif kind == "navigation":
            self._hash = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            self._time(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "page_not_found":
            self.errors.append(f"no page {self._page}")
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._drawn(message.delta.new_element, message.delta.fragment_id)

    def _drawn(self, element: Any, fragment: str) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception" or (kind == "alert" and element.alert.format == element.alert.ERROR):
            self.errors.append(f"{self._page}: an error stands on the page")
        if kind != "bidi_component":
            return
        shown = element.bidi_component
        if shown.component_name.rpartition(".")[2] == "who":
            self._asked = shown.id
        text = shown.json or shown.mixed.json
        data = json.loads(text) if text else {}
        if "sheet_answers" in shown.component_name:
            self.grid.answers = data["answers"]
            self._told.set()
        elif "score_grid" in shown.component_name:
            drawn = {**json.loads(data.get("drawn", "{}")), **data}
            self.grid = Grid(shown.id, fragment, drawn, self.grid.answers)

    def _time(self, fragment: str, interval: float) -> None:
        self._announced.add(fragment)

        async def again() -> None:
            while True:
                await asyncio.sleep(interval)
                await self._rerun(fragment, of_timer=True)

        if (old := self._timers.pop(fragment, None)) is not None:
            old.cancel()
        self._timers[fragment] = asyncio.create_task(again())

    def _stop_timers(self, but: Collection[str] = ()) -> None:
        for fragment in [each for each in self._timers if each not in but]:
            self._timers.pop(fragment).cancel()


def edit(code: str, base: int | str, points: str) -> dict[str, Any]:
    """A change as the score grid sends it."""
    return {
        "edit_id": str(uuid4()),
        "code": code,
        "base": base,
        "points": points,
        "status": "confirmed",
        "reason": "依据不足",
    }
