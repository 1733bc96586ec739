"""The small bars of a card."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.render.html import small_bars

D = Decimal


def heights(made: str) -> list[int]:
    return [int(each) for each in re.findall(r"[^-]height:(\d+)%", made)]


@pytest.mark.parametrize("values", [(), (D(1),), (D(1), D(2))])
def test_two_periods_are_no_course(values: tuple[Decimal, ...]) -> None:
    assert small_bars(values) == ""


def test_bars_go_from_zero_to_the_largest() -> None:
    assert heights(small_bars((D(900), D(2700), D(4800), D(7200)))) == [12, 38, 67, 100]


def test_nothing_yet_has_no_height() -> None:
    assert heights(small_bars((D(0), D(0), D(0)))) == [0, 0, 0]


@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=3, max_size=40))
def test_every_bar_lies_within_the_picture(values: list[Decimal]) -> None:
    found = heights(small_bars(values))
    assert len(found) == len(values)
    assert all(0 <= each <= 100 for each in found)
