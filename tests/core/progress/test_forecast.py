"""The one forecast: a month with one snapshot, a range with several, nothing where nothing is running (B8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.model.measure import Measures
from core.model.project import Facts
from core.progress import measures
from core.progress.forecast import Forecast, forecast, months, paid_points, sentence
from core.progress.trend import trend
from core.text import render
from tests.core.lingang import FACTS
from tests.core.quarters import MARCH, march


def ahead(*series: Facts) -> Forecast:
    return forecast(Measures(measures(series[-1])).one("finish_forecast"), trend(series))


def test_one_snapshot_gives_a_month() -> None:
    found = ahead(FACTS)
    assert found.days == (date(2026, 5, 19),)
    assert str(months(found)) == "约2026年5月"
    assert str(sentence(found)) == "按此前速度（累计支付÷已过整月）约2026年5月付完"


def test_several_give_a_range() -> None:
    # FACTS 2: 7,000 are left; 5,500 after March: at 500.00 a month 11 months, at 421.05 a month 13.06.
    found = ahead(FACTS, march(FACTS))
    assert found.days == (date(2026, 2, 28), date(2026, 5, 2))
    assert str(sentence(found)) == "按各段最快、最慢的月均支付约2026年2月至2026年5月付完"
    assert found.is_estimate


def test_a_stretch_without_payment_leaves_the_range_open() -> None:
    still = replace(FACTS, as_of=MARCH, batch="still")
    found = ahead(FACTS, still)
    assert found.is_open
    assert str(months(found)).startswith("最早约")
    assert "没有上限" in str(sentence(found))


def test_nothing_paid_has_no_forecast() -> None:
    unpaid = replace(FACTS, spend=tuple(replace(line, paid=Decimal(0)) for line in FACTS.spend))
    assert months(ahead(unpaid)) == "—"


@given(st.lists(st.decimals(0, 15000, places=2), min_size=1, max_size=5))
def test_only_what_was_reported_is_a_point(amounts: list[Decimal]) -> None:
    """Whatever the snapshots say: as many points as snapshots, and the words name the first and last day alone."""
    first, *others = FACTS.spend
    series = [
        replace(
            FACTS,
            batch=str(n),
            as_of=date(2024, 1 + n, 28),
            spend=(replace(first, paid=paid), *(replace(line, paid=Decimal(0)) for line in others)),
        )
        for n, paid in enumerate(amounts)
    ]
    found, over = ahead(*series), trend(series)
    points = paid_points(Measures(measures(series[-1])).one("paid"), over)
    assert points == tuple((facts.as_of, paid) for facts, paid in zip(series, amounts, strict=True))
    assert list(found.days) == sorted(found.days)
    words = render(sentence(found), "zh_CN")
    named = {f"{day.year}年{day.month}月" for day in found.days}
    assert all(month in words for month in named)
    assert words.count("月付完") == (1 if found.days else 0)
