"""Quantities and days in a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import Month
from core.text.quantities import days, quantities


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("改造12个小区、320栋", 2),
        ("满意度达到90%", 1),
        ("2025年底完成改造", 0),
        ("改善居住条件", 0),
        ("完成3,000万元投资", 1),
    ],
)
def test_quantities_are_figures_with_a_unit(text: str, count: int) -> None:
    assert quantities(text) == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023年6月开工，2025年底完成", (Month(date(2023, 6, 1)), Month(date(2025, 12, 1)))),
        ("2024年2月29日前", (date(2024, 2, 29),)),
        ("2023年2月30日", (Month(date(2023, 2, 1)),)),
        ("2024年完成", ("2024",)),
        ("改造12个月", ()),
    ],
)
def test_days_months_and_years_that_are_named(text: str, found: tuple[object, ...]) -> None:
    assert days(text) == found
