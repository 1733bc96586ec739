"""The small line of a card."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.render.html import small_line

D = Decimal


@pytest.mark.parametrize("values", [(), (D(1),), (D(1), D(2))])
def test_two_periods_are_no_course(values: tuple[Decimal, ...]) -> None:
    assert small_line(values) == ""


def test_the_largest_stands_on_top_and_the_last_is_marked() -> None:
    made = small_line((D(0), D(50), D(100)))
    assert 'points="2.5,21.5 36.0,12.0 69.5,2.5"' in made
    assert '<circle cx="69.5" cy="2.5"' in made


@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=3, max_size=40))
def test_every_point_lies_within_the_picture(values: list[Decimal]) -> None:
    points = small_line(values).split('points="')[1].split('"')[0].split()
    assert len(points) == len(values)
    for point in points:
        x, y = map(float, point.split(","))
        assert 2.5 <= x <= 69.5
        assert 2.5 <= y <= 21.5
