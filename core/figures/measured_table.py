"""Tables with a row a street, made of measures column by column, each with what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.errors import Message
from core.figures.figure import Words
from core.figures.palette import street_colours
from core.figures.table import RowTable, TableCell, TableColumn, TableRow
from core.model.measure import Measure, Measures
from core.model.project import Facts
from core.progress import quotient
from core.text import word


@dataclass(frozen=True)
class MeasuredColumn:
    """A column, and the measures that its cells are made of."""

    column: TableColumn
    cell: Callable[[str | None], TableCell]
    """What stands in the row of a place, or of the project."""
    measures: Sequence[Measure]
    rule: Decimal | None = None
    """Share at which a line crosses its ranges."""


@dataclass(frozen=True)
class MeasuredTable:
    """The table with the measures that it is made of."""

    table: RowTable
    measures: tuple[Measure, ...]


def source(m: Measure) -> Message:
    """Where a figure stands in the documents, in a line."""
    return Message("来源：{source}", {"source": m.source})


def column(
    m: Measures, name: str, basis: str | None, heading: TableColumn, printed: Callable[[Decimal | None], Words]
) -> MeasuredColumn | None:
    """A column of one measure; None where no place has any figure of it. What nobody reports in all is —."""
    by_place = {x.place: x for x in m.all if x.id == name and (basis is None or x.basis == basis)}
    every = [x for place, x in by_place.items() if place is not None]
    if all(x.number is None for x in every):
        return None

    def cell(place: str | None) -> TableCell:
        found = by_place.get(place)
        return TableCell(printed(None)) if found is None else TableCell(printed(found.number), source=source(found))

    whole = [by_place[None]] if None in by_place else []
    return MeasuredColumn(heading, cell, (*every, *whole))


def with_bars(plain: MeasuredColumn, most: Decimal | None = None) -> MeasuredColumn:
    """The same with a bar a place, up to `most` of them all (the largest of the places where None)."""
    values = {x.place: x.number for x in plain.measures if x.place is not None}
    end = most or max((value for value in values.values() if value is not None), default=None)

    def cell(place: str | None) -> TableCell:
        part = None if place is None else quotient(values.get(place), end)
        return replace(plain.cell(place), bar=part if part is None or part >= 0 else Decimal(0))

    return MeasuredColumn(plain.column, cell, plain.measures)


def laid_out(name: str, finding: Words, facts: Facts, columns: Sequence[MeasuredColumn]) -> MeasuredTable:
    """Put the columns side by side: a row a street in its colour, and the total."""
    colours = street_colours(facts.places)
    rows = tuple(
        TableRow(place, tuple(each.cell(place) for each in columns), place, colours[place]) for place in facts.places
    )
    return MeasuredTable(
        RowTable(
            name,
            finding,
            word("街镇"),
            tuple(each.column for each in columns),
            rows,
            TableRow(word("合计"), tuple(each.cell(None) for each in columns)),
            next((each.rule for each in columns if each.rule is not None), None),
        ),
        tuple(x for each in columns for x in each.measures),
    )
