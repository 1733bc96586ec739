"""Imports as snapshots: each is whole and stays as it is; what becomes of it (held, released, withdrawn) are events."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Literal, get_args

from core.errors import Message
from core.model import detail
from core.model.context import Actor
from core.model.fields import TABLES, TableId, own_figures
from core.model.payments import Payment
from core.model.project import BudgetGroup, Community, Facts, FundingSource, RenovationLine, SpendLine
from core.store import clock, delivery_tables, read
from core.store.database import Look, Session, Source, Store
from core.store.event_log import signed
from core.store.said_columns import Said
from core.store.said_columns import note as note_columns

if TYPE_CHECKING:
    import pyarrow

Kind = Literal["held", "released", "withdrawn"]

_AT_ONCE = 122_880
"""Rows of detail that are objects, or are written, at a time, as many as DuckDB packs together (a row group)."""
_INSERTIONS: Mapping[TableId, tuple[str, ...]] = {
    "communities": ("insert_communities", "insert_communities_more"),
    "payments": ("insert_payments",),
}


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


def snapshots(source: Source, project: str) -> tuple[Snapshot, ...]:
    """Every import of the project, the newest first."""
    return source.remembered(
        ("snapshots", project), lambda session: tuple(session.made(Snapshot, "snapshots", project=project))
    )


def corrections(store: Store, project: str) -> Mapping[str, Correction]:
    """The corrected figures of the project, by the batch that has them right."""
    return store.remembered(
        ("corrections", project),
        lambda session: {row.pop("batch"): Correction(**row) for row in session.rows("corrections", project=project)},
    )


@dataclass(frozen=True)
class NewSnapshot:
    """A snapshot to be written."""

    facts: Facts
    """With its new id as its batch."""
    communities: Iterable[Community] | pyarrow.Table | None = None
    """Rows, or the columns of `core.model.detail`."""
    detail_of: str | None = None
    """The batch whose detail it takes over, instead of `communities`."""
    payments: Iterable[Payment] | pyarrow.Table | None = None
    payments_of: str | None = None
    held: bool = False
    """Whether it waits for a second person's release before it counts."""


def add(
    store: Store,
    facts: Facts,
    actor: Actor,
    *,
    communities: Iterable[Community] | pyarrow.Table | None = None,
    detail_of: str | None = None,
    payments: Iterable[Payment] | pyarrow.Table | None = None,
    payments_of: str | None = None,
    file: tuple[str, str] | None = None,
    correction: Correction | None = None,
    said: Said | None = None,
    held: bool = False,
    dated: bool = True,
    instead_of: tuple[Collection[str], str] = ((), ""),
    look: Look | None = None,
    progress: Callable[[int, float], None] = lambda rows, share: None,
) -> None:
    """Write a whole snapshot, all of it or nothing: as `NewSnapshot`; `file` is (name, digest).

    `said`: columns that somebody has explained with this import. `dated`: False for a project of which no day is known
    yet. `instead_of`: the batches that are withdrawn with it, and why. `look` is called first, in its transaction, and
    may refuse. `progress` is told how many rows of detail are written, and which share of each list (0..1). A new
    project gets its round 初评. Raises StoreError when the id is taken meanwhile or it cannot be written, and whatever
    `look` and `progress` raise: then nothing was written.
    """
    with store.writing("data", Message("另一处同时导入了同一批数据，本次未导入。请重试。"), look) as session:
        new = NewSnapshot(facts, communities, detail_of, payments, payments_of)
        _insert_whole(session, new, actor, dated=dated, progress=progress)
        if file is not None:
            _insert_file(session, facts, file)
        if correction is not None:
            session.insert("correction", [vars(correction) | {"batch": facts.batch, "project": facts.project.id}])
        if said:
            note_columns(session, facts.project.id, said, actor, _moment(session))
        if held:
            _event(session, facts.project.id, facts.batch, "held", "", actor)
        for batch in instead_of[0]:
            _event(session, facts.project.id, batch, "withdrawn", instead_of[1], actor)


def add_each(
    store: Store,
    several: Sequence[NewSnapshot],
    actor: Actor,
    *,
    file: tuple[str, str],
    said: Said | None = None,
    look: Look,
) -> None:
    """Write several snapshots out of one file, of several projects or of several days: all of them or nothing.

    As `add`; `said` is of the project of the last one.
    """
    with store.writing("data", Message("另一处同时导入了同一批数据，本次未导入。请重试。"), look) as session:
        for each in several:
            _insert_whole(session, each, actor, dated=True)
            _insert_file(session, each.facts, file)
            if each.held:
                _event(session, each.facts.project.id, each.facts.batch, "held", "", actor)
        if said:
            note_columns(session, several[-1].facts.project.id, said, actor, _moment(session))


def insert_released(session: Session, new: NewSnapshot, by: Actor, released_by: Actor) -> None:
    """Write a snapshot of what `by` has reported and somebody else has released, within a transaction."""
    _insert_whole(session, new, by, dated=True)
    _event(session, new.facts.project.id, new.facts.batch, "released", "", released_by)


def _insert_whole(
    session: Session,
    new: NewSnapshot,
    actor: Actor,
    *,
    dated: bool,
    progress: Callable[[int, float], None] = lambda rows, share: None,
) -> None:
    """The facts of a snapshot, its detail and its ledger."""
    facts = new.facts
    _insert(session, facts, actor, dated=dated)
    if new.communities is not None:
        _insert_detail(session, facts, new.communities, "communities", progress)
    if new.detail_of is not None:
        for each in ("copy_communities", "copy_communities_more"):
            session.run(each, batch=facts.batch, project=facts.project.id, parent=new.detail_of)
    if new.payments is not None:
        _insert_detail(session, facts, new.payments, "payments", progress)
    if new.payments_of is not None:
        session.run("copy_payments", batch=facts.batch, project=facts.project.id, parent=new.payments_of)


def _insert_file(session: Session, facts: Facts, file: tuple[str, str]) -> None:
    row = {"batch": facts.batch, "project": facts.project.id, "file": file[0], "digest": file[1]}
    session.insert("batch_file", [row])


def note(
    store: Store,
    project: str,
    batches: Iterable[str],
    kind: Kind,
    reason: str,
    actor: Actor,
    look: Look | None = None,
    *,
    instead_of: tuple[Collection[str], str] = ((), ""),
) -> None:
    """Say what becomes of imports from now on, of all of them or of none. `look` is called first and may refuse.

    `instead_of`: the batches that are withdrawn with it, and why. Raises StoreError when somebody else was faster or
    nothing was written, and whatever `look` raises.
    """
    with store.writing("data", Message("另一处同时处理了这批数据，本次未处理。请刷新后重试。"), look) as session:
        for batch in batches:
            _event(session, project, batch, kind, reason, actor)
        for batch in instead_of[0]:
            _event(session, project, batch, "withdrawn", instead_of[1], actor)


def _event(session: Session, project: str, batch: str, kind: Kind, reason: str, actor: Actor) -> None:
    ((newest,),) = session.run("newest_batch_event", batch=batch)
    row = {"project": project, "batch": batch, "seq": newest + 1, "kind": kind, "reason": reason}
    session.insert("batch_event", [row | _who(session, actor)])


def _who(session: Session, actor: Actor) -> dict[str, object]:
    """Author and moment, later than every import and event before: an earlier version rests on that order."""
    return signed(actor, _moment(session))


def _moment(session: Session) -> datetime:
    """Now, or just after the newest change where the clock was set back."""
    ((newest,),) = session.run("newest_change")
    return clock.now() if newest is None else max(clock.now(), newest + clock.TICK)


def _insert_detail(
    session: Session,
    facts: Facts,
    given: Iterable[Community] | Iterable[Payment] | pyarrow.Table,
    table: TableId,
    progress: Callable[[int, float], None],
) -> None:
    import pyarrow  # only here: an import of 小区 or payments is rare, and the library is large

    done = 0
    whole = len(given) if isinstance(given, pyarrow.Table) else 0
    for rows in _stretches(given) if isinstance(given, pyarrow.Table) else _tables(given, table):
        numbers = pyarrow.array(range(done + 1, done + 1 + len(rows)), pyarrow.int32())
        with session.given(rows.append_column("seq", numbers)):
            for each in _INSERTIONS[table]:
                session.run(each, batch=facts.batch, project=facts.project.id)
        done += len(rows)
        progress(done, done / max(whole, done))


def _stretches(rows: pyarrow.Table) -> Iterator[pyarrow.Table]:
    return (rows.slice(first, _AT_ONCE) for first in range(0, len(rows), _AT_ONCE))


def _tables(given: Iterable[Community] | Iterable[Payment], table: TableId) -> Iterator[pyarrow.Table]:
    """The rows as columns: one by one as parameters they would take four times as long."""
    rest, names = iter(given), TABLES[table].attributes
    while rows := list(islice(rest, _AT_ONCE)):
        yield detail.in_columns((tuple(vars(row)[name] for name in names) for row in rows), table)


def _insert(session: Session, facts: Facts, actor: Actor, *, dated: bool) -> None:
    project = facts.project
    day = facts.as_of if dated else None
    row = {"id": facts.batch, "project": project.id, "as_of": day, "source": project.source}
    session.insert("import_batch", [row | _who(session, actor)])
    title = read.TITLE_PLACES.join(project.title_places)
    approved = project.approved_on or read.NO_DAY
    own = {"batch": facts.batch, "seq": 1, "title_places": title, "approved_on": approved}
    session.insert("project", [vars(project) | own])
    for table, values in _parts(facts).items():
        session.insert(table, _rows(facts, values))
    _insert_funding(session, facts)
    _insert_deliveries(session, facts)
    if not session.run("rounds", project=project.id):
        session.insert("round", [{"batch": facts.batch, "project": project.id, "seq": 1, "id": "r1", "name": "初评"}])


def _parts(facts: Facts) -> Mapping[str, Iterable[object]]:
    """Rows by table, without the key of the snapshot."""
    return {
        "place": [{"name": name} for name in facts.places],
        "budget_group": [_group(facts, group) for group in facts.budget_groups],
        "budget_group_place": [
            {"budget_group": group.id, "place": place} for group in facts.budget_groups for place in group.places
        ],
        **{table: [_without_gaps(line, table) for line in lines] for table, lines in _by_place(facts)},
        "not_reported": [
            {"place": line.place, "field": name}
            for table, lines in _by_place(facts)
            for line in lines
            for name in own_figures(table)
            if getattr(line, name) is None
        ],
        "baseline": [
            {"id": b.id, "starts_on": b.start, "ends_on": b.end, "is_default": b.default, "source": b.source}
            for b in facts.baselines
        ],
        "claim": facts.claims,
        "arrival": facts.arrivals,
        "comparison": facts.comparisons,
        **_milestones(facts),
        "source_money": [vars(each) | {"place": each.place or ""} for each in facts.source_money],
    }


def _milestones(facts: Facts) -> Mapping[str, Iterable[object]]:
    """In two tables, as the schema grew; one that nobody answers for is not in the later one."""
    rows = [vars(each) | {"place": each.place or ""} for each in facts.milestones]
    owned = ("place", "name", "owner")
    return {
        "milestone": [{name: row[name] for name in row if name != "owner"} for row in rows],
        "milestone_owner": [{name: row[name] for name in owned} for row in rows if row["owner"]],
    }


def _by_place(facts: Facts) -> Iterator[tuple[TableId, Sequence[SpendLine | RenovationLine]]]:
    yield "spend", facts.spend
    yield "renovation", facts.renovation


def _without_gaps(line: SpendLine | RenovationLine, table: TableId) -> dict[str, object]:
    """A row as its table takes it, whose columns may not be empty: `not_reported` names those that mean nothing."""
    return vars(line) | {name: 0 for name in own_figures(table) if getattr(line, name) is None}


def _insert_deliveries(session: Session, facts: Facts) -> None:
    """In several tables, as the schema grew; a place that reports nothing of a later one is not in it."""
    rows = _rows(facts, facts.deliveries)
    for table, fields in delivery_tables.TABLES.items():
        names = [field.stored_as for field in fields] + (["source", "raw"] if table == "delivery" else [])
        mine = [{name: row[name] for name in ("batch", "project", "seq", "place", *names)} for row in rows]
        session.insert(table, [row for row in mine if any(row[name] is not None for name in names)])


def _group(facts: Facts, group: BudgetGroup) -> dict[str, object]:
    raw = next((line.estimate_raw for line in facts.spend if line.budget_group == group.id and line.estimate_raw), "")
    return {"id": group.id, "amount": group.amount, "amount_raw": raw or f"{group.amount:f}", "source": group.source}


def _insert_funding(session: Session, facts: Facts) -> None:
    """In two tables, as the schema grew: the older one holds bond and budget, with what is paid of each."""
    rows = _rows(facts, facts.funding)
    older = [row for row in rows if row["source"] in get_args(FundingSource) and row["paid"] is not None]
    raw = ("planned", "planned_share", "paid")
    session.insert("funding", [row | {f"{name}_raw": f"{row[name]:f}" for name in raw} for row in older])
    session.insert("funding_kind", [row for row in rows if row not in older])


def _rows(facts: Facts, values: Iterable[object]) -> list[dict[str, object]]:
    """Rows in the order of the values, each with the snapshot's key."""
    return [
        (dict(value) if isinstance(value, dict) else vars(value))
        | {"batch": facts.batch, "project": facts.project.id, "seq": number}
        for number, value in enumerate(values, start=1)
    ]
