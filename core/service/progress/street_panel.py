"""A table of streets for a page: as HTML whose rows can be chosen, as a table that leaves the page, and 怎么算."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import Message
from core.figures.figure import Words
from core.figures.measured_table import MeasuredTable
from core.render import html
from core.service.base.project_figures import FigureTable, ProjectFigures
from core.text import render
from core.text.file_text import file_stem


@dataclass(frozen=True)
class StreetPanel:
    """A street table in one language."""

    table: FigureTable
    html: str
    file: str
    """Name of the table as a file, without its ending."""


def street_panel(figures: ProjectFigures, found: MeasuredTable, called: Message, chosen: str | None) -> StreetPanel:
    """Put a table of streets into the asker's words; `called`: what it is named as a file."""
    facts, language = figures.facts, figures.ctx.language

    def say(words: Words) -> str:
        return render(words, language)

    shown = found.table
    table = figures.table(
        shown.id,
        Message("{finding}", {"finding": shown.finding}),
        [shown.heading, *(_heading(each.name, each.unit) for each in shown.columns)],
        [(row.name, *(_cell(cell.flag, cell.text) for cell in row.cells)) for row in (*shown.rows, shown.total)],
        found.measures,
    )
    names = (facts.project.name, say(called), f"{facts.as_of:%Y%m%d}")
    return StreetPanel(table, html.table(shown, say, chosen), file_stem(*map(say, names)))


def _heading(name: Words, unit: Words) -> Words:
    return Message("{name}（{unit}）", {"name": name, "unit": unit}) if unit else name


def _cell(flag: Words, text: Words) -> Words:
    return Message("{flag} {text}", {"flag": flag, "text": text}) if flag else text
