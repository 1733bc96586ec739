"""计算底稿: every measure with what it was made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.briefing.evaluation import Line
from core.briefing.workbook.sheet import Book, Cell, Column, Page
from core.model.measure import POINTS_OF_RATIO, RATIO, Measure
from core.text.numbers import measure as printed

_COLUMNS = (
    Column("序号", 6, 0), Column("代码", 25), Column("指标", 24), Column("范围", 12), Column("数值", 14),
    Column("单位", 12), Column("怎么算", 50), Column("分子", 15), Column("分母", 12), Column("口径", 15),
    Column("来源", 56), Column("截至", 12), Column("条件", 29),
)  # fmt: skip
_OPERAND = "#,##0.######"
_VALUE, _NUMERATOR, _DENOMINATOR = 4, 7, 8


def workings(book: Book) -> None:
    """The worksheet."""
    found = book.found
    about = f"共{len(found.lines)}个数;先列默认计划工期下的全部指标,再列其他计划工期下的进度指标"
    page = Page(book, "计算底稿", f"{found.title}计算底稿", about, _COLUMNS, large=True)
    for number, line in enumerate(found.lines, start=1):
        formats: list[str | None] = [None] * len(_COLUMNS)
        formats[_VALUE] = _format(line.measure)
        formats[_NUMERATOR] = formats[_DENOMINATOR] = _OPERAND
        page.add(_row(number, line), formats)
    page.end()


def _row(number: int, line: Line) -> tuple[Cell, ...]:
    m = line.measure
    return (
        number, m.id, m.name, m.place or "全项目", _value(m), _unit(m), line.formula, m.numerator, m.denominator,
        line.basis, m.source, m.as_of, line.condition,
    )  # fmt: skip


def _value(m: Measure) -> Decimal | date | None:
    # A spreadsheet has no format that shows 百分点: the point is moved, as it is in print.
    return m.value.scaleb(2) if m.unit == POINTS_OF_RATIO and isinstance(m.value, Decimal) else m.value


def _unit(m: Measure) -> str:
    return {RATIO: "%", POINTS_OF_RATIO: "个百分点"}.get(m.unit, m.unit)


def _format(m: Measure) -> str:
    """With as many decimals as the measure prints."""
    shown = printed(m)
    _, point, decimals = shown.rstrip("%").partition(".")
    return "#,##0" + point + "0" * len(decimals) + ("%" if shown.endswith("%") else "")
