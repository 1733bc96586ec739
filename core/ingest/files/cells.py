"""Readers of cells: each turns a text into a value, or into the sentence that says what is wrong."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from core.errors import Message
from core.model.scorecard import Status

Reader = Callable[[str], object]
"""Cell text -> value, or Message."""

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_WHOLE = re.compile(r"\d{1,9}|\d{1,3}(,\d{3}){1,2}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_MONEY = Decimal(10) ** 12
"""DECIMAL(18, 6) has twelve places before the point."""


def raw(cell: str) -> str:
    """The cell as it stands, spaces and all."""
    return cell


def text(cell: str) -> str | Message:
    """Something, without the spaces around it."""
    return cell.strip() or Message("不能为空。")


def number(cell: str, places: int) -> Decimal | None:
    """A finite decimal of at most so many places, thousands commas and full-width digits allowed; else None."""
    plain = unicodedata.normalize("NFKC", cell).strip()
    if not _NUMBER.fullmatch(plain):
        return None
    # Counted in the text: quantize() fails on more digits than the context has.
    fraction = plain.partition(".")[2].rstrip("0")
    return Decimal(plain.replace(",", "")) if len(fraction) <= places else None


def money(cell: str) -> Decimal | Message:
    """万元, not negative, exact to the cent (six decimals)."""
    value = _large(cell)
    if value is None:
        return Message("应为金额（万元，最多六位小数），读到“{cell}”。", {"cell": cell})
    return value if value >= 0 else Message("金额不能为负，读到“{cell}”。", {"cell": cell})


def area(cell: str) -> Decimal | Message:
    """万㎡, not negative."""
    value = _large(cell)
    if value is None or value < 0:
        return Message("应为面积（万㎡，不能为负），读到“{cell}”。", {"cell": cell})
    return value


def maybe_decimal(cell: str) -> Decimal | Message | None:
    """Any number of up to six decimals, or nothing."""
    if not cell.strip():
        return None
    value = _large(cell)
    return Message("应为数字（最多六位小数），读到“{cell}”。", {"cell": cell}) if value is None else value


def share(cell: str) -> Decimal | Message:
    """A share, 0..1."""
    value = _large(cell)
    if value is None or not 0 <= value <= 1:
        return Message("应为0到1之间的比例，读到“{cell}”。", {"cell": cell})
    return value


def weight(cell: str) -> Decimal | Message:
    """A share, 0..1, also as per cent: 0.75 or 75%."""
    plain = unicodedata.normalize("NFKC", cell).strip()
    value = _large(plain.removesuffix("%"))
    if value is not None and plain.endswith("%"):
        value /= 100
    if value is None or not 0 <= value <= 1:
        return Message("应为0到1之间的权重（如0.75或75%），读到“{cell}”。", {"cell": cell})
    return value


def _large(cell: str) -> Decimal | None:
    if len(cell) > 40:
        return None
    value = number(cell, 6)
    return value if value is not None and abs(value) < _MOST_MONEY else None


def points(cell: str) -> Decimal | Message:
    """Points or full marks: at least 0, at most 100, up to two decimals."""
    value = number(cell, 2) if len(cell) <= 20 else None
    if value is None:
        return Message("应为数字（最多两位小数），读到“{cell}”。", {"cell": cell})
    return value if 0 <= value <= 100 else Message("应在0到100之间，读到“{cell}”。", {"cell": cell})


def count(cell: str) -> int | Message:
    """A whole number, not negative."""
    plain = unicodedata.normalize("NFKC", cell).strip()
    if not _WHOLE.fullmatch(plain):
        return Message("应为不小于0的整数，读到“{cell}”。", {"cell": cell})
    return int(plain.replace(",", ""))


def day(cell: str) -> date | Message:
    """A date as 2024-12-31."""
    plain = cell.strip()
    try:
        if _DATE.fullmatch(plain):
            return date.fromisoformat(plain)
    except ValueError:
        pass  # 2024-02-30 looks like a date and is none: the sentence below is for it, too
    return Message("应为日期（如2024-12-31），读到“{cell}”。", {"cell": cell})


def flag(cell: str) -> bool | Message:
    """true or false (Excel writes them in capitals)."""
    value = {"true": True, "false": False}.get(cell.strip().lower())
    return Message("应为true或false，读到“{cell}”。", {"cell": cell}) if value is None else value


def json_object(cell: str) -> str | Message:
    """The text of a JSON object."""
    try:
        if isinstance(json.loads(cell), dict):
            return cell
    except ValueError:
        pass  # not JSON at all: the same sentence as for JSON that is no object
    return Message("应为JSON对象（如{example}），读到“{cell}”。", {"example": '{"points": 5}', "cell": cell})


def one_of(*words: str) -> Reader:
    """A reader of one of the words."""

    def read(cell: str) -> str | Message:
        word = cell.strip()
        if word in words:
            return word
        return Message("应为{words}之一，读到“{cell}”。", {"words": " ".join(words), "cell": cell})

    return read


def maybe(read: Reader) -> Reader:
    """A reader that takes a blank cell for nothing."""
    return lambda cell: read(cell) if cell.strip() else None


status = one_of(*(status.value for status in Status))
