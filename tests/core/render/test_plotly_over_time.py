"""Figures of time and delivery on a screen: their words, labels of assumptions, lengths that are the measures'."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
import pytest

from core.figures import delivery, over_time
from core.figures.figure import FigureLook
from core.model.measure import Measures
from core.model.project import Facts, Milestone
from core.progress import measures
from core.progress.trend import Trend, marks
from core.progress.trend import trend as trend_of
from core.render.plotly import draw
from tests.core.lingang import FACTS
from tests.core.quarters import MARCH, march

D = Decimal
QUARTER = march(FACTS)
BAND = "测算值·非批复数"


@pytest.fixture(params=[False, True], ids=["wide", "narrow"])
def look(request: pytest.FixtureRequest) -> FigureLook:
    return FigureLook("zh_CN", narrow=request.param)


def seen(*series: Facts) -> Trend:
    found = trend_of(series)
    assert found is not None
    return found


def said(figure: go.Figure) -> str:
    texts = [note.text for note in figure.layout.annotations]
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        texts += list(axis.ticktext or ())
    return " ".join(texts).replace("<br>", "").replace("<b>", "").replace("</b>", "")


def without_delivery(facts: Facts) -> Facts:
    return replace(facts, deliveries=())


class TestCurve:
    def test_the_finding_and_both_snapshots(self, look: FigureLook) -> None:
        figure = draw(over_time.curve(QUARTER, seen(FACTS, QUARTER), marks(QUARTER)), look)
        words = said(figure)
        assert "比按工期应支付少1,134.92万元，上期少1,206.35万元" in words
        # Beside the newest figure, where both fit; each also speaks when pointed at.
        assert ("2024年12月：8,000.00" in words) != look.narrow
        hover = [text for trace in figure.data for text in trace.hovertext or ()]
        assert "截至2024年12月31日累计支付8,000.00万元" in hover
        assert "按工期应支付10,634.92" in words
        paid = next(trace for trace in figure.data if trace.line.width == 3)
        assert list(paid.y) == [8000, 9500]  # nothing is known of the days before the first snapshot

    def test_earned_value_by_households_carries_the_band(self, look: FigureLook) -> None:
        figure = draw(over_time.curve(QUARTER, seen(FACTS, QUARTER), ()), look)
        assert BAND in said(figure)
        assert "已完成工作量6,213.45" in said(figure)
        assert BAND not in said(draw(over_time.curve(QUARTER, seen(FACTS, without_delivery(QUARTER)), ()), look))

    def test_milestones_are_marks_and_the_late_one_says_so(self, look: FigureLook) -> None:
        figure = draw(over_time.curve(QUARTER, seen(FACTS, QUARTER), marks(QUARTER)), look)
        assert "开工 晚76天" in said(figure)
        assert "首批完工" not in said(figure)  # a street's: only when pointed at
        hover = [text for trace in figure.data for text in trace.hovertext or ()]
        assert "夏港街道首批完工：2025年3月1日" in hover
        assert figure.layout.yaxis.range[0] < 0
        assert draw(over_time.curve(QUARTER, seen(FACTS, QUARTER), ()), look).layout.yaxis.range[0] == 0

    def test_without_a_planned_time(self, look: FigureLook) -> None:
        bare = [replace(facts, baselines=()) for facts in (FACTS, without_delivery(QUARTER))]
        assert "累计支付9,500.00万元，上期8,000.00万元" in said(draw(over_time.curve(QUARTER, seen(*bare), ()), look))


class TestForecast:
    def test_the_band_from_the_fastest_to_the_slowest(self, look: FigureLook) -> None:
        figure = draw(over_time.forecast(QUARTER, seen(FACTS, QUARTER)), look)
        words = said(figure)
        assert BAND in words
        assert "按各段最快、最慢的月均支付约2026年2月至2026年5月付完" in words
        assert "最慢421.05、最快500.00万元" in words
        fan = next(trace for trace in figure.data if trace.fill == "toself")
        assert list(fan.x) == [MARCH, date(2026, 2, 28), date(2026, 5, 2)]
        assert list(fan.y) == [9500, 15000, 15000]

    def test_no_slow_end_leaves_it_open(self, look: FigureLook) -> None:
        less = tuple(replace(line, paid=line.paid * D("0.9")) for line in QUARTER.spend)
        figure = draw(
            over_time.forecast(QUARTER, seen(QUARTER, replace(QUARTER, as_of=date(2025, 6, 30), spend=less))), look
        )
        assert "没有上限" in said(figure)
        fan = next(trace for trace in figure.data if trace.fill == "toself")
        assert len(fan.x) == 4

    def test_one_month_is_said_once_and_nothing_running_too(self, look: FigureLook) -> None:
        bare = [replace(facts, baselines=()) for facts in (FACTS, QUARTER)]
        assert "按各段的月均支付约2026年2月付完" in said(draw(over_time.forecast(QUARTER, seen(*bare)), look))
        still = seen(replace(FACTS, baselines=()), replace(FACTS, baselines=(), as_of=MARCH))
        assert "没有可供外推的支付速度" in said(draw(over_time.forecast(QUARTER, still), look))


class TestStretches:
    def test_bars_in_the_order_of_time_against_what_is_needed(self, look: FigureLook) -> None:
        needed = Measures(measures(QUARTER)).one("needed_per_month")
        figure = draw(over_time.stretches(QUARTER, seen(FACTS, QUARTER).stretches, needed), look)
        # 5,500 / 9
        assert "最近一段月均支付500.00万元，按期付完今后需611.11万元" in said(figure)
        assert [round(x, 2) for x in figure.data[0].x] == [421.05, 500.0]

    def test_a_fall_is_a_number_and_no_bar(self, look: FigureLook) -> None:
        less = tuple(replace(line, paid=line.paid / 2) for line in QUARTER.spend)
        found = seen(QUARTER, replace(QUARTER, as_of=date(2025, 6, 30), spend=less))
        needed = replace(Measures(measures(QUARTER)).one("needed_per_month"), value=None)
        figure = draw(over_time.stretches(QUARTER, found.stretches, needed), look)
        assert figure.data[0].x[-1] == 0
        assert "-1,583.33" in said(figure)  # 4,750 in three months


class TestMilestones:
    def test_late_ones_are_counted_and_marked(self, look: FigureLook) -> None:
        words = said(draw(over_time.milestones(QUARTER, marks(QUARTER)), look))
        assert "4个里程碑中2个晚于计划" in words
        assert "晚76天" in words
        assert "已晚30天" in words

    def test_none_late(self, look: FigureLook) -> None:
        on_time = Milestone("批复", date(2022, 10, 18), date(2022, 10, 18), "表")
        figure = draw(over_time.milestones(QUARTER, marks(replace(QUARTER, milestones=(on_time,)))), look)
        assert "1个里程碑都没有晚于计划" in said(figure)

    def test_a_name_is_text(self, look: FigureLook) -> None:
        odd = Milestone("<b>开工</b>", date(2025, 1, 1), None, "表")
        dated = marks(replace(QUARTER, milestones=(odd,)))
        axis = draw(over_time.milestones(QUARTER, dated), look).layout.yaxis.ticktext
        assert "&lt;b&gt;" in "".join(axis)
        notes = draw(over_time.curve(QUARTER, seen(FACTS, QUARTER), dated), look).layout.annotations
        assert any("&lt;b&gt;开工" in note.text for note in notes)


class TestDelivery:
    found = Measures(measures(QUARTER))

    def test_arrivals(self, look: FigureLook) -> None:
        words = said(draw(delivery.arrivals(QUARTER, self.found), look))
        assert "资金到位10,500.00万元，占计划70.00%" in words
        assert "83.33% (10,000.00)" in words
        unknown = Measures(
            replace(m, value=None) if (m.id, m.basis) == ("arrival_rate", "funding") else m for m in self.found.all
        )
        assert "各来源资金的到位" in said(draw(delivery.arrivals(QUARTER, unknown), look))
