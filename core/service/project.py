"""What every page and command needs first: which projects there are, and one project's facts and measures."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import Message, UnknownName
from core.model.context import Context
from core.model.measure import Measure
from core.model.project import Facts, Project
from core.model.rights import Deed, may_do
from core.model.scorecard import Sheet
from core.progress import measures as measures_of
from core.service import home
from core.service.asking import asks
from core.store import read


@asks(Deed.SEE, until="data")
def projects(ctx: Context) -> tuple[Project, ...]:
    """All projects that the one who asks may see. Raises StoreError."""
    known = read.projects(home.store(), ctx.version)
    grants = ctx.actor.grants
    if may_do(grants, Deed.SEE, None):
        return known
    return tuple(each for each in known if may_do(grants, Deed.SEE, each.id))


@asks(Deed.SEE, until="data")
def names(ctx: Context) -> Mapping[str, str]:
    """The name of each project that the one who asks may see, by its id and in that order.

    What a page needs of those that it does not show. Raises StoreError.
    """
    known = read.project_names(home.store(), ctx.version)
    grants = ctx.actor.grants
    if may_do(grants, Deed.SEE, None):
        return known
    return {each: name for each, name in known.items() if may_do(grants, Deed.SEE, each)}


@asks(Deed.SEE, until="data")
def facts(ctx: Context, project: str) -> Facts:
    """The project's facts at the context's version. Raises UnknownName."""
    return read.facts(home.store(), project, ctx.version)


@asks(Deed.SEE, until="data")
def sheets(ctx: Context, project: str) -> tuple[Sheet, ...]:
    """The project's sheets with their schemes, without their scores: these have rights of their own."""
    return read.sheets(home.store(), project, ctx.version)


@asks(Deed.SEE, until="data")
def sheet_ids(ctx: Context, project: str) -> tuple[str, ...]:
    """The ids of the project's sheets; the first is the one meant when none is named."""
    return tuple(sheet.id for sheet in read.sheets(home.store(), project, ctx.version))


@asks(Deed.SEE, until="data")
def measures(ctx: Context, project: str, basis: str | None = None, baseline: str | None = None) -> tuple[Measure, ...]:
    """Every measure of the project at a planned time (None: its default), or those of one basis.

    Raises UnknownName for an unknown project, basis or planned time.
    """
    found = measures_of(facts(ctx, project), baseline)
    if basis is None:
        return found
    bases = dict.fromkeys(measure.basis for measure in found if measure.basis is not None)
    if basis not in bases:
        raise UnknownName(Message("没有计算口径“{basis}”。可用:{bases}。", {"basis": basis, "bases": tuple(bases)}))
    return tuple(measure for measure in found if measure.basis == basis)
