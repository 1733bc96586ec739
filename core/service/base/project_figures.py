"""Figures of one project at one planned time, for one asker, and the panels and tables made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from core.errors import Message
from core.figures import day_marks
from core.figures.figure import Bars, Figure, FigureLook, FigurePanel, Words, of_project
from core.figures.in_unit import in_unit
from core.figures.table import RowTable, TableCell, TableColumn
from core.model.context import Context
from core.model.measure import Measure, Measures
from core.model.project import Baseline, Facts
from core.progress import measures as measures_of
from core.render import html
from core.service.base import open_store
from core.service.base.origin import origin
from core.service.base.reviewed import reviewed
from core.text import how_computed, render, word
from core.text.amounts import as_drawn
from core.text.file_text import file_stem
from core.text.marks import labelled, listed


@dataclass(frozen=True)
class FigureTable:
    """Figures in rows, in one language, with what stands behind them."""

    id: str
    """ASCII; unique on its page."""
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    how: tuple[tuple[str, ...], ...]
    """怎么算: a row a measure, the first being the headings."""


@dataclass(frozen=True)
class RowPanel:
    """A table of rows in one language: as HTML, as a table that leaves the page, and 怎么算."""

    table: FigureTable
    html: str
    sent: FigurePanel
    """The table as it leaves the page: as a file, a picture, a slide."""
    chosen: bool
    """Whether its rows can be chosen."""
    reviewed: str = ""
    """Who stood for its figures besides who imported them, and when."""
    origin: tuple[tuple[str, str], ...] = ()
    """The file that they came in with, who imported it and when, where each cell leads there; a name a line."""


class ProjectFigures:
    """The facts of one call with their measures, and how panels are made of them."""

    def __init__(self, ctx: Context, facts: Facts, baseline: str | None, place: str | None, narrow: bool) -> None:
        self.ctx, self.facts = ctx, facts
        self.measures = Measures(measures_of(facts, baseline))
        asked = (b for b in facts.baselines if (b.default if baseline is None else b.id == baseline))
        self.baseline: Baseline | None = next(asked, None)
        self._place, self._narrow = place, narrow

    @cached_property
    def reviewed(self) -> Message | None:
        """Who released the data that all these figures rest on, and when; None: only their importer knows them."""
        found = reviewed(self.ctx, self.facts.project.id, self.facts.batch)
        return None if found is None else found.sentence()

    def panel(self, figure: Figure, height: int = 430, *, wide: bool = False) -> FigurePanel:
        """Put a figure of so many pixels into the asker's words; `wide`: it has more than half a window."""
        roomier = height + (60 if self._narrow and height < 430 else 0) + day_marks.room(figure, narrow=self._narrow)
        look = FigureLook(self.ctx.language, self._place, roomier, self._narrow, wide, self.ctx.unit)
        if self.reviewed is not None:
            both = {"source": figure.source, "reviewed": self.reviewed}
            figure = replace(figure, source=Message("{source}（{reviewed}）", both))
        return panel_of(figure, look, self.facts.project.name)

    def table(
        self,
        name: str,
        title: Message,
        headings: Iterable[Message | str],
        rows: Iterable[Sequence[Message | str]],
        measures: Iterable[Measure],
    ) -> FigureTable:
        """Make a table without a figure."""
        language, unit = self.ctx.language, self.ctx.unit
        return FigureTable(
            id=name,
            title=render(title, language, unit),
            headings=tuple(render(heading, language, unit) for heading in headings),
            rows=tuple(tuple(render(cell, language, unit) for cell in row) for row in rows),
            how=how_computed.rows(measures, language, unit),
        )

    def rows(
        self,
        found: RowTable,
        called: Message,
        measures: Iterable[Measure],
        alone: Figure | None = None,
        *,
        traced: bool = False,
    ) -> RowPanel:
        """Make a table of rows with bars and ranges in their cells; `called`: its name as a file.

        `alone`: the figure that goes out as a picture or a slide; None: the table as it is. `traced`: each figure
        tells where it stands in which file.
        """
        behind = tuple(measures)

        def say(words: Words) -> str:
            return render(words, self.ctx.language, self.ctx.unit)

        table = self.table(
            found.id,
            Message("{finding}", {"finding": found.finding}),
            [found.heading, *(_heading(each) for each in found.columns)],
            [(row.name, *map(_alone, row.cells)) for row in found.every],
            behind,
        )
        figure = alone or of_project(
            self.facts, found.id, called, found.finding, "", word("见各栏"), Bars(called, ()), table.headings,
            table.rows, behind,
        )  # fmt: skip
        sent = replace(self.panel(figure), headings=table.headings, rows=table.rows, how=table.how)
        said = "" if self.reviewed is None else say(self.reviewed)
        lines = origin(open_store.of(self.ctx), self.facts) if traced else ()
        came = tuple((say(name), say(told)) for name, told in lines)
        drawn = html.table(found, lambda words: say(as_drawn(words)), self._place)
        return RowPanel(table, drawn, sent, any(row.key for row in found.rows), said, came)


def _heading(column: TableColumn) -> Words:
    if not column.unit:
        return column.name
    return Message("{name}（{unit}）", {"name": column.name, "unit": column.unit})


def _alone(cell: TableCell) -> Words:
    """What a cell says where no cells are merged."""
    if cell.rows > 1:
        return Message("{value}（{note}）", {"value": cell.text, "note": cell.note})
    return Message("{flag} {text}", {"flag": cell.flag, "text": cell.text}) if cell.flag else cell.text


def panel_of(figure: Figure, look: FigureLook, project: str = "") -> FigurePanel:
    """A figure with its words, the table behind it and 怎么算; `project`: whose it is, for the file's name."""
    language, unit = look.language, look.unit
    words = render(figure.name, language, unit)
    table = tuple(tuple(render(cell, language, unit) for cell in row) for row in figure.rows)
    rows = listed((labelled(row[0], " ".join(cell for cell in row[1:] if cell), language) for row in table), language)
    of_project = [render(project, language)] if project else []
    return FigurePanel(
        id=figure.id,
        title=words,
        figure=in_unit(figure, language, unit),
        look=look,
        alt=render(figure.alt, language, unit) or labelled(words, rows, language),
        headings=tuple(render(heading, language, unit) for heading in figure.headings),
        rows=table,
        measures=figure.measures,
        picture=file_stem(*of_project, words, f"{figure.as_of:%Y%m%d}"),
        stored=figure,
        how=how_computed.rows(figure.measures, language, unit) if figure.measures else (),
    )
