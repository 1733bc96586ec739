"""Tables as HTML, with bars and ranges drawn into their cells. All words are escaped: names come from files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from html import escape
from itertools import groupby

from core.figures.figure import Words
from core.figures.palette import AXIS, MONEY, TRACK
from core.figures.table import RowTable, TableCell, TableColumn, TableRow
from core.render.words import width

_BAR, _LONG_BAR, _SPAN, _DOT, _HIGH = 72, 200, 100, 140, 12
"""Units of a bar, a long one, a range, a line with a dot, and of all upwards; their size follows the letters."""
_STEP = 5
"""Units from one line of a hatch to the next."""
_LONG = 16
"""Width of a name, in its size, from which on it may take several lines."""
Say = Callable[[Words], str]


def table(found: RowTable, say: Say, chosen: str | None = None) -> str:
    """A table whose rows can be chosen: each that has a key has a button that bears it."""
    spans = any(cell.span for row in found.rows for cell in row.cells)
    middle = [any(row.cells[at].rows > 1 for row in found.rows) for at in range(len(found.columns))]
    # In another order a cell over some of the rows would lie over others, which its amount is not of.
    sorted_by = all(cell.rows in (0, 1, len(found.rows)) for row in found.rows for cell in row.cells)
    heads = [_head(0, TableColumn(found.heading), say, sorted_by=sorted_by)]
    heads += [
        _head(n, each, say, hatched=each.assumed and spans, middle=is_middle, sorted_by=sorted_by)
        for n, (each, is_middle) in enumerate(zip(found.columns, middle, strict=True), 1)
    ]
    rooms = _rooms(found, say)
    body = "".join(_row(found, each, say, rooms, chosen) for each in found.rows)
    foot = "" if found.total is None else f"<tfoot>{_row(found, found.total, say, rooms)}</tfoot>"
    return (
        f"<table><caption>{_text(found.finding, say)}</caption>"
        f"<thead>{_levels(heads, ['', *(each.under for each in found.columns)], say)}</thead>"
        f"<tbody>{body}</tbody>{foot}</table>"
    )


def squares(rows: Iterable[TableRow], say: Say, chosen: str | None = None) -> str:
    """Rows as squares of one size: each a button with its name, its cells below each other and the last in bold."""
    return f'<ul class="squares">{"".join(_square(row, say, chosen) for row in rows)}</ul>'


def _square(row: TableRow, say: Say, chosen: str | None) -> str:
    pressed = "true" if row.key == chosen else "false"
    *small, last = (_text(cell.text, say) for cell in row.cells)
    # Where a line is too long it ends between two of its parts, not within one.
    lines = "".join(f"<span>{' · '.join(_whole(each) for each in line.split(' · '))}</span> " for line in small)
    return (
        f'<li><button type="button" data-row="{escape(row.key or "")}" aria-pressed="{pressed}" '
        f'style="border-color:{escape(row.colour)}"><b>{_text(row.name, say)}</b> {lines}<b>{last}</b></button></li>'
    )


def _whole(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _text(words: Words, say: Say) -> str:
    return escape(say(words), quote=True)


def _head(
    n: int, column: TableColumn, say: Say, *, sorted_by: bool, hatched: bool = False, middle: bool = False
) -> str:
    """A heading, by which the rows can be put in order where `sorted_by`; `n`: of its column, 0 for the names."""
    key = _svg(_hatch(0, 14), 14) if hatched else ""
    unit = f' <span class="unit">{_text(column.unit, say)}{key}</span>' if column.unit else key
    kind = ' class="middle"' if middle else ""
    name = _text(column.short or column.name, say)
    name = f'<button type="button" data-sort="{n}">{name}</button>' if sorted_by else f"<span>{name}</span>"
    return f'<th scope="col"{kind}>{name}{unit}</th>'


def _levels(heads: Sequence[str], under: Sequence[Words], say: Say) -> str:
    """The headings as a line; as two where some share one above them, the others going over both."""
    if not any(under):
        return f"<tr>{''.join(heads)}</tr>"
    upper, lower = [], []
    for above, group in groupby(zip(heads, under, strict=True), key=lambda each: each[1]):
        shared = [head for head, _ in group]
        if above:
            upper.append(f'<th scope="colgroup" colspan="{len(shared)}"><span>{_text(above, say)}</span></th>')
            lower += shared
        else:
            upper += [head.replace("<th ", '<th rowspan="2" ', 1) for head in shared]
    return f"<tr>{''.join(upper)}</tr><tr>{''.join(lower)}</tr>"


def _called(column: TableColumn, say: Say) -> str:
    """The column's name with its unit, for where no heading stands above."""
    return " ".join(_text(each, say) for each in (column.name, column.unit) if each)


def _rooms(found: RowTable, say: Say) -> tuple[float, ...]:
    """How wide the widest words of each column are, in their size: behind them all marks begin on one line."""
    return tuple(
        max((width(say(row.cells[at].text), 1) for row in found.every), default=0.0) for at in range(len(found.columns))
    )


def _row(found: RowTable, row: TableRow, say: Say, rooms: tuple[float, ...], chosen: str | None = None) -> str:
    name = _text(row.name, say)
    marked = ""
    if row.key is not None:
        box = f'<rect width="10" height="10" fill="{escape(row.colour)}"/>'
        square = f'<svg class="square" viewBox="0 0 10 10" aria-hidden="true">{box}</svg>'
        pressed = "true" if row.key == chosen else "false"
        name = f'{square}<button type="button" data-row="{escape(row.key)}" aria-pressed="{pressed}">{name}</button>'
        if chosen is not None:
            marked = ' class="chosen"' if row.key == chosen else ' class="other"'
    if row.assumed:
        name += f' <span class="note">{_svg(_hatch(0, 14), 14)}{_text(row.assumed, say)}</span>'
    cells = "".join(
        _cell(n, column, cell, say, row.colour or MONEY, found.rule, room)
        for n, (column, cell, room) in enumerate(zip(found.columns, row.cells, rooms, strict=True), 1)
        if cell.rows
    )
    long = ' class="long"' if width(say(row.name), 1) > _LONG else ""
    return f'<tr{marked}><th scope="row"{long}>{name}</th>{cells}</tr>'


def _cell(
    n: int, column: TableColumn, cell: TableCell, say: Say, colour: str, rule: Decimal | None, room: float
) -> str:
    mark = ""
    if cell.bar is not None:
        wide = _LONG_BAR if column.wide else _BAR
        mark = _svg(_track(cell.track, wide) + _rect(0, _at(cell.bar, wide), colour), wide)
    if cell.span is not None:
        wide = _LONG_BAR if column.wide else _SPAN
        low, high = (_at(end, wide) for end in cell.span)
        line = (
            "" if rule is None else f'<path d="M{_at(rule, wide)} 0V{_HIGH}" stroke="{AXIS}" stroke-dasharray="2 2"/>'
        )
        mark = _svg(line + _hatch(low, max(high, low + 2)), wide)
    if cell.dot is not None:
        mark = _svg(_dot(*(_at(end, _DOT) for end in cell.dot)), _DOT)
    is_so = {"warned": cell.warned, "merged": cell.rows > 1, "middle": bool(cell.note) and cell.rows == 1}
    kinds = " ".join(name for name, so in is_so.items() if so)
    kind = f' class="{kinds}"' if kinds else ""
    over = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    stands = f' title="{_text(cell.source, say)}"' if cell.source else ""
    least = f' style="min-width:{room:.1f}em"' if mark else ""
    flag = f'<b class="flag">{_text(cell.flag, say)}</b> ' if cell.flag else ""
    text = f"<span{least}>{flag}{_text(cell.text, say)}</span>"
    if cell.note:
        text += f'<span class="note">{_text(cell.note, say)}</span>'
    return f'<td{kind}{over}{stands} data-at="{n}" data-head="{_called(column, say)}">{mark}{text}</td>'


def _at(share: Decimal, wide: int) -> float:
    return round(float(min(max(share, Decimal(0)), Decimal(1))) * wide, 1)


def _track(share: Decimal | None, wide: int) -> str:
    """What a bar fills: the whole scale, or with an edge of its own so much of it as there is to fill."""
    if share is None:
        return f'<rect width="{wide}" height="{_HIGH}" fill="{TRACK}"/>'
    inner = max(_at(share, wide) - 1, 0.0)
    return f'<rect x="0.5" y="0.5" width="{inner:.1f}" height="{_HIGH - 1}" fill="{TRACK}" stroke="{AXIS}"/>'


def _rect(left: float, right: float, colour: str) -> str:
    return f'<rect x="{left}" width="{right - left:.1f}" height="{_HIGH}" fill="{escape(colour)}"/>'


def _dot(base: float, at: float) -> str:
    """A line with a dot, joined to where the value lies that all are held against; the dot is whole at either end."""
    half = _HIGH / 2
    base, at = (min(max(end, half), _DOT - half) for end in (base, at))
    return (
        f'<path d="M0 {half}H{_DOT}" stroke="{TRACK}" stroke-width="2"/>'
        f'<path d="M{base} 0V{_HIGH}" stroke="{AXIS}" stroke-dasharray="2 2"/>'
        f'<path d="M{base} {half}H{at}" stroke="{MONEY}" stroke-width="2"/>'
        f'<circle cx="{at}" cy="{half}" r="4.5" fill="{MONEY}"/>'
    )


def _hatch(left: float, right: float) -> str:
    """A box with lines rising through it, each cut where the box ends."""
    lines = []
    start = left - _HIGH
    while start < right:
        low, high = max(start, left), min(start + _HIGH, right)
        if high > low:
            lines.append(f"M{low:.1f} {_HIGH - (low - start):.1f}L{high:.1f} {_HIGH - (high - start):.1f}")
        start += _STEP
    wide = max(right - left - 1, 0.5)
    box = f'<rect x="{left + 0.5:.1f}" y="0.5" width="{wide:.1f}" height="{_HIGH - 1}" fill="none" stroke="{MONEY}"/>'
    return f'{box}<path d="{"".join(lines)}" stroke="{MONEY}" stroke-width="0.8"/>'


def _svg(inner: str, wide: int) -> str:
    return f'<svg class="mark w{wide}" viewBox="0 0 {wide} {_HIGH}" aria-hidden="true">{inner}</svg>'


def small_bars(values: Sequence[Decimal]) -> str:
    """Values over time as small bars from zero, the last in colour; "" for fewer than three."""
    if len(values) < _LEAST:
        return ""
    most = max(*values, Decimal(0))
    highs = [float(max(each, Decimal(0)) / most) * 100 if most else 0.0 for each in values]
    last = len(values) - 1
    bars = "".join(
        f'<div style="width:8px;min-height:1px;height:{high:.0f}%;background:{MONEY if n == last else _PAST}"></div>'
        for n, high in enumerate(highs)
    )
    return f'<div class="small-bars" aria-hidden="true">{bars}</div>'


_LEAST = 3
"""Values that make a course."""
_PAST = "#b5bfc9"
