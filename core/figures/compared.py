"""Two places, or two days of one project, side by side: each figure of both, and by how much they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import Message, Month
from core.figures.figure import Words
from core.figures.measured_table import MeasuredTable
from core.figures.palette import street_colours
from core.figures.table import RowTable, TableCell, TableColumn, TableRow
from core.model.measure import Measure, Measures
from core.model.project import Facts
from core.text import word
from core.text.amounts import cell, unit_of_amounts
from core.text.numbers import MISSING, count, money, percent, pp

_Printed = Callable[[Decimal | None], Words]
ID = "compared"


@dataclass(frozen=True)
class _Line:
    """A figure that is compared."""

    measure: str
    basis: str | None
    name: str
    unit: Words
    printed: _Printed
    share: bool = False


_LINES = (
    _Line("paid", None, word("累计支付"), unit_of_amounts(), cell),
    _Line("share_of_estimate", "estimate", word("占全项目概算"), "", percent, share=True),
    _Line("paid_unit_cost", "household", word("户均支付"), word("元/户"), money),
    _Line("households", None, word("计划受益"), word("户"), count),
    _Line("physical_progress", None, word("形象进度"), "", percent, share=True),
    _Line("households_finished", None, word("已完工"), word("户"), count),
)
_OVER_TIME = tuple(each for each in _LINES if each.measure in ("paid", "physical_progress", "households_finished"))


def of_places(facts: Facts, m: Measures, first: str, second: str) -> MeasuredTable:
    """Set two streets beside each other; a figure that neither of them has is left out."""
    rows, behind = [], []
    for line in _LINES:
        pair = [_found(m, line, place) for place in (first, second)]
        if all(x is None or x.number is None for x in pair):
            continue
        behind += [x for x in pair if x is not None]
        rows.append(TableRow(_named(line), _cells(line, *(None if x is None else x.number for x in pair), worded=True)))
    columns = (TableColumn(first), TableColumn(second), TableColumn(word("相差")))
    finding = Message("{first}与{second}对比", {"first": first, "second": second})
    return MeasuredTable(RowTable(ID, finding, word("指标"), columns, tuple(rows), None), tuple(behind))


def of_days(facts: Facts, then: Measures, now: Measures, day: date) -> MeasuredTable:
    """Set an earlier day of the project beside that of its newest data, street by street; figures as `of_places`."""
    lines = [line for line in _OVER_TIME if any(_known(m, line, facts.places) for m in (then, now))]
    days = [Message("{day}", {"day": _day(each, (day, facts.as_of))}) for each in (day, facts.as_of)]
    headings: list[tuple[Words, Words]] = [*((each, "") for each in days), (word("变化"), word("百分点"))]
    columns = [
        TableColumn(
            Message("{name}，{what}", {"name": line.name, "what": what}), line.unit or unit, under=line.name, short=what
        )
        for line in lines
        for what, unit in headings
    ]
    colours = street_colours(facts.places)

    def row(place: str | None, name: Words, key: str | None, colour: str) -> TableRow:
        cells: list[TableCell] = []
        for line in lines:
            pair = [_found(m, line, place) for m in (then, now)]
            cells += _cells(line, *(None if x is None else x.number for x in pair), worded=False)
        return TableRow(name, tuple(cells), key, colour)

    rows = tuple(row(place, place, place, colours[place]) for place in facts.places)
    finding = Message("{then}与{now}对比", {"then": day, "now": facts.as_of})
    behind = tuple(
        x for line in lines for m in (then, now) for place in (*facts.places, None) if (x := _found(m, line, place))
    )
    return MeasuredTable(
        RowTable(ID, finding, word("街镇"), tuple(columns), rows, row(None, word("合计"), None, "")), behind
    )


def _day(day: date, both: tuple[date, date]) -> Month | date:
    """The month of a day, or the day itself where both lie in one month."""
    return day if len({(each.year, each.month) for each in both}) == 1 else Month(day)


def difference(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    """Subtract the first from the second; None: one of both is not known."""
    return None if first is None or second is None else second - first


def _cells(line: _Line, first: Decimal | None, second: Decimal | None, *, worded: bool) -> tuple[TableCell, ...]:
    said = _signed(line, difference(first, second), worded=worded)
    return TableCell(line.printed(first)), TableCell(line.printed(second)), TableCell(said)


def _signed(line: _Line, found: Decimal | None, *, worded: bool) -> Words:
    """The difference with its sign; of shares in percentage points, `worded` where no heading says so."""
    if found is None:
        return MISSING
    if line.measure == "paid":
        return cell(found, "signed")
    said = pp(abs(found)) if line.share else line.printed(abs(found))
    signed = said if found == 0 else ("−" if found < 0 else "+") + str(said)
    return Message("{points}个百分点", {"points": signed}) if line.share and worded else signed


def _named(line: _Line) -> Words:
    return Message("{name}（{unit}）", {"name": line.name, "unit": line.unit}) if line.unit else line.name


def _found(m: Measures, line: _Line, place: str | None) -> Measure | None:
    rate = line.measure == "share_of_estimate" and place is None
    name = "paid_rate" if rate else line.measure
    found = (x for x in m.all if x.id == name and x.place == place and line.basis in (None, x.basis))
    return next(found, None)


def _known(m: Measures, line: _Line, places: Sequence[str]) -> bool:
    every: Iterable[Measure | None] = (_found(m, line, place) for place in places)
    return any(x is not None and x.number is not None for x in every)
