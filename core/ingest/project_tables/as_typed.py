"""Cells that say less than a value: about (约5000), a month for a day (2023.6), words for a rate (已完工).

They are read as far as they go, kept as they were typed, and told before they count.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from core.errors import Message

Why = Literal["about", "month", "words"]


@dataclass(frozen=True)
class AsTyped:
    """A cell as far as it can be read, and why that is less than a value."""

    value: Decimal | int | date | None
    why: Why


_ABOUT = re.compile(r"(?:大约|大概|约|近|≈)为?(.+?)(?:左右|上下)?|(.+?)(?:左右|上下)|(\d[\d,.]*)(?:余|多)(\D*)")
_MONTH = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月份?)?(?:([上中下])旬|(?<=月)([初中底末]))?")
_YEAR = re.compile(r"(\d{4})(?:年[底末]?)?")
_UNTIL: Mapping[str, int] = {"上": 10, "初": 10, "中": 20}
"""The last day of a part of a month; the others end with it."""
_HAN = re.compile(r"[一-鿿]")
_NO_RATE = re.compile(r"[^\d#%]*[一-鿿][^\d#%]*")
_TENTH = re.compile(r"\d{4}\.1")
_MOST_TEXTS = 8

_SAID: Mapping[Why, Message] = {
    "about": Message("{count}格写的是约数（{texts}），按所写的数读取，保留“约”字。请核对。"),
    "month": Message("{count}格没有写到日（{texts}），按该月（旬、年）的最后一天读取，原文保留。请核对。"),
    "words": Message("{count}格写的是文字（{texts}），原文保留，不当作数。请核对。"),
}
_OCTOBER = Message(
    "{count}格没有写到日（{texts}），按该月（旬、年）的最后一天读取，原文保留。表格软件会把“.10”存成“.1”：如果是10月，请改正。"
)


def without_about(key: str) -> str | None:
    """The figure of 约5000㎡ or 5000余㎡; None where nothing says about."""
    found = _ABOUT.fullmatch(key)
    if found is None:
        return None
    return found[1] or found[2] or found[3] + found[4]


def last_day(key: str) -> date | None:
    """The last day of a month, of a third of one, or of a year; None for anything else."""
    if (found := _MONTH.fullmatch(key)) is not None:
        year, month, part = int(found[1]), int(found[2]), found[3] or found[4]
        if not (year and 1 <= month <= 12):
            return None
        return date(year, month, _UNTIL.get(part, monthrange(year, month)[1]))
    found = _YEAR.fullmatch(key)
    return date(int(found[1]), 12, 31) if found is not None and int(found[1]) else None


def is_words(kind: str, key: str) -> bool:
    """True for words where a rate or a day is expected: 主体施工, 未开工, 计划6月开工."""
    if kind == "day":
        return not key.startswith("#") and _HAN.search(key) is not None
    return kind == "share" and _NO_RATE.fullmatch(key) is not None


def told(why: Why, texts: Sequence[str]) -> Message:
    """Say how the cells of a column were read; `texts`: of each of them."""
    distinct = tuple(dict.fromkeys(texts))
    text = _OCTOBER if why == "month" and any(_TENTH.fullmatch(each) for each in distinct) else _SAID[why]
    return Message(text.text, {"count": len(texts), "texts": tuple(each[:20] for each in distinct[:_MOST_TEXTS])})
