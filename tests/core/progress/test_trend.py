"""Two snapshots a quarter apart, worked by hand: 8,000 on 31 December 2024, 9,500 on 31 March 2025, of 15,000."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings

from core.errors import UnknownName
from core.model.project import Facts
from core.progress.milestones import months_between
from core.progress.trend import Trend, marks, trend
from core.text.numbers import half_up
from tests.core.any_facts import any_facts
from tests.core.lingang import FACTS, NOTHING, PLACES
from tests.core.quarters import MARCH, march

D = Decimal
HT, XG, SG, LG = PLACES
DECEMBER = date(2024, 12, 31)
QUARTER = march(FACTS)


def seen(*series: Facts, baseline: str | None = None) -> Trend:
    found = trend(series, baseline)
    assert found is not None
    return found


def two(value: object, places: int = 2) -> Decimal:
    assert isinstance(value, Decimal)
    return half_up(value, places)


def paid_by(facts: Facts, day: date, share: str) -> Facts:
    lines = tuple(replace(line, paid=line.paid * D(share)) for line in facts.spend)
    return replace(facts, batch=day.isoformat(), as_of=day, spend=lines)


def test_one_snapshot_has_no_trend() -> None:
    assert trend([]) is None
    assert trend([FACTS]) is None


def test_points_against_the_planned_line() -> None:
    points = seen(FACTS, QUARTER).points
    assert [(point.as_of, point.paid.value) for point in points] == [(DECEMBER, D(8000)), (MARCH, D(9500))]
    # 15,000 x 580 / 945 and x 670 / 945
    assert [two(point.planned.value) for point in points] == [D("9206.35"), D("10634.92")]
    assert [two(point.gap.value) for point in points] == [D("-1206.35"), D("-1134.92")]
    assert points[0].earned is None
    assert points[1].earned is not None
    assert two(points[1].earned.value) == D("6213.45")


def test_the_pace_between_snapshots_and_before_the_first() -> None:
    before, quarter = seen(FACTS, QUARTER).stretches
    assert (before.from_start, before.first, before.last) == (True, date(2023, 6, 1), DECEMBER)
    assert two(before.pace.value) == D("421.05")  # 8,000 / 19
    assert (quarter.first, quarter.last, quarter.pace.id) == (DECEMBER, MARCH, "stretch_pace")
    assert before.pace.source == "资金明细表 第1行～4行 累计支付；报告 一（二）2"
    assert quarter.pace.source == "资金明细表 第1行～3行 累计支付；资金明细表 第1行～4行 累计支付"
    assert (before.pace.scenario, quarter.pace.scenario) == ("baseline:2306-2512", None)
    assert (quarter.from_start, quarter.pace.value, quarter.pace.unit) == (False, D(500), "万元/月")
    assert str(quarter.pace.formula) == "（9,500.00万元 - 8,000.00万元） ÷ 3个月（2024年12月31日之后至2025年3月31日）"


def test_the_forecast_and_its_band() -> None:
    found = seen(FACTS, QUARTER)
    # 5,500 / 500 = 11 months from 1 April; 5,500 x 19 / 8,000 = 13.0625 months, 0.0625 x 31 = day 2 of May
    assert (found.fastest.value, found.mean.value) == (date(2026, 2, 28), date(2026, 2, 28))
    assert found.slowest.value == date(2026, 5, 2)
    assert all(m.is_estimate for m in (found.slowest, found.mean, found.fastest))
    assert [m.scenario for m in (found.slowest, found.mean, found.fastest)] == [
        "pace:slowest", "pace:mean", "pace:fastest",
    ]  # fmt: skip
    assert str(found.mean.formula) == "2025年3月31日起11.00个月：未支付5,500.00万元 ÷ 月均500.00万元"
    assert found.mean.source == "资金明细表 第1行～4行 累计支付；资金明细表 第1行～3行 累计支付；资金明细表 概算金额列"


def test_the_mean_runs_over_all_snapshots() -> None:
    june = paid_by(QUARTER, date(2025, 6, 30), "1.2")  # 11,400: 633.33 a month, the mean (11,400 - 8,000) / 6
    found = seen(FACTS, QUARTER, june)
    assert [two(stretch.pace.value) for stretch in found.stretches] == [D("421.05"), D("500.00"), D("633.33")]
    # 3,600 / 566.67 = 6.3529 months from 1 July: 0.3529 x 31 = day 11 of January
    assert found.mean.value == date(2026, 1, 11)
    assert found.paid[0].difference.value == D(1900)


def test_a_fall_has_no_slow_end() -> None:
    found = seen(QUARTER, paid_by(QUARTER, date(2025, 6, 30), "0.9"))
    assert found.stretches[-1].pace.value is not None
    assert (found.slowest.value, found.mean.value) == (None, None)
    assert isinstance(found.fastest.value, date)
    assert "没有在进行的支付" in str(found.slowest.formula)


def test_paid_in_full_needs_no_forecast() -> None:
    found = seen(FACTS, paid_by(FACTS, MARCH, "2"))
    assert (found.slowest.value, found.mean.value, found.fastest.value) == (None, None, None)


def test_change_since_last_time_by_place() -> None:
    found = seen(FACTS, QUARTER)
    rows = [(change.place, change.difference.value) for change in found.paid]
    assert rows == [(None, D(1500)), (HT, D(336)), (XG, D(373)), (SG, D(500)), (LG, D(291))]
    # 1,500 / 15,000 and 336 / 15,000
    assert [two(change.difference.value, 4) for change in found.share[:2]] == [D("0.1000"), D("0.0224")]
    assert [(change.difference.name, change.difference.unit) for change in (found.share[1], found.paid[1])] == [
        ("占概算变化", "pp"), ("本期支付", "万元"),
    ]  # fmt: skip
    assert str(found.paid[1].difference.formula) == "2,500.00 - 2,164.00（2024年12月31日）"


def test_physical_progress_joins_when_it_is_reported_and_its_change_when_it_was_before() -> None:
    change = seen(FACTS, QUARTER).physical[1]
    assert (change.before, change.difference.value) == (None, None)
    assert change.after is not None
    halves = tuple(replace(each, physical=D("0.5")) for each in QUARTER.deliveries)
    later = seen(QUARTER, replace(QUARTER, as_of=date(2025, 6, 30), deliveries=halves)).physical
    assert [two(each.difference.value, 3) for each in later[1:]] == [D("-0.100"), D("0.000"), D("0.100"), D("0.300")]
    assert [each.difference.scenario for each in later[:2]] == ["allocated:household", None]
    assert [(each.difference.name, each.difference.unit) for each in later[:2]] == [("形象进度变化", "pp")] * 2
    assert seen(FACTS, replace(FACTS, as_of=MARCH)).physical == ()


def test_a_place_that_is_new_has_no_change() -> None:
    lines = tuple(line for line in FACTS.spend if line.place != LG)
    change = seen(replace(FACTS, spend=lines), QUARTER).paid[-1]
    assert (change.before is None or change.before.value is None, change.difference.value) == (True, None)


def test_a_first_snapshot_on_the_first_day_has_a_day_behind_it() -> None:
    # 8,000 on one of the 30 days of June
    first_day = seen(replace(FACTS, as_of=date(2023, 6, 1)), QUARTER).stretches[0]
    assert (first_day.from_start, first_day.pace.value) == (True, D(240_000))
    before = seen(replace(FACTS, as_of=date(2023, 5, 31)), QUARTER).stretches
    assert [stretch.from_start for stretch in before] == [False]


def test_another_planned_time() -> None:
    found = seen(FACTS, QUARTER, baseline="2301-2612")
    assert found.stretches[0].first == date(2023, 1, 1)
    assert two(found.stretches[0].pace.value) == D("333.33")
    with pytest.raises(UnknownName):
        trend([FACTS, QUARTER], "moon")


def test_without_planned_time_the_snapshots_still_speak() -> None:
    found = seen(replace(FACTS, baselines=()), replace(QUARTER, baselines=()))
    assert [stretch.pace.value for stretch in found.stretches] == [D(500)]
    assert found.points[0].planned.value is None


def test_milestones_in_the_order_of_time_with_their_delay() -> None:
    found = [(mark.milestone.name, mark.day, mark.days_late.value, mark.late) for mark in marks(QUARTER)]
    assert found == [
        ("批复", date(2022, 10, 18), D(0), False),
        ("开工", date(2023, 6, 30), D(76), True),
        ("首批完工", date(2025, 3, 1), D(30), True),
        ("竣工", date(2025, 12, 31), None, False),
    ]
    late = [mark.days_late for mark in marks(QUARTER)]
    assert [(m.name, m.place, m.unit, m.source) for m in late[1:3]] == [
        ("开工", None, "天", "里程碑表 第2行"), ("首批完工", "夏港街道", "天", "里程碑表 第3行"),
    ]  # fmt: skip
    assert [str(m.formula) for m in late[1:]] == [
        "实际2023年6月30日 - 计划2023年4月15日",
        "计划2025年3月1日，截至2025年3月31日未完成",
        "计划2025年12月31日，尚未到期或没有计划日期",
    ]
    assert marks(FACTS) == ()


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2024, 12, 31), date(2025, 3, 31), Fraction(3)),
        (date(2024, 12, 31), date(2025, 4, 15), Fraction(7, 2)),
        (date(2025, 1, 31), date(2025, 2, 28), Fraction(1)),
        (date(2025, 1, 1), date(2025, 1, 1), Fraction(0)),
        (date(9999, 11, 30), date(9999, 12, 15), Fraction(0)),  # the calendar has no month after it
    ],
)
def test_months_between(first: date, last: date, months: Fraction) -> None:
    assert months_between(first, last) == months


@settings(max_examples=60)
@given(any_facts(), any_facts())
def test_any_two_snapshots(one: Facts, other: Facts) -> None:
    first, last = sorted((one, replace(other, places=one.places)), key=lambda facts: facts.as_of)
    found = trend([first, last])
    assert found is not None
    slowest, fastest = found.slowest.value, found.fastest.value
    if isinstance(slowest, date):
        assert isinstance(fastest, date)
        assert last.as_of <= fastest <= slowest
    assert seen(NOTHING, replace(NOTHING, as_of=date(2025, 6, 30))).mean.value is None
