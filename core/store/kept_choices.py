"""Choices for papers that are kept under a name: events, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from core.errors import Message
from core.model.kept_choice import KeptChoice
from core.store import clock
from core.store.database import Session, Source, Store


def kept_choices(source: Source, project: str) -> Mapping[str, KeptChoice]:
    """The newest event of each, by name, in the order in which they were first kept; removed ones too."""

    def make(session: Session) -> Mapping[str, KeptChoice]:
        return {each.name: each for each in session.made(KeptChoice, "kept_choices", project=project)}

    return source.remembered(("kept_choices", project), make, until="steps")


def add(store: Store, project: str, decide: Callable[[Mapping[str, KeptChoice]], Iterable[KeptChoice]]) -> None:
    """Put down what `decide` makes of those that are there. Raises StoreError, and what it raises."""
    with store.writing("steps", Message("另一处同时存了常用选项，本次未保存。请刷新后重试。")) as session:
        known = kept_choices(session, project)
        newest = max((each.made_at for each in known.values()), default=datetime.min)
        for each in decide(known):
            made_at = newest = clock.after(newest, each.made_at)
            session.insert("kept_choice", [vars(each) | {"project": project, "made_at": made_at}])
