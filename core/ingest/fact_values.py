"""What a cell of a project's table means: amounts, areas, counts and rates with their units, in headings or in cells.

Readers give the value, None for what is not reported (blank, "/", "—"), or the sentence that says what is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from core.errors import Message
from core.ingest import cells

Kind = Literal[
    "money", "change", "area", "communities", "buildings", "households", "places", "answers", "inspections", "share",
    "day", "text",
]  # fmt: skip
Value = Decimal | int | date | str | tuple[int, int | None] | None

KINDS: Mapping[str, Kind] = {
    "estimate": "money",
    "split": "money",
    "invested": "money",
    "paid": "money",
    "arrived": "money",
    "area": "area",
    "communities": "communities",
    "buildings": "buildings",
    "households": "households",
    "started": "places",
    "finished": "places",
    "accepted": "places",
    "surveyed": "answers",
    "homes_finished": "households",
    "inspected": "inspections",
    "qualified": "inspections",
    "stage_target": "places",
    "contract": "money",
    "variation": "change",
    "physical": "share",
    "satisfaction": "share",
    "arrived_on": "day",
    "planned": "day",
    "actual": "day",
}
"""Field -> what its cells hold; what is not here is a label."""

D = Decimal
_MONEY = {
    "元": D("0.0001"), "千元": D("0.1"), "万元": D(1), "万": D(1), "百万元": D(100), "千万元": D(1000),
    "亿元": D(10000), "亿": D(10000), "人民币元": D("0.0001"), "人民币万元": D(1),
}  # fmt: skip
UNITS: Mapping[Kind, Mapping[str, Decimal]] = {
    "money": _MONEY,
    "change": _MONEY,
    "area": {
        "m2": D("0.0001"), "平方米": D("0.0001"), "平米": D("0.0001"), "平方": D("0.0001"), "万m2": D(1),
        "万平方米": D(1), "万平米": D(1), "万平方": D(1), "万平": D(1),
    },
    "communities": {"个": D(1), "处": D(1), "个小区": D(1)},
    "buildings": {"栋": D(1), "幢": D(1), "座": D(1)},
    "households": {"户": D(1), "万户": D(10000)},
    "places": {"个": D(1), "处": D(1), "个小区": D(1)},
    "answers": {"份": D(1), "户": D(1), "人": D(1)},
    "inspections": {"个": D(1), "处": D(1), "项": D(1), "批": D(1), "次": D(1), "个小区": D(1)},
    "share": {"%": D("0.01")},
}  # fmt: skip
"""Unit -> what one of it is in ours: 万元, 万㎡, 1."""

_EXPECTED: Mapping[Kind, Message] = {
    "money": Message("金额(如8,000.00;单位可写元、万元、亿元)"),
    "change": Message("金额(如8,000.00,核减写作-20.00;单位可写元、万元、亿元)"),
    "area": Message("面积(如112.38;单位可写㎡、万㎡、万平方米)"),
    "communities": Message("小区数(如5或5-5个)"),
    "buildings": Message("栋数(不小于0的整数)"),
    "households": Message("户数(不小于0的整数)"),
    "places": Message("小区数(不小于0的整数)"),
    "answers": Message("问卷数(不小于0的整数)"),
    "inspections": Message("验收数(不小于0的整数)"),
    "share": Message("0到100%之间的比例(如40%)"),
    "day": Message("日期(如2024-12-31)"),
    "text": Message("文字"),
}
_MEASURED: tuple[Kind, ...] = ("money", "change", "area")
"""What has decimals, and a unit that somebody has to say."""
_NONE = frozenset({"", "/", "\\", "-", "--", "—", "——", "–", "未报", "未填报", "暂无"})
_NUMBER = re.compile(r"[¥￥]?([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d*)?")
_PAIR = re.compile(r"(?:\([一-鿿]{1,4}\))?(\d{1,6})(?:[-—–~至](\d{1,6}))?(?:个|处|个小区)?(?:\([一-鿿]{1,4}\))?")
_DAY = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?(?:T?00:00(?::00)?)?")
_WHOLE = r"[0-9]{1,9}"
_AMOUNT = r"[0-9]{1,12}(?:\.[0-9]{1,6})?"
_QUICK: Mapping[Kind, str] = {"money": _AMOUNT, "area": _AMOUNT, "buildings": _WHOLE, "households": _WHOLE}
"""What most cells look like: read without ado."""
_UNIT_LINE = re.compile(r"[::、,;/()]|单位|金额|资金|面积")
"""What stands between the units of 金额单位:万元,面积单位:㎡."""
_MOST_TEXT = 60
_MOST_LABEL = 100
_PLACES = 6
_CENT = D("0.000001")
"""What the store keeps: a cent of 万元, 0.01 ㎡ of 万㎡."""
_MOST_WHOLE = 10**9
MOST_MONEY = D(10) ** 12
"""DECIMAL(18, 6) has twelve places before the point."""


@dataclass(frozen=True)
class Unit:
    """What the numbers of a column are in when the cell does not say."""

    factor: Decimal
    stated: bool
    """Whether the file says so; else it is ours."""


def column_unit(kind: Kind, heading: str, around: Iterable[str] = ()) -> Unit:
    """From the heading (金额(万元)), or from 单位:万元 around the table. 万元 and 万㎡ where nobody says."""
    units = UNITS.get(kind, {})
    key = _key(heading)
    inside = re.findall(r"[(\[/:]([^()\[\]/]+)", key)
    for text in (
        *inside,
        *(key[-length:] for length in (4, 3, 2, 1) if length < len(key) and kind in _MEASURED),
    ):
        name = text.removeprefix("单位").lstrip(":").strip()
        if name in units:
            return Unit(units[name], True)
    for text in around:
        for name in _UNIT_LINE.split(_key(text).partition("单位")[2]):
            if name in units:
                return Unit(units[name], True)
    return Unit(D(1), kind not in _MEASURED)


class Reader(dict[str, Value | Message]):
    """Text of a cell -> what it means, for the cells of one column; texts that repeat are read once."""

    def __init__(self, field: str, unit: Unit | None) -> None:
        super().__init__()
        self.kind: Kind = KINDS.get(field, "text")
        self.factor = unit.factor if unit else D(1)
        """What one of the column's unit is in ours."""
        self.decimal = self.kind in ("money", "area", "share")
        """Whether values are decimals and not whole numbers."""
        self._quick = re.compile(_QUICK[self.kind]) if self.kind in _QUICK and self.factor == 1 else None
        self.wrong = False
        """Whether any text was wrong."""

    @property
    def plain(self) -> str | None:
        """A pattern of texts that mean just the number that they are, times the factor; None: no text is sure to.

        Thousands commas may stand in it.
        """
        whole = 12 if self.decimal else 9
        if self.factor != 1:
            whole = 8  # times 10,000 it still fits
        if self.kind not in _QUICK or not (self.decimal or self.factor == 1):
            return None
        digits = rf"(?:[0-9]{{1,{whole}}}|[0-9]{{1,{whole % 3 or 3}}}(?:,[0-9]{{3}}){{1,{(whole - 1) // 3}}})"
        places = _PLACES + min(int(self.factor.as_tuple().exponent), 0)
        return rf"{digits}(?:\.[0-9]{{1,{places}}})?" if self.decimal else digits

    def __missing__(self, cell: str) -> Value | Message:
        value: Value | Message
        if self._quick is not None and self._quick.fullmatch(cell):
            value = D(cell) if self.decimal else int(cell)
        else:
            value = _value(self.kind, cell, self.factor)
        if isinstance(value, Message):
            self.wrong = True
        self[cell] = value
        return value


def _key(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _value(kind: Kind, cell: str, factor: Decimal) -> Value | Message:
    if kind == "text":
        return label(cell)
    if len(cell) > _MOST_TEXT:
        return _wrong(kind, cell)
    key = _key(cell)
    if key in _NONE:
        return None
    if key.startswith("#"):
        return Message("单元格里是公式错误“{cell}”,请在Excel中改正后重新上传。", {"cell": cell[:20]})
    if kind == "day":
        return _day(cell, key)
    if kind == "communities" and (pair := _PAIR.fullmatch(key)):
        return int(pair[1]), None if pair[2] is None else int(pair[2])
    value = _number(kind, cell, key, factor)
    if kind == "communities" and isinstance(value, int):
        return value, None
    return value


def _day(cell: str, key: str) -> date | Message:
    found = _DAY.fullmatch(key)
    try:
        if found is not None:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass  # 2024-02-30 looks like a date and is none: the sentence below is for it, too
    return _wrong("day", cell)


def _number(kind: Kind, cell: str, key: str, factor: Decimal) -> Decimal | int | Message:
    found = _NUMBER.match(key)
    if found is None:
        return Message("金额不能为负,读到“{cell}”。", {"cell": cell}) if _bookkeeping(kind, key) else _wrong(kind, cell)
    behind = key[found.end() :]
    if behind:
        own = UNITS[kind].get(behind)
        if own is None:
            return _wrong(kind, cell)
        factor = own
    if len(found[2]) > 20 or len(found[3] or "") > 20:
        return _wrong(kind, cell)
    value = D(found[2].replace(",", "") + (found[3] or "").rstrip("."))
    if found[1] == "-" and value:
        if kind == "money":
            return Message("金额不能为负,读到“{cell}”。", {"cell": cell})
        if kind == "area":
            return Message("面积不能为负,读到“{cell}”。", {"cell": cell})
        if kind != "change":
            return _wrong(kind, cell)
        value = -value
    return _scaled(kind, cell, value, factor, rate=bool(behind))


def _bookkeeping(kind: Kind, key: str) -> bool:
    """(100.00): how bookkeepers write what is below zero."""
    return kind == "money" and key.startswith("(") and key.endswith(")") and _NUMBER.fullmatch(key[1:-1]) is not None


def _scaled(kind: Kind, cell: str, value: Decimal, factor: Decimal, *, rate: bool) -> Decimal | int | Message:
    if kind == "share":
        # 40 in a column of rates means 40 %, 0.4 means the same: only up to 1 a bare number is a share.
        share = value * factor if rate or factor != 1 else value / 100 if value > 1 else value
        return share.quantize(_CENT, ROUND_HALF_UP) if share <= 1 else _wrong(kind, cell)
    value *= factor
    if kind not in _MEASURED:
        return int(value) if value == int(value) and value < _MOST_WHOLE else _wrong(kind, cell)
    if abs(value) >= MOST_MONEY:
        return Message("数值过大,读到“{cell}”。", {"cell": cell})
    exact = cells.number(f"{value:f}", _PLACES) is not None
    if not exact and kind == "area":
        return value.quantize(_CENT, ROUND_HALF_UP)
    if not exact:
        return Message("最多精确到百分之一元(万元的六位小数),读到“{cell}”。", {"cell": cell})
    return value


def _wrong(kind: Kind, cell: str) -> Message:
    return Message("应为{expected},读到“{cell}”。", {"expected": _EXPECTED[kind], "cell": cell[:_MOST_TEXT]})


def label(cell: str) -> str | Message:
    """A name: one line, spaces between Chinese letters left out."""
    text = " ".join(cell.split())
    if len(text) > _MOST_LABEL:
        return Message("名称最多{most}个字,读到{found}个。", {"most": _MOST_LABEL, "found": len(text)})
    return re.sub(r"(?<=[一-鿿]) (?=[一-鿿])", "", text) if " " in text else text
