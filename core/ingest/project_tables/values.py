"""Values of a project's cells: amounts, areas, counts and rates with their units, in headings or in cells.

Readers give the value, None for what is not reported (blank, "/", "—"), or the sentence that says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from core.errors import Message
from core.ingest.files import cells
from core.ingest.files.labels import compact, one_line
from core.ingest.project_tables.as_typed import AsTyped, is_words, last_day, without_about
from core.model.fields import FIELDS, MEASURED, Kind

Value = Decimal | int | date | str | tuple[int, int | None] | None

D = Decimal
_MONEY = {
    "元": D("0.0001"), "千元": D("0.1"), "千": D("0.1"), "万元": D(1), "万": D(1), "十万元": D(10), "十万": D(10),
    "百万元": D(100), "百万": D(100), "千万元": D(1000), "千万": D(1000), "亿元": D(10000), "亿": D(10000),
}  # fmt: skip
FACTORS: Mapping[Kind, Mapping[str, Decimal]] = {
    "money": _MONEY,
    "change": _MONEY,
    "area": {
        "m2": D("0.0001"), "平方米": D("0.0001"), "平米": D("0.0001"), "平方": D("0.0001"), "万m2": D(1),
        "万平方米": D(1), "万平米": D(1), "万平方": D(1), "万平": D(1), "万": D(1),
    },
    "communities": {"个": D(1), "处": D(1), "个小区": D(1)},
    "buildings": {"栋": D(1), "幢": D(1), "座": D(1)},
    "households": {"户": D(1), "万户": D(10000), "万": D(10000)},
    "places": {"个": D(1), "处": D(1), "个小区": D(1)},
    "answers": {"份": D(1), "户": D(1), "人": D(1)},
    "inspections": {"个": D(1), "处": D(1), "项": D(1), "批": D(1), "次": D(1), "个小区": D(1)},
    "share": {"%": D("0.01")},
    "number": dict.fromkeys(
        (
            *("%", "个", "处", "户", "人", "次", "件", "起", "辆", "栋", "幢", "部", "盏", "株", "棵", "套"),
            *("天", "分", "分贝", "db", "米", "公里", "m2", "平方米", "平米", "万m2", "万平方米", "吨", "元", "万元"),
        ),
        D(1),
    ),
}  # fmt: skip
"""Unit -> what one of it is in ours: 万元, 万㎡, 1."""

_EXPECTED: Mapping[Kind, Message] = {
    "money": Message("金额（如8,000.00；单位可写元、万元、亿元）"),
    "change": Message("金额（如8,000.00，核减写作-20.00；单位可写元、万元、亿元）"),
    "area": Message("面积（如112.38；单位可写㎡、万㎡、万平方米）"),
    "communities": Message("小区数（如5或5-5个）"),
    "buildings": Message("栋数（不小于0的整数）"),
    "households": Message("户数（不小于0的整数）"),
    "places": Message("小区数（不小于0的整数）"),
    "answers": Message("问卷数（不小于0的整数）"),
    "inspections": Message("验收数（不小于0的整数）"),
    "share": Message("0到100%之间的比例（如40%）"),
    "day": Message("日期（如2024-12-31）"),
    "text": Message("文字"),
    "number": Message("数（如120；单位写在“计量单位”一列）"),
}
_NONE = frozenset({"", "/", "\\", "-", "--", "—", "——", "–", "未报", "未填报", "暂无"})
_NUMBER = re.compile(r"[¥￥]?([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d*)?")
_PAIR = re.compile(r"(?:\([一-鿿]{1,4}\))?(\d{1,6})(?:[-—–~至](\d{1,6}))?(?:个|处|个小区)?(?:\([一-鿿]{1,4}\))?")
_DAY = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?(?:T?00:00(?::00)?)?")
_EARLY = re.compile(r"1900-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?)?")
_SERIAL = re.compile(r"[2-6]\d{4}")
"""The number of a day, as a spreadsheet counts them: from 1954 to 2091."""
_WHOLE = r"[0-9]{1,9}"
_AMOUNT = r"[0-9]{1,12}(?:\.[0-9]{1,6})?"
_QUICK: Mapping[Kind, str] = {
    "money": _AMOUNT, "change": _AMOUNT, "area": _AMOUNT, "buildings": _WHOLE, "households": _WHOLE,
}  # fmt: skip
"""Patterns of most cells: read without ado."""
_OWN_UNIT = re.compile(r"(?<=\d)[^\d.,]\D*2?$")
_MOST_TEXT = 60
_MOST_LABEL = 100
_PLACES = 6
_CENT = D("0.000001")
"""The smallest that the store keeps: a cent of 万元, 0.01 ㎡ of 万㎡."""
_MOST_WHOLE = 10**9
MOST_MONEY = D(10) ** 12
"""DECIMAL(18, 6) has twelve places before the point."""


@dataclass(frozen=True)
class Unit:
    """The unit of a column's numbers when the cell does not say."""

    factor: Decimal
    stated: bool
    """True when the file says so; else it is ours, or the only possible one."""


def own_unit(kind: Kind, cell: str) -> Decimal | None:
    """The factor of the unit in the cell itself (2,164万元) to ours; None without one."""
    found = _OWN_UNIT.search(compact(cell))
    return None if found is None else FACTORS.get(kind, {}).get(found[0])


def is_bare(cell: str) -> bool:
    """True when a cell ends with its digits: no unit stands behind them. The 2 of m2 is none of them."""
    return cell[-1:].isdecimal() and "m" not in cell


class Reader(dict[str, Value | Message | AsTyped]):
    """Text of a cell -> what it means, for the cells of one column; texts that repeat are read once."""

    def __init__(self, field: str, unit: Unit | None, *, listed: bool = False) -> None:
        """`listed`: in a list of communities, where an amount may be about and a day may be told in words."""
        super().__init__()
        self.listed = listed
        self.kind = FIELDS[field].kind
        self.factor = unit.factor if unit else D(1)
        """The factor of the column's unit to ours."""
        self.decimal = self.kind in ("money", "change", "area", "share", "number")
        """True when values are decimals and not whole numbers."""
        self._quick = re.compile(_QUICK[self.kind]) if self.kind in _QUICK and self.factor == 1 else None
        self.odd = False
        """True once any text was wrong, or said less than a value."""

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
        sign = "-?" if self.kind == "change" else ""
        return rf"{sign}{digits}(?:\.[0-9]{{1,{places}}})?" if self.decimal else digits

    def __missing__(self, cell: str) -> Value | Message | AsTyped:
        value: Value | Message | AsTyped
        if self._quick is not None and self._quick.fullmatch(cell):
            value = D(cell) if self.decimal else int(cell)
        else:
            value = _value(self.kind, cell, self.factor)
            if isinstance(value, Message):
                value = self._as_typed(cell) or value
        if isinstance(value, Message | AsTyped):
            self.odd = True
        self[cell] = value
        return value

    def _as_typed(self, cell: str) -> AsTyped | None:
        """What no value is meant by, as far as it goes; None: it is wrong."""
        if len(cell) > _MOST_TEXT:
            return None
        key = compact(cell)
        if self.kind == "day" and (day := last_day(key)) is not None:
            return AsTyped(day, "month")
        rest = without_about(key) if self.kind == "share" or self.listed else None
        if rest is not None:
            figure = _value(self.kind, rest, self.factor)
            if isinstance(figure, Decimal | int):
                return AsTyped(figure, "about")
        words = is_words(self.kind, key) and (self.kind == "share" or self.listed)
        return AsTyped(None, "words") if words else None


def _value(kind: Kind, cell: str, factor: Decimal) -> Value | Message:
    if kind == "text":
        return label(cell)
    if len(cell) > _MOST_TEXT:
        return _wrong(kind, cell)
    key = compact(cell)
    if key in _NONE:
        return None
    if kind != "day":
        key = _not_a_day(key)
    if key.startswith("#"):
        return Message("单元格里是公式错误“{cell}”，请在Excel中改正后重新上传。", {"cell": cell[:20]})
    if kind == "day":
        return _day(cell, key)
    if kind == "communities" and (pair := _PAIR.fullmatch(key)):
        return int(pair[1]), None if pair[2] is None else int(pair[2])
    value = _number(kind, cell, key, factor)
    if kind == "communities" and isinstance(value, int):
        return value, None
    return value


def _not_a_day(key: str) -> str:
    """A day of 1900 among numbers is a number whose cell has the format of a day."""
    found = _EARLY.fullmatch(key)
    if found is None:
        return key
    moment = datetime.fromisoformat(key)
    # Spreadsheets have a 29 February 1900, so the days before it are one further from their first.
    first = datetime(1899, 12, 31) if moment < datetime(1900, 3, 1) else datetime(1899, 12, 30)
    since = moment - first
    return f"{since.days + D(since.seconds) / 86400:.15g}"


def _day(cell: str, key: str) -> date | Message:
    found = _DAY.fullmatch(key)
    try:
        if found is not None:
            return date(int(found[1]), int(found[2]), int(found[3]))
        if _SERIAL.fullmatch(key):
            return date(1899, 12, 30) + timedelta(days=int(key))
    except ValueError:
        pass  # 2024-02-30 looks like a date and is none: the sentence below is for it, too
    return _wrong("day", cell)


def _number(kind: Kind, cell: str, key: str, factor: Decimal) -> Decimal | int | Message:
    if _bookkeeping(key):
        key = f"-{key[1:-1]}"
    found = _NUMBER.match(key)
    if found is None:
        return _wrong(kind, cell)
    behind = key[found.end() :]
    if behind:
        own = FACTORS[kind].get(behind)
        if own is None:
            return _wrong(kind, cell)
        factor = own
    if len(found[2]) > 20 or len(found[3] or "") > 20:
        return _wrong(kind, cell)
    value = D(found[2].replace(",", "") + (found[3] or "").rstrip("."))
    if found[1] == "-" and value:
        if kind == "money":
            return Message("金额不能为负，读到“{cell}”。", {"cell": cell})
        if kind == "area":
            return Message("面积不能为负，读到“{cell}”。", {"cell": cell})
        if kind != "change":
            return _wrong(kind, cell)
        value = -value
    return _scaled(kind, cell, value, factor, rate=bool(behind))


def _bookkeeping(key: str) -> bool:
    """(100.00): how bookkeepers write what is below zero."""
    return key.startswith("(") and key.endswith(")") and _NUMBER.fullmatch(key[1:-1].lstrip("+-")) is not None


def _scaled(kind: Kind, cell: str, value: Decimal, factor: Decimal, *, rate: bool) -> Decimal | int | Message:
    if kind == "share":
        # 40 in a column of rates means 40 %, 0.4 means the same: only up to 1 a bare number is a share.
        share = value * factor if rate or factor != 1 else value / 100 if value > 1 else value
        return share.quantize(_CENT, ROUND_HALF_UP) if share <= 1 else _wrong(kind, cell)
    value *= factor
    if kind == "number" and abs(value) < MOST_MONEY:
        return value.quantize(_CENT, ROUND_HALF_UP) if cells.number(f"{value:f}", _PLACES) is None else value
    if kind not in MEASURED:
        return int(value) if value == int(value) and value < _MOST_WHOLE else _wrong(kind, cell)
    if abs(value) >= MOST_MONEY:
        return Message("数值过大，读到“{cell}”。", {"cell": cell})
    exact = cells.number(f"{value:f}", _PLACES) is not None
    if not exact and kind == "area":
        return value.quantize(_CENT, ROUND_HALF_UP)
    if not exact:
        return Message("最多精确到百分之一元（万元的六位小数），读到“{cell}”。", {"cell": cell})
    return value


def _wrong(kind: Kind, cell: str) -> Message:
    return Message("应为{expected}，读到“{cell}”。", {"expected": _EXPECTED[kind], "cell": cell[:_MOST_TEXT]})


def label(cell: str) -> str | Message:
    """A name: one line, spaces between Chinese letters left out."""
    text = " ".join(cell.split())
    if len(text) > _MOST_LABEL:
        return Message("名称最多{most}个字，读到{found}个。", {"most": _MOST_LABEL, "found": len(text)})
    return one_line(text) if " " in text else text
