"""Room that words and tables take on a slide. Inches, and points of size."""

from __future__ import annotations

from collections.abc import Sequence

from core.briefing.wrapping import LINE_HEIGHT, broken, is_chinese, width

CELL = 0.06
"""Left and right of what stands in a cell; half of it above and below."""
_CAUTION = 0.98
_LEAST_CHINESE = 5
"""Characters that a column of Chinese text keeps on a line."""
_FIGURES = tuple("-–～0123456789")
_LONGEST_FIGURE = 12
"""2025年11月30日."""

Cells = Sequence[Sequence[str]]


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines that words of that size take in that many inches."""
    return broken(text, size, round(room * 72 * _CAUTION, 2), bold=bold)


def height_of(texts: Sequence[str], size: float, room: float, spacing: float = 0.0, *, bold: bool = False) -> float:
    """Inches that paragraphs take; `spacing`: points after each."""
    count = sum(len(wrapped(text, size, room, bold=bold)) for text in texts)
    return (count * size * LINE_HEIGHT + spacing * len(texts)) / 72


def row_heights(cells: Cells, size: float, widths: Sequence[float]) -> list[float]:
    """Of a table's rows, the first being its headings."""
    return [_row_height(row, size, widths, bold=n == 0) for n, row in enumerate(cells)]


def _row_height(row: Sequence[str], size: float, widths: Sequence[float], *, bold: bool) -> float:
    count = max(len(wrapped(cell, size, wide - 2 * CELL, bold=bold)) for cell, wide in zip(row, widths, strict=True))
    return count * size * LINE_HEIGHT / 72 + CELL


def words_stay_whole(cells: Cells, size: float, room: float) -> bool:
    """Test that the columns have room for their longest words: no heading is broken inside a word."""
    return sum(_least(cells, size)) <= room


def column_widths(cells: Cells, size: float, room: float) -> list[float]:
    """Short columns get what they need and headings break first; of the ways to share the rest, the lowest table."""
    heads, *body = cells
    filled = [max((_need(text, size) for text in column), default=0.0) for column in _columns(body, len(heads))]
    whole = [max(own, _need(head, size, bold=True)) for own, head in zip(filled, heads, strict=True)]
    broken = [
        max(own, _need(_longest_part(head), size, bold=True)) for own, head in zip(filled, heads, strict=True)
    ]  # fmt: skip
    if sum(whole) <= room:
        spare = (room - sum(whole)) / len(whole)
        return [each + spare for each in whole]
    if sum(broken) <= room:
        return _spread(whole, room, broken, 1.0)
    least = [min(most, low) for most, low in zip(broken, _least(cells, size), strict=True)]
    if sum(least) >= room:
        return _limited(least, room)
    shares = [_limited(broken, room, least), _spread(broken, room, least, 1.0), _spread(broken, room, least, 0.5)]
    return min(shares, key=lambda widths: sum(row_heights(cells, size, widths)))


def _least(cells: Cells, size: float) -> list[float]:
    return [
        max(_need(_longest_part(text), size, bold=n == 0) for n, text in enumerate(column))
        for column in _columns(cells, len(cells[0]))
    ]


def _columns(rows: Cells, count: int) -> list[list[str]]:
    return [[row[n] for row in rows] for n in range(count)]


def _need(text: str, size: float, *, bold: bool = False) -> float:
    return width(text, size, bold=bold) / 72 / _CAUTION + 2 * CELL + 0.04


def _longest_part(text: str) -> str:
    """Part of a text that has to stay on one line: its longest word or figure; of Chinese a term such
    as 整改状态，or a few characters.
    """
    if (text[:1] in _FIGURES and len(text) <= _LONGEST_FIGURE) or not any(map(is_chinese, text)):
        return max(text.split(), key=len, default="")
    if len(text) < _LEAST_CHINESE:
        return text
    return text[: (len(text) + 1) // 2] if len(text) <= _LEAST_CHINESE + 1 else text[:_LEAST_CHINESE]


def _limited(widths: Sequence[float], room: float, least: Sequence[float] = ()) -> list[float]:
    """The widest columns give way until all fit: no column keeps more than a common limit (or its own least)."""
    floors = least or [0.0] * len(widths)

    def at(limit: float) -> list[float]:
        return [max(min(wide, limit), floor) for wide, floor in zip(widths, floors, strict=True)]

    low, high = 0.0, max(widths)
    for _ in range(40):
        limit = (low + high) / 2
        low, high = (limit, high) if sum(at(limit)) <= room else (low, limit)
    return at(low)


def _spread(widths: Sequence[float], room: float, least: Sequence[float], power: float) -> list[float]:
    """Each column its least, and of the rest a share by what it lacks."""
    lacking = [(wide - low) ** power for wide, low in zip(widths, least, strict=True)]
    rest = room - sum(least)
    return [low + rest * lack / sum(lacking) for low, lack in zip(least, lacking, strict=True)]
