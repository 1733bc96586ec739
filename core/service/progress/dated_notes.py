"""大事记: what happened to a project on a day, for its axes of time."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from core.errors import Message, NotAllowed, UnknownName
from core.model.context import Context
from core.model.dated_note import DatedNote
from core.model.rights import Deed
from core.model.storable import need_text
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.store import clock, read
from core.store import dated_notes as stored
from core.text.one_line import one_line

MOST_NAME = 30
"""Characters of a note."""
MOST_NOTES = 100
"""Notes of a project."""
_FIRST, _LAST = 1990, 2100
"""Years of a note."""


@asks(Deed.SEE, until="data")
def dated_notes(ctx: Context, project: str) -> tuple[DatedNote, ...]:
    """List the notes at the context's version, in the order of time."""
    found = stored.dated_notes(open_store.of(ctx), project, ctx.version).values()
    return tuple(each for each in found if each.name)


@asks(Deed.ANSWER)
def add(ctx: Context, project: str, day: date | None, name: str) -> None:
    """Put a note down; one of the same day and name is left out.

    Raises NameNeeded, UnknownName, NotAllowed for an empty or too long name, no day or one far away.
    """
    actor = named(ctx)
    store = open_store.of(ctx)
    read.facts(store, project)
    if day is None:
        raise NotAllowed([Message("请填写日期，如2025-07-01。")])
    need_near(day)
    kept = need_text(one_line(name), Message("请填写大事的名称，如汛期停工。"), MOST_NAME)

    def decide(known: Mapping[str, DatedNote]) -> DatedNote | None:
        there = [each for each in known.values() if each.name]
        if any((each.day, each.name) == (day, kept) for each in there):
            return None
        if len(there) >= MOST_NOTES:
            raise NotAllowed([Message("最多{most}条大事，请先删去不用的。", {"most": MOST_NOTES})])
        return DatedNote(secrets.token_hex(6), 1, day, kept, actor.id, actor.name or "", clock.now())

    stored.add(store, project, decide)


def need_near(day: date) -> None:
    """Raise NotAllowed for a day that is far from any project's time."""
    if not _FIRST <= day.year <= _LAST:
        params = {"first": f"{_FIRST}", "last": f"{_LAST}", "day": day}
        raise NotAllowed([Message("日期须在{first}年到{last}年之间；您填的是{day}，请改正。", params)])


@asks(Deed.ANSWER)
def take_back(ctx: Context, project: str, note_id: str) -> None:
    """Take a note back; what was put down stays in the record. Raises NameNeeded, UnknownName."""
    actor = named(ctx)

    def decide(known: Mapping[str, DatedNote]) -> DatedNote:
        found = known.get(note_id)
        if found is None or not found.name:
            raise UnknownName(Message("没有这条大事，请刷新后再试。"))
        by = {"actor": actor.id, "actor_name": actor.name or "", "made_at": clock.now()}
        return replace(found, seq=found.seq + 1, name="", **by)  # type: ignore[arg-type]

    stored.add(open_store.of(ctx), project, decide)
