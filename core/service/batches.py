"""The snapshots of a project: listed, compared, withdrawn, released, corrected, and taken out to be edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.errors import Message, StoreError, UnknownName
from core.ingest import correction
from core.ingest.correction import figure_of
from core.model.context import Actor, Context, Version
from core.model.project import Facts
from core.model.rights import Deed
from core.scoring.workflow import need_text
from core.service import home
from core.service.asking import asks, named
from core.service.changes import Change, changes, shown
from core.store import read
from core.store import snapshots as stored
from core.store.database import Session
from core.store.snapshots import Correction, Kind, Snapshot
from core.text import word
from core.text.one_line import one_line

__all__ = [
    "Change", "Correction", "Reported", "Snapshot", "compared", "correct", "corrections", "figure_of", "figures",
    "may_release", "release", "snapshots", "template", "withdraw",
]  # fmt: skip

MOST_DETAIL = 20_000
"""Rows of detail in the file to fill in; a project with more keeps its detail when the file is imported again."""
STATES: Mapping[Kind, str] = {"released": word("已生效"), "held": word("待复核"), "withdrawn": word("已撤回")}
"""How the state of a snapshot reads."""


@asks(Deed.SEE)
def snapshots(ctx: Context, project: str) -> tuple[Snapshot, ...]:
    """Every import of the project, the newest first. Raises UnknownName."""
    found = stored.snapshots(home.store(), project)
    if not found:
        raise UnknownName(Message("没有编号为“{project}”的项目。请核对项目编号。", {"project": project[:40]}))
    return found


@asks(Deed.SEE)
def corrections(ctx: Context, project: str) -> Mapping[str, Correction]:
    """The corrected figures of the project, by the batch that has them right."""
    return stored.corrections(home.store(), project)


@asks(Deed.SEE)
def compared(ctx: Context, project: str, batch: str) -> tuple[Change, ...]:
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
    before = _facts_of(project, max(dated)[2]) if dated else None
    return changes(before, _facts_of(project, batch))


def _facts_of(project: str, batch: str) -> Facts:
    """A snapshot as it came in, whatever counts now."""
    series = read.series(home.store(), project, Version(batch=batch))
    return next(facts for facts in series if facts.batch == batch)


@asks(Deed.IMPORT)
def withdraw(ctx: Context, project: str, batch: str, reason: str) -> None:
    """An import no longer counts, nor do the corrections of its figures; the one before it does again.

    Raises NameNeeded, NotAllowed without a reason, UnknownName, InputError when it is withdrawn already, StoreError.
    """
    actor, why = named(ctx), _reason(reason)
    known = snapshots(ctx, project)
    snapshot = _snapshot(known, batch)
    if snapshot.state == "withdrawn":
        raise correction.refused(Message("批次“{batch}”已经撤回,不必再撤回。", {"batch": batch}))
    gone = _with_corrections(known, stored.corrections(home.store(), project), batch)
    stored.note(home.store(), project, gone, "withdrawn", why, actor, unchanged(project, known))


@asks(Deed.IMPORT)
def release(ctx: Context, project: str, batch: str) -> None:
    """A held import counts from now on; somebody else than who imported it says so.

    Raises NameNeeded, UnknownName, InputError when it does not wait or the same person asks, StoreError.
    """
    actor = named(ctx)
    known = snapshots(ctx, project)
    snapshot = _snapshot(known, batch)
    if snapshot.state != "held":
        raise correction.refused(Message("批次“{batch}”不在待复核状态,不需要放行。", {"batch": batch}))
    if not may_release(actor, snapshot):
        raise correction.refused(Message("复核须由另一人进行:这批数据是您自己导入的。"))
    stored.note(home.store(), project, [batch], "released", "", actor, unchanged(project, known))


def may_release(actor: Actor, snapshot: Snapshot) -> bool:
    """Whether the import is somebody else's, by browser and by name."""
    return actor.id != snapshot.actor and actor.name != snapshot.by


@asks(Deed.IMPORT)
def correct(ctx: Context, project: str, place: str, field: str, new: str, reason: str) -> str:
    """Put one figure of the present snapshot right: a new snapshot of the same date, whose batch is returned.

    `field` is the id or the name of a figure (`core.ingest.correction`); `place` is "" for those of the whole project.
    Raises NameNeeded, NotAllowed without a reason, UnknownName, InputError for a bad value, StoreError.
    """
    actor, why = named(ctx), _reason(reason)
    store = home.store()
    known = snapshots(ctx, project)
    facts = read.facts(store, project)
    figure = figure_of(field)
    old = correction.value_of(facts, place, figure)
    fixed = correction.corrected(facts, place, figure, new)
    if correction.value_of(fixed, place, figure) == old:
        raise correction.refused(Message("更正后的数值与现有数值相同,未作更正。"))
    fixed = replace(fixed, batch=free_batch(project, facts.as_of, known))
    note = Correction(facts.batch, place, figure.id, shown(old, figure), one_line(new), why)
    look = unchanged(project, known)
    stored.add(store, fixed, actor, detail_of=facts.batch, correction=note, look=look)
    return fixed.batch


@dataclass(frozen=True)
class Reported:
    """A figure as it stands in the present snapshot."""

    id: str
    name: str
    value: str
    """As it is printed."""


@asks(Deed.SEE)
def figures(ctx: Context, project: str, place: str) -> tuple[Reported, ...]:
    """The figures of a place (of the whole project: "") that a correction may name. Raises UnknownName."""
    facts = read.facts(home.store(), project, ctx.version)
    found = []
    for figure in correction.FIGURES:
        try:
            value = correction.value_of(facts, place, figure)
        except UnknownName:
            continue  # the place has no such row
        found.append(Reported(figure.id, figure.name, shown(value, figure)))
    return tuple(found)


@asks(Deed.SEE)
def template(ctx: Context, project: str) -> bytes:
    """The present snapshot as an .xlsx to edit and import again. Raises UnknownName, StoreError."""
    from core.briefing.data_sheet import data_xlsx

    store = home.store()
    facts = read.facts(store, project, ctx.version)
    detail = read.communities(store, facts, None, 0, MOST_DETAIL + 1)
    return data_xlsx(facts, detail if len(detail) <= MOST_DETAIL else ())


def unchanged(project: str, known: Sequence[Snapshot]) -> Callable[[Session], None]:
    """Refuse when another import or event came in meanwhile: what was decided on is no longer what is there."""

    def look(session: Session) -> None:
        if stored.snapshots_in(session, project) != tuple(known):
            raise StoreError(Message("这个项目的数据刚被他人改动,本次未写入。请刷新后重试。"))

    return look


def _with_corrections(known: Sequence[Snapshot], fixed: Mapping[str, Correction], batch: str) -> list[str]:
    """The batch and all that was made from it by correcting single figures, as far as they are not withdrawn."""
    gone = [batch]
    for each in reversed(known):  # a correction comes after what it corrects
        made = fixed.get(each.batch)
        if made is not None and made.parent in gone and each.state != "withdrawn":
            gone.append(each.batch)
    return gone


def _snapshot(known: Sequence[Snapshot], batch: str) -> Snapshot:
    found = next((each for each in known if each.batch == batch), None)
    if found is None:
        raise UnknownName(Message("没有批次“{batch}”。请核对批次编号。", {"batch": batch[:80]}))
    return found


def free_batch(project: str, day: date | None, known: Sequence[Snapshot]) -> str:
    """lingang-2023@2025-03-31, or with the first number that makes it new."""
    taken = {each.batch for each in known}
    wanted = free = f"{project}@{day}"
    number = 2
    while free in taken:
        free, number = f"{wanted}-{number}", number + 1
    return free


def _reason(reason: str) -> str:
    return need_text(one_line(reason), Message("请填写原因。"))
