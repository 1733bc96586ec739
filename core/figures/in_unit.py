"""A figure in another unit of amounts: its axes, values and the unit's name; its sentences are said in it anyway."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any, TypeVar, cast

from core.errors import Message
from core.figures.figure import Bars, ChartAmount, Figure, LineChart, Marks, SmallMultiples, Spans, Stack, amounts_of
from core.model.context import AmountUnit, Language
from core.text import render
from core.text.amounts import MONEY, STORED, as_drawn, cell, in_column, is_amount, unit_of_amounts
from core.text.marks import in_a_row

_Bars = TypeVar("_Bars", Bars, Spans)
_Marks = TypeVar("_Marks", bound=Marks)


def in_unit(figure: Figure, language: Language, unit: AmountUnit) -> Figure:
    """The figure as it is drawn in that unit; what is not money stays as it is."""
    if unit == STORED:
        return figure
    said = named_in(str(figure.unit), language, unit)
    return replace(figure, unit=said, marks=marks_in(figure.marks, language, unit, money=of_money(figure)))


def of_money(figure: Figure) -> bool:
    """Whether its axis is one of money."""
    return is_amount(str(figure.unit).split("，")[0])


def named_in(units: str, language: Language, unit: AmountUnit) -> str:
    """Units as a figure names them （万元，%）, those of money being that unit."""
    return in_a_row((_named(each, language, unit) for each in units.split("，")), language)


def _named(name: str, language: Language, unit: AmountUnit) -> str:
    if not is_amount(name):
        return render(name, language)
    per = name.removeprefix(MONEY)
    return render(unit_of_amounts(per), language, unit)


def marks_in(marks: _Marks, language: Language, unit: AmountUnit, *, money: bool) -> _Marks:
    """Marks with their amounts in the unit; `money`: the axis of lines is one of money and moves with them."""
    return marks if unit == STORED else cast(_Marks, _drawn(_moved_to(marks, language, unit, money=money)))


def _drawn(found: Any) -> Any:
    """The same with its words as they are drawn, however deep they stand."""
    if isinstance(found, tuple):
        return tuple(_drawn(each) for each in found)
    if hasattr(found, "__dataclass_fields__") and not isinstance(found, Message):
        return replace(found, **{each.name: _drawn(getattr(found, each.name)) for each in fields(found)})
    return as_drawn(found)


def _moved_to(marks: Marks, language: Language, unit: AmountUnit, *, money: bool) -> Marks:
    if isinstance(marks, SmallMultiples):
        return SmallMultiples(tuple(_bars(each, language, unit) for each in marks.parts))
    if isinstance(marks, Bars):
        return _bars(marks, language, unit)
    if isinstance(marks, Spans):
        return _bars(marks, language, unit)
    if isinstance(marks, LineChart):
        return _moved(marks, language, unit) if money else marks
    return _amounts(marks, language, unit) if isinstance(marks, Stack) else marks


def _bars(bars: _Bars, language: Language, unit: AmountUnit) -> _Bars:
    made: _Bars = _amounts(bars, language, unit)
    if not any(is_amount(each.unit) for each in amounts_of(bars)):
        return made
    if isinstance(made, Bars):
        end = None if made.end is None else in_column(made.end, language, unit)
        made = replace(made, end=end)
    rule = None if made.rule is None else replace(made.rule, value=in_column(made.rule.value, language, unit))
    return replace(made, start=in_column(made.start, language, unit), rule=rule)


def _amounts(found: Any, language: Language, unit: AmountUnit) -> Any:
    """The same with each `ChartAmount` of money in the unit, however deep it stands."""
    if isinstance(found, ChartAmount):
        if not is_amount(found.unit):
            return found
        value = None if found.value is None else in_column(found.value, language, unit)
        return replace(
            found,
            value=value,
            unit=_named(found.unit, language, unit),
            digits=render(as_drawn(cell(found.value)), language, unit),
        )
    if isinstance(found, tuple):
        return tuple(_amounts(each, language, unit) for each in found)
    if hasattr(found, "__dataclass_fields__"):
        return replace(
            found, **{each.name: _amounts(getattr(found, each.name), language, unit) for each in fields(found)}
        )
    return found


def _moved(chart: LineChart, language: Language, unit: AmountUnit) -> LineChart:
    def moved(value: Decimal) -> Decimal:
        return in_column(value, language, unit)

    return replace(
        chart,
        lines=tuple(
            replace(line, points=tuple((day, moved(value)) for day, value in line.points)) for line in chart.lines
        ),
        labels=tuple(replace(label, value=moved(label.value)) for label in chart.labels),
        top=moved(chart.top),
        start=moved(chart.start),
        level=None if chart.level is None else moved(chart.level),
        fan=tuple((day, moved(value)) for day, value in chart.fan),
        days=tuple(replace(label, value=moved(label.value)) for label in chart.days),
    )
