"""讨论 of an item: the remarks with what became of them, and whom they wait for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.model.panel_events import TalkEvent


@dataclass(frozen=True)
class Remark:
    """What somebody said, and whether it is marked for the minutes."""

    event: TalkEvent
    minuted: bool


@dataclass(frozen=True)
class Thread:
    """Talk on one item."""

    remarks: tuple[Remark, ...]
    """Oldest first."""
    resolved: TalkEvent | None
    """Event that holds it resolved; None: it is open, or nobody has said anything."""

    @property
    def open(self) -> bool:
        """True where something has been said that is not resolved."""
        return bool(self.remarks) and self.resolved is None


def thread(events: Iterable[TalkEvent]) -> Thread:
    """Make the talk of one item of its events, oldest first."""
    said: list[TalkEvent] = []
    minuted: dict[int, bool] = {}
    resolved: TalkEvent | None = None
    for event in events:
        if event.kind == "said":
            said.append(event)
        elif event.kind in ("marked", "unmarked"):
            minuted[event.about] = event.kind == "marked"
        # A remark after the end opens it again: whoever is meant by it has to find it.
        resolved = event if event.kind == "resolved" else resolved if event.kind in ("marked", "unmarked") else None
    return Thread(tuple(Remark(event, minuted.get(event.revision, False)) for event in said), resolved)


def by_item(events: Sequence[TalkEvent]) -> dict[str, Thread]:
    """Make the talk of each item of a round of its events, oldest first; of no other items."""
    codes = dict.fromkeys(event.code for event in events)
    return {code: thread(event for event in events if event.code == code) for code in codes}


def waiting(events: Sequence[TalkEvent], person: str) -> tuple[TalkEvent, ...]:
    """List the remarks of others that wait for a person: they are meant for them, nothing of theirs follows, and the
    talk is open. Oldest first; `events` those of a round, oldest first."""
    found: list[TalkEvent] = []
    for each in by_item(events).values():
        own = [remark.event.revision for remark in each.remarks if remark.event.actor == person]
        answered = max(own, default=0)
        found += [
            remark.event
            for remark in each.remarks
            if each.open and person in remark.event.mentions and remark.event.revision > answered
        ]
    return tuple(sorted(found, key=lambda event: event.made_at))
