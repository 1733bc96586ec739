"""A report's sentences as plain text, and the numbers in them: full-width digits, spaces inside, numerals in words.

Nothing here knows what a number is of: that is the families' of patterns (claim_*.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.text.quantities import NUM as NUM  # the readers of a report take it from here

MOST_LETTERS = 1000
"""Of a sentence: nobody writes longer ones, and a pattern is not to hang on a file that is one line."""

PERCENT = re.compile(rf"(?P<number>{NUM})%")
MONEY = re.compile(rf"(?P<number>{NUM})(?P<unit>亿元?|万元|元)(?![/每整])")
_ENDS = r"(?:{mark}|(?<=[-./]\d)(?!\d)|(?<=[-./]\d\d)(?!\d))"
DAY = (
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:年|[-./](?=\d))"
    rf"(?:(?P<month>1[0-2]|0?[1-9]){_ENDS.format(mark='月份?')}"
    rf"(?:[-./]?(?P<day>3[01]|[12]\d|0?[1-9]){_ENDS.format(mark='[日号]')})?)?"
)
"""2023年6月, 2023年6月1日, 2023-06-01, 2023年."""

_SPACES = re.compile(r"\s+")
_CIRCLED = {0x2460 + n: f"({n + 1})" for n in range(20)}
_LIKE = str.maketrans({"—": "-", "–": "-", "~": "-", "〜": "-", "−": "-", "﹣": "-", "﹝": "〔", "﹞": "〕", "﹪": "%"})
_SENTENCES = re.compile(r"[。;!?\n\r\v\f\u2028\u2029]+")
_DIGITS = "〇一二三四五六七八九"
_NUMERAL = re.compile(
    r"([一二两三四五六七八九十][〇零一二两三四五六七八九十百千万亿]+)(?=元|个|栋|幢|户|平方米|%|分(?!之)|份|[,。;、]|$)"
)
_DECIMAL = re.compile(r"([〇零一二两三四五六七八九十百千]+)点([〇零一二三四五六七八九]+)(?=[万亿]|元|平方米|个百分)")
_TENTHS = re.compile(r"([一二两三四五六七八九])成(?=[,。;、)以的来多左]|$)")
_UNIT_BEFORE = re.compile(rf"\((亿元|万元|元)\)([:为是]*)({NUM})(?![%亿万元个栋幢户])")
_HUNDREDTH = re.compile(r"百分之([〇零一二两三四五六七八九十百点]+|\d+(?:\.\d+)?)")
_YEAR = re.compile(r"([一二][〇○零oO九][〇○零oO一二三四五六七八九]{2})(?=年)")
_MONTH = re.compile(r"(?<=\d年)([一二三四五六七八九十]{1,2})(?=月)")
_MONTH_DAY = re.compile(r"(?<=\d月)([一二三四五六七八九十]{1,3})(?=日)")
_STEPS = {"十": 10, "百": 100, "千": 1000}
_ONES = {letter: value for value, letter in enumerate(_DIGITS)} | {"两": 2}


def numeral(words: str) -> int:
    """二十八 -> 28, 八千万 -> 80,000,000, 一百零五 -> 105."""
    high = whole = part = digit = 0
    for letter in words:
        if letter in _STEPS:
            part += (digit or 1) * _STEPS[letter]
        elif letter == "万":
            # 三万万 is three hundred millions.
            whole, part = (whole + (part + digit) * 10**4 if part + digit else whole * 10**4), 0
        elif letter == "亿":
            high, whole, part = (high + whole + part + digit) * 10**8, 0, 0
        digit = _ONES.get(letter, 0)
    return high + whole + part + digit


def _digits(words: str) -> str:
    """六七 -> 67."""
    return "".join(str(numeral(letter)) for letter in words)


def _per_cent(found: re.Match[str]) -> str:
    words = found[1]
    if words[0].isdecimal():
        return f"{words}%"
    whole, _, fraction = words.partition("点")
    digits = _digits(fraction)
    return f"{numeral(whole)}{'.' if digits else ''}{digits}%"


def _year(found: re.Match[str]) -> str:
    return "".join("0" if letter in "〇○零oO" else str(_DIGITS.index(letter)) for letter in found[1])


def plain(text: str) -> str:
    """Half-width, without any space, numbers in digits; what was one sentence stays one."""
    text = unicodedata.normalize("NFKC", text.translate(_CIRCLED).translate(_LIKE)).translate(_LIKE)
    text = _SPACES.sub("", text)
    text = _UNIT_BEFORE.sub(r"\2\3\1", text)
    text = _HUNDREDTH.sub(_per_cent, text)
    text = _TENTHS.sub(lambda found: f"{numeral(found[1])}0%", text)
    text = _DECIMAL.sub(lambda found: f"{numeral(found[1])}.{_digits(found[2])}", text)
    text = _YEAR.sub(_year, text)
    text = _MONTH.sub(lambda found: str(numeral(found[1])), text)
    text = _MONTH_DAY.sub(lambda found: str(numeral(found[1])), text)
    return _NUMERAL.sub(lambda found: str(numeral(found[1])), text)


def _pieces(sentence: str) -> Iterator[str]:
    """Cut only behind a comma: a figure cut in two would be another figure."""
    piece = ""
    for clause in re.split(r"(?<=[,、:])", sentence):
        if len(piece) + len(clause) > MOST_LETTERS:
            yield piece
            piece = ""
        piece += clause if len(clause) <= MOST_LETTERS else ""
    yield piece


def sentences(text: str) -> Iterator[str]:
    """Of plain text, those with anything in them."""
    for sentence in _SENTENCES.split(text):
        if len(sentence) <= MOST_LETTERS:
            yield sentence
        else:
            yield from _pieces(sentence)


def stored(value: Decimal) -> Decimal | None:
    """As the tables hold it, DECIMAL(18,6); None when it is too large for any of this."""
    if not abs(value) < Decimal(10) ** 12:
        return None
    return value.quantize(Decimal("0.000001"), ROUND_HALF_UP).normalize() + Decimal(0)


def number(text: str) -> Decimal:
    """Of what NUM matched."""
    return Decimal(text.replace(",", ""))


def share(text: str) -> Decimal | None:
    """80.00 (per cent) -> 0.8."""
    return stored(number(text) / 100)


def money(found: re.Match[str]) -> Decimal | None:
    """The amount that MONEY matched, 万元; None for one too large."""
    value, unit = number(found["number"]), found["unit"]
    return stored(value * 10_000 if unit.startswith("亿") else value if unit == "万元" else value / 10_000)


@dataclass(frozen=True)
class When:
    """A date as exactly as it is written."""

    year: int
    month: int | None
    day: int | None


def when(found: re.Match[str]) -> When | None:
    """The date that DAY matched; None for 2月30日."""
    year, month, day = (None if found[name] is None else int(found[name]) for name in ("year", "month", "day"))
    try:
        date(year or 1, month or 1, day or 1)
    except ValueError:
        return None
    return When(year or 1, month, day)
