"""Projects, and the facts, sheets and measures of one."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import Message, UnknownName
from core.model.context import Context
from core.model.measure import Measure
from core.model.project import Facts, Project
from core.model.rights import Deed, may_do
from core.model.scorecard import Sheet
from core.progress import measures as measures_of
from core.service.base import open_store
from core.service.base.asking import asks
from core.store import logs, read
from core.store.database import Store
from core.text import told_apart


@asks(Deed.SEE, until="data")
def projects(ctx: Context) -> tuple[Project, ...]:
    """List the projects that the one who asks may see. Raises StoreError."""
    known = read.projects(open_store.of(ctx), ctx.version)
    grants = ctx.actor.grants
    if may_do(grants, Deed.SEE, None):
        return known
    return tuple(each for each in known if may_do(grants, Deed.SEE, each.id))


@asks(Deed.SEE, until="data")
def names(ctx: Context) -> Mapping[str, str]:
    """Name each project that the one who asks may see, by its id and in that order.

    What a page needs of those that it does not show. Raises StoreError.
    """
    known = read.project_names(open_store.of(ctx), ctx.version)
    grants = ctx.actor.grants
    if may_do(grants, Deed.SEE, None):
        return known
    return {each: name for each, name in known.items() if may_do(grants, Deed.SEE, each)}


@asks(Deed.SEE, until="data")
def default_project(ctx: Context) -> str | None:
    """Find the project that an address means which names none: the only one, else the oldest.

    None: that cannot be told, or the one who asks may not see it. Raises StoreError.
    """
    known = names(ctx)
    if len(known) == 1:
        return next(iter(known))
    first = read.first_project(open_store.of(ctx))
    return first if first in known else None


@asks(Deed.SEE, until="data")
def facts(ctx: Context, project: str) -> Facts:
    """Read the project's facts at the context's version. Raises UnknownName."""
    return read.facts(open_store.of(ctx), project, ctx.version)


@asks(Deed.SEE, until="data")
def sheets(ctx: Context, project: str) -> tuple[Sheet, ...]:
    """List the project's sheets with their schemes, without their scores: these have rights of their own."""
    return read.sheets(open_store.of(ctx), project, ctx.version)


@asks(Deed.SEE, until="data")
def sheet_ids(ctx: Context, project: str) -> tuple[str, ...]:
    """List the ids of the project's sheets; the first is the one meant when none is named."""
    return tuple(sheet.id for sheet in read.sheets(open_store.of(ctx), project, ctx.version))


@asks(Deed.SEE, until="data")
def measures(ctx: Context, project: str, basis: str | None = None, baseline: str | None = None) -> tuple[Measure, ...]:
    """Compute the measures of the project at a planned time (None: its default), or those of one basis.

    Raises UnknownName for an unknown project, basis or planned time.
    """
    found = measures_of(facts(ctx, project), baseline)
    if basis is None:
        return found
    bases = dict.fromkeys(measure.basis for measure in found if measure.basis is not None)
    if basis not in bases:
        raise UnknownName(Message("没有计算口径“{basis}”。可用：{bases}。", {"basis": basis, "bases": tuple(bases)}))
    return tuple(measure for measure in found if measure.basis == basis)


def round_titles(store: Store, project: str) -> Mapping[str, Message]:
    """Name each round, by its id; with the id where another has an equal name."""
    names = {event.round: event.name for event in logs.rounds(store, project)}
    return {
        key: Message("{name}{id}", {"name": names[key], "id": apart.removeprefix(names[key])})
        for key, apart in told_apart(names).items()
    }
