"""What stands beside a figure: its formula, worked out with the numbers printed in it, gives the figure.

Those numbers are rounded for print, so that they give the figure to a part in a thousand of what it is made of.
Also its unit, its name, and the columns that it says it was made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from core.model.measure import Measure
from core.model.project import BudgetGroup, Facts
from core.progress import measures
from core.progress.trend import trend
from tests.core.lingang import FACTS, PLACES
from tests.core.quarters import DELIVERIES, march

D = Decimal
FULL = replace(
    march(FACTS),
    deliveries=tuple(
        replace(each, homes_finished=homes, inspected=held, qualified=passed, stage_target=5, contract=D(price),
                variation=D(change))
        for each, homes, held, passed, price, change in zip(
            DELIVERIES, (2712, 4200, 1308, 1000), (20, 30, 10, 6), (19, 30, 8, 5), (3900, 4900, 3400, 2500),
            (300, 200, -50, 150), strict=True,
        )
    ),
)  # fmt: skip
DIVIDED = replace(FULL, budget_groups=tuple(BudgetGroup(place, D(3750), (place,), f"批复 {place}") for place in PLACES))
NUMBER = re.compile(r"(-?[\d,]+(?:\.\d+)?)(%?)")
NOT_WORKED = {"survey_size", "survey_quota", "overrun_pct"}
"""Squares and rounding up: FACTS 2 has their values; the last names no number for what it divides by."""

FROM_DOCUMENT = {
    "paid", "invested", "communities", "buildings", "households", "area", "funding_planned", "funding_paid",
    "physical_progress", "satisfaction", "communities_started", "communities_finished", "communities_accepted",
    "households_finished", "inspected", "qualified", "estimate", "contract_price", "contract_variation",
}  # fmt: skip
"""What stands somewhere as it is, at one place or of one source."""


def worked(text: str) -> tuple[Fraction, Fraction] | None:
    """`… 8,000.00万元 ÷ …15,000.00万元（note）；note` from left to right, its largest number; None for a sentence."""
    sum_of = re.split("；| = ", re.sub("（[^）]*）", "", text))[0].rpartition("：")[2]
    first, *rest = re.split(r" ([-×÷]) ", sum_of)
    if not rest:
        return None
    terms = [_number(term) for term in (first, *rest[1::2])]
    result = terms[0]
    for sign, term in zip(rest[::2], terms[1:], strict=True):
        result = result - term if sign == "-" else result * term if sign == "×" else result / term
    return result, max(abs(term) for term in terms) if "-" in rest else abs(result)


def _number(term: str) -> Fraction:
    digits, per_cent = NUMBER.findall(term)[-1]
    return Fraction(digits.replace(",", "")) / (100 if per_cent else 1)


def agree(found: Iterable[Measure]) -> list[str]:
    """The ids of the figures that were worked out and are what they say."""
    done = []
    for m in found:
        assert m.formula is not None or m.id in FROM_DOCUMENT, m
        if m.formula is None or not isinstance(m.value, Decimal) or m.id in NOT_WORKED:
            continue
        by_hand = worked(str(m.formula))
        assert by_hand or m.numerator is None or m.id in {"physical_progress", "satisfaction"}, m
        if by_hand:
            result, size = by_hand
            assert abs(Fraction(m.value) - result) <= size / 1000, (m.id, str(m.formula), m.value)
            done.append(m.id)
    return done


@pytest.mark.parametrize("baseline", [each.id for each in FACTS.baselines])
def test_every_formula_gives_its_figure(baseline: str) -> None:
    done = agree(measures(FULL, baseline))
    assert {"paid_rate", "pace_gap", "needed_per_month", "cpi", "eac", "pass_rate", "short_at_finish"} <= set(done)


@pytest.mark.parametrize("facts", [FACTS, DIVIDED])
def test_so_it_does_in_a_report_without_and_with_all_that_is_optional(facts: Facts) -> None:
    assert len(agree(measures(facts))) > 50


def test_so_do_the_changes_since_the_last_snapshot() -> None:
    found = trend([FACTS, FULL])
    assert found is not None
    changes = [change.difference for change in (*found.paid, *found.share)]
    assert len(agree(changes)) == len(changes) == 10


UNITS = {
    "万元": "estimate paid invested funding_planned funding_paid remaining planned_value schedule_variance "
    "paid_by_finish short_at_finish funding_arrived earned_value eac contract_price contract_variation",
    "万元/月": "paid_per_month needed_per_month",
    "ratio": "paid_rate share_of_estimate time_elapsed allocated_rate share_paid share_households share_area "
    "share_communities share_buildings "
    "arrival_rate start_rate completion_rate acceptance_rate physical_progress satisfaction household_completion_rate "
    "pass_rate overrun_pct",
    "pp": "pace_gap",
    "倍": "pace_needed intensity",
    "": "pace_index finish_forecast gini_households gini_area cpi spi",
    "个": "communities communities_started communities_finished communities_accepted stage_done stage_target",
    "栋": "buildings",
    "户": "households households_finished",
    "万㎡": "area",
    "份": "survey_size survey_quota surveyed",
    "分": "reported_score",
    "项": "inspected qualified",
    "㎡/户": "area_per_household",
    "元/户": "planned_household_cost",
    "户/栋": "households_per_building",
    "户/小区": "households_per_community",
    "个月": "months_late",
}
"""FACTS 1 and 2; percentages are ratios, and a difference of two of them is in points."""
BY_KEY = {"household": "元/户", "m2": "元/㎡", "building": "万元/栋", "community": "万元/小区"}
NAMES = {
    "time_elapsed": "工期已过",
    "pace_index": "支付进度比",
    "pace_gap": "快慢",
    "planned_value": "应支付（按工期）",
    "paid_per_month": "月均支付",
    "needed_per_month": "需达月均支付",
    "pace_needed": "需达÷此前",
    "finish_forecast": "按此前速度付完",
    "planned_unit_cost": "计划单位投资",
    "paid_unit_cost": "已支付单位投资",
    "survey_size": "问卷样本量",
    "survey_quota": "问卷配额",
    "allocated_rate": "测算执行率",
    "reported_score": "报告得分",
    "estimate": "概算",
    "paid": "累计支付",
    "invested": "已投资",
    "share_paid": "支付占比",
    "share_households": "户数占比",
    "share_area": "面积占比",
    "share_communities": "小区占比",
    "share_buildings": "楼栋占比",
    "planned_household_cost": "计划单位投资",
}
"""FACTS 1 and 2."""


def test_every_figure_has_its_unit_and_its_name() -> None:
    units = {name: unit for unit, names in UNITS.items() for name in names.split()}
    for m in measures(FULL):
        assert m.unit == (BY_KEY[m.basis or ""] if m.id.endswith("unit_cost") else units[m.id]), m
        assert m.name
        assert m.name == NAMES.get(m.id, m.name)


def test_a_figure_names_the_columns_that_it_was_made_of() -> None:
    """Money paid stands in one table, what is to be done in the other, the estimate in a cell of its own."""
    paid, estimate, homes = "资金明细表 第1行～4行 累计支付", "资金明细表 概算金额列", "受益明细表 第1行～4行 受益户数"
    found = {(m.id, m.place, m.basis): m.source for m in measures(FACTS)}
    assert found["pace_index", None, "estimate"] == f"{paid}；{estimate}；报告 一（二）2"
    assert found["remaining", None, "estimate"] == f"{estimate}；{paid}"
    assert found["planned_unit_cost", None, "household"] == f"{estimate}；{homes}"
    assert found["paid_unit_cost", "申港街道", "m2"] == "资金明细表 第3行 累计支付；受益明细表 第3行 受益面积"
    assert found["share_of_estimate", "申港街道", "estimate"] == f"资金明细表 第3行 累计支付；{estimate}"
    assert found["share_of_estimate", None, "estimate"] == f"{estimate}；{paid}"
    assert found["share_paid", "申港街道", None] == f"资金明细表 第3行 累计支付；{paid}"
    assert found["intensity", "申港街道", None] == "资金明细表 第3行 累计支付；受益明细表 第3行 受益户数"
    assert found["allocated_rate", "申港街道", "household"] == f"资金明细表 第3行 累计支付；{estimate}；{homes}"
    assert found["gini_area", None, None] == f"{paid}；受益明细表 第1行～4行 受益面积"
    assert found["area_per_household", "利港街道", None] == "受益明细表 第4行 受益面积；受益明细表 第4行 受益户数"
    assert found["survey_quota", "利港街道", "5%"] == "受益明细表 第4行 受益户数"
    later = {(m.id, m.place, m.basis): m.source for m in measures(FULL)}
    rows = "填报表 第1行～4行"
    whole = "资金明细表 第1行～3行 累计支付"  # march() numbers its rows 1, 2, 3 and 2 again
    assert later["arrival_rate", None, "bond"] == "到位表 第1行～3行；报告 一（一）4、5"
    assert later["paid_rate", None, "arrived"] == f"{whole}；到位表 第1行～3行；到位表 第4行"
    assert later["completion_rate", None, "community"] == f"{rows}；受益明细表 第1行～4行 受益小区数量"
    assert later["completion_rate", "申港街道", "community"] == "填报表 第3行；受益明细表 第3行 受益小区数量"
    assert later["physical_progress", None, "household"] == f"{rows}；{estimate}；{homes}"
    assert later["physical_progress", "申港街道", None] == "填报表 第3行"
    assert later["cpi", None, None] == f"{rows}；{estimate}；{homes}；{whole}"
    assert later["spi", None, None] == f"{rows}；{estimate}；{homes}；报告 一（二）2"
    assert later["satisfaction", "申港街道", "answers"] == "填报表 第3行"
    assert later["household_completion_rate", "申港街道", "household"] == "填报表 第3行；受益明细表 第3行 受益户数"
    assert later["pass_rate", None, "inspection"] == rows
    assert later["overrun_pct", None, "estimate"] == f"{rows}；{estimate}"
    assert later["months_late", None, None] == "里程碑表 第2行"
