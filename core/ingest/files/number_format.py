"""Number formats of a spreadsheet, read for what they do to the figure that is shown.

A format may scale (a comma behind the digits is a thousandth, % is a hundred times), put a point into the digits
(`0!.0000`; “!” is what “\\” is), write zeros behind them, or add a unit (`0.00,,"万"`). How many decimals are shown
changes no figure: the number is taken exactly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)?"
    r"|_."  # the width of a letter
    r"|\*."  # a letter that fills the cell
    r"|\[(?P<bracket>[^\]]*)\]?"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<exponent>E[+-][0#?]+)"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_DAY_PARTS = re.compile(r"[ymdhsge]|aaa|b1|b2|[年月日时分秒]|上午/下午|AM/PM", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne,
}  # fmt: skip
_DIGITS = "0#?"
_UNIT = re.compile(r"人民币|[\s()\[\]¥￥:]+")
_MEANT = re.compile(r"[十百千]万元?|[千万亿]元?|元|万?(?:m2|平方米|平米|平方)|万平|万户")
"""Units that change what a number means. 户, 个 and 栋 do not, and a cell without them is just a number."""
_LOCAL_DAYS = frozenset({*range(27, 32), 36, *range(50, 55), 57, 58})
"""Numbers of formats that a Chinese Excel has for days and that are written down nowhere."""


@dataclass(frozen=True)
class NumberLook:
    """The effect of one part of a format."""

    power: int
    """The number is shown times ten to this."""
    rate: bool
    """True when it shows a per cent sign; `power` is then without its hundred."""
    unit: str
    """The unit that it writes behind the number; "" for none that matters."""


_AS_IT_IS = NumberLook(0, False, "")


@dataclass(frozen=True)
class Format:
    """A number format."""

    parts: tuple[tuple[str, Decimal | None, NumberLook], ...]
    """(comparison, with what, look): the first that fits counts."""

    def look(self, number: Decimal) -> NumberLook:
        """The look of this number."""
        for sign, limit, look in self.parts:
            if limit is None or _COMPARED[sign](number, limit):
                return look
        return _AS_IT_IS

    @property
    def plain(self) -> bool:
        """True when every number is shown as it is."""
        return all(look == _AS_IT_IS for _, _, look in self.parts)


@lru_cache(maxsize=1000)
def read_format(code: str) -> Format:
    """A format by its code, `#,##0.00`."""
    sections = _sections(code)[:3]
    told = [_condition(section) for section in sections]
    usual: tuple[tuple[str, Decimal | None], ...] = (("", None),)
    if len(sections) == 2:
        usual = ((">=", Decimal(0)), ("", None))
    elif len(sections) > 2:
        usual = ((">", Decimal(0)), ("<", Decimal(0)), ("", None))
    conditional = any(told)
    parts = []
    for section, said, place in zip(sections, told, usual, strict=True):
        sign, limit = said or (("", None) if conditional else place)
        parts.append((sign, limit, _look(section)))
    return Format(tuple(parts))


@lru_cache(maxsize=1000)
def is_day(code: str, number: int = 0) -> bool:
    """Tell a format of a day or a time: it has parts of one, and no place for a digit of a number.

    `number`: of a format that comes with the program, some of which have no code in the file.
    """
    if number in _LOCAL_DAYS:
        return True
    bare = ""
    for found in _TOKEN.finditer(next(iter(_sections(code)), "")):
        if found["bracket"] is not None and _ELAPSED.fullmatch(found["bracket"]):
            return True
        if found["general"] is not None or found["exponent"] is not None:
            return False
        bare += found["other"] or ""
    bare = re.sub(r"(?<=s)[.]0+", "", bare, flags=re.IGNORECASE)
    return not any(letter in _DIGITS for letter in bare) and _DAY_PARTS.search(bare) is not None


def _sections(code: str) -> list[str]:
    """Split a format at the semicolons that are not in quotes."""
    found = [""]
    for token in _TOKEN.finditer(code):
        if token["other"] == ";":
            found.append("")
        else:
            found[-1] += token[0]
    return found


def _condition(section: str) -> tuple[str, Decimal] | None:
    for token in _TOKEN.finditer(section):
        found = _CONDITION.fullmatch((token["bracket"] or "").strip())
        if found is not None:
            return found[1], Decimal(found[2])
    return None


def _look(section: str) -> NumberLook:
    """Read one part of a format."""
    tokens = list(_TOKEN.finditer(section))
    digits = [at for at, token in enumerate(tokens) if (token["other"] or "-") in _DIGITS or token["general"]]
    if not digits:
        return _AS_IT_IS
    last = digits[-1]
    point = next((at for at in range(digits[0], last) if tokens[at]["other"] == "."), None)
    scale = _commas(tokens, point if point is not None else last + 1) + (
        _commas(tokens, last + 1) if point is not None else 0
    )
    drawn = _drawn_point(tokens, digits, point)
    zeros = _zeros(tokens, last) if point is None and not scale else 0
    power = -3 * scale - drawn + zeros
    percent = sum(token["other"] == "%" for token in tokens)
    hidden = any("\n" in token[0] or "\r" in token[0] for token in tokens)
    rate = percent == 1 and not scale and not drawn and not hidden
    return NumberLook(power if rate else power + 2 * percent, rate, _unit(tokens, last))


def _commas(tokens: list[re.Match[str]], end: int) -> int:
    """Count the commas right behind the last digit before `end`, or right behind it: each is a thousandth."""
    at = end - 1
    count = 0
    while at >= 0 and tokens[at]["other"] == ",":
        at, count = at - 1, count + 1
    if not count:
        while end < len(tokens) and tokens[end]["other"] == ",":
            end, count = end + 1, count + 1
    return count


def _drawn_point(tokens: list[re.Match[str]], digits: list[int], point: int | None) -> int:
    """Count the digits behind a point that is only written between them."""
    end = point if point is not None else digits[-1] + 1
    drawn = [at for at in range(digits[0], end) if _text(tokens[at]) == "."]
    return sum(drawn[-1] < at < end for at in digits) if drawn else 0


def _zeros(tokens: list[re.Match[str]], last: int) -> int:
    """Zeros that are written right behind the number, as if they were its own."""
    count = 0
    for token in tokens[last + 1 :]:
        text = _text(token)
        if text is None or not re.fullmatch("[0,]+", text):
            rest = re.match("[0,]*", text or "")
            return count + (rest[0].count("0") if rest else 0)
        count += text.count("0")
    return count


def _text(token: re.Match[str]) -> str | None:
    """The text that a token writes as it stands; None when it is no text."""
    return token["quoted"] if token["quoted"] is not None else token["escaped"]


def _unit(tokens: list[re.Match[str]], last: int) -> str:
    behind = "".join(_text(token) or token["other"] or "" for token in tokens[last + 1 :])
    name = _UNIT.sub("", unicodedata.normalize("NFKC", behind.replace("%", "").replace(",", "")))
    return name if _MEANT.fullmatch(name) else ""
