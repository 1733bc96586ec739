"""Imports as snapshots: each is whole and stays as it is; what becomes of it (held, released, withdrawn) are events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Literal

from core.errors import Message, StoreError
from core.model import detail
from core.model.context import Actor
from core.model.project import BudgetGroup, Community, Facts, Funding
from core.store import read, write
from core.store.database import Session, Store
from core.store.errors import StoreClash

if TYPE_CHECKING:
    import pyarrow

Kind = Literal["held", "released", "withdrawn"]
Look = Callable[[Session], None]
"""Called first, in the transaction of a write; it may refuse by raising."""

_TICK = timedelta(microseconds=1)
_MORE = ("homes_finished", "inspected", "qualified", "stage_target", "contract", "variation")
"""What of a `Delivery` stands in `delivery_more`."""
_AT_ONCE = 50_000
"""Rows of detail in memory at a time."""


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
    return store.remembered(("snapshots", project), lambda session: snapshots_in(session, project))


def snapshots_in(session: Session, project: str) -> tuple[Snapshot, ...]:
    """The same, within a transaction."""
    return tuple(Snapshot(*row) for row in session.run("snapshots", project=project))


def corrections(store: Store, project: str) -> Mapping[str, Correction]:
    """The corrected figures of the project, by the batch that has them right."""
    return store.remembered(
        ("corrections", project),
        lambda session: {batch: Correction(*row) for batch, *row in session.run("corrections", project=project)},
    )


def mapping(store: Store, project: str) -> Mapping[str, str]:
    """What headings mean in the project's files, as people have said: heading -> field, "" to leave it out."""
    return store.remembered(("mapping", project), lambda session: dict(session.run("column_mappings", project=project)))


def add(
    store: Store,
    facts: Facts,
    actor: Actor,
    *,
    communities: Iterable[Community] | pyarrow.Table | None = None,
    detail_of: str | None = None,
    file: tuple[str, str] | None = None,
    correction: Correction | None = None,
    mapping: Mapping[str, str] | None = None,
    held: bool = False,
    look: Look | None = None,
) -> None:
    """Write a whole snapshot, all of it or nothing. `facts.batch` is its new id; `file` is (name, digest).

    `communities`: rows, or the columns of `core.model.detail`. `detail_of`: the batch whose detail it takes over,
    instead of `communities`. `mapping`: headings that somebody has explained with this import. `look` is called first,
    in the same transaction, and may refuse. A project that is new gets its round 初评. Raises StoreError when the id is
    taken meanwhile or it cannot be written, and whatever `look` raises.
    """
    try:
        with store.writing("data") as session:
            if look is not None:
                look(session)
            _insert(session, facts, actor)
            if communities is not None:
                _insert_detail(session, facts, communities)
            if detail_of is not None:
                session.run("copy_communities", batch=facts.batch, project=facts.project.id, parent=detail_of)
            if file is not None:
                row = {"batch": facts.batch, "project": facts.project.id, "file": file[0], "digest": file[1]}
                session.insert("batch_file", [row])
            if correction is not None:
                session.insert("correction", [vars(correction) | {"batch": facts.batch, "project": facts.project.id}])
            if mapping is not None:
                _insert_mapping(session, facts.project.id, mapping, actor)
            if held:
                _event(session, facts.project.id, facts.batch, "held", "", actor)
    except StoreClash as error:
        raise StoreError(Message("另一处同时导入了同一批数据,本次未导入。请重试。")) from error


def note(
    store: Store, project: str, batches: Iterable[str], kind: Kind, reason: str, actor: Actor, look: Look | None = None
) -> None:
    """What becomes of imports from now on, of all of them or of none. `look` is called first and may refuse.

    Raises StoreError when somebody else was faster or nothing was written, and whatever `look` raises.
    """
    try:
        with store.writing("data") as session:
            if look is not None:
                look(session)
            for batch in batches:
                _event(session, project, batch, kind, reason, actor)
    except StoreClash as error:
        raise StoreError(Message("另一处同时处理了这批数据,本次未处理。请刷新后重试。")) from error


def _event(session: Session, project: str, batch: str, kind: Kind, reason: str, actor: Actor) -> None:
    ((newest,),) = session.run("newest_batch_event", batch=batch)
    row = {"project": project, "batch": batch, "seq": newest + 1, "kind": kind, "reason": reason}
    session.insert("batch_event", [row | _who(session, actor)])


def _who(session: Session, actor: Actor) -> dict[str, object]:
    """Who writes, and when: later than every import and event before, which is what an earlier version rests on."""
    ((newest,),) = session.run("newest_change")
    made_at = write.now() if newest is None else max(write.now(), newest + _TICK)
    return {"actor": actor.id, "actor_name": actor.name or "", "made_at": made_at}


def _insert_mapping(session: Session, project: str, mapping: Mapping[str, str], actor: Actor) -> None:
    """What is said anew; a heading that means what it meant is not said again."""
    known = dict(session.run("column_mappings", project=project))
    who = _who(session, actor)
    for heading, field in mapping.items():
        if known.get(heading) != field:
            ((newest,),) = session.run("newest_mapping", project=project, heading=heading)
            row = {"project": project, "heading": heading, "seq": newest + 1, "field": field}
            session.insert("column_mapping", [row | who])


def _insert_detail(session: Session, facts: Facts, communities: Iterable[Community] | pyarrow.Table) -> None:
    import pyarrow  # only here: an import of 小区 is rare, and the library is large

    first = 1
    for rows in [communities] if isinstance(communities, pyarrow.Table) else _tables(communities):
        numbers = pyarrow.array(range(first, first + len(rows)), pyarrow.int32())
        with session.given(rows.append_column("seq", numbers)):
            session.run("insert_communities", batch=facts.batch, project=facts.project.id)
        first += len(rows)


def _tables(communities: Iterable[Community]) -> Iterator[pyarrow.Table]:
    """The rows as columns: one by one as parameters they would take four times as long."""
    rest = iter(communities)
    while rows := list(islice(rest, _AT_ONCE)):
        yield detail.in_columns(tuple(vars(row)[name] for name in detail.FIELDS) for row in rows)


def _insert(session: Session, facts: Facts, actor: Actor) -> None:
    project = facts.project
    key = {"batch": facts.batch, "project": project.id}
    row = {"id": facts.batch, "project": project.id, "as_of": facts.as_of, "source": project.source}
    session.insert("import_batch", [row | _who(session, actor)])
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
    _insert_deliveries(session, facts)
    session.insert("arrival", _rows(facts, facts.arrivals))
    session.insert("milestone", _rows(facts, [vars(each) | {"place": each.place or ""} for each in facts.milestones]))
    if not session.run("rounds", project=project.id):
        session.insert("round", [key | {"seq": 1, "id": "r1", "name": "初评"}])


def _insert_deliveries(session: Session, facts: Facts) -> None:
    """In two tables, as the schema grew; a place that reports nothing of the second is not in it."""
    rows = _rows(facts, facts.deliveries)
    more = [{name: row.pop(name) for name in _MORE} | _key(row) for row in rows]
    session.insert("delivery", rows)
    session.insert("delivery_more", [row for row in more if any(row[name] is not None for name in _MORE)])


def _key(row: Mapping[str, object]) -> dict[str, object]:
    return {name: row[name] for name in ("batch", "project", "seq", "place")}


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
