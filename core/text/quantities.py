"""What a sentence says in figures: quantities with a unit, and days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from core.errors import Month

NUM = r"(?<!\d)(?<!\d[.,\-])(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,8})?(?!\d)"
"""A number, thousands commas allowed. The second half of 5-5 is none."""
_QUANTITY = re.compile(rf"(?P<number>{NUM})(?:%|[个栋幢户条座处项米亩套台次份人]|万|公里|平方米|m2|元|亿)")
_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})年(?:(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>3[01]|[12]\d|0?[1-9])日)?|(?P<end>年?[底末]))?"
)


def quantities(text: str) -> int:
    """Count the figures with a unit; dates are none."""
    return sum(1 for _ in _QUANTITY.finditer(text))


def days(text: str) -> tuple[date | Month | str, ...]:
    """Find the days, months and years that a text names; the end of a year is its last month."""
    return tuple(_day(found) for found in _DAY.finditer(text))


def _day(found: re.Match[str]) -> date | Month | str:
    year, month = int(found["year"]), int(found["month"] or (12 if found["end"] else 0))
    if not month:
        return found["year"]
    if found["day"] and int(found["day"]) <= monthrange(year, month)[1]:
        return date(year, month, int(found["day"]))
    return Month(date(year, month, 1))
