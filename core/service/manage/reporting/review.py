"""The steps of a reporting period: 提交、撤回提交、退回、复核 and 生效 that makes a snapshot of what is reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from core.errors import InputError, Message, NotAllowed, Question
from core.ingest.project_tables.facts import paid_apart
from core.ingest.project_tables.reported import with_rows
from core.ingest.project_tables.reported_communities import MadeOfReports, entry_printed, with_communities
from core.model.context import Actor, Context
from core.model.fields import FIELDS
from core.model.project import Facts
from core.model.reporting import OPEN, Report, ReportingPeriod, StepKind
from core.model.rights import Deed
from core.model.storable import need_text
from core.scoring.round_state import same_person
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.base.batches import free_batch
from core.service.manage.reporting.form import (
    Cell,
    FormRow,
    entry_typed,
    facts_before,
    form,
    rows_of,
    rows_of_places,
    typed_rows,
)
from core.service.manage.reporting.periods import known, own_places, today
from core.store import read, snapshots
from core.store import reporting as stored
from core.store.database import Session
from core.store.event_log import Draft
from core.store.snapshots import NewSnapshot
from core.text import render
from core.text.one_line import one_line

MOST_CELLS = 6
"""Cells of communities that a sentence names."""
MOST_NAMES = 3
"""Names of reporters that a snapshot bears."""


@dataclass(frozen=True)
class ReportedChange:
    """A figure of a place as it was and as it is reported, printed, with what is doubtful of it."""

    place: str
    community: str
    """"": the figure is the place's own."""
    field: str
    before: str
    after: str
    doubts: tuple[Message, ...]
    reason: str
    """Why it stands all the same."""


@asks(Deed.REPORT)
def submit(ctx: Context, project: str, period: str, place: str) -> None:
    """Submit the row of a place. Raises NameNeeded, UnknownName, StoreError, NotAllowed with all that is missing."""
    store = open_store.of(ctx)
    of = known(store, project, period)
    before = facts_before(store, of, stored.report(store, of).made)

    def decide(now: Report) -> Sequence[Draft]:
        _need_mine(ctx, now, place)
        if now.state(place) not in OPEN:
            raise NotAllowed([Message("“{place}”已提交，不用再提交。请刷新后再看。", {"place": place})])
        if wrong := [*_unfinished(rows_of(store, now, before, (place,)))]:
            raise NotAllowed(wrong)
        return [_step("submitted", place)]

    _add(ctx, of, decide)


def _unfinished(rows: Sequence[FormRow]) -> Iterator[Message]:
    empty = [(row, cell) for row in rows for cell in row.cells if not cell.raw]
    doubted = [(row, cell) for row in rows for cell in row.cells if cell.open]
    if empty:
        params = {"count": len(empty), "names": _called(empty)}
        yield Message("还有{count}项未填：{names}。没有变化的请填上期数。", params)
    if doubted:
        yield Message("这些数有疑问，请改正或写明原因：{names}。", {"names": _called(doubted)})


def _called(cells: Sequence[tuple[FormRow, Cell]]) -> Message:
    """Cells by name, a few of them: those of a place by their figure, those of communities with theirs."""
    names = tuple(
        Message("{community}{field}", {"community": row.community, "field": FIELDS[cell.field].name})
        if row.community
        else Message("{field}", {"field": FIELDS[cell.field].name})
        for row, cell in cells
    )
    if not cells[0][0].community or len(names) <= MOST_CELLS:
        return Message("{names}", {"names": names})
    return Message("{names}等{count}格", {"names": names[:MOST_CELLS], "count": len(names)})


@asks(Deed.REPORT)
def recall(ctx: Context, project: str, period: str, place: str) -> None:
    """Take back what was submitted, while nobody has reviewed it. Raises NameNeeded, NotAllowed, StoreError."""

    def decide(now: Report) -> Sequence[Draft]:
        _need_mine(ctx, now, place)
        if now.state(place) != "submitted":
            raise NotAllowed([Message("“{place}”不在已提交状态，不能撤回提交。请刷新后再看。", {"place": place})])
        return [_step("recalled", place)]

    _add(ctx, known(open_store.of(ctx), project, period), decide)


@asks(Deed.CERTIFY)
def give_back(ctx: Context, project: str, period: str, place: str, reason: str) -> None:
    """Return what a place has submitted, with a reason. Raises NameNeeded, NotAllowed, StoreError."""
    why = need_text(one_line(reason), Message("退回请写明理由。"))

    def decide(now: Report) -> Sequence[Draft]:
        if now.state(place) not in ("submitted", "reviewed"):
            raise NotAllowed([Message("“{place}”还没有提交，或已生效，不能退回。请刷新后再看。", {"place": place})])
        return [_step("returned", place, why)]

    _add(ctx, known(open_store.of(ctx), project, period), decide)


@asks(Deed.CERTIFY)
def approve(ctx: Context, project: str, period: str, seen: Mapping[str, int]) -> None:
    """Review what these places have submitted; somebody else than who has reported it.

    `seen`: place -> revision of the step that was looked at: what was submitted anew since is to be looked at again.
    Raises NameNeeded, NotAllowed with every reason, StoreError.
    """

    def decide(now: Report) -> Sequence[Draft]:
        wrong = [why for place in seen if (why := _may_review(ctx.actor, now, place, seen[place])) is not None]
        if wrong or not seen:
            raise NotAllowed(wrong or [Message("请先选要复核的街镇。")])
        return [_step("reviewed", place) for place in now.period.places if place in seen]

    _add(ctx, known(open_store.of(ctx), project, period), decide)


def _may_review(actor: Actor, now: Report, place: str, seen: int) -> Message | None:
    step = now.step(place)
    if step is None or now.state(place) != "submitted":
        return Message("“{place}”不在已提交状态，不能复核。请刷新后再看。", {"place": place})
    if step.revision != seen:
        return Message("“{place}”刚重新提交过，请看过新的数再复核。", {"place": place})
    if any(same_person(actor, *person) for person in now.reporters((place,))):
        return Message("复核须由另一人进行：“{place}”的数是您自己填报的。", {"place": place})
    return None


@asks(Deed.CERTIFY)
def release(ctx: Context, project: str, period: str, agreed: str = "") -> str:
    """Make a snapshot of what was reviewed, and return its batch: from now on it counts.

    Places that are missing keep the figures of the last period; that is asked first, and `agreed` answers it. Raises
    NameNeeded, NotAllowed, Question, StoreError.
    """
    actor, store = named(ctx), open_store.of(ctx)

    def decide(session: Session, now: Report) -> stored.Release:
        places = now.in_state("reviewed")
        absent = tuple(each for each in now.period.places if each not in (*places, *now.in_state("released")))
        _need_releasable(actor, now, places)
        part = render(_left_out(absent), "zh_CN") if absent else ""
        before = facts_before(session, now.period)
        made = made_of_reports(session, now, before, places)
        _ask(made, absent, places, agreed)
        batch = free_batch(project, now.period.as_of, snapshots.snapshots(session, project))
        source = f"{_source(now.period)}；{part}" if part else _source(now.period)
        new = dated(made.facts, now.period, batch, source)
        own = {"detail_of": before.batch} if made.detail is None else {"communities": made.detail}
        return NewSnapshot(new, payments_of=before.batch, **own), _by(now, places), part

    return stored.release(store, known(store, project, period), actor, decide)


def made_of_reports(session: Session, now: Report, before: Facts, places: Sequence[str]) -> MadeOfReports:
    """What the reports of these places make of the last period. Raises NotAllowed."""
    typed = {row: values for row, values in typed_rows(now).items() if row[0] in places}
    source = _source(now.period)
    if not now.period.communities:
        return MadeOfReports(with_rows(before, rows_of_places(typed), source), None, ())
    try:
        detail = read.every_community(session, before)
        return with_communities(before, detail, typed, now.period.fields, source)
    except InputError as error:
        raise NotAllowed([error.message]) from error


def dated(facts: Facts, period: ReportingPeriod, batch: str, source: str) -> Facts:
    """Facts as a snapshot of the period's day."""
    return replace(facts, batch=batch, as_of=period.as_of, project=replace(facts.project, source=source))


def _need_releasable(actor: Actor, now: Report, places: Sequence[str]) -> None:
    if not places:
        raise NotAllowed([Message("还没有复核过的街镇，不能生效。请先复核。")])
    if now.period.as_of > today():
        raise NotAllowed([Message("数据截止日{day}还没有到，不能生效。", {"day": now.period.as_of})])
    own = tuple(place for place in places if any(same_person(actor, *each) for each in now.reporters((place,))))
    if own:
        raise NotAllowed([Message("生效须由另一人办理：{places}的数是您自己填报的。", {"places": own})])


def _left_out(absent: Sequence[str]) -> Message:
    return Message("{places}未报，沿用上期数", {"places": tuple(absent)})


def _ask(made: MadeOfReports, absent: Sequence[str], places: Sequence[str], agreed: str) -> None:
    """Raise Question unless it was answered: places are missing, or the sources' money is left behind."""
    apart = paid_apart(made.facts)
    reasons = [*([_left_out(absent)] if absent else []), *made.doubts, *([apart] if apart is not None else [])]
    question = Question(reasons, Message("让{places}的数生效吗？", {"places": tuple(places)}))
    if reasons and question.agreed != agreed:
        raise question


def _source(period: ReportingPeriod) -> str:
    return render(Message("街镇填报（截至{day}）", {"day": period.as_of}), "zh_CN")


def _by(now: Report, places: Sequence[str]) -> Actor:
    """Who stands for the figures: those who have submitted them, the last of them first in line to be asked."""
    last = {step.place: step for step in now.steps if step.kind == "submitted" and step.place in places}
    names = tuple(dict.fromkeys(step.actor_name for step in last.values()))
    more = {"names": names[:MOST_NAMES], "count": len(names)}
    called = Message("{names}等{count}人", more) if len(names) > MOST_NAMES else Message("{names}", {"names": names})
    return Actor([*last.values()][-1].actor, render(called, "zh_CN"))


@asks(Deed.CERTIFY)
def compared(ctx: Context, project: str, period: str) -> tuple[ReportedChange, ...]:
    """What the places have typed against the last period, what is doubtful first. Raises UnknownName."""
    there = form(ctx, project, period)
    found, typed = [], typed_rows(there.report)
    for row in there.rows:
        for cell in row.cells:
            if not cell.raw:
                continue
            value = typed[row.place, row.community].get(cell.field)
            if entry_typed(there.report.period, value, cell.field) != cell.fill or cell.doubts:
                reason = cell.figure.reason if cell.figure is not None else ""
                after = entry_printed(value, cell.field)
                change = ReportedChange(row.place, row.community, cell.field, cell.last, after, cell.doubts, reason)
                found.append(change)
    return tuple(sorted(found, key=lambda change: not change.doubts))


def _step(kind: StepKind, place: str, reason: str = "") -> Draft:
    return {"place": place, "kind": kind, "reason": reason, "batch": ""}


def _add(ctx: Context, period: ReportingPeriod, decide: Callable[[Report], Sequence[Draft]]) -> None:
    stored.add_step(open_store.of(ctx), period, named(ctx), decide)


def _need_mine(ctx: Context, now: Report, place: str) -> None:
    store = open_store.of(ctx)
    if place not in own_places(store, ctx.actor, read.facts(store, now.period.project)):
        raise NotAllowed([Message("“{place}”不由您填报。如有需要请联系数据员。", {"place": place[:40]})])
