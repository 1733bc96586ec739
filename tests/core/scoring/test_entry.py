"""What people type into 得分, and what becomes of it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Message
from core.scoring import read_points

SIX, FIVE = Decimal(6), Decimal("5.00")


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("4.5", "4.50"),
        ("４.５", "4.50"),
        ("4。5", "4.50"),
        (" 6 ", "6.00"),
        ("0", "0.00"),
        ("-0", "0.00"),
        (".5", "0.50"),
        ("5.", "5.00"),
        ("4.500", "4.50"),
    ],
)
def test_is_read_as_meant(typed: str, points: str) -> None:
    read = read_points(typed, SIX, FIVE)
    assert str(read) == points


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("8", "本项最高6分,您输入的是8,未计入,仍按5.00分计。"),
        ("6.01", "本项最高6分,您输入的是6.01,未计入,仍按5.00分计。"),
        ("四分半", "请填数字(最多两位小数),“四分半”未计入,仍按5.00分计。"),
        ("4.555", "请填数字(最多两位小数),“4.555”未计入,仍按5.00分计。"),
        ("", "请填数字(最多两位小数),“”未计入,仍按5.00分计。"),
        ("1e1", "请填数字(最多两位小数),“1e1”未计入,仍按5.00分计。"),
        ("NaN", "请填数字(最多两位小数),“NaN”未计入,仍按5.00分计。"),
        ("-1", "得分不能小于0,您输入的是-1,未计入,仍按5.00分计。"),
    ],
)
def test_is_refused_in_a_sentence(typed: str, sentence: str) -> None:
    assert str(read_points(typed, SIX, FIVE)) == sentence


def test_says_unscored_when_nothing_counts_yet() -> None:
    assert str(read_points("8", SIX, None)) == "本项最高6分,您输入的是8,未计入,本项仍为未评。"


@given(st.text(max_size=30))
def test_anything_is_read_or_refused_and_never_leaves_the_range(typed: str) -> None:
    read = read_points(typed, SIX, FIVE)
    assert isinstance(read, Message) or (0 <= read <= 6 and read == read.quantize(Decimal("0.01")))


@given(st.decimals(min_value=0, max_value=6, places=2))
def test_every_allowed_value_is_taken_as_it_is(value: Decimal) -> None:
    assert read_points(str(value), SIX, None) == value
