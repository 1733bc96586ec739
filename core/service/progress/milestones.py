"""Milestones entered and changed on a page: who answers for one, its planned and its actual day; each is a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.errors import Message, NotAllowed, UnknownName
from core.ingest.project_tables import correction, particulars
from core.model.context import Context
from core.model.project import Facts, Milestone
from core.model.rights import Deed
from core.model.storable import need_text, not_longer
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.base.batches import MILESTONE, free_batch, unchanged
from core.service.base.moments import local
from core.service.progress.dated_notes import need_near
from core.store import clock, read
from core.store import snapshots as stored
from core.store.snapshots import Correction
from core.text import render, word
from core.text.numbers import MISSING
from core.text.one_line import one_line

MOST_NAME = 30
"""Characters of a milestone's name."""
MOST_OWNER = 120
"""Characters of who answers for one."""
MOST_MILESTONES = 100
"""Milestones of a project."""


@asks(Deed.SEE, until="data")
def milestones(ctx: Context, project: str) -> tuple[Milestone, ...]:
    """List the milestones at the context's version, also those without a day. Raises UnknownName."""
    return read.facts(open_store.of(ctx), project, ctx.version).milestones


@asks(Deed.IMPORT)
def add(
    ctx: Context, project: str, name: str, place: str | None, owner: str, planned: date | None, actual: date | None
) -> str:
    """Enter a milestone of the project (`place` None) or of a place: a new snapshot of the same day, its batch.

    Raises NameNeeded, UnknownName, NotAllowed for one that is there already and for what cannot be, StoreError.
    """
    facts = read.facts(open_store.of(ctx), project)
    kept = need_text(one_line(name), Message("请填写里程碑的名称，如开工。"), MOST_NAME)
    if place is not None and place not in facts.places:
        raise UnknownName(Message("项目中没有街镇“{name}”。请检查名称。", {"name": place[:40]}))
    if any((each.name, each.place) == (kept, place) for each in facts.milestones):
        raise NotAllowed([Message("已有里程碑“{name}”，请在列表中选它来修改。", {"name": kept})])
    if len(facts.milestones) >= MOST_MILESTONES:
        raise NotAllowed([Message("最多{most}个里程碑，请先撤去不用的。", {"most": MOST_MILESTONES})])
    new = _checked(Milestone(kept, planned, actual, render(particulars.FILLED_IN, "zh_CN"), place, one_line(owner)))
    return _write(ctx, facts, (*facts.milestones, new), new, (MISSING, _told(_said(new))), "")


@asks(Deed.IMPORT)
def edit(
    ctx: Context, project: str, name: str, place: str | None, owner: str, planned: date | None, actual: date | None,
    reason: str = "",
) -> str:  # fmt: skip
    """Say who answers for a milestone and its days: a new snapshot of the same day, whose batch is returned.

    A reason has to be given where something that was known becomes another.
    Raises NameNeeded, UnknownName, InputError where nothing changes, NotAllowed without that reason and for what cannot
    be, StoreError.
    """
    facts = read.facts(open_store.of(ctx), project)
    old = _found(facts, name, place)
    new = _checked(replace(old, owner=one_line(owner), planned=planned, actual=actual))
    both = zip(_said(old), _said(new), strict=True)
    changed = [(what, before, now) for (what, before), (_, now) in both if before != now]
    if not changed:
        raise correction.refused(Message("填写的内容与现有的相同，没有保存。"))
    if not one_line(reason) and (names := tuple(what for what, before, _ in changed if before != MISSING)):
        raise NotAllowed([Message("{names}已有内容，更改须写明原因。请填写原因。", {"names": names})])
    rows = tuple(new if each.key == old.key else each for each in facts.milestones)
    told = (_told([(what, before) for what, before, _ in changed]), _told([(what, now) for what, _, now in changed]))
    return _write(ctx, facts, rows, new, told, reason)


@asks(Deed.IMPORT)
def take_out(ctx: Context, project: str, name: str, place: str | None, reason: str) -> str:
    """Take a milestone out: a new snapshot of the same day without it, whose batch is returned.

    Raises NameNeeded, UnknownName, NotAllowed without a reason, StoreError.
    """
    facts = read.facts(open_store.of(ctx), project)
    old = _found(facts, name, place)
    need_text(one_line(reason), Message("请填写原因。"))
    rows = tuple(each for each in facts.milestones if each.key != old.key)
    return _write(ctx, facts, rows, old, (_told(_said(old)), ""), reason)


def _found(facts: Facts, name: str, place: str | None) -> Milestone:
    found = next((each for each in facts.milestones if (each.name, each.place) == (name, place)), None)
    if found is None:
        raise UnknownName(Message("没有里程碑“{name}”，请刷新后再试。", {"name": name[:MOST_NAME]}))
    return found


def _checked(milestone: Milestone) -> Milestone:
    """The milestone. Raises NotAllowed with all that cannot be."""
    not_longer(milestone.owner, MOST_OWNER)
    if milestone.planned is None and milestone.actual is None:
        raise NotAllowed([Message("请填写计划日期或实际日期，如2025-07-01。")])
    for day in (milestone.planned, milestone.actual):
        if day is not None:
            need_near(day)
    today = local(clock.now()).date()
    if milestone.actual is not None and milestone.actual > today:
        params = {"day": milestone.actual, "today": today}
        raise NotAllowed([Message("实际日期{day}晚于今天（{today}）。尚未完成的，请只填计划日期。", params)])
    return milestone


def _said(milestone: Milestone) -> list[tuple[Message | str, str]]:
    """What is said of one, by its words; "—" where nothing is."""
    days = ((word("计划日期"), milestone.planned), (word("实际日期"), milestone.actual))
    return [
        (word("责任单位（人）"), milestone.owner or MISSING),
        *((what, day.isoformat() if day else MISSING) for what, day in days),
    ]


def _told(said: Sequence[tuple[Message | str, str]]) -> str:
    return "；".join(f"{render(what, 'zh_CN')}{value}" for what, value in said)


def _write(
    ctx: Context, facts: Facts, rows: tuple[Milestone, ...], of: Milestone, told: tuple[str, str], reason: str
) -> str:
    """The facts with these milestones, as a correction. `told`: what was said of the milestone, and what is now."""
    actor, store, project = named(ctx), open_store.of(ctx), facts.project.id
    known = stored.snapshots(store, project)
    dated = any(each.batch == facts.batch and each.as_of is not None for each in known)
    batch = free_batch(project, facts.as_of if dated else None, known)
    why = need_text(one_line(reason) or render(Message("补填"), "zh_CN"), Message("请填写原因。"))
    note = Correction(facts.batch, of.place or "", MILESTONE + of.name, *told, why)
    stored.add(
        store, replace(facts, batch=batch, milestones=rows), actor, detail_of=facts.batch, payments_of=facts.batch,
        correction=note, dated=dated, look=unchanged(project, known),
    )  # fmt: skip
    return batch
