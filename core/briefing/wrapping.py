"""How wide words are and how they break, before anybody has drawn them.

Measured without a font, for the widest that a document may meet: where 微软雅黑 is missing (LibreOffice, WPS on Linux)
figures and Latin letters come from a wider one, and a little space is put between them and Chinese.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from core.render.words import lines

LINE_HEIGHT = 1.36
"""Of 微软雅黑, in sizes."""
_BOLD = 1.1
_BESIDE_CHINESE = 0.2
"""Of a size: what is put between Chinese and a letter or a figure."""
_NARROW, _WIDE = " ,.:;'|!iljftrI", "%mwMW@÷+=<>≥≤±×→"
_LATIN_ENDS = 0x2E7F
"""The last character before those of Chinese."""


@lru_cache(maxsize=4096)
def _ems(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    if char in _NARROW:
        return 0.4
    return 0.96 if char in _WIDE else 0.72 if char.isupper() else 0.64 if char.isdigit() else 0.61


def is_chinese(char: str) -> bool:
    """Whether a character is a square."""
    return ord(char) > _LATIN_ENDS


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Points that a line of words takes at most."""
    total, before = 0.0, ""
    for char in text:
        ems = _ems(char)
        total += ems * _BOLD if bold and ems < 1 else ems
        if before and before != " " and char != " " and is_chinese(before) != is_chinese(char):
            total += _BESIDE_CHINESE
        before = char
    return total * size


def _bold_width(text: str, size: float) -> float:
    return width(text, size, bold=True)


@lru_cache(maxsize=8192)
def broken(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines that words of that size take in that many points; a word without a break is broken anywhere."""
    measure = _bold_width if bold else width
    found: list[str] = []
    for paragraph in text.split("\n"):
        for line in lines(paragraph, size, room, measure):
            found += [line] if measure(line, size) <= room else _pieces(line, size, room)
    return tuple(found)


def _pieces(line: str, size: float, room: float) -> list[str]:
    out = [""]
    for letter in line:
        if out[-1] and width(out[-1] + letter, size) > room:
            out.append("")
        out[-1] += letter
    return out
