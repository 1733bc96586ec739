"""The verdict of 总览: how far behind, when all will be paid, how late that is. Expected values worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.model.measure import Measure, Measures
from core.progress import measures
from core.progress.forecast import Forecast, forecast
from core.progress.verdict import lateness, months_late, pace_words, verdict
from tests.core.lingang import FACTS

END = date(2025, 12, 31)


def paid_up(*days: date | None) -> Forecast:
    """A forecast of these days, the fastest first; None: the slowest never gets there."""
    one = [Measure("paid_up", "付完", day, "", None, "表", date(2024, 12, 31)) for day in days]
    return Forecast(one[0], one[-1])


def said(facts: object = FACTS, baseline: str | None = None) -> str | None:
    known = Measures(measures(facts, baseline))  # type: ignore[arg-type]
    plan = next((b for b in facts.baselines if (b.default if baseline is None else b.id == baseline)), None)  # type: ignore[attr-defined]
    found = verdict(known, forecast(known.one("finish_forecast"), None), plan.end if plan else None)
    return None if found is None else str(found)


@pytest.mark.parametrize(
    ("baseline", "words"),
    [
        (None, "支付进度滞后工期8.0个百分点；按此前速度约2026年5月付完，比计划晚约5个月"),
        # 8,000 in 24 months: 45 months from January 2023 end with September 2026, 3 months before December.
        ("2301-2612", "支付进度快于工期3.3个百分点；按此前速度约2026年9月付完，比计划早约3个月"),
        ("2301-2512", "支付进度滞后工期13.4个百分点；按此前速度约2026年9月付完，比计划晚约9个月"),
        ("2306-2612", "支付进度快于工期9.1个百分点；按此前速度约2026年5月付完，比计划早约7个月"),
    ],
)
def test_the_verdict_of_the_sample_at_each_planned_time(baseline: str | None, words: str) -> None:
    assert said(baseline=baseline) == words


def test_the_months_late_are_a_measure() -> None:
    (late,) = months_late(paid_up(date(2026, 5, 19)), END)
    assert (late.id, late.unit, late.number) == ("finish_late", "个月", Decimal("4.612903225806"))  # 4 and 19/31


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((date(2026, 2, 28), date(2026, 5, 31)), "晚约2～5个月"),
        ((date(2025, 9, 30), date(2025, 11, 30)), "早约1～3个月"),
        ((date(2025, 11, 30), date(2026, 3, 31)), "早约1个月至晚约3个月"),
        ((date(2026, 5, 1), date(2026, 5, 10)), "晚约4个月"),
        ((date(2026, 1, 5),), "与计划相差不到半个月"),
        ((date(2026, 2, 28), None), "至少晚约2个月"),
        ((date(2025, 10, 31), None), "晚多久没有上限"),
    ],
)
def test_how_late_it_is(days: tuple[date | None, ...], words: str) -> None:
    assert str(lateness(paid_up(*days), END)) == words


def test_without_a_day_nothing_is_late() -> None:
    assert lateness(paid_up(None), END) is None


def test_a_gap_that_prints_as_nothing_is_no_gap() -> None:
    assert str(pace_words(Decimal("0.0004"))) == "支付进度与工期同步"


def test_without_planned_time_estimate_or_money_there_is_no_verdict() -> None:
    assert said(replace(FACTS, baselines=())) is None
    assert said(replace(FACTS, budget_groups=())) is None
    assert said(replace(FACTS, spend=())) is None


def test_what_is_paid_in_full_is_said() -> None:
    whole = replace(FACTS, budget_groups=tuple(replace(g, amount=Decimal(8000)) for g in FACTS.budget_groups))
    assert said(whole) == "支付进度快于工期38.6个百分点；概算8,000万元已付清"
