"""Figures: what they say, that their lengths are the measures', and how assumptions and names are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

import plotly.graph_objects as go
import pytest

from core.charts import beneficiaries, budget, overview, scoring, street_colours
from core.charts import pace as pace_chart
from core.charts.frame import Look, lines, safe, width
from core.charts.place_rates import place_rates
from core.errors import Message
from core.model.measure import Measure, Measures
from core.model.project import BudgetGroup, Facts
from core.progress import lorenz, measures

SOURCE_LINE = "数据来源:2023年度申港、夏港区域老小区改造项目绩效评价报告"


def said(figure: go.Figure) -> str:
    """All words of a figure, as one text, without its line breaks."""
    texts = [note.text for note in figure.layout.annotations]
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        texts += list(axis.ticktext or ())
    return " ".join(texts).replace("<br>", "").replace("<b>", "").replace("</b>", "")


def bars(figure: go.Figure) -> list[go.Bar]:
    return [trace for trace in figure.data if trace.type == "bar"]


def keys(figures: Measures) -> Mapping[str, tuple[Measure, ...]]:
    return {key: figures.each("allocated_rate", key) for key in budget.KEYS}


def the_time(figures: Measures, look: Look) -> go.Figure:
    rate, gap = figures.one("paid_rate", None, "estimate"), figures.one("pace_gap")
    return overview.payment_and_time(rate, figures.one("time_elapsed"), gap, look)


def the_estimate(figures: Measures, look: Look) -> go.Figure:
    return budget.estimate_bar(figures.each("share_of_estimate"), figures.one("share_of_estimate"), look)


def the_intervals(figures: Measures, look: Look) -> go.Figure:
    return budget.allocation(keys(figures), figures.one("paid_rate", None, "estimate"), look)


def the_pace(figures: Measures, facts: Facts, look: Look) -> go.Figure:
    names = ("paid", "estimate", "planned_value", "schedule_variance", "finish_forecast")
    return pace_chart.pace(*(figures.one(name) for name in names), facts.default_baseline, look)


SIMPLE: dict[str, Callable[[Measures, Look], go.Figure]] = {
    "time": the_time,
    "estimate": the_estimate,
    "intervals": the_intervals,
    "intensity": lambda m, look: beneficiaries.intensity(m.each("intensity"), look),
    "household_area": lambda m, look: beneficiaries.household_area(
        m.each("area_per_household"), m.one("area_per_household"), look
    ),
}


class TestCaption:
    @pytest.mark.parametrize("name", SIMPLE)
    def test_title_unit_source_as_of_and_basis_are_in_the_picture(
        self, name: str, figures: Measures, look: Look
    ) -> None:
        words = said(SIMPLE[name](figures, look))
        assert "单位:" in words
        assert SOURCE_LINE in words
        assert "截至2024年12月31日" in words
        assert "口径:" in words

    def test_the_smallest_words_are_10_pt_on_a_slide(self, figures: Measures, look: Look) -> None:
        for draw in SIMPLE.values():
            assert min(note.font.size for note in draw(figures, look).layout.annotations) >= 11

    def test_english_is_laid_out_too(self, figures: Measures, look: Look) -> None:
        figure = the_time(figures, replace(look, language="en"))
        assert len(figure.layout.annotations) >= 6

    def test_a_telephone_gets_shorter_lines(self, figures: Measures, look: Look) -> None:
        wide, narrow = the_estimate(figures, look), the_estimate(figures, replace(look, narrow=True))
        foot, one_line = (next(n.text for n in f.layout.annotations if "数据来源" in n.text) for f in (narrow, wide))
        assert foot.count("<br>") > one_line.count("<br>")
        assert all(width(line, 11) <= 296 + 11 for line in foot.split("<br>"))

    def test_lines_break_english_at_spaces_and_never_before_a_stop(self) -> None:
        assert lines("one two three", 10, 50) == ("one two", "three")
        assert lines("一二三,四五", 10, 30) == ("一二三,", "四五")


class TestTime:
    def test_lengths_are_the_measures_on_one_axis_from_0_to_100_percent(self, figures: Measures, look: Look) -> None:
        figure = the_time(figures, look)
        track, values = bars(figure)
        assert list(track.x) == [1, 1]
        assert list(values.x) == pytest.approx([580 / 945, 8000 / 15000])
        assert tuple(figure.layout.xaxis.range) == (0, 1)
        words = said(figure)
        assert "支付比工期慢8.04个百分点" in words
        assert "53.33%" in words
        assert "61.38%" in words
        assert "工期已过 580/945天" in words

    def test_ahead_and_level_are_said_in_words(self, figures: Measures) -> None:
        gap = figures.one("pace_gap")
        assert str(overview.pace_finding(replace(gap, value=Decimal("0.0123")))) == "支付比工期快1.23个百分点"
        assert str(overview.pace_finding(replace(gap, value=Decimal(0)))) == "支付与工期同步"
        assert str(overview.pace_finding(replace(gap, value=None))) == "支付与工期无法比较"


class TestEstimate:
    def test_one_stacked_bar_of_15000_with_every_label(self, figures: Measures, look: Look) -> None:
        figure = the_estimate(figures, look)
        assert figure.layout.barmode == "stack"
        assert [trace.x[0] for trace in figure.data] == [2164, 2627, 1900, 1309, 7000]
        assert {trace.y[0] for trace in figure.data} == {0}
        words = said(figure)
        assert "璜土镇2,164.0014.43%" in words
        assert "夏港街道2,627.0017.51%" in words
        assert "申港街道1,900.0012.67%" in words
        assert "利港街道1,309.008.73%" in words
        assert "未支付 7,000.0046.67%" in words
        assert "使用率" not in words
        assert "测算" not in words

    def test_a_street_has_its_colour_and_the_unpaid_part_none_of_them(self, figures: Measures, look: Look) -> None:
        fills = [trace.marker.color for trace in the_estimate(figures, look).data]
        assert fills[:4] == ["#12436D", "#28A197", "#801650", "#F46A25"]
        assert fills[4] not in fills[:4]

    def test_the_chosen_street_stands_out(self, figures: Measures, look: Look) -> None:
        figure = the_estimate(figures, replace(look, chosen="夏港街道"))
        assert [trace.opacity for trace in figure.data] == [0.35, 1, 0.35, 0.35, 1]

    def test_a_click_leads_to_the_street(self, figures: Measures, look: Look) -> None:
        assert [trace.customdata[0] for trace in the_estimate(figures, look).data] == [*look.places, None]


class TestAllocation:
    def test_intervals_are_striped_labelled_and_banded(self, figures: Measures, look: Look) -> None:
        figure = the_intervals(figures, look)
        (spans,) = bars(figure)
        assert list(spans.customdata) == list(look.places)
        assert list(spans.base) == pytest.approx([0.8079, 0.5153, 0.3941, 0.2821], abs=5e-5)
        ends = [base + length for base, length in zip(spans.base, spans.x, strict=True)]
        assert ends == pytest.approx([1.2232, 0.5485, 0.5440, 0.4887], abs=5e-5)
        assert spans.marker.pattern.shape == "/"
        words = said(figure)
        assert "测算值·非批复数" in words
        assert "4种分摊口径下,璜土镇测算执行率都最高" in words
        for text in ("80.79–122.32%", "51.53–54.85%", "39.41–54.40%", "28.21–48.87%", "全项目53.33%"):
            assert text in words
        assert figure.layout.xaxis.range[0] == 0

    def test_one_key_is_sorted_bars_from_zero(self, figures: Measures, look: Look) -> None:
        whole = figures.one("paid_rate", None, "estimate")
        figure = budget.allocation(keys(figures), whole, look, "m2")
        (found,) = bars(figure)
        assert list(found.x) == pytest.approx([1.2232, 0.5440, 0.5153, 0.2821], abs=5e-5)
        assert list(found.marker.pattern.shape) == ["/"] * 4
        assert figure.layout.xaxis.range[0] == 0
        assert "按面积分摊概算,璜土镇测算执行率最高" in said(figure)

    def test_no_leader_is_claimed_when_the_keys_disagree(self, figures: Measures) -> None:
        rates = dict(keys(figures))
        rates["m2"] = tuple(replace(m, value=Decimal(9)) if m.place == "利港街道" else m for m in rates["m2"])
        assert str(budget.interval_finding(rates)) == "测算执行率随分摊口径而变,没有一个街镇都最高"


class TestMoney:
    def test_plan_and_paid_by_source(self, figures: Measures, look: Look) -> None:
        planned = [figures.one("funding_planned", None, basis) for basis in ("bond", "budget")]
        paid = [figures.one("funding_paid", None, basis) for basis in ("bond", "budget")]
        figure = budget.funding(planned, paid, {"bond": "专项债", "budget": "财政预算资金"}, look)
        plan, done = bars(figure)
        assert list(plan.x) == [12000, 3000]
        assert list(done.x) == [8000, 0]
        words = said(figure)
        assert "财政预算资金3,000.00万元尚未支付" in words
        assert "专项债:已支付8,000.00,计划12,000.00(66.67%)" in words

    def test_only_the_rate_on_a_claim_is_striped(self, figures: Measures, look: Look) -> None:
        bases = ("estimate", "bond", "budget", "arrived")
        figure = budget.rate_by_basis([(figures.one("paid_rate", None, b), Message(b)) for b in bases], look)
        (found,) = bars(figure)
        assert list(found.x) == pytest.approx([1, 2 / 3, 8 / 15, 0])
        assert list(found.marker.pattern.shape) == ["/", "", "", ""]
        words = said(figure)
        assert "分母不同,支付比例从0.00%到100.00%" in words
        assert "到位8,000.00万元由报告推算" in words

    def test_pace_ends_in_a_month_not_a_day(self, figures: Measures, facts: Facts, look: Look) -> None:
        words = said(the_pace(figures, facts, look))
        assert "比按工期均匀支付少1,206.35万元" in words
        assert "约2026年5月付完" in words
        assert "5月19日" not in words
        assert "按工期应支付9,206.35" in words

    def test_months(self, figures: Measures, look: Look) -> None:
        needed = (figures.one(name) for name in ("paid_per_month", "needed_per_month", "pace_needed"))
        figure = pace_chart.monthly(*needed, look)
        assert list(bars(figure)[0].x) == pytest.approx([583.3333, 421.0526], abs=1e-3)
        assert "今后每月需支付此前的1.39倍" in said(figure)

    def test_what_is_unknown_is_drawn_as_a_dash_not_as_zero(self, figures: Measures, look: Look) -> None:
        found = [figures.one(name) for name in ("paid_per_month", "needed_per_month", "pace_needed")]
        figure = pace_chart.monthly(found[0], replace(found[1], value=None), replace(found[2], value=None), look)
        assert "—" in said(figure)


class TestBeneficiaries:
    def test_scope_is_four_sorted_sets_from_zero(self, figures: Measures, look: Look) -> None:
        kinds = (("communities", 0), ("buildings", 0), ("households", 0), ("area", 2))
        total = [figures.one(name) for name, _ in kinds]
        figure = beneficiaries.scope([(name, figures.each(name), digits) for name, digits in kinds], total, look)
        assert [list(trace.x) for trace in bars(figure)] == [
            [9, 9, 5, 5],
            [254, 205, 193, 128],
            [8400, 6848, 6542, 4520],
            [112.38, 102.29, 77, 39],
        ]
        axes = (figure.layout.xaxis, figure.layout.xaxis2, figure.layout.xaxis3, figure.layout.xaxis4)
        assert [axis.range[0] for axis in axes] == [0, 0, 0, 0]
        assert "不是完成数" in said(figure)

    def test_unit_costs_have_the_projects_own_as_a_line(self, figures: Measures, look: Look) -> None:
        bases = ("household", "m2", "building", "community")
        groups = [(b, figures.each("paid_unit_cost", b), figures.one("paid_unit_cost", None, b)) for b in bases]
        figure = beneficiaries.unit_costs(groups, look)
        assert "按4种单位计,璜土镇已支付都最高" in said(figure)
        rules = [shape.x0 for shape in figure.layout.shapes if shape.type == "line"]
        assert rules == pytest.approx([3040.67, 24.19, 10.26, 285.71], abs=5e-3)
        assert "低不等于好" in said(figure)

    def test_intensity_has_a_line_at_one(self, figures: Measures, look: Look) -> None:
        figure = SIMPLE["intensity"](figures, look)
        assert [shape.x0 for shape in figure.layout.shapes if shape.type == "line"] == [1]
        assert list(bars(figure)[0].x) == pytest.approx([1.57, 1.03, 0.96, 0.63], abs=5e-3)

    def test_outliers_are_marked_in_words_and_by_shape(self, figures: Measures, look: Look) -> None:
        words = said(SIMPLE["household_area"](figures, look))
        assert "3个街镇户均面积超出其他城市同类项目的54–109㎡" in words
        assert words.count("▲偏高,待核实") == 3

    def test_lorenz_runs_from_corner_to_corner(self, figures: Measures, facts: Facts, look: Look) -> None:
        figure = beneficiaries.lorenz(lorenz(facts, "household"), figures.one("gini_households"), "户数", look)
        assert (figure.data[1].x[0], figure.data[1].x[-1]) == (0, 1)
        assert "支付对户数的集中度为0.159" in said(figure)


class TestScoring:
    def test_deductions_are_sorted_with_a_running_total(self, look: Look) -> None:
        lost = {"A": "0.5", "B": "2", "C": "0"}
        rows = [scoring.Deduction(code, f"项{code}", Decimal(points)) for code, points in lost.items()]
        figure = scoring.deductions(rows, True, look)
        assert list(bars(figure)[0].x) == [2, 0.5]
        words = said(figure)
        assert "2项扣分,共扣2.50分" in words
        assert "2.00(累计2.00)" in words
        assert "0.50(累计2.50)" in words
        assert "还原稿·非原表" in words

    def test_many_deductions_end_in_one_bar_for_the_rest(self, look: Look) -> None:
        rows = [scoring.Deduction(f"{i:02}", f"项{i}", Decimal(1)) for i in range(20)]
        figure = scoring.deductions(rows, False, look)
        assert list(bars(figure)[0].x) == [1] * 13 + [7]
        assert "其余7项" in said(figure)
        assert "还原稿" not in said(figure)

    def test_a_sheet_without_deductions_or_scores_has_figures_too(self, look: Look) -> None:
        assert "没有扣分" in said(scoring.deductions([], False, look))
        empty = scoring.level1_rates([scoring.Rate("决策", Decimal(0), Decimal(0), None)], False, look)
        assert "还没有评分" in said(empty)

    def test_rates_are_sorted_and_the_lowest_is_named(self, look: Look) -> None:
        rates = [
            scoring.Rate("决策", Decimal(15), Decimal(15), Decimal(1)),
            scoring.Rate("效益", Decimal(21), Decimal(25), Decimal("0.84")),
        ]
        assert "效益得分率最低,为84.00%" in said(scoring.level1_rates(rates, False, look))


class TestNames:
    def test_names_are_text_for_plotly(self, figures: Measures, look: Look) -> None:
        evil = "<a href='x'>甲</a>&"
        renamed = [replace(m, place=evil) for m in figures.each("share_of_estimate")[:1]]
        figure = budget.estimate_bar(renamed, figures.one("share_of_estimate"), replace(look, places=(evil,)))
        html = figure.to_json()
        assert "<a href" not in html
        assert "&lt;a" in html

    def test_safe(self) -> None:
        assert safe("<b>&") == "&lt;b&gt;&amp;"

    def test_colours_follow_the_projects_order_and_go_on_after_four(self) -> None:
        colours = street_colours([f"镇{i}" for i in range(12)])
        assert list(colours.values())[:4] == ["#12436D", "#28A197", "#801650", "#F46A25"]
        assert len(set(list(colours.values())[:10])) == 10


def test_rates_of_a_split_estimate_are_facts_without_the_band_of_an_assumption(facts: Facts, look: Look) -> None:
    """2,164/3,000 = 72.13 %, 1,309/3,000 = 43.63 %."""
    amounts = (Decimal(3000), Decimal(5000), Decimal(4000), Decimal(3000))
    groups = tuple(BudgetGroup(p, a, (p,), p) for p, a in zip(facts.places, amounts, strict=True))
    figures = Measures(measures(replace(facts, budget_groups=groups)))
    rates, whole = figures.each("allocated_rate", "household"), figures.one("paid_rate", None, "estimate")
    drawn = place_rates(rates, whole, look)
    assert "璜土镇执行率最高,为72.13%;利港街道最低,为43.63%" in said(drawn)
    assert "测算值" not in said(drawn)
    assert sorted(round(length, 4) for trace in bars(drawn) for length in trace.x) == [0.4363, 0.475, 0.5254, 0.7213]
