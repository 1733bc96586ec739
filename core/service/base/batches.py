"""The snapshots of a project: listed, compared, withdrawn, released, corrected, and taken out to be edited."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.errors import Message, NotAllowed, StoreError, UnknownName
from core.ingest.project_tables import correction, particulars
from core.ingest.project_tables.correction import figure_of
from core.model.context import Actor, Context
from core.model.project import Facts
from core.model.rights import Deed
from core.model.storable import need_text
from core.service.base import open_store, review_rule
from core.service.base.asking import asks, named
from core.service.base.changes import FigureChange, changes, shown
from core.service.base.moments import local
from core.service.base.project import round_titles
from core.store import clock, logs, read, rectification
from core.store import snapshots as stored
from core.store.database import Session
from core.store.snapshots import Correction, Kind, Snapshot
from core.text import word
from core.text.one_line import one_line

__all__ = [
    "Correction",
    "FigureChange",
    "Kind",
    "Reported",
    "Snapshot",
    "as_imported",
    "blank_template",
    "compared",
    "correct",
    "corrected_name",
    "corrections",
    "figures",
    "may_release",
    "redate",
    "release",
    "snapshots",
    "template",
    "withdraw",
]  # fmt: skip

MOST_DETAIL = 20_000
"""Rows of detail in the file to fill in; a project with more keeps its detail when the file is imported again."""
MILESTONE = "milestone:"
"""How a correction begins to name its field where it is of a milestone; the milestone's name follows."""
AS_OF = "as_of"
"""Field of a correction that waits to give an import another as-of day."""
STATES: Mapping[Kind, str] = {"released": word("已生效"), "held": word("待复核"), "withdrawn": word("已撤回")}
"""How the state of a snapshot reads."""


@asks(Deed.SEE)
def snapshots(ctx: Context, project: str) -> tuple[Snapshot, ...]:
    """Every import of the project, the newest first. Raises UnknownName."""
    found = stored.snapshots(open_store.of(ctx), project)
    if not found:
        raise UnknownName(Message("没有编号为“{project}”的项目。请核对项目编号。", {"project": project[:40]}))
    return found


@asks(Deed.SEE)
def corrections(ctx: Context, project: str) -> Mapping[str, Correction]:
    """The corrected figures of the project, by the batch that has them right."""
    return stored.corrections(open_store.of(ctx), project)


def corrected_name(fixed: Correction) -> str:
    """Name what a correction has put right."""
    if fixed.field.startswith(MILESTONE):
        return fixed.field.removeprefix(MILESTONE)
    if fixed.field == AS_OF:
        return word("数据截止日")
    return word("项目概况") if fixed.field == particulars.FIELD else figure_of(fixed.field).name


@asks(Deed.SEE)
def compared(ctx: Context, project: str, batch: str) -> tuple[FigureChange, ...]:
    """What an import changed, against the newest earlier one up to its day that counts; also of one that waits.

    Raises UnknownName.
    """
    known = snapshots(ctx, project)
    this = _snapshot(known, batch)
    day = this.as_of
    if day is None:
        return ()  # a scorecard alone
    older = [each for each in known[known.index(this) + 1 :] if each.state == "released"]
    dated = [(each.as_of, each.made_at, each.batch) for each in older if each.as_of is not None and each.as_of <= day]
    before = as_imported(ctx, project, max(dated)[2])[1] if dated else None
    return changes(before, as_imported(ctx, project, batch)[1])


@asks(Deed.SEE)
def as_imported(ctx: Context, project: str, batch: str) -> tuple[Snapshot, Facts]:
    """Read an import with its facts as they came in, whatever counts now. Raises UnknownName."""
    snapshot = _snapshot(snapshots(ctx, project), batch)
    day = snapshot.as_of or snapshot.made_at.date()
    return snapshot, read.facts_of_batches(open_store.of(ctx), {batch: day})[batch]


@asks(Deed.IMPORT)
def withdraw(ctx: Context, project: str, batch: str, reason: str) -> None:
    """An import no longer counts, nor do the corrections of its figures; the one before it does again.

    Raises NameNeeded, UnknownName, InputError when it is withdrawn already, StoreError; NotAllowed without a reason,
    when no import would be left of a project that has scores or findings, and when a locked round rests on it.
    """
    actor, why = named(ctx), _reason(reason)
    known = snapshots(ctx, project)
    snapshot = _snapshot(known, batch)
    if snapshot.state == "withdrawn":
        raise correction.refused(Message("批次“{batch}”已经撤回，不必再撤回。", {"batch": batch}))
    gone = _with_corrections(known, stored.corrections(open_store.of(ctx), project), batch)
    if problems := [*_nothing_left(ctx, project, known, gone), *_locked_on(ctx, project, gone)]:
        raise NotAllowed(problems)
    stored.note(open_store.of(ctx), project, gone, "withdrawn", why, actor, unchanged(project, known))


@asks(Deed.IMPORT)
def release(ctx: Context, project: str, batch: str) -> None:
    """A held import counts from now on; somebody else than who imported it says so.

    One that gives another as-of day withdraws what it was made from. Raises NameNeeded, UnknownName, InputError when
    it does not wait or the same person asks, StoreError; NotAllowed when a locked round rests on what would be
    withdrawn.
    """
    actor, store = named(ctx), open_store.of(ctx)
    known, fixed = snapshots(ctx, project), stored.corrections(open_store.of(ctx), project)
    snapshot = _snapshot(known, batch)
    if snapshot.state != "held":
        raise correction.refused(Message("批次“{batch}”不在待复核状态，不需要放行。", {"batch": batch}))
    if not may_release(actor, snapshot):
        raise correction.refused(Message("复核须由另一人进行：这批数据是您自己导入的。"))
    made = fixed.get(batch)
    _need_its_ground(known, made)
    gone: Sequence[str] = ()
    if made is not None and made.field == AS_OF:
        gone = _replaced(known, fixed, batch)
        _right_day(snapshot.as_of, _snapshot(known, made.parent), _others(known, (*gone, batch)))
        if problems := _locked_on(ctx, project, gone):
            raise NotAllowed(problems)
    stored.note(
        store, project, [batch], "released", "", actor, unchanged(project, known),
        instead_of=(gone, made.reason if made is not None else ""),
    )  # fmt: skip


def _replaced(known: Sequence[Snapshot], fixed: Mapping[str, Correction], batch: str) -> list[str]:
    """The import that a batch gives another as-of day, with the corrections of its figures."""
    first = fixed[batch].parent
    while (made := fixed.get(first)) is not None and made.field != AS_OF:
        first = made.parent
    return [each for each in _with_corrections(known, fixed, first) if each != batch]


def _others(known: Sequence[Snapshot], without: Collection[str]) -> list[Snapshot]:
    return [each for each in known if each.batch not in without]


def may_release(actor: Actor, snapshot: Snapshot) -> bool:
    """Whether the import is somebody else's, by browser and by name."""
    return actor.id != snapshot.actor and actor.name != snapshot.by


@asks(Deed.IMPORT)
def correct(ctx: Context, project: str, place: str, field: str, new: str, reason: str) -> str:
    """Put one figure of the present snapshot right: a new snapshot of the same date, whose batch is returned.

    Where the project says so it waits for a second person's release.

    `field` is the id or the name of a figure (`project_tables.correction`); `place` is "" for one of the whole
    project.
    Raises NameNeeded, NotAllowed without a reason, UnknownName, InputError for a bad value, StoreError.
    """
    actor, why = named(ctx), _reason(reason)
    store = open_store.of(ctx)
    known = snapshots(ctx, project)
    need_none_waiting(known, stored.corrections(store, project))
    facts = read.facts(store, project)
    figure = figure_of(field)
    old = correction.value_of(facts, place, figure)
    fixed = correction.corrected(facts, place, figure, new)
    if correction.value_of(fixed, place, figure) == old:
        raise correction.refused(Message("更正后的数值与现有数值相同，未作更正。"))
    fixed = replace(fixed, batch=free_batch(project, facts.as_of, known))
    note = Correction(facts.batch, place, figure.id, shown(old, figure), one_line(new), why)
    look = unchanged(project, known)
    stored.add(
        store, fixed, actor, detail_of=facts.batch, payments_of=facts.batch, correction=note,
        held=review_rule.needed(ctx, project), look=look,
    )  # fmt: skip
    return fixed.batch


def need_none_waiting(known: Sequence[Snapshot], fixed: Mapping[str, Correction]) -> None:
    """Raise InputError while a correction waits: another one, made beside it, would be undone by its release."""
    waiting = next((each for each in known if each.state == "held" and each.batch in fixed), None)
    if waiting is not None:
        params = {"batch": waiting.batch}
        raise correction.refused(Message("有一处更正待另一人复核（批次{batch}）。请先放行或撤回它。", params))


def _need_its_ground(known: Sequence[Snapshot], made: Correction | None) -> None:
    """Raise InputError for a correction of what counts no longer: its other figures are those of then."""
    if made is None:
        return
    day = _snapshot(known, made.parent).as_of
    counts = next((each.batch for each in known if (each.as_of, each.state) == (day, "released")), "")
    if made.parent != counts:
        params = {"batch": made.parent}
        raise correction.refused(
            Message("更正所依据的批次“{batch}”已不是现在的数据。请撤回这次更正，再更正一次。", params)
        )


@asks(Deed.IMPORT)
def redate(ctx: Context, project: str, batch: str, day: date | None, reason: str) -> str:
    """Give an import another as-of day: the same rows as a new batch, which is returned; the old one is withdrawn.

    Both are one act with one reason. The corrections of the import's figures come along. Where the project says so the
    new batch waits for a second person's release, and until then the old one counts. Raises NameNeeded,
    UnknownName, InputError for a day that cannot be, StoreError; NotAllowed without a reason, and when a locked round
    rests on it.
    """
    actor, why = named(ctx), _reason(reason)
    store, known = open_store.of(ctx), snapshots(ctx, project)
    fixed = stored.corrections(store, project)
    snapshot = _snapshot(known, batch)
    if snapshot.state == "withdrawn":
        raise correction.refused(Message("批次“{batch}”已经撤回，不能再改截止日。", {"batch": batch}))
    waits = snapshot.state == "released" and review_rule.needed(ctx, project)
    if waits:
        need_none_waiting(known, fixed)
    gone = _with_corrections(known, fixed, batch)
    day = _right_day(day, snapshot, _others(known, gone))
    if problems := _locked_on(ctx, project, gone):
        raise NotAllowed(problems)
    _, facts = as_imported(ctx, project, gone[-1])
    moved = replace(facts, batch=free_batch(project, day, known), as_of=day)
    stored.add(
        store,
        moved,
        actor,
        detail_of=gone[-1],
        payments_of=gone[-1],
        file=(snapshot.file, snapshot.digest) if snapshot.file else None,
        correction=Correction(gone[-1], "", AS_OF, f"{snapshot.as_of}", f"{day}", why) if waits else None,
        held=waits or snapshot.state == "held",
        instead_of=((), "") if waits else (gone, why),
        look=unchanged(project, known),
    )
    return moved.batch


def _right_day(day: date | None, snapshot: Snapshot, others: Sequence[Snapshot]) -> date:
    """The day that a snapshot is to be of. `others`: those that stay. Raises InputError where it cannot be that day."""
    today = local(clock.now()).date()
    if snapshot.as_of is None:
        raise correction.refused(Message("批次“{batch}”没有截止日，不能改。", {"batch": snapshot.batch}))
    if day is None:
        raise correction.refused(Message("请填写改后的截止日。"))
    if day > today:
        text = Message("数据截止日{day}晚于今天（{today}）。请核对日期。", {"day": day, "today": today})
        raise correction.refused(text)
    if day == snapshot.as_of:
        raise correction.refused(Message("截止日已经是{day}，没有改动。", {"day": day}))
    same = next((each for each in others if each.as_of == day and each.state != "withdrawn"), None)
    if same is not None:
        text = Message(
            "本项目已有截至{day}的数据（批次{batch}），不能改成同一天。请先撤回其中一批。",
            {"day": day, "batch": same.batch},
        )
        raise correction.refused(text)
    return day


@dataclass(frozen=True)
class Reported:
    """A figure as it stands in the present snapshot."""

    id: str
    name: str
    value: str
    """As it is printed."""
    unit: str
    """In which it is typed; "": none, or a share."""
    share: bool


@asks(Deed.SEE)
def figures(ctx: Context, project: str, place: str) -> tuple[Reported, ...]:
    """The figures of a place (of the whole project: "") that a correction may name. Raises UnknownName."""
    facts = read.facts(open_store.of(ctx), project, ctx.version)
    found = []
    for figure in correction.figures_of(facts, place):
        try:
            value = correction.value_of(facts, place, figure)
        except UnknownName:
            continue  # the place has no such row
        found.append(Reported(figure.id, figure.name, shown(value, figure), figure.unit, figure.kind == "share"))
    return tuple(found)


@asks(Deed.SEE)
def template(ctx: Context, project: str) -> bytes:
    """The present snapshot as an .xlsx to edit and import again. Raises UnknownName, StoreError."""
    from core.briefing.data_sheet import data_xlsx

    store = open_store.of(ctx)
    facts = read.facts(store, project, ctx.version)
    detail = read.communities(store, facts, None, 0, MOST_DETAIL + 1)
    return data_xlsx(facts, detail if len(detail) <= MOST_DETAIL else ())


@asks(Deed.SEE)
def blank_template(ctx: Context) -> bytes:
    """Make a blank .xlsx of every table that the import knows, to be filled in for a project, new or not."""
    from core.briefing.blank_sheet import blank_xlsx

    return blank_xlsx()


def unchanged(project: str, known: Sequence[Snapshot]) -> Callable[[Session], None]:
    """Refuse when another import or event came in meanwhile: what was decided on is no longer what is there."""

    def look(session: Session) -> None:
        if stored.snapshots(session, project) != tuple(known):
            raise StoreError(Message("这个项目的数据刚被他人改动，本次未写入。请刷新后重试。"))

    return look


def _with_corrections(known: Sequence[Snapshot], fixed: Mapping[str, Correction], batch: str) -> list[str]:
    """The batch and all that was made from it by correcting single figures, as far as they are not withdrawn."""
    gone = [batch]
    for each in reversed(known):  # a correction comes after what it corrects
        made = fixed.get(each.batch)
        if made is not None and made.parent in gone and each.state != "withdrawn":
            gone.append(each.batch)
    return gone


def _nothing_left(ctx: Context, project: str, known: Sequence[Snapshot], gone: Collection[str]) -> list[Message]:
    """A project of which no import counts is on no page, its scores and locked results neither.

    One that has nothing but its imports, because its first file was the wrong one, may go.
    """
    store = open_store.of(ctx)
    counting = {each.batch for each in known if each.state == "released"}
    if not counting or counting - set(gone):
        return []
    if not read.sheets(store, project) and not rectification.findings(store, project):
        return []
    return [Message("撤回后本项目就没有数据了，各页都打不开，所以没有撤回。请先导入正确的数据，再撤回这一批。")]


def _locked_on(ctx: Context, project: str, gone: Collection[str]) -> list[Message]:
    """Each locked round whose result rests on one of these batches."""
    store = open_store.of(ctx)
    found = []
    for event in logs.rounds(store, project):
        lock = logs.round_state(store, project, event.round).lock
        if lock is not None and logs.frozen(lock)["batch"] in gone:
            found.append(
                Message(
                    "“{round}”已据这一批数据锁定，所以没有撤回。请先解锁“{round}”，或用“更正一个数”改正。",
                    {"round": round_titles(store, project)[event.round]},
                )
            )
    return found


def _snapshot(known: Sequence[Snapshot], batch: str) -> Snapshot:
    found = next((each for each in known if each.batch == batch), None)
    if found is None:
        raise UnknownName(Message("没有批次“{batch}”。请核对批次编号。", {"batch": batch[:80]}))
    return found


def free_batch(project: str, day: date | None, known: Sequence[Snapshot]) -> str:
    """lingang-2023@2025-03-31, lingang-2023@undated, or with the first number that makes it new."""
    taken = {each.batch for each in known}
    wanted = free = f"{project}@{day or 'undated'}"
    number = 2
    while free in taken:
        free, number = f"{wanted}-{number}", number + 1
    return free


def _reason(reason: str) -> str:
    return need_text(one_line(reason), Message("请填写原因。"))
