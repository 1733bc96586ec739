"""Figures on a screen: their words, that lengths are the measures', and how assumptions and names are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
import pytest

from core.figures import households, money
from core.figures.figure import Figure, FigureLook
from core.figures.palette import street_colours
from core.figures.scores import deductions, level1_rates
from core.model.context import Language
from core.model.measure import Measures
from core.model.project import BudgetGroup, Facts
from core.model.scorecard import Sheet
from core.progress import measures
from core.progress.forecast import forecast, paid_points
from core.progress.trend import Trend
from core.progress.trend import trend as trend_of
from core.render.plotly import draw
from core.render.plotly.canvas import safe
from core.render.words import lines, measured, width
from core.scoring import tally
from tests.core.quarters import MARCH, march
from tests.core.scoring.sheets import MOF, SCHEME, item

SOURCE_LINE = "数据来源：2023年度申港、夏港区域老小区改造项目绩效评价报告"


def said(figure: go.Figure) -> str:
    """All words of a figure, as one text, without its line breaks."""
    texts = [note.text for note in figure.layout.annotations]
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        texts += list(axis.ticktext or ())
    return " ".join(texts).replace("<br>", "").replace("<b>", "").replace("</b>", "")


def bars(figure: go.Figure) -> list[go.Bar]:
    return [trace for trace in figure.data if trace.type == "bar"]


def sheet(*, reconstruction: bool = False) -> Sheet:
    return Sheet("p", "r1/working", "评分表", SCHEME, MOF, reconstruction)


def changed(figures: Measures, **values: Decimal | None) -> Measures:
    """The measures with other values, by id."""
    return Measures(replace(m, value=values[m.id]) if m.id in values else m for m in figures.all)


def the_intervals(facts: Facts, figures: Measures, key: str | None = None) -> Figure:
    found = money.street_rates(facts, figures, key)
    assert found is not None
    return found


def the_pace(figures: Measures, facts: Facts, look: FigureLook, over_time: Trend | None = None) -> go.Figure:
    known, ahead = paid_points(figures.one("paid"), over_time), forecast(figures.one("finish_forecast"), over_time)
    assert facts.default_baseline is not None
    return draw(money.pace(facts, figures, facts.default_baseline, known, ahead), look)


SIMPLE: dict[str, Callable[[Facts, Measures], Figure]] = {
    "time": money.payment_and_time,
    "estimate": money.estimate,
    "intervals": the_intervals,
    "intensity": households.intensity,
    "household_area": households.household_area,
}


class TestCaption:
    @pytest.mark.parametrize("name", SIMPLE)
    def test_title_unit_source_as_of_and_basis_are_in_the_picture(
        self, name: str, facts: Facts, figures: Measures, look: FigureLook
    ) -> None:
        words = said(draw(SIMPLE[name](facts, figures), look))
        assert "单位：" in words
        assert SOURCE_LINE in words
        assert "截至2024年12月31日" in words
        assert "口径：" in words

    def test_the_smallest_words_are_10_pt_on_a_slide(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        for describe in SIMPLE.values():
            assert min(note.font.size for note in draw(describe(facts, figures), look).layout.annotations) >= 11

    def test_english_is_laid_out_too(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        figure = draw(money.payment_and_time(facts, figures), replace(look, language="en"))
        assert len(figure.layout.annotations) >= 6

    def test_a_telephone_gets_shorter_lines(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        wide, narrow = (
            draw(money.estimate(facts, figures), look),
            draw(money.estimate(facts, figures), replace(look, narrow=True)),
        )
        foot, one_line = (next(n.text for n in f.layout.annotations if "数据来源" in n.text) for f in (narrow, wide))
        assert foot.count("<br>") > one_line.count("<br>")
        assert all(width(line, 11) <= 296 + 11 for line in foot.split("<br>"))

    def test_lines_break_english_at_spaces_and_never_before_a_stop(self) -> None:
        assert lines("one two three", 10, 50) == ("one two", "three")
        assert lines("一二三，四五", 10, 30) == ("一二三，", "四五")


class TestTime:
    def test_lengths_are_the_measures_on_one_axis_from_0_to_100_percent(
        self, facts: Facts, figures: Measures, look: FigureLook
    ) -> None:
        figure = draw(money.payment_and_time(facts, figures), look)
        track, values = bars(figure)
        assert list(track.x) == [1, 1]
        assert list(values.x) == pytest.approx([580 / 945, 8000 / 15000])
        assert tuple(figure.layout.xaxis.range) == (0, 1)
        words = said(figure)
        assert "支付比工期慢8.04个百分点" in words
        assert "53.33%" in words
        assert "61.38%" in words
        assert "工期已过580/945天" in words

    def test_ahead_and_level_are_said_in_words(self, figures: Measures) -> None:
        gap = figures.one("pace_gap")
        assert str(money.pace_gap_finding(replace(gap, value=Decimal("0.0123")))) == "支付比工期快1.23个百分点"
        assert str(money.pace_gap_finding(replace(gap, value=Decimal(0)))) == "支付与工期同步"
        assert str(money.pace_gap_finding(replace(gap, value=None))) == "支付与工期无法比较"


class TestEstimate:
    def test_one_stacked_bar_of_15000_with_every_label(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        figure = draw(money.estimate(facts, figures), look)
        assert figure.layout.barmode == "stack"
        assert [trace.x[0] for trace in figure.data] == [2164, 2627, 1900, 1309, 7000]
        assert {trace.y[0] for trace in figure.data} == {0}
        words = said(figure)
        for name, amount, share in (
            ("璜土镇", "2,164.00", "14.43%"), ("夏港街道", "2,627.00", "17.51%"), ("申港街道", "1,900.00", "12.67%"),
            ("利港街道", "1,309.00", "8.73%"), ("未支付", "7,000.00", "46.67%"),
        ):  # fmt: skip
            assert f"{name}{amount}" in words
            assert share in words
        assert "使用率" not in words
        assert "测算" not in words

    def test_a_street_has_its_colour_and_the_unpaid_part_none_of_them(
        self, facts: Facts, figures: Measures, look: FigureLook
    ) -> None:
        fills = [trace.marker.color for trace in draw(money.estimate(facts, figures), look).data]
        assert fills[:4] == ["#12436D", "#28A197", "#801650", "#F46A25"]
        assert fills[4] not in fills[:4]

    def test_the_chosen_street_stands_out(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        figure = draw(money.estimate(facts, figures), replace(look, chosen="夏港街道"))
        assert [trace.opacity for trace in figure.data] == [0.35, 1, 0.35, 0.35, 1]

    def test_a_click_leads_to_the_street(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        assert [trace.customdata[0] for trace in draw(money.estimate(facts, figures), look).data] == [
            *facts.places,
            None,
        ]


class TestAllocation:
    def test_intervals_are_striped_labelled_and_banded(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        figure = draw(the_intervals(facts, figures), look)
        (spans,) = bars(figure)
        assert list(spans.customdata) == list(facts.places)
        assert list(spans.base) == pytest.approx([0.8079, 0.5153, 0.3941, 0.2821], abs=5e-5)
        ends = [base + length for base, length in zip(spans.base, spans.x, strict=True)]
        assert ends == pytest.approx([1.2232, 0.5485, 0.5440, 0.4887], abs=5e-5)
        assert spans.marker.pattern.shape == "/"
        words = said(figure)
        assert "测算值·非批复数" in words
        assert "4种分摊口径下，璜土镇测算执行率都最高" in words
        for text in ("80.79%～122.32%", "51.53%～54.85%", "39.41%～54.40%", "28.21%～48.87%", "全项目53.33%"):
            assert text in words
        assert figure.layout.xaxis.range[0] == 0

    def test_one_key_is_sorted_bars_from_zero(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        figure = draw(the_intervals(facts, figures, "m2"), look)
        (found,) = bars(figure)
        assert list(found.x) == pytest.approx([1.2232, 0.5440, 0.5153, 0.2821], abs=5e-5)
        assert list(found.marker.pattern.shape) == ["/"] * 4
        assert figure.layout.xaxis.range[0] == 0
        assert "按面积分摊概算，璜土镇测算执行率最高" in said(figure)

    def test_no_leader_is_claimed_when_the_keys_disagree(self, figures: Measures) -> None:
        rates = {key: figures.each("allocated_rate", key) for key in money.KEYS}
        rates["m2"] = tuple(replace(m, value=Decimal(9)) if m.place == "利港街道" else m for m in rates["m2"])
        assert str(money.interval_finding(rates)) == "测算执行率随分摊口径而变，没有一个街镇都最高"


class TestMoney:
    def test_plan_and_paid_by_source(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        figure = draw(money.funding(facts, figures), look)
        plan, done = bars(figure)
        assert list(plan.x) == [12000, 3000]
        assert list(done.x) == [8000, 0]
        words = said(figure)
        assert "财政预算资金3,000万元尚未支付" in words
        assert "专项债：已支付8,000.00，计划12,000.00（66.67%）" in words

    def test_only_the_rate_on_a_claim_is_striped(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        figure = draw(money.rates(facts, figures), look)
        (found,) = bars(figure)
        assert list(found.x) == pytest.approx([1, 2 / 3, 8 / 15, 0])
        assert list(found.marker.pattern.shape) == ["/", "", "", ""]
        words = said(figure)
        assert "分母不同，支付比例从0.00%到100.00%" in words
        assert "到位8,000.00万元由报告推算" in words

    @pytest.mark.parametrize("language", ["zh_CN", "en"])
    @pytest.mark.parametrize(("kind", "least"), [("narrow", 150), ("wide", 120)])
    def test_its_plot_keeps_its_height(
        self, figures: Measures, facts: Facts, language: Language, kind: str, least: int
    ) -> None:
        layout = the_pace(figures, facts, replace(FigureLook(language, height=180), **{kind: True})).layout
        assert layout.height - layout.margin.t - layout.margin.b == least

    def test_pace_ends_in_a_month_not_a_day(self, figures: Measures, facts: Facts, look: FigureLook) -> None:
        words = said(the_pace(figures, facts, look))
        assert "比按工期均匀支付少1,206万元" in words
        assert "约2026年5月付完" in words
        assert "5月19日" not in words
        assert "按工期应支付9,206.35" in words

    # No wrong number, B8
    def test_only_payments_that_are_known_are_joined(self, figures: Measures, facts: Facts, look: FigureLook) -> None:
        one = next(trace for trace in the_pace(figures, facts, look).data if trace.marker.size == 11)
        assert (list(one.x), list(one.y), one.mode) == ([date(2024, 12, 31)], [8000], "markers")
        over = trend_of([facts, march(facts)])
        later = Measures(measures(march(facts)))
        figure = the_pace(later, march(facts), look, over)
        two = next(trace for trace in figure.data if trace.marker.size == 11)
        assert (list(two.x), list(two.y), two.mode) == ([date(2024, 12, 31), MARCH], [8000, 9500], "lines+markers")
        dotted = [list(trace.x) for trace in figure.data if trace.line.dash == "dot"]
        assert dotted == [[MARCH, date(2026, 2, 28)], [MARCH, date(2026, 5, 2)]]
        assert "约2026年2月至2026年5月付完" in said(figure)

    def test_months(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        figure = draw(money.monthly(facts, figures), look)
        assert list(bars(figure)[0].x) == pytest.approx([583.3333, 421.0526], abs=1e-3)
        assert "今后每月需支付此前的1.39倍" in said(figure)

    def test_what_is_unknown_is_drawn_as_a_dash_not_as_zero(
        self, facts: Facts, figures: Measures, look: FigureLook
    ) -> None:
        unknown = changed(figures, needed_per_month=None, pace_needed=None)
        assert "—" in said(draw(money.monthly(facts, unknown), look))


class TestBeneficiaries:
    def test_scope_is_four_sorted_sets_from_zero(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        figure = draw(households.scope(facts, figures), look)
        assert [list(trace.x) for trace in bars(figure)] == [
            [9, 9, 5, 5],
            [254, 205, 193, 128],
            [8400, 6848, 6542, 4520],
            [112.38, 102.29, 77, 39],
        ]
        axes = (figure.layout.xaxis, figure.layout.xaxis2, figure.layout.xaxis3, figure.layout.xaxis4)
        assert [axis.range[0] for axis in axes] == [0, 0, 0, 0]
        assert "不是完成数" in said(figure)

    def test_unit_costs_have_the_projects_own_as_a_line(
        self, facts: Facts, figures: Measures, look: FigureLook
    ) -> None:
        figure = draw(households.unit_costs(facts, figures), look)
        assert "按4种单位计，璜土镇已支付都最高" in said(figure)
        rules = [shape.x0 for shape in figure.layout.shapes if shape.type == "line"]
        assert rules == pytest.approx([3040.67, 24.19, 10.26, 285.71], abs=5e-3)
        assert "低不等于好" in said(figure)

    def test_intensity_has_a_line_at_one(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        figure = draw(households.intensity(facts, figures), look)
        assert [shape.x0 for shape in figure.layout.shapes if shape.type == "line"] == [1]
        assert list(bars(figure)[0].x) == pytest.approx([1.57, 1.03, 0.96, 0.63], abs=5e-3)

    def test_outliers_are_marked_in_words_and_by_shape(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        words = said(draw(households.household_area(facts, figures), look))
        assert "3个街镇户均面积超出其他城市同类项目的54～109㎡" in words
        assert words.count("▲偏高，待核实") == 3

    def test_lorenz_runs_from_corner_to_corner(self, figures: Measures, facts: Facts, look: FigureLook) -> None:
        figure = draw(households.lorenz(facts, figures, "household"), look)
        assert (figure.data[1].x[0], figure.data[1].x[-1]) == (0, 1)
        assert "支付对户数的集中度为0.159" in said(figure)


class TestScoring:
    def test_deductions_are_sorted_with_a_running_total(self, facts: Facts, look: FigureLook) -> None:
        items = [item("A", "6", "5.5"), item("B", "6", "4"), item("C", "6", "6")]
        figure = draw(deductions(facts, sheet(reconstruction=True), items, "评分表"), look)
        assert list(bars(figure)[0].x) == [2, 0.5]
        words = said(figure)
        assert "2项扣分，共扣2.50分" in words
        assert "2.00（累计2.00）" in words
        assert "0.50（累计2.50）" in words
        assert "还原稿·非原表" in words

    def test_many_deductions_end_in_one_bar_for_the_rest(self, facts: Facts, look: FigureLook) -> None:
        items = [item(f"{i:02}", "6", "5") for i in range(20)]
        figure = draw(deductions(facts, sheet(), items, "评分表"), look)
        assert list(bars(figure)[0].x) == [1] * 13 + [7]
        assert "其余7项" in said(figure)
        assert "还原稿" not in said(figure)

    def test_a_sheet_without_deductions_or_scores_has_figures_too(self, facts: Facts, look: FigureLook) -> None:
        assert "没有扣分" in said(draw(deductions(facts, sheet(), [], "评分表"), look))
        open_items = tally([item("A11", "6", None)], MOF)
        empty = draw(level1_rates(facts, sheet(), open_items, "评分表"), look)
        assert "0.00" not in said(empty)
        assert "还没有评分" in said(empty)

    def test_rates_are_sorted_and_the_lowest_is_named(self, facts: Facts, look: FigureLook) -> None:
        found = tally([item("A", "25", "21", "效益"), item("B", "15", "15", "决策")], MOF)
        figure = draw(level1_rates(facts, sheet(), found, "评分表"), look)
        assert "效益得分率最低，为84.00%" in said(figure)
        assert list(bars(figure)[0].x) == [1, 0.84]


class TestValuesBesideALine:
    """A column beside the plot, so that no line runs through a figure."""

    def test_values_stand_right_of_the_line_and_of_all_bars(
        self, facts: Facts, figures: Measures, look: FigureLook
    ) -> None:
        for describe in (households.intensity, households.household_area, the_intervals):
            figure = draw(describe(facts, figures), look)
            lines_at = [shape.x0 for shape in figure.layout.shapes if shape.type == "line"]
            values = [note for note in figure.layout.annotations if note.yanchor == "middle" and note.yref == "y"]
            assert len(values) == 4
            assert len({note.x for note in values}) == 1
            assert values[0].x >= max(lines_at)

    def test_they_find_room_as_wide_as_they_are_in_the_shipped_font(
        self, facts: Facts, figures: Measures, look: FigureLook
    ) -> None:
        figure = draw(households.household_area(facts, figures), look)
        (widest, end) = max((measured(note.text, 13), note.x) for note in figure.layout.annotations if "▲" in note.text)
        plot = 598 - figure.layout.margin.l
        assert plot * (1 - end / figure.layout.xaxis.range[1]) >= widest

    def test_without_a_line_a_value_stands_at_its_bar(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        figure = draw(money.rates(facts, figures), look)
        assert [note.x for note in figure.layout.annotations if note.xref == "x"] == list(bars(figure)[0].x)


class TestNames:
    def test_names_are_text_for_plotly(self, facts: Facts, figures: Measures, look: FigureLook) -> None:
        evil = "<a href='x'>甲</a>&"
        renamed = Measures(replace(m, place=evil) if m.place == "璜土镇" else m for m in figures.all)
        places = tuple(evil if place == "璜土镇" else place for place in facts.places)
        html = draw(money.estimate(replace(facts, places=places), renamed), look).to_json()
        assert "<a href" not in html
        assert "&lt;a" in html

    def test_safe(self) -> None:
        assert safe("<b>&") == "&lt;b&gt;&amp;"

    def test_colours_follow_the_projects_order_and_go_on_after_four(self) -> None:
        colours = street_colours([f"镇{i}" for i in range(12)])
        assert list(colours.values())[:4] == ["#12436D", "#28A197", "#801650", "#F46A25"]
        assert len(set(list(colours.values())[:10])) == 10


def test_rates_of_a_split_estimate_are_facts_without_the_band_of_an_assumption(facts: Facts, look: FigureLook) -> None:
    """2,164/3,000 = 72.13 %, 1,309/3,000 = 43.63 %."""
    amounts = (Decimal(3000), Decimal(5000), Decimal(4000), Decimal(3000))
    groups = tuple(BudgetGroup(p, a, (p,), p) for p, a in zip(facts.places, amounts, strict=True))
    split = replace(facts, budget_groups=groups)
    drawn = draw(the_intervals(split, Measures(measures(split))), look)
    assert "璜土镇执行率最高，为72.13%；利港街道最低，为43.63%" in said(drawn)
    assert "测算值" not in said(drawn)
    assert sorted(round(length, 4) for trace in bars(drawn) for length in trace.x) == [0.4363, 0.475, 0.5254, 0.7213]
