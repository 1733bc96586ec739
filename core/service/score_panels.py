"""The figures of a sheet: its groups' rates, and what was taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.charts.frame import Look, Panel
from core.errors import Message
from core.model.context import Context
from core.model.project import Facts
from core.model.rights import Deed
from core.service import home
from core.service.asking import asks
from core.service.scoring import WORKING, scorecard
from core.store import read
from core.text import render
from core.text.numbers import percent, points


@dataclass(frozen=True)
class Figures:
    """The pictures of a sheet."""

    rates: Panel
    deductions: Panel


@asks(Deed.SEE)
def figures(ctx: Context, project: str, sheet: str = WORKING) -> Figures:
    """得分率 of the level 1 groups, and where points were lost. Raises UnknownName, NotAllowed."""
    store = home.store()
    facts = read.facts(store, project, ctx.version)
    scorecard(ctx, project, sheet)  # asked for each person whether they may see it; drawn once for all
    key = ("figures", project, sheet, facts.batch, ctx.version.moment, ctx.language)
    return store.remembered(key, lambda _: _figures(ctx, facts, sheet), until="any")


def _figures(ctx: Context, facts: Facts, sheet: str) -> Figures:
    from core.charts import scoring as charts

    card = scorecard(ctx, facts.project.id, sheet)
    look = Look(ctx.language, facts.places, facts.project.source, facts.as_of)
    marked = card.sheet.reconstruction
    rates = [
        charts.Rate(name, part.points, part.scored_weight, part.rate) for name, part in card.tally.subtotals.items()
    ]
    lost = [item for item in card.items if item.deduction]
    deductions = [charts.Deduction(i.indicator.code, i.indicator.l3, i.deduction or Decimal(0)) for i in lost]

    def panel(
        name: str, title: Message, figure: Any, headings: Sequence[Message], rows: Sequence[Sequence[str]]
    ) -> Panel:
        words = render(title, ctx.language)
        return Panel(
            id=name,
            title=words,
            figure=figure,
            alt=words,
            headings=tuple(render(heading, ctx.language) for heading in headings),
            rows=tuple(tuple(row) for row in rows),
            measures=(),
            picture=f"{render(facts.project.name, ctx.language)}_{words}_{facts.as_of:%Y%m%d}",
        )

    return Figures(
        rates=panel(
            "level1_rates",
            Message("一级指标得分率"),
            charts.level1_rates(rates, marked, look),
            [Message("一级指标"), Message("得分"), Message("已评分值"), Message("得分率")],
            [[render(r.name, ctx.language), points(r.points), points(r.weight), percent(r.rate)] for r in rates],
        ),
        deductions=panel(
            "deductions",
            Message("扣分明细"),
            charts.deductions(deductions, marked, look),
            [Message("编号"), Message("指标"), Message("扣分"), Message("原因")],
            [
                [
                    i.indicator.code,
                    render(i.indicator.l3, ctx.language),
                    points(i.deduction),
                    (i.event and i.event.reason) or "—",
                ]
                for i in sorted(lost, key=lambda item: (-(item.deduction or 0), item.indicator.code))
            ],
        ),
    )
