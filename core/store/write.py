"""Adding to the tables: the only statements here are INSERTs. Nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from core.errors import Message, UnknownName
from core.model.context import Actor
from core.model.scorecard import GradeScheme, Scheme, ScoreEvent, Sheet, Status
from core.store import clock, event_log, read
from core.store.database import Look, Session, Store
from core.store.digest import Link
from core.store.event_log import signed

T = TypeVar("T")

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class NewScore:
    """A change that has been decided on: it becomes the item's next revision."""

    code: str
    edit_id: str
    points: Decimal | None
    """At most two decimals; None unless the status is a scored one."""
    status: Status
    reason: str
    note: str
    actor: Actor


Decide = Callable[
    [dict[str, ScoreEvent], Callable[[Iterable[str]], dict[str, ScoreEvent]]], tuple[Sequence[NewScore], T]
]
"""(the newest events by code, a look-up of stored events by edit_id) -> (what to write, what to return). It may be
called again on a fresh state: it decides, and does nothing else."""


def append_scores(
    store: Store, project: str, sheet_id: str, decide: Decide[T], look: Look | None = None
) -> tuple[T, tuple[ScoreEvent, ...]]:
    """Write what `decide` decides on the sheet's present state, durably, all of it or nothing.

    Returns what `decide` returned and the events that were written.

    `look` is called first, in its transaction, for whatever else the decision rests on; it may raise.
    Raises UnknownName for an unknown sheet, StoreError when it was not written, and whatever `decide` raises.
    """

    def once() -> tuple[T, tuple[ScoreEvent, ...]]:
        with store.writing("scores") as session:
            links = read.links_now(store, session, project, sheet_id)
            if not links and not session.run("sheet_exists", project=project, sheet=sheet_id):
                raise read.unknown_sheet(project, sheet_id)

            def known(edit_ids: Iterable[str]) -> dict[str, ScoreEvent]:
                return read.known_edits(session, project, sheet_id, edit_ids)

            if look is not None:
                look(session)
            new, answer = decide({link.event.code: link.event for link in links}, known)
            written = insert_scores(session, project, sheet_id, new, links)
            read.remember_links(session, project, sheet_id, (*links, *written))
            return answer, tuple(link.event for link in written)

    return event_log.retried(once)


def insert_scores(
    session: Session, project: str, sheet_id: str, new: Sequence[NewScore], links: Sequence[Link[ScoreEvent]]
) -> tuple[Link[ScoreEvent], ...]:
    """Write changes as the next events of a sheet.

    `links` are the newest events of its items: the newest of all is the last.
    """
    drafts = [
        vars(change)
        | {"points": _two_decimals(change.points), "actor": change.actor.id, "actor_name": change.actor.name or ""}
        for change in new
    ]
    newest = links[-1].event.made_at if links else datetime.min
    return event_log.add(session, read.SCORES, project, sheet_id, drafts, links, newest)


def _two_decimals(points: Decimal | None) -> Decimal | None:
    if points is None:
        return None
    exact = points.quantize(_CENT)
    if exact != points:
        # DuckDB would round it, and what is stored would not be what was decided (and digested).
        raise ValueError(f"points finer than two decimals: {points}")
    return exact


def add_sheet(
    store: Store,
    project: str,
    sheet_id: str,
    name: str,
    scheme: Scheme,
    grade_scheme: GradeScheme,
    actor: Actor,
) -> Sheet:
    """A blank sheet: no item has an event. Its id begins with its round: r1/….

    Raises UnknownName for an unknown round, StoreError when the id is taken.
    """
    sheet = Sheet(project, sheet_id, name, scheme, grade_scheme, reconstruction=False)
    taken = Message("评分表“{sheet}”已经存在，未新建。请换一个编号。", {"sheet": sheet_id})
    with store.writing("data", taken) as session:
        if not session.run("round", project=project, round=sheet_id.partition("/")[0]):
            raise UnknownName(
                Message("项目“{project}”没有评分表“{sheet}”所属的轮次。", {"project": project, "sheet": sheet_id})
            )
        session.insert("sheet", [sheet_row(session, sheet, actor)])
    return sheet


def sheet_row(session: Session, sheet: Sheet, actor: Actor) -> dict[str, object]:
    """The sheet's row, as the newest of its project."""
    ((newest,),) = session.run("newest_sheet", project=sheet.project)
    return {
        "batch": None,
        "project": sheet.project,
        "id": sheet.id,
        "name": sheet.name,
        "scheme": sheet.scheme.id,
        "scheme_version": sheet.scheme.version,
        "grade_scheme": sheet.grade_scheme.id,
        "reconstruction": sheet.reconstruction,
        **signed(actor, None if newest is None else clock.after(newest)),
    }
