"""Widths of words and their breaks into lines, before anybody has drawn them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import ImageFont


def width(text: str, size: float) -> float:
    """About how many pixels a line of words takes."""
    return sum(size if unicodedata.east_asian_width(char) in "WFA" else size * 0.56 for char in text)


_WORDS = re.compile(r"[^\s⺀-鿿＀-￯、-〗]+\s*|\S\s*")
_NO_START = "，。；：！？）、%·,.;:!?)》”"


def lines(text: str, size: float, room: float, measure: Callable[[str, float], float] = width) -> tuple[str, ...]:
    """Break words into lines of at most that many pixels: English at spaces, Chinese anywhere but before a stop.

    A word that is wider than a line by itself is cut. `measure`: how wide words of a size are.
    """
    out: list[str] = [""]
    for piece in (part for whole in _WORDS.findall(text) for part in _parts(whole, size, room, measure)):
        if out[-1] and measure((out[-1] + piece).rstrip(), size) > room and piece[0] not in _NO_START:
            out.append("")
        out[-1] += piece
    return tuple(line.strip() for line in out)


def _parts(whole: str, size: float, room: float, measure: Callable[[str, float], float]) -> list[str]:
    """The word, in pieces that fit a line."""
    if measure(whole.rstrip(), size) <= room:
        return [whole]
    step = max(1, int(room / size))  # so many characters fit, however wide
    return [whole[at : at + step] for at in range(0, len(whole), step)]


@cache
def _font() -> ImageFont.FreeTypeFont:
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return ImageFont.truetype(next(folder.rglob("*Sans*")), _SAMPLE)


_SAMPLE = 100


@lru_cache(maxsize=4096)
def measured(text: str, size: float) -> float:
    """Pixels that a line of words takes in the shipped font."""
    return _font().getlength(text) * size / _SAMPLE
