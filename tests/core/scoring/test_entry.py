"""What people type into 得分, and what becomes of it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Message
from core.model.scorecard import STEPS
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
        ("8", "本项最高6分，您输入的是8，未计入，仍按5.00分计。"),
        ("6.01", "本项最高6分，您输入的是6.01，未计入，仍按5.00分计。"),
        ("四分半", "请填数字（最多两位小数），“四分半”未计入，仍按5.00分计。"),
        ("4.555", "请填数字（最多两位小数），“4.555”未计入，仍按5.00分计。"),
        ("", "请填数字（最多两位小数），“”未计入，仍按5.00分计。"),
        ("1e1", "请填数字（最多两位小数），“1e1”未计入，仍按5.00分计。"),
        ("NaN", "请填数字（最多两位小数），“NaN”未计入，仍按5.00分计。"),
        ("-1", "得分不能小于0，您输入的是-1，未计入，仍按5.00分计。"),
    ],
)
def test_is_refused_in_a_sentence(typed: str, sentence: str) -> None:
    assert str(read_points(typed, SIX, FIVE)) == sentence


def test_says_unscored_when_nothing_counts_yet() -> None:
    assert str(read_points("8", SIX, None)) == "本项最高6分，您输入的是8，未计入，本项仍为未评。"


@given(st.text(max_size=30))
def test_anything_is_read_or_refused_and_never_leaves_the_range(typed: str) -> None:
    read = read_points(typed, SIX, FIVE)
    assert isinstance(read, Message) or (0 <= read <= 6 and read == read.quantize(Decimal("0.01")))


@given(st.decimals(min_value=0, max_value=6, places=2))
def test_every_allowed_value_is_taken_as_it_is(value: Decimal) -> None:
    assert read_points(str(value), SIX, None) == value


@pytest.mark.parametrize(
    ("typed", "weight", "least", "step", "read"),
    [
        # Six points in steps of a half, then of one and of a tenth: what lies between them has its neighbours named.
        ("4.5", "6", "0", "0.5", "4.50"),
        ("4.3", "6", "0", "0.5", "按0.5分一档打分，您输入的是4.3，请填4或4.5；未计入，仍按4.33分计。"),
        ("4.5", "6", "0", "1", "按1分一档打分，您输入的是4.5，请填4或5；未计入，仍按4.33分计。"),
        ("4.25", "6", "0", "0.1", "按0.1分一档打分，您输入的是4.25，请填4.2或4.3；未计入，仍按4.33分计。"),
        ("4.25", "6", "0", "0.01", "4.25"),
        # Full marks may be given whatever they are, and so may what stands there already.
        ("2.5", "2.5", "0", "1", "2.50"),
        ("2.2", "2.5", "0", "1", "按1分一档打分，您输入的是2.2，请填2或2.5；未计入，仍按4.33分计。"),
        ("4.33", "6", "0", "0.5", "4.33"),
        # A 扣分项 takes off in steps as well, down to its most.
        ("-1.5", "0", "-5", "0.5", "-1.50"),
        ("-1.3", "0", "-5", "0.5", "按0.5分一档打分，您输入的是-1.3，请填-1.5或-1；未计入，仍按4.33分计。"),
        ("-2.25", "0", "-2.25", "1", "-2.25"),
    ],
)
def test_a_scheme_has_its_step(typed: str, weight: str, least: str, step: str, read: str) -> None:
    assert str(read_points(typed, Decimal(weight), Decimal("4.33"), Decimal(least), Decimal(step))) == read


@given(st.decimals(0, 6, places=2), st.sampled_from(STEPS))
def test_the_neighbours_that_are_named_may_be_given(value: Decimal, step: Decimal) -> None:
    read = read_points(str(value), SIX, None, step=step)
    if isinstance(read, Message):
        below, above = Decimal(str(read.params["below"])), Decimal(str(read.params["above"]))
        assert below < value < above
        assert (above - below, below % step) == (step, 0)
        assert read_points(str(below), SIX, None, step=step) == below
