"""Imports as snapshots: each is whole and stays as it is; what becomes of it (held, released, withdrawn) are events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from core.errors import Message, StoreError
from core.model.context import Actor
from core.model.project import BudgetGroup, Community, Facts, Funding
from core.store import read, write
from core.store.database import Session, Store
from core.store.errors import StoreClash

Kind = Literal["held", "released", "withdrawn"]


@dataclass(frozen=True)
class Snapshot:
    """One import. `state` is what its newest event says; an import without events counts (released)."""

    batch: str
    as_of: date | None
    source: str
    by: str
    made_at: datetime
    file: str
    digest: str
    state: Kind
    reason: str
    state_actor: str
    """The id of who set the state; "" when nobody has."""
    state_by: str
    state_at: datetime | None
    actor: str
    """The id of who imported it."""


@dataclass(frozen=True)
class Correction:
    """One figure put right, as raw texts."""

    parent: str
    """The batch that had it wrong."""
    place: str
    field: str
    old: str
    new: str
    reason: str


def snapshots(store: Store, project: str) -> tuple[Snapshot, ...]:
    """Every import of the project, the newest first."""
    return store.remembered(
        ("snapshots", project),
        lambda session: tuple(Snapshot(*row) for row in session.run("snapshots", project=project)),
    )


def add(
    store: Store,
    facts: Facts,
    actor: Actor,
    *,
    communities: Iterable[Community] = (),
    file: tuple[str, str] | None = None,
    correction: Correction | None = None,
    held: bool = False,
    look: Callable[[Session], None] | None = None,
) -> None:
    """Write a whole snapshot, all of it or nothing. `facts.batch` is its new id; `file` is (name, digest).

    `look` is called first, in the same transaction, and may refuse. A project that is new gets its round 初评.
    Raises StoreError when the id is taken meanwhile or it cannot be written, and whatever `look` raises.
    """
    try:
        with store.writing("data") as session:
            if look is not None:
                look(session)
            _insert(session, facts, actor)
            session.insert("community", _rows(facts, communities))
            if file is not None:
                row = {"batch": facts.batch, "project": facts.project.id, "file": file[0], "digest": file[1]}
                session.insert("batch_file", [row])
            if correction is not None:
                session.insert("correction", [vars(correction) | {"batch": facts.batch, "project": facts.project.id}])
            if held:
                _event(session, facts.project.id, facts.batch, "held", "", actor)
    except StoreClash as error:
        raise StoreError(Message("另一处同时导入了同一批数据,本次未导入。请重试。")) from error


def note(store: Store, project: str, batch: str, kind: Kind, reason: str, actor: Actor) -> None:
    """What becomes of an import from now on. Raises StoreError when somebody else was faster or nothing was written."""
    try:
        with store.writing("data") as session:
            _event(session, project, batch, kind, reason, actor)
    except StoreClash as error:
        raise StoreError(Message("另一处同时处理了这批数据,本次未处理。请刷新后重试。")) from error


def _event(session: Session, project: str, batch: str, kind: Kind, reason: str, actor: Actor) -> None:
    ((newest,),) = session.run("newest_batch_event", batch=batch)
    row = {"project": project, "batch": batch, "seq": newest + 1, "kind": kind, "reason": reason}
    who = {"actor": actor.id, "actor_name": actor.name or "", "made_at": write.now()}
    session.insert("batch_event", [row | who])


def _insert(session: Session, facts: Facts, actor: Actor) -> None:
    project = facts.project
    key = {"batch": facts.batch, "project": project.id}
    who = {"actor": actor.id, "actor_name": actor.name or "", "made_at": write.now()}
    session.insert(
        "import_batch",
        [{"id": facts.batch, "project": project.id, "as_of": facts.as_of, "source": project.source} | who],
    )
    title = read.TITLE_PLACES.join(project.title_places)
    session.insert("project", [vars(project) | {"batch": facts.batch, "seq": 1, "title_places": title}])
    session.insert("place", _rows(facts, [{"name": name} for name in facts.places]))
    session.insert("budget_group", _rows(facts, [_group(facts, group) for group in facts.budget_groups]))
    covered = [{"budget_group": group.id, "place": place} for group in facts.budget_groups for place in group.places]
    session.insert("budget_group_place", _rows(facts, covered))
    session.insert("funding", _rows(facts, map(_funding, facts.funding)))
    session.insert("spend", _rows(facts, facts.spend))
    session.insert("renovation", _rows(facts, facts.renovation))
    session.insert(
        "baseline",
        _rows(
            facts,
            [
                {"id": b.id, "starts_on": b.start, "ends_on": b.end, "is_default": b.default, "source": b.source}
                for b in facts.baselines
            ],
        ),
    )
    session.insert("claim", _rows(facts, facts.claims))
    session.insert("delivery", _rows(facts, facts.deliveries))
    session.insert("arrival", _rows(facts, facts.arrivals))
    session.insert("milestone", _rows(facts, [vars(each) | {"place": each.place or ""} for each in facts.milestones]))
    if not session.run("rounds", project=project.id):
        session.insert("round", [key | {"seq": 1, "id": "r1", "name": "初评"}])


def _group(facts: Facts, group: BudgetGroup) -> dict[str, object]:
    raw = next((line.estimate_raw for line in facts.spend if line.budget_group == group.id and line.estimate_raw), "")
    return {"id": group.id, "amount": group.amount, "amount_raw": raw or f"{group.amount:f}", "source": group.source}


def _funding(plan: Funding) -> dict[str, object]:
    raw = {
        "planned_raw": f"{plan.planned:f}",
        "planned_share_raw": f"{plan.planned_share:f}",
        "paid_raw": f"{plan.paid:f}",
    }
    return vars(plan) | raw


def _rows(facts: Facts, values: Iterable[object]) -> list[dict[str, object]]:
    """Rows in the order of the values, each with the snapshot's key."""
    return [
        (dict(value) if isinstance(value, dict) else vars(value))
        | {"batch": facts.batch, "project": facts.project.id, "seq": number}
        for number, value in enumerate(values, start=1)
    ]
