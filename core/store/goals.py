"""Goals of a project: events, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from core.errors import Message
from core.model.context import NEWEST, Version
from core.model.goal import Goal
from core.store import clock
from core.store.database import Session, Source, Store


def goals(source: Source, project: str, version: Version = NEWEST) -> Mapping[str, Goal]:
    """The newest event of each goal at the version's moment, by id, in the order in which they were put down."""
    moment = version.moment or datetime.max

    def make(session: Session) -> Mapping[str, Goal]:
        return {goal.id: goal for goal in session.made(Goal, "goals", project=project, moment=moment)}

    return source.remembered(("goals", project, version.moment), make, until="steps")


def add_goal(store: Store, project: str, decide: Callable[[Mapping[str, Goal]], Goal | None]) -> None:
    """Put down what `decide` makes of those that are there; None: nothing. Raises StoreError, and what it raises."""
    with store.writing("steps", Message("另一处同时改了绩效目标，本次未保存。请刷新后重试。")) as session:
        known = goals(session, project)
        goal = decide(known)
        if goal is None:
            return
        newest = max((each.made_at for each in known.values()), default=datetime.min)
        session.insert("goal", [vars(goal) | {"project": project, "made_at": clock.after(newest, goal.made_at)}])
