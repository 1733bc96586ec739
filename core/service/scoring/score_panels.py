"""Figures of a sheet: the rates of its groups, and its deductions."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import Message
from core.figures import scores
from core.figures.figure import FigureLook, FigurePanel
from core.model.context import Context
from core.model.project import Facts
from core.model.rights import Deed
from core.scoring.round_state import round_of
from core.scoring.sheet_source import sheet_source
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.project import round_titles
from core.service.base.project_figures import panel_of
from core.service.base.reviewed import by_lock
from core.service.scoring.scorecards import WORKING, scorecard
from core.store import logs, read


@dataclass(frozen=True)
class SheetFigures:
    """Panels of a sheet."""

    rates: FigurePanel
    deductions: FigurePanel


@asks(Deed.SEE)
def figures(ctx: Context, project: str, sheet: str = WORKING, narrow: bool = False) -> SheetFigures:
    """Draw 得分率 of the level 1 groups, and the deductions; `narrow`: for a telephone.

    Raises UnknownName, NotAllowed.
    """
    store = open_store.of(ctx)
    facts = read.facts(store, project, ctx.version)
    scorecard(ctx, project, sheet)  # asked for each person whether they may see it; drawn once for all
    key = ("figures", project, sheet, facts.batch, ctx.version.moment, ctx.language, ctx.unit, narrow)
    return store.remembered(key, lambda _: _figures(ctx, facts, sheet, narrow), until="any")


def _figures(ctx: Context, facts: Facts, sheet: str, narrow: bool) -> SheetFigures:
    card = scorecard(ctx, facts.project.id, sheet)
    store, project, round_id = open_store.of(ctx), facts.project.id, round_of(sheet)
    source = sheet_source(card.sheet, round_titles(store, project)[round_id])
    by = by_lock(logs.round_state(store, project, round_id).lock)
    if by is not None:
        source = Message("{source}（{reviewed}）", {"source": source, "reviewed": by.sentence()})
    look, name = FigureLook(ctx.language, narrow=narrow, unit=ctx.unit), facts.project.name
    return SheetFigures(
        rates=panel_of(scores.level1_rates(facts, card.sheet, card.tally, source), look, name),
        deductions=panel_of(scores.deductions(facts, card.sheet, card.items, source), look, name),
    )
