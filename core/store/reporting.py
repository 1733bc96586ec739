"""Reporting periods: what is asked, what was typed, the steps to its release, and who reports. Events: nothing is
overwritten."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from core.errors import Message
from core.model.context import Actor
from core.model.reporting import CommunityFigure, Report, ReportedFigure, Reporter, ReportingPeriod, ReportStep
from core.store import clock, event_log, snapshots
from core.store.database import Session, Source, Store
from core.store.event_log import Draft, E, Log, signed
from core.store.snapshots import NewSnapshot

T = TypeVar("T")

FIGURES = Log("reported_figure", ReportedFigure, "period", ("place", "field"))
OF_COMMUNITIES = Log("community_figure", CommunityFigure, "period", ("place", "community", "field"))
STEPS = Log("report_step", ReportStep, "period", ("place",))
_CLASH = Message("另一处同时改了填报期，本次未保存。请刷新后重试。")
Release = tuple[NewSnapshot, Actor, str]
"""The snapshot to be written, who stands for its figures, and why it is a part only ("": it is whole)."""


def periods(source: Source, project: str) -> tuple[ReportingPeriod, ...]:
    """The reporting periods of a project, the newest day first."""

    def make(session: Session) -> tuple[ReportingPeriod, ...]:
        asked: dict[str, dict[str, list[str]]] = {}
        for period, place, community in session.run("reporting_communities", project=project):
            asked.setdefault(period, {}).setdefault(place, []).append(community)
        return tuple(
            ReportingPeriod(
                **row | {name: tuple(json.loads(row[name])) for name in ("places", "fields")},
                communities={place: tuple(names) for place, names in asked.get(row["id"], {}).items()},
            )
            for row in session.rows("reporting_periods", project=project)
        )

    return source.remembered(("reporting_periods", project), make, until="steps")


def add_period(
    store: Store, project: str, decide: Callable[[Session, tuple[ReportingPeriod, ...]], ReportingPeriod]
) -> ReportingPeriod:
    """Open the period that `decide` makes, given those that there are. Raises StoreError, and what it raises."""
    with store.writing("steps", _CLASH) as session:
        new = decide(session, periods(session, project))
        lists = {"places": json.dumps(new.places, ensure_ascii=False), "fields": json.dumps(new.fields)}
        own = {name: value for name, value in vars(new).items() if name != "communities"}
        session.insert("reporting_period", [own | lists])
        rows = [row for place in new.communities for row in new.rows(place)]
        of = {"project": project, "period": new.id}
        listed = [
            of | {"seq": number, "place": place, "community": name}
            for number, (place, name) in enumerate(rows, start=1)
        ]
        session.insert("reporting_community", listed)
        return new


def report(source: Source, period: ReportingPeriod) -> Report:
    """A period as it stands."""

    def make(session: Session) -> Report:
        of = {"project": period.project, "period": period.id}
        figures: list[ReportedFigure]
        if period.communities:
            figures = [*session.made(CommunityFigure, "community_figures", **of)]
            people = session.run("communities_reported_by", **of)
        else:
            figures, people = session.made(ReportedFigure, "reported_figures", **of), session.run("reported_by", **of)
        typed_by: dict[str, set[tuple[str, str]]] = {}
        for place, *person in people:
            typed_by.setdefault(place, set()).add((person[0], person[1]))
        known = snapshots.snapshots(session, period.project)
        return Report(
            period,
            {(each.row, each.field): each for each in figures},
            tuple(session.made(ReportStep, "report_steps", **of)),
            frozenset(each.batch for each in known if each.state == "released"),
            typed_by,
        )

    return source.remembered(("report", period.project, period.id), make, until="any")


def add_figures(
    store: Store,
    period: ReportingPeriod,
    actor: Actor,
    decide: Callable[[Report, Mapping[str, ReportedFigure]], tuple[Sequence[Draft], T]],
    edit_ids: Collection[str],
) -> tuple[T, tuple[ReportedFigure, ...]]:
    """Write what `decide` decides, given the period and those of the edits that are there already, all of it or none.

    Returns what `decide` returned and the events that were written. Raises StoreError when it was not written, and
    whatever `decide` raises.
    """

    def once() -> tuple[T, tuple[ReportedFigure, ...]]:
        with store.writing("steps") as session:
            log: Log[Any] = OF_COMMUNITIES if period.communities else FIGURES
            among = {"project": (period.project,), "edit_id": tuple(edit_ids)}
            rows = session.run_among(log.table, "events", among) if edit_ids else []
            there = report(session, period)
            known = [log.link(row).event for (row,) in rows]
            drafts, answer = decide(there, {each.edit_id: each for each in known})
            return answer, _append(session, log, period, there.figures.values(), _signed(drafts, actor))

    return event_log.retried(once)


def add_step(store: Store, period: ReportingPeriod, actor: Actor, decide: Callable[[Report], Sequence[Draft]]) -> None:
    """The next steps of places; `decide` gets the period as it stands and may raise. Raises StoreError."""

    def once() -> None:
        with store.writing("steps") as session:
            there = report(session, period)
            _append(session, STEPS, period, there.steps, _signed(decide(there), actor))

    event_log.retried(once)


def release(store: Store, period: ReportingPeriod, actor: Actor, decide: Callable[[Session, Report], Release]) -> str:
    """Write the snapshot that `decide` makes, with its release by `actor`, and return its batch: all of it or nothing.

    Raises StoreError, and whatever `decide` raises.
    """
    with store.writing("data", _CLASH) as session:
        there = report(session, period)
        new, by, part = decide(session, there)
        snapshots.insert_released(session, new, by, actor)
        step = {"place": "", "kind": "released", "reason": part, "batch": new.facts.batch}
        _append(session, STEPS, period, there.steps, _signed([step], actor))
        return new.facts.batch


def reporters(source: Source, project: str) -> tuple[Reporter, ...]:
    """Who reports for which place now, by place and person."""

    def make(session: Session) -> tuple[Reporter, ...]:
        return tuple(each for each in session.made(Reporter, "reporters", project=project) if each.given)

    return source.remembered(("reporters", project), make, until="steps")


def assign(store: Store, project: str, place: str, person: str, actor: Actor, *, given: bool) -> None:
    """Say who reports for a place, or no longer; what is so already is not written again. Raises StoreError."""
    with store.writing("steps", _CLASH) as session:
        known = session.made(Reporter, "reporters", project=project)
        old = next((each for each in known if (each.place, each.person) == (place, person)), None)
        if given != (old is not None and old.given):
            row = {"project": project, "place": place, "person": person, "given": given}
            revision = old.revision + 1 if old is not None else 1
            made_at = clock.after(old.made_at) if old is not None else clock.now()
            session.insert("reporter", [row | {"revision": revision} | signed(actor, made_at)])


def _signed(drafts: Sequence[Draft], actor: Actor) -> list[Draft]:
    return [{**draft, "actor": actor.id, "actor_name": actor.name or ""} for draft in drafts]


def _append(
    session: Session, log: Log[E], period: ReportingPeriod, known: Collection[E], drafts: Sequence[Draft]
) -> tuple[E, ...]:
    """Write drafts as the next events of the period, and return them."""
    links = [log.made(vars(each)) for each in known]
    newest = max((each.made_at for each in known), default=datetime.min)
    return tuple(link.event for link in event_log.add(session, log, period.project, period.id, drafts, links, newest))
