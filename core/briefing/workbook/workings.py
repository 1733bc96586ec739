"""计算底稿: every measure with what it was made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from core.briefing.excel import Cell, Formula
from core.briefing.workbook.following import DENOMINATOR, VALUE, Following, quotient_of
from core.briefing.workbook.sheet import Column, EvaluationBook, WorkbookPage
from core.errors import Message
from core.model.measure import POINTS_OF_RATIO, RATIO, Measure
from core.progress import quotient
from core.text import how_computed, word
from core.text.amounts import MONEY, Amount, cell, in_column, is_amount, unit_of_amounts, usual
from core.text.marks import listed
from core.text.numbers import measure as printed

_COLUMNS = (
    Column(word("序号"), 9, 0), Column(word("代码"), 25), Column(word("指标"), 24), Column(word("范围"), 12),
    Column(word("数值"), 14), Column(word("单位"), 12), Column(word("怎么算"), 50), Column(word("分子"), 15),
    Column(word("分母"), 12), Column(word("口径"), 15), Column(word("来源"), 56), Column(word("截至"), 12),
    Column(word("条件"), 29),
)  # fmt: skip
_OPERAND = "#,##0.######"
_NUMERATOR = 7


def workings(book: EvaluationBook) -> None:
    """The worksheet."""
    found = book.found
    # What another planned time changes comes after all that holds at the usual one.
    others = [m for planned, measures in found.planned_times if not planned.default for m in measures]
    every = [*found.figures.all, *others]
    about = Message("共{count}个数；先列默认计划工期下的全部指标，再列其他计划工期下的进度指标", {"count": len(every)})
    title = Message("{project}计算底稿", {"project": found.title})
    page = WorkbookPage(book, word("计算底稿"), title, about, _COLUMNS, large=True)
    planned = {f"baseline:{each.id}": each for each in found.facts.baselines}
    following = Following(every, page.row, _in_unit(book, Decimal(1)), planned)
    for number, m in enumerate(every, start=1):
        formats: list[str | None] = [None] * len(_COLUMNS)
        formats[VALUE] = _format(book, m)
        formats[_NUMERATOR] = formats[DENOMINATOR] = _OPERAND
        page.add(_row(book, following, number, m, page.row), formats)
    page.end()


def _row(book: EvaluationBook, following: Following, number: int, m: Measure, row: int) -> tuple[Cell, ...]:
    above, below = _operands(book, following, m)
    source = listed(map(book.say, m.source.split("；")), book.language)
    return (
        number, m.id, book.say(m.name), book.say(m.place or word("全项目")), _live(book, following, m, row),
        book.say(_unit(m)), book.say(how_computed.formula(m)), above, below, book.say(how_computed.basis(m)), source,
        m.as_of, book.say(how_computed.condition(m)),
    )  # fmt: skip


def _live(book: EvaluationBook, following: Following, m: Measure, row: int) -> Cell:
    """The value, as a formula over the operands beside it where it is their quotient, else over other rows."""
    value = _value(book, m)
    if value is None:
        return None
    if m.numerator is None or m.denominator is None:
        text = following.value(m)
        return value if text is None else Formula(text, value)
    above, below = _of_money(m)
    if quotient(m.numerator, m.denominator) != m.value or is_amount(m.unit) != (above and not below):
        return value
    over, under = (xl_rowcol_to_cell(row, number) for number in (_NUMERATOR, DENOMINATOR))
    return Formula(quotient_of(over, under, never_below_0=m.id == "needed_per_month"), value)


def _value(book: EvaluationBook, m: Measure) -> Decimal | date | None:
    if not isinstance(m.value, Decimal):
        return m.value
    # A spreadsheet has no format that shows 百分点：the point is moved, as it is in print.
    if m.unit == POINTS_OF_RATIO:
        return m.value.scaleb(2)
    return _in_unit(book, m.value) if is_amount(m.unit) else m.value


def _operands(book: EvaluationBook, following: Following, m: Measure) -> Iterator[Cell]:
    """Numerator and denominator; an amount in the unit in which the words beside it have it."""
    of_money = _of_money(m)
    formulas = following.operands(m, of_money)
    for value, money, text in zip((m.numerator, m.denominator), of_money, formulas, strict=True):
        shown = _in_unit(book, value) if money and value is not None else value
        yield shown if shown is None or text is None else Formula(text, shown)


def _of_money(m: Measure) -> tuple[bool, bool]:
    """Whether numerator and denominator are amounts in the sentence that says how it comes about."""
    params = m.formula.params.values() if m.formula is not None else ()
    amounts = [each.value for each in params if isinstance(each, Amount)]
    below = m.denominator in amounts
    above = below or m.numerator in amounts
    return (above, below) if below or is_amount(m.unit) else (False, False)


def _in_unit(book: EvaluationBook, amount: Decimal) -> Decimal:
    return in_column(amount, book.language, usual(book.language))


def _unit(m: Measure) -> Message | str:
    if is_amount(m.unit):
        return unit_of_amounts(m.unit.removeprefix(MONEY))
    return {RATIO: "%", POINTS_OF_RATIO: word("个百分点")}.get(m.unit, m.unit)


def _format(book: EvaluationBook, m: Measure) -> str:
    """With as many decimals as the measure prints."""
    shown = book.say(cell(m.number)) if is_amount(m.unit) else printed(m)
    _, point, decimals = shown.rstrip("%").partition(".")
    return "#,##0" + point + "0" * len(decimals) + ("%" if shown.endswith("%") else "")
