"""Change of the headline figures since the snapshot before, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.progress.forecast import Forecast, forecast
from core.progress.since_last import finish_since, finished_since, paid_since
from core.progress.trend import Trend, trend
from tests.core.lingang import FACTS
from tests.core.quarters import march

D = Decimal


def over() -> Trend:
    found = trend([FACTS, march(FACTS)])
    assert found is not None
    return found


def test_what_was_paid_since_december() -> None:
    # 9,500 - 8,000; Huangtu 2,500 - 2,164.
    assert str(paid_since(over(), None)) == "较2024年12月多1,500万元"
    assert str(paid_since(over(), "璜土镇")) == "较2024年12月多336万元"


def test_what_was_not_counted_before_has_no_change() -> None:
    assert finished_since(over(), None) is None


def test_communities_finished_since_the_quarter_before() -> None:
    first = march(FACTS)
    second = replace(
        first,
        batch="2025q2",
        as_of=date(2025, 6, 30),
        deliveries=tuple(replace(each, finished=(each.finished or 0) + 1) for each in first.deliveries),
    )
    found = trend([first, second])
    assert found is not None
    assert str(finished_since(found, None)) == "较2025年3月多4个"


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        pytest.param(date(2026, 5, 19), date(2026, 4, 2), "较2024年12月提前1个月", id="earlier"),
        pytest.param(date(2026, 5, 19), date(2027, 1, 2), "较2024年12月推迟8个月", id="later, over the year"),
        pytest.param(date(2026, 5, 19), date(2026, 5, 1), "与2024年12月的预计相同", id="within the month"),
    ],
)
def test_how_the_forecast_moved(then: date, now: date, said: str) -> None:
    found = over()
    ahead = forecast(found.mean, found)

    def at(day: date) -> Forecast:
        return Forecast(replace(ahead.fastest, value=day), replace(ahead.slowest, value=day))

    before = at(then)
    moved = replace(found, fastest_before=before.fastest, slowest_before=before.slowest)
    assert str(finish_since(moved, at(now))) == said


def test_a_range_tells_its_later_end() -> None:
    found = over()
    before = replace(
        found,
        fastest_before=replace(found.fastest, value=date(2026, 2, 1)),
        slowest_before=replace(found.slowest, value=date(2026, 5, 1)),
    )
    ahead = Forecast(replace(found.fastest, value=date(2026, 1, 1)), replace(found.slowest, value=date(2026, 8, 1)))
    assert str(finish_since(before, ahead)) == "最晚较2024年12月推迟3个月"


def test_without_a_day_nothing_is_said() -> None:
    found = over()
    never = replace(found.slowest, value=None)
    assert finish_since(replace(found, slowest_before=never), forecast(found.mean, found)) is None


def test_the_forecast_before_is_that_of_the_snapshot_before() -> None:
    found = over()
    # With December alone: 7,000 left at 421.05 a month from June 2023 on, which is 19 May 2026.
    assert found.slowest_before.value == found.fastest_before.value == date(2026, 5, 19)
