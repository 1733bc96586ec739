"""Undo and redo: the steps of a person on a sheet, read from its events.

An edit_id says which step it is of and what it does: `<step>-c-<12 hex>` changes, `-u-` undoes, `-r-` redoes.
All events of one step (a pasted block) share its id. An id of another form, as older ones have, is a step by itself.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from core.model.scorecard import ScoreEvent, Status

Kind = Literal["c", "u", "r"]
_ACT = re.compile(r"([0-9a-zA-Z-]{8,48})-([cur])-[0-9a-f]{12}")


class Act(NamedTuple):
    """What an event does: changes (c), undoes (u) or redoes (r) a step."""

    step: str
    kind: str


def act_of(edit_id: str) -> Act:
    """Read an edit_id; one of another form is a change, and a step by itself."""
    found = _ACT.fullmatch(edit_id)
    return Act(found[1], found[2]) if found else Act(edit_id, "c")


def new_step() -> str:
    """Make a random id of a step."""
    return secrets.token_hex(6)


def edit_id(step: str) -> str:
    """Make the id of a change within a step."""
    return f"{step}-c-{secrets.token_hex(6)}"


@dataclass
class Change:
    """What a step did to one item."""

    before: ScoreEvent | None
    """None: the item had no event."""
    after: ScoreEvent
    revision: int
    """Of the newest event of the step on the item: the change, or the newest that undid or redid it."""


@dataclass
class Step:
    """Changes of one person that are undone together."""

    id: str
    changes: dict[str, Change] = field(default_factory=dict)
    """By code, in the order in which they were made."""
    stopped: ScoreEvent | None = None
    """Another person's later change of one of its items: the step is neither undone nor redone over it."""

    def values(self, kind: str) -> Mapping[str, ScoreEvent | None]:
        """The event by code whose value undoing (u) or redoing (r) brings back."""
        return {code: each.before if kind == "u" else each.after for code, each in self.changes.items()}


@dataclass(frozen=True)
class Steps:
    """What a person may undo and redo, the next one last."""

    undo: tuple[Step, ...] = ()
    redo: tuple[Step, ...] = ()

    def of(self, kind: str) -> tuple[Step, ...]:
        """The steps that an event of that kind may be of."""
        return self.undo if kind == "u" else self.redo


def same_value(one: ScoreEvent | None, other: ScoreEvent | None) -> bool:
    """True where two events say the same of an item; no event says 未评."""
    return _value(one) == _value(other)


def _value(event: ScoreEvent | None) -> tuple[object, ...]:
    return (None, Status.UNSCORED, "") if event is None else (event.points, event.status, event.reason)


def steps_of(events: Iterable[ScoreEvent], actor: str) -> Steps:
    """Sort out the person's steps from a sheet's events, oldest first."""
    undo: dict[str, Step] = {}
    redo: dict[str, Step] = {}
    newest: dict[str, ScoreEvent] = {}
    others: dict[str, ScoreEvent] = {}
    for event in events:
        before = newest.get(event.code)
        newest[event.code] = event
        if event.actor != actor:
            others[event.code] = event
            continue
        act = act_of(event.edit_id)
        here, there = (undo, redo) if act.kind == "u" else (redo, undo)
        if act.kind != "c" and act.step in here:
            there[act.step] = here.pop(act.step)
        if act.kind != "c" and event.code in (moved := there.get(act.step, Step(""))).changes:
            moved.changes[event.code].revision = event.revision
        elif not same_value(before, event):
            redo.clear()
            changes = undo.setdefault(act.step, Step(act.step)).changes
            first = changes[event.code].before if event.code in changes else before
            changes[event.code] = Change(first, event, event.revision)
    for step in (*undo.values(), *redo.values()):
        late = (others[code] for code, each in step.changes.items() if _later(others.get(code), each))
        step.stopped = next(late, None)
    return Steps(tuple(undo.values()), tuple(redo.values()))


def _later(other: ScoreEvent | None, change: Change) -> bool:
    return other is not None and other.revision > change.revision


def standing(step: Step, kind: str, newest: Mapping[str, ScoreEvent]) -> bool:
    """True where each item of the step still is as the step, or its undoing, left it."""
    left = step.values("r" if kind == "u" else "u")
    return all(same_value(newest.get(code), event) for code, event in left.items())
