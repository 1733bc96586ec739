"""Viewers and evaluators for a while, in a process of their own; says what they met with as one line of JSON.

    python -m tests.bench.crowd PORT SECONDS VIEWERS EVALUATORS

Every fifth viewer watches the scorecard live, the others walk from page to page; each evaluator scores items of their
own on the shared sheet, one every three seconds. Numbers and time are bounded; nothing but this machine is spoken to.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Awaitable, Sequence
from itertools import cycle, islice
from typing import Any

from tests.bench.visitor import Visitor, edit

MOST_PEOPLE = 100
MOST_SECONDS = 1800
LOOKS = 10.0
"""Seconds that a viewer looks at a page."""
TYPES = 3.0
"""Seconds from one change of an evaluator to the next."""
OF_THE_BROWSER = "A11"
"""The item that the real browser scores, and nobody else."""
PAGES = ("", "budget", "beneficiaries", "checks", "findings", "alarms")


class Told:
    """What they met with."""

    def __init__(self) -> None:
        self.pages: list[float] = []
        self.saves: list[float] = []
        self.saved: list[str] = []
        """Edits that were acknowledged."""
        self.last: dict[str, str] = {}
        """The points that each item was given last."""
        self.errors: list[str] = []
        self.runs = 0
        self.received = 0

    def add(self, visitor: Visitor) -> None:
        """Take over what one of them counted."""
        self.errors += visitor.errors
        self.runs += visitor.runs
        self.received += visitor.received


async def view(told: Told, port: int, number: int, end: float) -> None:
    """A viewer until `end`."""
    dice = random.Random(number)
    watches = number % 5 == 0
    pages = cycle(("scorecard",) if watches else PAGES)
    await asyncio.sleep(dice.uniform(0, LOOKS))  # people do not come at one stroke
    async with Visitor(port) as visitor:
        while time.monotonic() < end:
            told.pages.append(await visitor.open(next(pages)))
            pause = end - time.monotonic() if watches else dice.uniform(0.5, 1.5) * LOOKS
            await asyncio.sleep(max(0.0, min(pause, end - time.monotonic())))
        told.add(visitor)


async def score(told: Told, port: int, number: int, evaluators: int, end: float) -> None:
    """An evaluator until `end`: scores items that are nobody else's."""
    dice = random.Random(1000 + number)
    who = {"id": f"bench-evaluator-{number:04}", "name": f"评价人{number}"}
    await asyncio.sleep(dice.uniform(0, TYPES))
    async with Visitor(port, who) as visitor:
        await visitor.open("scorecard", sheet="r1/working")
        rows = visitor.grid.data.get("rows", {})
        mine = list(islice((code for code in rows if code != OF_THE_BROWSER), number, None, evaluators))
        before: dict[str, int | str] = {code: rows[code]["revision"] for code in mine}
        turn = 0
        while time.monotonic() < end and mine:
            code = mine[turn % len(mine)]
            change = edit(code, before[code], f"{dice.randint(0, 99) / 100:.2f}")
            told.saves.append(await visitor.save(change))
            before[code] = change["edit_id"]
            told.saved.append(change["edit_id"])
            told.last[code] = change["points"]
            turn += 1
            await asyncio.sleep(max(0.0, min(dice.uniform(0.5, 1.5) * TYPES, end - time.monotonic())))
        if not mine:
            visitor.errors.append("the scorecard came without a grid")
        told.add(visitor)


async def crowd(port: int, seconds: float, viewers: int, evaluators: int) -> dict[str, Any]:
    """All of them for that long."""
    told, end = Told(), time.monotonic() + seconds
    people: Sequence[Awaitable[None]] = (
        *(view(told, port, number, end) for number in range(viewers)),
        *(score(told, port, number, evaluators, end) for number in range(evaluators)),
    )
    for found in await asyncio.gather(*people, return_exceptions=True):
        if isinstance(found, BaseException):
            told.errors.append(f"{type(found).__name__}: {found}")
    return vars(told)


if __name__ == "__main__":
    port, seconds, viewers, evaluators = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    if viewers + evaluators > MOST_PEOPLE or seconds > MOST_SECONDS:
        sys.exit(f"at most {MOST_PEOPLE} people for {MOST_SECONDS} seconds")
    print(json.dumps(asyncio.run(crowd(port, seconds, viewers, evaluators))))
