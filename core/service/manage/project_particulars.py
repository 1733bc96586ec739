"""Particulars of a project without a file: a new project, and what was missing filled in; each is a batch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.errors import Message, NotAllowed
from core.ingest.project_tables import correction, particulars
from core.ingest.project_tables.particulars import EXAMPLE, printed, read_plan
from core.model.context import Context
from core.model.particulars import Particulars
from core.model.project import Facts, Project
from core.model.rights import Deed
from core.model.storable import need_text
from core.progress.missing import Missing, missing
from core.service.base import open_store, review_rule
from core.service.base.asking import asks, named
from core.service.base.batches import free_batch, need_none_waiting, unchanged
from core.service.base.moments import local
from core.service.manage.versioned_files import free_id, slug
from core.store import clock, read
from core.store import snapshots as stored
from core.store.snapshots import Correction
from core.text import render
from core.text.numbers import MISSING
from core.text.one_line import one_line

__all__ = [
    "EXAMPLE",
    "Particulars",
    "add",
    "edit",
    "lacking",
    "need_id",
    "need_new",
    "particulars_of",
    "printed",
    "read_plan",
    "suggested_id",
]  # fmt: skip

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def need_id(project: str) -> str:
    """Return the id of a project. Raises InputError for one that no project can have."""
    if not _ID.fullmatch(project):
        raise correction.refused(
            Message(
                "项目编号“{project}”不能用：只能用英文字母、数字、点和连字符，最多40个。", {"project": project[:40]}
            )
        )
    return project


@asks(Deed.IMPORT)
def need_new(ctx: Context, project: str) -> str:
    """Return the id of a project to come. Raises InputError where there is one of that id, or none can have it."""
    need_id(project)
    store = open_store.of(ctx)
    if any(each.state != "withdrawn" for each in stored.snapshots(store, project)):
        name = read.project_names(store).get(project, project)
        raise correction.refused(
            Message(
                "编号“{project}”已有项目“{name}”。请换一个编号；要导入到这个项目，请在“导入到”里选它。",
                {"project": project, "name": name},
            )
        )
    return project


@asks(Deed.SEE)
def suggested_id(ctx: Context, name: str) -> str:
    """Make an id out of a project's name that no project has: its Latin letters, else its year, else a number."""
    store = open_store.of(ctx)
    year = _YEAR.search(name)
    wanted = slug(name) or f"project-{year[1] if year else 1}"
    taken = set(read.project_names(store))
    while (free := free_id(wanted, taken)) and stored.snapshots(store, free):
        taken.add(free)
    return free


@asks(Deed.SEE)
def particulars_of(ctx: Context, project: str) -> Particulars:
    """Read the particulars of a project as they are. Raises UnknownName."""
    return particulars.of_facts(read.facts(open_store.of(ctx), project, ctx.version))


@asks(Deed.SEE)
def lacking(ctx: Context, project: str) -> tuple[Missing, ...]:
    """List what a project has not reported yet. Raises UnknownName."""
    return missing(read.facts(open_store.of(ctx), project, ctx.version))


@asks(Deed.IMPORT)
def add(ctx: Context, project: str, said: Particulars) -> str:
    """Make a project of which only its particulars are known; its batch. Files may come in later.

    Raises NameNeeded, NotAllowed without a name, InputError, StoreError; then nothing was written.
    """
    actor = named(ctx)
    need_new(ctx, project)
    known = stored.snapshots(open_store.of(ctx), project)
    today = local(clock.now()).date()
    said = particulars.checked(said, None, today)
    name = need_text(said.name, Message("请填写项目名称。"), particulars.MOST_NAME)
    source = render(particulars.FILLED_IN, "zh_CN")
    blank = Project(project, name, (), "", None, source)
    batch = free_batch(project, None, known)
    facts = particulars.laid_over(said, Facts(blank, batch, today, (), (), (), (), (), (), ()))
    stored.add(open_store.of(ctx), facts, actor, dated=False, look=unchanged(project, known))
    return batch


@asks(Deed.IMPORT)
def edit(ctx: Context, project: str, said: Particulars, reason: str = "") -> str:
    """Fill in or change particulars: a new snapshot of the same day, whose batch is returned.

    Where the project says so it waits for a second person's release. A reason has to be given where something that was
    known becomes another. Raises NameNeeded, NotAllowed without that reason, UnknownName, InputError (also where
    nothing changes), StoreError.
    """
    actor = named(ctx)
    store = open_store.of(ctx)
    facts = read.facts(store, project)
    known = stored.snapshots(store, project)
    need_none_waiting(known, stored.corrections(store, project))
    said = particulars.checked(said, facts, local(clock.now()).date())
    fixed = particulars.laid_over(said, facts)
    changed = particulars.differences(particulars.of_facts(facts), particulars.of_facts(fixed))
    if not changed:
        raise correction.refused(Message("填写的内容与现有的相同，没有保存。"))
    why = one_line(reason)
    if not why and (names := tuple(what for what, before, _ in changed if before != MISSING)):
        raise NotAllowed([Message("{names}已有内容，更改须写明原因。请填写原因。", {"names": names})])
    why = need_text(why or render(Message("补填"), "zh_CN"), Message("请填写原因。"))
    dated = any(each.batch == facts.batch and each.as_of is not None for each in known)
    fixed = replace(fixed, batch=free_batch(project, facts.as_of if dated else None, known))
    note = Correction(facts.batch, "", particulars.FIELD, _told(changed, 1), _told(changed, 2), why)
    stored.add(
        store, fixed, actor, detail_of=facts.batch, payments_of=facts.batch, correction=note, dated=dated,
        held=review_rule.needed(ctx, project), look=unchanged(project, known),
    )  # fmt: skip
    return fixed.batch


def _told(changed: Sequence[tuple[Message, str, str]], which: int) -> str:
    return "；".join(f"{render(each[0], 'zh_CN')}{each[which]}" for each in changed)
