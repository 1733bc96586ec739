"""The order of events, whatever the clock said: what another follows was there before it, however it is dated."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any, TypeVar

from core.store.digest import Link

L = TypeVar("L", bound=Link[Any])
Placed = tuple[datetime, L]
"""An event with the moment by which it was there."""


def at_latest(stamps: Sequence[datetime]) -> list[datetime]:
    """The latest moment by which each of a line was there: not after any that follows it."""
    return list(accumulate(reversed(stamps), min))[::-1]


def in_order(lines: Iterable[Sequence[L]]) -> list[Placed[L]]:
    """The events of several lines as one: each line in its own order, between them by the moment."""
    placed = [
        each for line in lines for each in zip(at_latest([link.event.made_at for link in line]), line, strict=True)
    ]
    return sorted(placed, key=lambda each: each[0])


def chains(links: Sequence[L]) -> list[list[L]]:
    """Lines by what each event follows: one for each sheet, more where a chain has been broken by hand."""
    following = {link.previous: link for link in links}
    digests = {link.digest for link in links}
    lines: list[list[L]] = []
    for link in [link for link in links if link.previous not in digests]:
        line: list[L] = []
        previous = link.previous
        while previous in following:
            line.append(following.pop(previous))
            previous = line[-1].digest
        lines.append(line)
    return lines + [[link] for link in following.values()]


def by_revision(links: Iterable[L], key: Callable[[L], Hashable]) -> list[list[L]]:
    """Lines by revision, within what revisions are counted."""
    lines: dict[Hashable, list[L]] = {}
    for link in sorted(links, key=lambda link: link.event.revision):
        lines.setdefault(key(link), []).append(link)
    return list(lines.values())
