"""Figures as they are printed: half up, thousands, and — for what is undefined."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.measure import Measure
from core.text import numbers
from core.text.numbers import adds_up

D = Decimal


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("1.005", 2, "1.01"),
        ("1.004999999999", 2, "1.00"),
        ("2.675", 2, "2.68"),
        ("0.005", 2, "0.01"),
        ("-0.005", 2, "-0.01"),
        ("-0.004", 2, "0.00"),
        ("-0", 2, "0.00"),
        ("999.995", 2, "1000.00"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("123456789012345678901234567890.125", 2, "123456789012345678901234567890.13"),
    ],
)
def test_half_up(value: str, places: int, rounded: str) -> None:
    assert str(numbers.half_up(D(value), places)) == rounded


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6), st.integers(0, 4))
def test_half_up_is_the_nearest_and_rounds_a_tie_away_from_zero(value: Decimal, places: int) -> None:
    steps = floor(abs(Fraction(value)) * 10**places + Fraction(1, 2))
    expected = Fraction(steps if value >= 0 else -steps, 10**places)
    assert Fraction(numbers.half_up(value, places)) == expected


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (numbers.money(D(8000)), "8,000.00"),
        (numbers.money(D("-1206.349206349206")), "-1,206.35"),
        (numbers.money(D("1234567.005")), "1,234,567.01"),
        (numbers.money(D(0)), "0.00"),
        (numbers.money(None), "—"),
        (numbers.points(D(93)), "93.00"),
        (numbers.points(None), "—"),
        (numbers.count(26310), "26,310"),
        (numbers.count(D("26310.000000")), "26,310"),
        (numbers.signed(D("1")), "+1.00"),
        (numbers.signed(D("-2.5")), "−2.50"),
        (numbers.signed(D(0)), "0.00"),
        (numbers.signed(None), "—"),
        (numbers.count(0), "0"),
        (numbers.count(None), "—"),
        (numbers.percent(D("0.533333333333")), "53.33%"),
        (numbers.percent(D("1.223150")), "122.32%"),
        (numbers.percent(D("0.434125"), 1), "43.4%"),
        (numbers.percent(D("-0.00005")), "-0.01%"),
        (numbers.percent(D(0)), "0.00%"),
        (numbers.percent(None), "—"),
        (numbers.decimal(D("0.868965517241"), 2), "0.87"),
        (numbers.decimal(D("1369.6"), 1), "1,369.6"),
        (numbers.decimal(None, 3), "—"),
        (numbers.pp(D("-0.080423280423")), "8.04"),
        (numbers.pp(D("0.080423280423")), "8.04"),
        (numbers.pp(None), "—"),
    ],
)
def test_formats(printed: str, text: str) -> None:
    assert printed == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (D("0.533333333333"), "ratio", "53.33%"),
        (D("-0.080423280423"), "pp", "-8.04"),
        (D("8000"), "万元", "8,000.00"),
        (D("26310"), "户", "26,310"),
        (D("28"), "个", "28"),
        (D("330.67"), "万㎡", "330.67"),
        (D("1369.6"), "户/小区", "1,369.6"),
        (D("0.868965517241"), "", "0.869"),
        (D("1.574571"), "倍", "1.57"),
        (D("93"), "分", "93.00"),
        (date(2026, 5, 19), "", "2026-05-19"),
        (None, "ratio", "—"),
    ],
)
def test_a_measure_prints_by_its_unit(value: Decimal | date | None, unit: str, text: str) -> None:
    assert numbers.measure(Measure("m", "量", value, unit, None, "表", date(2024, 12, 31))) == text


def test_parts_that_are_rounded_add_up_or_not() -> None:
    """FACTS, section 2: 占概算 of the streets is 53.34 beside 53.33 of the project."""
    paid = [Decimal(each) / 15000 for each in (2164, 2627, 1900, 1309)]
    assert not adds_up(paid, Decimal(8000) / 15000, 4)
    assert adds_up([Decimal("0.25"), Decimal("0.75")], Decimal(1), 4)
    assert adds_up([Decimal("0.25"), None], Decimal(1), 4)
    assert adds_up([Decimal("0.25")], None, 4)
