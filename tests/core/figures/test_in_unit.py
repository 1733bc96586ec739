"""A chart in another unit of amounts: axis, values and the unit's name move together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.errors import Message
from core.figures.figure import (
    BarRow,
    Bars,
    ChartAmount,
    ChartLine,
    Figure,
    Label,
    LineChart,
    Part,
    ReferenceLine,
    Stack,
)
from core.figures.in_unit import in_unit
from core.text import render
from core.text.amounts import cell

_DAY = date(2024, 12, 31)


def _figure(marks: Bars | Stack | LineChart, unit: str) -> Figure:
    return Figure("one", "名", "结论", unit, "口径", "报告", _DAY, marks, (), ())


def test_bars_of_money_their_line_and_their_unit_move() -> None:
    row = BarRow("甲", (ChartAmount(Decimal("583.33"), "万元/月"),))
    bars = Bars("月均", (row,), end=Decimal(1000), rule=ReferenceLine(Decimal("419.5"), "按期"))
    made = in_unit(_figure(bars, "万元/月"), "zh_CN", "yuan")
    assert made.unit == "元/月"
    assert isinstance(made.marks, Bars)
    assert made.marks.rule is not None
    found = made.marks.rows[0].amounts[0]
    assert (found.value, found.text, found.unit) == (Decimal(5833300), "5,833,300", "元/月")
    assert (made.marks.end, made.marks.rule.value) == (Decimal(10000000), Decimal(4195000))


def test_rates_and_costs_stay() -> None:
    rate = BarRow("甲", (ChartAmount(Decimal("0.5333"), "ratio"),))
    bars = Bars("占比", (rate,), end=Decimal(1), rule=ReferenceLine(Decimal("0.5"), "半"))
    assert in_unit(_figure(bars, "%"), "zh_CN", "yi").marks == bars
    cost = Bars("户均", (BarRow("甲", (ChartAmount(Decimal(3041), "元/户"),)),))
    assert in_unit(_figure(cost, ""), "zh_CN", "yi").marks == cost
    of_buildings = Bars("每栋", (BarRow("甲", (ChartAmount(Decimal("10.26"), "万元/栋"),)),))
    assert in_unit(_figure(of_buildings, ""), "zh_CN", "yi").marks == of_buildings


def test_of_a_stack_the_shares_stay() -> None:
    whole = Part("合计", ChartAmount(Decimal(15000), "万元"), ChartAmount(Decimal(1), "ratio"))
    made = in_unit(_figure(Stack("构成", (whole,), whole), "万元"), "zh_CN", "yi").marks
    assert isinstance(made, Stack)
    assert (made.whole.amount.text, made.whole.share.text) == ("1.5000", "100.00%")


def test_lines_and_their_words_stay_together() -> None:
    line = ChartLine(((_DAY, Decimal(8000)),), "#000")
    chart = LineChart(
        "线", (line,), (Label(_DAY, Decimal(8000), "已支付"),), _DAY, _DAY, Decimal(15000), level=Decimal(15000)
    )
    made = in_unit(_figure(chart, "万元"), "zh_CN", "yi")
    assert made.unit == "亿元"
    assert isinstance(made.marks, LineChart)
    assert made.marks.lines[0].points == ((_DAY, Decimal("0.8000")),)
    assert (made.marks.labels[0].value, made.marks.top, made.marks.level) == (
        Decimal("0.8"), Decimal("1.5"), Decimal("1.5"),
    )  # fmt: skip


def test_in_wan_it_is_the_same_figure() -> None:
    figure = _figure(Bars("月均", (BarRow("甲", (ChartAmount(Decimal(1), "万元"),)),)), "万元")
    assert in_unit(figure, "zh_CN", "wan") is figure


def test_values_drawn_beside_each_other_have_as_many_decimals() -> None:
    labels = tuple(
        Label(_DAY, value, Message("{v}", {"v": cell(value)})) for value in (Decimal(8000), Decimal("9206.35"))
    )
    line = ChartLine(((_DAY, Decimal(8000)),), "#000")
    chart = LineChart("支付", (line,), labels, _DAY, _DAY, Decimal(10000))
    made = in_unit(_figure(chart, "万元"), "en", "million").marks
    assert isinstance(made, LineChart)
    assert [render(each.text, "en", "million") for each in made.labels] == ["80.00", "92.06"]
    row = BarRow("甲", (ChartAmount(Decimal("322.727"), "万元/月"), ChartAmount(Decimal(1250), "万元/月")))
    bars = in_unit(_figure(Bars("月均", (row,)), "万元/月"), "en", "million").marks
    assert isinstance(bars, Bars)
    assert [each.text for each in bars.rows[0].amounts] == ["3.23", "12.50"]
