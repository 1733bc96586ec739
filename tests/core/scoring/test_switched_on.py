"""Rules that waited for a figure find it when a snapshot reports it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.model.measure import Measures
from core.model.project import BudgetGroup
from core.progress import measures
from core.scoring import Suggestion, suggest
from tests.core.lingang import FACTS, PLACES
from tests.core.quarters import march
from tests.core.scoring.shipped import INDICATORS

D = Decimal
QUARTER = march(FACTS)
OWN = tuple(BudgetGroup(place, D(3750), (place,), "批复") for place in PLACES)


def found(code: str, **changes: object) -> Suggestion:
    return suggest(INDICATORS[code], Measures(measures(replace(QUARTER, **changes))))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("C11", "5.00×25÷28=4.46"),
        ("C31", "迟开工月数2.5个月，每1个月扣20.00%：2.00×(1-50.00%)=1.00"),
        ("D41", "居民满意度80.32%，所在档得80.00%：7.00×80.00%=5.60"),
    ],
)
def test_a_reported_figure_gives_points(code: str, sentence: str) -> None:
    assert str(found(code).sentence) == sentence


def test_what_rests_on_an_assumed_weight_says_so() -> None:
    # 6 x 41.42 % / 70.90 % (670 of 945 days)
    assert str(found("C32").sentence) == "6.00×41.42%÷70.90%=3.51（测算值·非批复数）"
    # own amounts, all equal: (60 + 50 + 40 + 20) / 4
    assert str(found("C32", budget_groups=OWN).sentence) == "6.00×42.50%÷70.90%=3.60"
    assert "测算值" not in str(found("B14", budget_groups=OWN).sentence)


def test_arrivals_settle_the_rate_of_execution() -> None:
    # 9,500 / 10,500
    rate = found("B12")
    assert rate.points is not None
    assert {each.basis: each.scenario for each in rate.alternatives}["arrived"] is None


def test_the_rate_of_completion_needs_the_planned_time_to_be_over() -> None:
    assert found("C12").missing == ("阶段完成量", "阶段目标量")
    # 9 of 28: below the floor of 60 %
    assert found("C12", as_of=date(2025, 12, 31)).points == D("0.00")


def reported(code: str, **columns: tuple[int | Decimal, ...]) -> Suggestion:
    rows = tuple(
        replace(each, **{name: values[at] for name, values in columns.items()})  # type: ignore[arg-type]
        for at, each in enumerate(QUARTER.deliveries)
    )
    return found(code, deliveries=rows)


def test_what_an_optional_column_brings_switches_its_rule_on() -> None:
    # 3 x 8,220 / 26,310
    homes = reported("C13", homes_finished=(2712, 4200, 1308, 0))
    assert (homes.points, homes.missing) == (D("0.94"), ())
    # 5 x 57 / 60; by communities 5 x 3 / 4
    assert reported("C21", inspected=(20, 30, 10, 0), qualified=(19, 30, 8, 0)).points == D("4.75")
    assert reported("C21", qualified=(2, 1, 0, 0)).points == D("3.75")
    # 9 of 12: 6 x (75 % - 60 %) / 40 %
    assert reported("C12", stage_target=(4, 4, 3, 1)).points == D("2.25")
    # 2 % over: 3 x (1 - 20 %); under the estimate takes nothing off
    prices = (D(3900), D(4900), D(3400), D(2500))
    assert reported("C41", contract=prices, variation=(D(300), D(200), D(-50), D(150))).points == D("2.40")
    assert reported("C41", contract=prices, variation=(D(0), D(0), D(0), D(-9))).points == D("3.00")


def test_nothing_inspected_yet_is_undefined_and_neither_nothing_nor_full_marks() -> None:
    none = reported("C21", inspected=(0, 0, 0, 0), qualified=(0, 0, 0, 0))
    assert (none.points, none.state) == (None, "undefined")


def test_what_nobody_reports_still_waits() -> None:
    assert found("C13").missing == ("已完工户数",)
    assert found("C21").missing == ("合格数", "已验收数")
    assert found("B14", deliveries=()).missing == ("形象进度",)
