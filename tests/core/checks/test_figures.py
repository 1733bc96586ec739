"""Traps 12 to 19 and 24: times, scope and cost, worked by hand from FACTS."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.checks import run
from core.model.project import Baseline, BudgetGroup, Delivery, Facts, Milestone
from core.model.reference import Reference
from tests.core.checks.found import D, absent, found, saying, silent
from tests.core.lingang import FACTS, PLACES, renovation, spend

DEFAULT, LONG, EARLY, LATE = FACTS.baselines

# 12


def timed(*baselines: Baseline, base: Facts = FACTS) -> Facts:
    return replace(base, baselines=baselines)


def test_the_verdict_flips_with_the_baseline() -> None:
    finding = found(FACTS, "12")
    assert finding.status == "E"
    verdicts = {str(name): str(value) for name, value in finding.figures if not str(value).startswith("报告")}
    # 53.33 % against 61.38, 50.03, 66.70 and 44.27 %
    assert verdicts == {
        "2023.06—2025.12": "慢8.04个百分点",
        "2023.01—2026.12": "快3.30个百分点",
        "2023.01—2025.12": "慢13.36个百分点",
        "2023.06—2026.12": "快9.06个百分点",
    }
    assert str(finding.message).startswith(
        "时间有几种说法（2023年度、2023—2026年度、2025年底），支付快慢的结论随之翻转："
    )


@pytest.mark.parametrize(
    ("facts", "status", "words"),
    [
        (timed(DEFAULT, LONG, base=silent()), "E", "时间有几种说法（2023.06—2025.12、2023.01—2026.12）"),
        (timed(DEFAULT, EARLY), "W", "结论不因此翻转"),
        (timed(DEFAULT), "W", "时间有几种说法（2023年度、2023—2026年度、2025年底），请统一"),
        (timed(DEFAULT, EARLY, base=saying(silent(), title_period="2023")), "W", "2023.06—2025.12、2023.01—2025.12"),
        (timed(DEFAULT, EARLY, base=silent()), "W", "2023.06—2025.12、2023.01—2025.12"),
        (timed(DEFAULT, base=saying(title_period="2025", scope_period="2025")), "P", "各处所写时间相符"),
        (timed(base=saying(title_period="2025", scope_period=None)), "P", "（2023年度、2025年底）"),
        (replace(FACTS, spend=()), "W", "请统一"),
        (replace(FACTS, as_of=date(2022, 1, 1)), "W", "请统一"),
    ],
)
def test_times(facts: Facts, status: str, words: str) -> None:
    finding = found(facts, "12")
    assert finding.status == status
    assert words in str(finding.message)


def test_times_without_a_verdict_are_still_shown() -> None:
    facts = replace(timed(DEFAULT, LONG, base=silent()), spend=())
    shown = [(str(name), value) for name, value in found(facts, "12").figures]
    assert shown == [("2023.06—2025.12", "—"), ("2023.01—2026.12", "—")]


def test_one_time_has_nothing_to_differ_from() -> None:
    assert absent(timed(DEFAULT, base=silent()), "12")
    assert absent(timed(base=silent()), "12")


# 13


def test_a_start_known_to_its_month() -> None:
    finding = found(FACTS, "13")
    # 580 of 945 days from 1 June, 551 of 916 from 30 June.
    assert (finding.status, [value for _, value in finding.figures]) == ("W", ["61.38%", "60.15%"])
    assert "开工只写到2023年6月" in str(finding.message)


def test_a_start_known_to_its_day() -> None:
    finding = found(saying(start_precision="1"), "13")
    assert (finding.status, str(finding.message)) == ("P", "开工日期写到日：2023年6月1日。")
    assert (finding.figures, finding.source) == ((("工期已过", "61.38%"),), "报告 一（二）2")


@pytest.mark.parametrize(
    "facts",
    [
        silent(),
        saying(start_precision="?"),
        timed(),
        replace(FACTS, as_of=date(2023, 5, 31)),
        replace(FACTS, as_of=date(2023, 6, 29)),
    ],
)
def test_a_start_needs_a_claim_and_time_passed(facts: Facts) -> None:
    assert absent(facts, "13")


# 24


def ending(end: date) -> Facts:
    return timed(replace(DEFAULT, end=end, default=False))


@pytest.mark.parametrize(
    ("facts", "status", "words"),
    [
        (FACTS, "W", "计划完工日就是政策时限（“十四五”期末，2025年12月31日），余量0天"),
        (ending(date(2025, 12, 30)), "P", "早1天"),
        (ending(date(2026, 1, 31)), "E", "晚31天"),
    ],
)
def test_the_policy_deadline(facts: Facts, status: str, words: str) -> None:
    finding = found(facts, "24")
    assert finding.status == status
    assert words in str(finding.message)


def test_a_deadline_needs_both_days() -> None:
    assert absent(silent(), "24")
    assert absent(timed(), "24")
    assert absent(saying(policy_deadline="?"), "24")
    assert absent(saying(policy_deadline="-5"), "24")
    assert absent(saying(policy_deadline="20251231"), "24")


# 14, 15


def test_the_second_number_of_communities() -> None:
    finding = found(FACTS, "14")
    assert finding.status == "Q"
    assert dict(finding.figures) == {
        "璜土镇": "5-5",
        "夏港街道": "9-9",
        "申港街道": "9-9",
        "利港街道": "5-5",
        "合计": "28-28",
    }
    assert "含义待确认" in str(finding.message)
    single = replace(FACTS, renovation=tuple(replace(line, communities_second=None) for line in FACTS.renovation))
    assert (found(single, "14").status, found(single, "14").figures) == ("P", (("小区", "28"),))
    assert absent(replace(FACTS, renovation=()), "14")


def test_the_scope_is_planned_until_all_says_that_it_is_done() -> None:
    finding = found(FACTS, "15")
    assert (finding.status, list(dict(finding.figures).values())) == ("W", ["28", "780", "26,310", "330.67"])
    assert found(silent(), "15").status == "W"
    assert found(saying(construction_state="1"), "15").status == "W"
    assert found(saying(construction_state="1", finished="1"), "15").status == "P"
    assert found(saying(construction_state="1", finished="?"), "15").status == "P"
    assert absent(replace(FACTS, renovation=()), "15")


# No wrong number, B9: a check must not deny what the data hold.


def reporting(**values: object) -> Facts:
    """Two of the streets report this of their work."""
    return replace(FACTS, deliveries=tuple(Delivery(place, f"填报表 {place}", **values) for place in PLACES[:2]))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"finished": 7}, "2个街镇填报已完工14个小区"),
        ({"homes_finished": 100}, "2个街镇填报已完工200户"),
        ({"finished": 0, "homes_finished": 5}, "2个街镇填报已完工0个小区、2个街镇填报已完工10户"),
    ],
)
def test_finished_counts_that_are_reported_are_said(values: dict[str, object], words: str) -> None:
    message = str(found(reporting(**values), "15").message)
    assert words in message
    assert "没有" not in message
    assert "没有填报完工数" in str(found(reporting(started=7), "15").message)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({}, "受益明细表的26,310户、330.67万㎡是计划范围"),
        ({"households": None}, "受益明细表的330.67万㎡是计划范围"),
        ({"area": None}, "受益明细表的26,310户是计划范围"),
        ({"households": None, "area": None}, "受益明细表的各行数据是计划范围"),
    ],
)
def test_what_no_street_may_leave_out_is_not_said_as_a_dash(columns: dict[str, None], words: str) -> None:
    rows = (replace(FACTS.renovation[0], **columns), *FACTS.renovation[1:])
    assert words in str(found(replace(FACTS, renovation=rows), "15").message)


def test_a_start_that_the_milestones_know_to_its_day_is_said() -> None:
    begun = Milestone("开工", None, date(2023, 6, 20), "里程碑表 第2行")
    of_a_street = replace(begun, place=PLACES[0])
    finding = found(replace(FACTS, milestones=(of_a_street, begun)), "13")
    assert "里程碑写明2023年6月20日开工" in str(finding.message)
    assert "里程碑表 第2行" in finding.source
    assert "里程碑" not in str(found(replace(FACTS, milestones=(of_a_street,)), "13").message)


def test_what_the_streets_report_of_the_survey_is_not_missing() -> None:
    missing = ("数值", "样本量", "目标值", "调查方法")
    assert all(name in str(found(FACTS, "21").message) for name in missing)
    message = str(found(reporting(satisfaction=D("0.9"), surveyed=65), "21").message)
    assert [name for name in missing if name in message] == ["目标值", "调查方法"]


def test_stage_targets_that_are_reported_are_quantities() -> None:
    assert "数量指标0个" in str(found(FACTS, "22").message)
    finding = found(reporting(stage_target=6), "22")
    assert (finding.status, "12个小区" in str(finding.message)) == ("P", True)


# 16, 17


def test_homes_are_larger_than_elsewhere() -> None:
    finding = found(FACTS, "16")
    assert (finding.status, {name: str(value) for name, value in finding.figures}) == (
        "W",
        {"璜土镇": "86.28", "夏港街道": "133.79", "申港街道": "117.70", "利港街道": "149.37", "同类项目": "54～109"},
    )
    assert "3个街镇（夏港街道、申港街道、利港街道）在此之外" in str(finding.message)


def homes(*rows: tuple[int, str]) -> Facts:
    lines = tuple(renovation(p, 1, 1, n, area, "1") for p, (n, area) in zip(PLACES, rows, strict=False))
    return replace(FACTS, renovation=lines)


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        (((10_000, "54"), (10_000, "109")), "P"),
        (((10_000, "53.99"), (10_000, "80")), "W"),
        (((10_000, "109.01"),), "W"),
    ],
)
def test_both_ends_of_the_usual_range_count(rows: tuple[tuple[int, str], ...], status: str) -> None:
    assert found(homes(*rows), "16").status == status


def test_areas_of_homes_need_homes() -> None:
    assert absent(homes((0, "54")), "16")
    assert absent(replace(FACTS, renovation=()), "16")


def areas(*raw: str) -> Facts:
    lines = zip(FACTS.renovation, raw, strict=False)
    return replace(FACTS, renovation=tuple(replace(line, area_raw=cell) for line, cell in lines))


@pytest.mark.parametrize(
    ("facts", "status", "words"),
    [
        (FACTS, "W", "有的写到2位小数，39、77位数较少"),
        (areas("39.00", "112.38", "１，０７７．００", "102.29万㎡"), "P", "4行面积都写到2位小数。"),
        (areas("39", "40", "—", ""), "P", "2行面积都写到0位小数。"),
    ],
)
def test_precision(facts: Facts, status: str, words: str) -> None:
    finding = found(facts, "17")
    assert finding.status == status
    assert words in str(finding.message)


def test_one_area_has_no_other_precision() -> None:
    assert absent(areas("39", "待定", "", "—"), "17")


# 18, 19


def estimated(amount: str) -> Facts:
    return replace(FACTS, budget_groups=(BudgetGroup("a", D(amount), PLACES, "表"),))


def test_the_unit_cost_lies_below_all_others() -> None:
    finding = found(FACTS, "18")
    assert finding.status == "Q"
    assert list(dict(finding.figures).values()) == ["45.36", "76.75", "73.31", "400.00"]
    assert "低于各参照（池州市三县一区76.75元/㎡、萧县73.31元/㎡、无锡市区基础类标准400.00元/㎡）" in str(
        finding.message
    )


@pytest.mark.parametrize(
    ("amount", "status", "words"), [("33067", "P", "之间"), ("165335", "Q", "500.00元/㎡，高于各参照")]
)
def test_unit_costs(amount: str, status: str, words: str) -> None:
    finding = found(estimated(amount), "18")
    assert finding.status == status
    assert words in str(finding.message)


def test_a_unit_cost_needs_area_and_estimate() -> None:
    assert absent(replace(FACTS, renovation=()), "18")
    assert absent(replace(FACTS, budget_groups=()), "18")


def test_payments_per_square_metre_and_home_differ() -> None:
    finding = found(FACTS, "19")
    assert finding.status == "W"
    folds = {name: str(value) for name, value in finding.figures if str(value).endswith("倍")}
    assert folds == {"每㎡支付": "4.34倍", "每户支付": "2.50倍"}
    assert "每㎡支付最高（璜土镇55.49元/㎡）是最低（利港街道12.80元/㎡）的4.34倍" in str(finding.message)
    assert "不据此评优劣" in str(finding.message)
    # FACTS 2: 元/㎡ and 元/户 of each place, the highest first
    assert [str(value) for name, value in finding.figures if name in PLACES] == [
        "55.49元/㎡", "24.68元/㎡", "23.38元/㎡", "12.80元/㎡",
        "4,787.61元/户", "3,127.38元/户", "2,904.31元/户", "1,911.51元/户",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        (("1", "1", "1", "1.99"), "P"),
        (("1", "1", "1", "2"), "W"),
        (("0", "0", "1", "1.5"), "P"),  # nothing paid yet is not the lowest
    ],
)
def test_the_spread(rows: tuple[str, ...], status: str) -> None:
    facts = replace(
        FACTS,
        spend=tuple(spend(place, amount, "1") for place, amount in zip(PLACES, rows, strict=True)),
        renovation=tuple(renovation(place, 1, 1, 100, "1", "1") for place in PLACES),
    )
    assert found(facts, "19").status == status


def test_a_spread_needs_two_places() -> None:
    assert absent(replace(FACTS, spend=FACTS.spend[:1]), "19")
    assert absent(replace(FACTS, renovation=()), "19")
    homeless = replace(FACTS, renovation=tuple(replace(line, households=0) for line in FACTS.renovation))
    assert "每户" not in str(found(homeless, "19").message)
    wide = Reference(spread=D(5))
    assert next(f for f in run(FACTS, wide) if f.id == "19").status == "P"
