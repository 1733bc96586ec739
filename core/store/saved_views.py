"""Saved views of persons: events, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from core.errors import Message
from core.model.context import NEWEST, Version
from core.model.saved_view import SavedView
from core.store import clock
from core.store.database import Session, Source, Store


def saved_views(source: Source, project: str, version: Version = NEWEST) -> Mapping[str, SavedView]:
    """The newest event of each at the version's moment, by id, in the order in which they were saved."""
    moment = version.moment or datetime.max

    def make(session: Session) -> Mapping[str, SavedView]:
        return {each.id: each for each in session.made(SavedView, "saved_views", project=project, moment=moment)}

    return source.remembered(("saved_views", project, version.moment), make, until="steps")


def add(store: Store, project: str, decide: Callable[[Mapping[str, SavedView]], SavedView]) -> None:
    """Put down what `decide` makes of those that are there. Raises StoreError, and what it raises."""
    with store.writing("steps", Message("另一处同时存了视图，本次未保存。请刷新后重试。")) as session:
        known = saved_views(session, project)
        view = decide(known)
        newest = max((each.made_at for each in known.values()), default=datetime.min)
        session.insert("saved_view", [vars(view) | {"project": project, "made_at": clock.after(newest, view.made_at)}])
