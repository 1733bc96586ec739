"""Marks between parts that are put together as they are shown: Chinese ones are full-width and stand without spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.model.context import Language

_HALF = str.maketrans("，；：？！（）", ",;:?!()")
_FULL = str.maketrans(",;:?!", "，；：？！")
_LETTER = "[\u3400-\u9fff“”《》（）〔〕]"
_STOP = re.compile(rf"(?<={_LETTER})[,;:?!]|(?<=%)[,;](?!\d)|[,;:?!](?={_LETTER})")
_BRACKETS = re.compile(rf"\(([^()]*[\u3400-\u9fff][^()]*)\)|(?<={_LETTER})\(([^()]*)\)")


def labelled(name: str, value: str, language: Language) -> str:
    """Put a value behind its name, with a colon between."""
    return f"{name}：{value}" if language == "zh_CN" else f"{name}: {value}"


def listed(parts: Iterable[str], language: Language) -> str:
    """Join parts by semicolons."""
    return ("；" if language == "zh_CN" else "; ").join(parts)


def in_a_row(parts: Iterable[str], language: Language) -> str:
    """Join parts by commas."""
    return ("，" if language == "zh_CN" else ", ").join(parts)


def full_width(text: str) -> str:
    """Put full-width marks beside Chinese letters: what is read from files is narrowed to be understood."""
    text = _BRACKETS.sub(lambda found: f"（{found[1] or found[2] or ''}）", text)
    return _STOP.sub(lambda found: found[0].translate(_FULL), text)


def without_width(text: str) -> str:
    """Make texts alike that differ in the width of their marks and in spaces: stores of earlier versions hold both."""
    return text.translate(_HALF).replace(" ", "")
