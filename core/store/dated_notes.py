"""大事记 of projects: rows that follow each other, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from core.errors import Message
from core.model.context import NEWEST, Version
from core.model.dated_note import DatedNote
from core.store import clock
from core.store.database import Session, Source, Store


def dated_notes(source: Source, project: str, version: Version = NEWEST) -> Mapping[str, DatedNote]:
    """The newest row of each note at the version's moment, by id, in the order of time."""
    moment = version.moment or datetime.max

    def make(session: Session) -> Mapping[str, DatedNote]:
        newest = {each.id: each for each in session.made(DatedNote, "dated_notes", project=project, moment=moment)}
        return dict(sorted(newest.items(), key=lambda pair: (pair[1].day, pair[1].made_at, pair[0])))

    return source.remembered(("dated_notes", project, version.moment), make)


def add(store: Store, project: str, decide: Callable[[Mapping[str, DatedNote]], DatedNote | None]) -> None:
    """Put down what `decide` makes of those that are there; None: nothing. Raises StoreError, and what it raises."""
    with store.writing("data", Message("另一处同时改了大事记，本次未保存。请刷新后重试。")) as session:
        known = dated_notes(session, project)
        note = decide(known)
        if note is None:
            return
        newest = max((each.made_at for each in known.values()), default=datetime.min)
        session.insert("dated_note", [vars(note) | {"project": project, "made_at": clock.after(newest, note.made_at)}])
