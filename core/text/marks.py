"""Marks between parts that are put together as they are shown: Chinese ones are full-width and stand without spaces."""

from __future__ import annotations

from collections.abc import Iterable

from core.model.context import Language

_HALF = str.maketrans("，；：？！（）", ",;:?!()")


def labelled(name: str, value: str, language: Language) -> str:
    """Put a value behind its name, with a colon between."""
    return f"{name}：{value}" if language == "zh_CN" else f"{name}: {value}"


def listed(parts: Iterable[str], language: Language) -> str:
    """Join parts by semicolons."""
    return ("；" if language == "zh_CN" else "; ").join(parts)


def without_width(text: str) -> str:
    """Make texts alike that differ in the width of their marks and in spaces: stores of earlier versions hold both."""
    return text.translate(_HALF).replace(" ", "")
