"""A table with bars beside its figures: each figure stands once, and each bar in the row that it is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pptx.enum.shapes import MSO_SHAPE

from core.briefing.deck import charts
from core.briefing.deck.box import Box
from core.briefing.deck.drawing import CellLook, Looks
from core.briefing.deck.fitting import column_widths, row_heights
from core.briefing.deck.page import LARGEST, SMALL, Page, Rows
from core.errors import Message
from core.figures.figure import Bars
from core.figures.palette import CAUTION, MONEY, PAPER, QUIET, STRIP, TIME

_DOT, _LINE = 0.19, 0.07
"""Inches: of a dot, and of the span that it stands on."""
_OWN = (MONEY, CAUTION)
"""Colours of filled dots."""
_SLACK = 0.03
"""Inches of a row that another font may need more."""
_MORE = 0.12
"""Inches that a row may be higher for each further bar in it."""
_HIGHEST, _PAD, _LEFT_OUT, _LEAST_THICK = 0.7, 0.08, 0.3, 0.3
"""Inches: of a row at most, beside bars, and of the line that says how many rows are left out; inches of a bar."""


@dataclass(frozen=True)
class BarColumn:
    """Bars in a column of their own, a row of them a row of the table (of its first rows)."""

    name: str
    """The chart's, by which it stays known."""
    before: int
    """The column of the table that it stands before."""
    bars: Bars
    wide: float
    """Inches."""
    top: float | None = None
    """The value at its right edge; None: by the bars."""
    nested: bool = False
    """The bars of a row lie upon each other, the longest below: parts of it."""
    span: bool = False
    """The bars of a row lie upon each other, the longest below: a span with dots at its ends and between."""


@dataclass(frozen=True)
class Drawn:
    """What became of a table with bars; inches."""

    cut: bool
    """Whether rows were left out."""
    below: Box
    """The room below it."""
    places: Mapping[str, Box]
    """Where the bars of each column stand: from zero to the value at the right edge."""
    row: float
    """The height of a row."""


def bar_table(
    page: Page,
    box: Box,
    name: str,
    headings: Sequence[Message | str],
    rows: Rows,
    columns: Sequence[BarColumn],
    apart: Looks | None = None,
) -> Drawn:
    """Draw it, as many rows as there is room for.

    `apart`: cells that are set apart, by row (0: the headings) and column of the table without its bars.
    """
    cells = page.cells(headings, rows)
    room = box.width - sum(each.wide for each in columns)
    size = next((s for s in range(LARGEST, SMALL, -1) if sum(_heights(cells, s, room)) <= box.height), SMALL)
    widths, heights = column_widths(cells, size, room), _heights(cells, size, room)
    shown = len(rows)
    while shown > 1 and sum(heights[: shown + 1]) > box.height - (_LEFT_OUT if shown < len(rows) else 0):
        shown -= 1
    left_out = len(rows) - shown
    if not left_out:
        most = _HIGHEST + _MORE * max((len(x.bars.series) - 1 for x in columns if not (x.span or x.nested)), default=0)
        each = max(heights[1], min(most, (box.height - heights[0]) / shown))
        heights = [heights[0], *[each] * shown]
    order = _order(len(headings), columns)
    laid = [[("" if isinstance(c, BarColumn) else row[c]) for c in order] for row in cells[: shown + 1]]
    wide = [c.wide if isinstance(c, BarColumn) else widths[c] for c in order]
    looks = {(row, order.index(column)): look for (row, column), look in (apart or {}).items() if row <= shown}
    for row in {row for row, at in looks if looks[row, at].fill}:  # beside what is filled, bars stand on the same
        looks |= {(row, at): looks.get((row, at), CellLook(fill=looks[row, 0].fill)) for at in range(len(order))}
    page.grid(box, laid, wide, heights[: shown + 1], size, name, looks)
    body = Box(box.left, box.top + heights[0], box.width, sum(heights[1 : shown + 1]))
    places = {
        column.name: _bars(page, replace(body, left=box.left + sum(wide[:at])), column, shown)
        for at, column in enumerate(order)
        if isinstance(column, BarColumn)
    }
    used = heights[0] + body.height
    if left_out:
        said = Box(box.left, box.top + used + 0.03, box.width, _LEFT_OUT)
        page.words(said, [Message("其余{count}项见备注", {"count": left_out})], SMALL, colour=QUIET, spacing=0)
        used += _LEFT_OUT
    below = Box(box.left, box.top + used, box.width, max(box.height - used, 0.0))
    return Drawn(bool(left_out), below, places, body.height / shown)


Table = tuple[Sequence[Message | str], Rows]
"""Headings and rows."""


def in_order(shown: Bars, names: Sequence[str]) -> Bars:
    """The bars in the order of the table's rows."""
    of_names = {str(row.name): row for row in shown.rows}
    return replace(shown, rows=tuple(of_names[name] for name in names if name in of_names))


def total_row(row: int, columns: int) -> Looks:
    """The looks of a row of sums."""
    return {(row, n): CellLook(bold=True, fill=STRIP) for n in range(columns)}


def marked_row(row: int, *columns: int) -> Looks:
    """The looks of cells that need attention, with a word beside them."""
    return {(row, n): CellLook(bold=True, colour=CAUTION) for n in columns}


def _heights(cells: Sequence[Sequence[str]], size: float, room: float) -> list[float]:
    """All rows below the headings are alike: so are their bars."""
    first, *rest = row_heights(cells, size, column_widths(cells, size, room))
    return [first, *[max(rest) + _SLACK] * len(rest)]


def _order(count: int, columns: Sequence[BarColumn]) -> list[int | BarColumn]:
    found: list[int | BarColumn] = []
    for n in range(count):
        found += [*(each for each in columns if each.before == n), n]
    return [*found, *(each for each in columns if each.before >= count)]


def _bars(page: Page, body: Box, column: BarColumn, shown: int) -> Box:
    """The rows of the table that have a bar come first; what has none (a sum) stands below."""
    marks = replace(column.bars, rows=column.bars.rows[:shown])
    row = body.height / shown
    place = Box(body.left + _PAD, body.top, column.wide - 2 * _PAD, row * len(marks.rows))
    if column.span:
        _span(page, place, column, marks)
        return place
    thick = min(0.55, _LEAST_THICK / row) if len(marks.series) < 2 or column.nested else 0.72
    charts.beside_rows(page, place, column.name, marks, column.top, thick, upon=column.nested)
    return place


def _span(page: Page, box: Box, column: BarColumn, marks: Bars) -> None:
    values = [float(each.value) for row in marks.rows for each in row.amounts if each.value is not None]
    top = column.top or max(values, default=1.0) * 1.06
    high = box.height / len(marks.rows)
    charts.beside_rows(page, box, column.name, marks, top, _LINE / high, upon=True)
    for n, row in enumerate(marks.rows):
        middle = box.top + (n + 0.5) * high
        for amount in sorted(row.amounts, key=lambda each: each.colour in _OWN):  # what is spoken of lies on top
            if amount.value is not None:
                x = box.left + box.width * float(amount.value) / top
                own = amount.colour in _OWN
                dot = Box(x - _DOT / 2, middle - _DOT / 2, _DOT, _DOT)
                page.block(dot, amount.colour if own else PAPER, PAPER if own else TIME, MSO_SHAPE.OVAL)
