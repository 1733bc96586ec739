"""征求意见: what evaluated units say of items and what the panel answers, each comment with the unit that made it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from core.model.context import NEWEST, Actor, Version
from core.model.panel_events import Comment
from core.store import event_log, logs
from core.store.database import Session, Source, Store

Decide = Callable[[Session, Sequence[Comment]], logs.Draft]
"""(the transaction, the round's comments so far) -> the one to add. May be called again."""


def comments(source: Source, project: str, round_id: str, version: Version = NEWEST) -> tuple[Comment, ...]:
    """The comments and answers of a round up to the version's moment, oldest first."""
    with source.reading() as session:
        said = logs.events(session, logs.COMMENTS, project, round_id, version)
        units = {
            (code, revision): unit
            for code, revision, unit in session.run("comment_units", project=project, round=round_id)
        }
    return tuple(replace(each, unit=str(units.get((each.code, each.revision), ""))) for each in said)


def add(store: Store, project: str, round_id: str, actor: Actor, unit: str, decide: Decide) -> None:
    """Add the comment or answer that `decide` makes, durably; `unit`: who made the comment, "" of an answer.

    Raises StoreError when it was not written, and whatever `decide` raises.
    """

    def once() -> None:
        with store.writing("steps") as session:
            known = event_log.links(session, logs.COMMENTS, project, round_id)
            draft = decide(session, [link.event for link in known])
            for link in logs.write_events(session, logs.COMMENTS, project, round_id, actor, [draft], known):
                if unit:
                    place = {name: getattr(link.event, name) for name in ("project", "round", "code", "revision")}
                    session.insert("comment_unit", [place | {"unit": unit}])

    event_log.retried(once)
