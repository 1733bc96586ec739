"""计算底稿: every measure with what it was made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from core.briefing.excel import Cell, Formula
from core.briefing.workbook.sheet import Column, EvaluationBook, WorkbookPage
from core.model.measure import POINTS_OF_RATIO, RATIO, Measure
from core.progress import quotient
from core.text import how_computed
from core.text.numbers import MISSING
from core.text.numbers import measure as printed

_COLUMNS = (
    Column("序号", 6, 0), Column("代码", 25), Column("指标", 24), Column("范围", 12), Column("数值", 14),
    Column("单位", 12), Column("怎么算", 50), Column("分子", 15), Column("分母", 12), Column("口径", 15),
    Column("来源", 56), Column("截至", 12), Column("条件", 29),
)  # fmt: skip
_OPERAND = "#,##0.######"
_VALUE, _NUMERATOR, _DENOMINATOR = 4, 7, 8


def workings(book: EvaluationBook) -> None:
    """The worksheet."""
    found = book.found
    # What another planned time changes comes after all that holds at the usual one.
    others = [m for planned, measures in found.planned_times if not planned.default for m in measures]
    every = [*found.figures.all, *others]
    about = f"共{len(every)}个数；先列默认计划工期下的全部指标，再列其他计划工期下的进度指标"
    page = WorkbookPage(book, "计算底稿", f"{found.title}计算底稿", about, _COLUMNS, large=True)
    for number, m in enumerate(every, start=1):
        formats: list[str | None] = [None] * len(_COLUMNS)
        formats[_VALUE] = _format(m)
        formats[_NUMERATOR] = formats[_DENOMINATOR] = _OPERAND
        page.add(_row(number, m, page.row), formats)
    page.end()


def _row(number: int, m: Measure, row: int) -> tuple[Cell, ...]:
    return (
        number, m.id, m.name, m.place or "全项目", _live(m, row), _unit(m), str(how_computed.formula(m)), m.numerator,
        m.denominator, how_computed.basis(m), m.source, m.as_of, str(how_computed.condition(m)),
    )  # fmt: skip


def _live(m: Measure, row: int) -> Cell:
    """The value, as a formula over the operands beside it where it is their quotient."""
    if not isinstance(m.value, Decimal) or m.numerator is None or m.denominator is None:
        return _value(m)
    if quotient(Decimal(m.numerator), Decimal(m.denominator)) != m.value:
        return _value(m)
    above, below = (xl_rowcol_to_cell(row, number) for number in (_NUMERATOR, _DENOMINATOR))
    return Formula(f'IF({below}=0,"{MISSING}",{above}/{below})', m.value)


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
