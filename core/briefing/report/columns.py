"""Widths of a table's columns: as shared out, and wide enough for their longest words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from core.briefing.wrapping import width

MARGIN = 80
"""Twips at each side of what stands in a cell."""
_CELL = 2 * MARGIN + 10
"""Twips beside it, with a little room."""
_WORD = re.compile(r"\d+年\d+月\d+日|\d+ [A-Z][a-z]{2} \d{4}|[^\s—–\u2e80-\uffef]+|[\u2e80-\uffef]+")
"""What stays together: 汉字 may be parted, but not one from the other."""
_LEAST_CHINESE = 5
"""Characters of Chinese that stay on a line."""


def widths(
    shares: Sequence[float], columns: Sequence[Sequence[str]], size: float, room: int, *, bold: bool = False
) -> list[int]:
    """Twips of each column. `columns`: what stands in each, its heading first; `size`: points of its letters; `room`:
    twips of all; `bold`: of headings.

    Words are broken only where there is no other way.
    """
    least = [
        max((_longest(text, size, bold and n == 0) for n, text in enumerate(column)), default=0) for column in columns
    ]
    if sum(least) >= room:
        return _shared(least, room)
    fixed: dict[int, int] = {}
    while True:
        free = [n for n in range(len(shares)) if n not in fixed]
        shared = _shared([shares[n] for n in free], room - sum(fixed.values()))
        of_free = dict(zip(free, shared, strict=True))
        narrow = {n: least[n] for n, wide in of_free.items() if wide < least[n]}
        if not narrow:
            return [fixed.get(n, of_free.get(n, 0)) for n in range(len(shares))]
        fixed |= narrow


def _shared(shares: Sequence[float], room: int) -> list[int]:
    return [round(room * each / sum(shares)) for each in shares]


def _longest(text: str, size: float, bold: bool) -> int:
    return max((_twips(each, size, bold) for each in _WORD.findall(text)), default=0)


def _twips(run: str, size: float, bold: bool) -> int:
    kept = run[:_LEAST_CHINESE] if run[0] >= "\u2e80" else run
    return ceil(width(kept, size, bold=bold) * 20) + _CELL
