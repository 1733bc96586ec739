"""One project at one planned time, for one asker: its figures, and how panels and tables are made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.charts.frame import Look, Panel
from core.errors import Message
from core.model.context import Context
from core.model.measure import Measure, Measures
from core.model.project import Baseline, Facts
from core.progress import measures as measures_of
from core.service import explain
from core.text import render

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True)
class Table:
    """Figures in rows, in one language, with what stands behind them."""

    id: str
    """ASCII; unique on its page."""
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    how: tuple[tuple[str, ...], ...]
    """怎么算: a row a measure, the first being the headings."""


class Desk:
    """The facts of one call with their measures, and how panels are made of them."""

    def __init__(self, ctx: Context, facts: Facts, baseline: str | None, place: str | None, narrow: bool) -> None:
        self.ctx, self.facts = ctx, facts
        self.figures = Measures(measures_of(facts, baseline))
        asked = (b for b in facts.baselines if (b.default if baseline is None else b.id == baseline))
        self.baseline: Baseline | None = next(asked, None)
        self._place, self._narrow = place, narrow

    def look(self, height: int = 430) -> Look:
        """For whom figures are drawn."""
        facts = self.facts
        return Look(
            self.ctx.language, facts.places, facts.project.source, facts.as_of, self._place,
            height + (60 if self._narrow and height < 430 else 0), self._narrow,
        )  # fmt: skip

    def panel(
        self,
        name: str,
        title: Message,
        figure: go.Figure,
        headings: Iterable[Message | str],
        rows: Iterable[Sequence[Message | str]],
        measures: Iterable[Measure],
    ) -> Panel:
        """A figure with its words, the table behind it, and the measures of both."""
        language = self.ctx.language
        words, project = render(title, language), render(self.facts.project.name, language)
        table = tuple(tuple(render(cell, language) for cell in row) for row in rows)
        behind = tuple(measures)
        return Panel(
            id=name,
            title=words,
            figure=figure,
            alt=f"{words}:" + ";".join(" ".join(row) for row in table),
            headings=tuple(render(heading, language) for heading in headings),
            rows=table,
            measures=behind,
            picture=re.sub(r'[\s\\/:*?"<>|]+', "_", f"{project}_{words}_{self.facts.as_of:%Y%m%d}"),
            how=explain.rows(behind, language),
        )

    def table(
        self,
        name: str,
        title: Message,
        headings: Iterable[Message | str],
        rows: Iterable[Sequence[Message | str]],
        measures: Iterable[Measure],
    ) -> Table:
        """A table that stands for itself."""
        language = self.ctx.language
        return Table(
            id=name,
            title=render(title, language),
            headings=tuple(render(heading, language) for heading in headings),
            rows=tuple(tuple(render(cell, language) for cell in row) for row in rows),
            how=explain.rows(measures, language),
        )
