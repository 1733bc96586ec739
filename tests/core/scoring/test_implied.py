"""反推值: what a score says about the input of its rule."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.item_input import ItemInput
from core.model.scorecard import Indicator
from core.scoring import Implied, implied, suggest
from core.scoring.suggest import rule_of
from tests.core.scoring.shipped import EVERY_KIND, INDICATORS, MEASURES, rule

D = Decimal


def said(indicator: Indicator, points: str) -> str:
    found = implied(indicator, D(points))
    assert found is not None
    return str(found.sentence)


@pytest.mark.parametrize(
    ("code", "points", "sentence"),
    [
        ("C12", "4.50", "4.50分相当于阶段完成率90.00%"),
        ("C12", "6", "6.00分相当于阶段完成率不低于100.00%"),
        ("C12", "0", "0.00分相当于阶段完成率不超过60.00%"),
        ("C11", "0", "0.00分相当于改造小区开工率0.00%"),
        ("C32", "5", "5.00分相当于支付进度比83.33%"),
        ("C32", "7", "该规则得不出此分"),
        ("A22", "1.33", "1.33分相当于3个要点符合2个"),
        ("A22", "1.50", "该规则得不出此分"),
        ("C31", "0.80", "0.80分相当于迟开工月数3个月"),
        ("C31", "2", "2.00分相当于迟开工月数不超过0个月"),
        ("C31", "0", "0.00分相当于迟开工月数不低于5个月"),
        ("C31", "2.5", "该规则得不出此分"),
        ("C41", "2.25", "2.25分相当于超概算幅度2.50%"),
        ("B32", "2.50", "2.50分相当于1类问题"),
        ("B32", "2.40", "该规则得不出此分"),
        ("B32", "0", "0.00分相当于6类以上问题"),
        ("D42", "1.00", "1.00分相当于2类以上问题"),
        ("D42", "0.50", "该规则得不出此分"),
        ("B14", "2", "2.00分相当于支付率与形象进度之差不超过10个百分点"),
        ("B14", "1.20", "1.20分相当于支付率与形象进度之差超过10个百分点且不超过20个百分点"),
        ("B14", "0", "0.00分相当于支付率与形象进度之差超过20个百分点"),
        ("D32", "1.20", "1.20分相当于本息覆盖倍数不低于1倍且低于1.2倍"),
        ("D32", "0", "0.00分相当于本息覆盖倍数低于1倍"),
        ("D41", "7", "7.00分相当于居民满意度不低于90%"),
        ("D41", "5.60", "5.60分相当于居民满意度不低于80%且低于90%"),
        ("D41", "5.00", "该规则得不出此分"),
        ("D11", "5", "5.00分属于“高”档"),
        ("D11", "4.00", "4.00分属于“高”档"),
        ("D11", "3.86", "3.86分属于“中”档"),
        ("D11", "0", "0.00分属于“低”档"),
        ("D11", "6", "该规则得不出此分"),
    ],
)
def test_what_a_score_implies(code: str, points: str, sentence: str) -> None:
    assert said(INDICATORS[code], points) == sentence


@pytest.mark.parametrize(
    ("code", "points", "sentence"),
    [
        ("C12", "4.50", "4.50分相当于阶段完成率90.00%，报告未给出"),
        ("C32", "5.00", "5.00分相当于支付进度比83.33%，按现有数据为86.90%"),
        ("B11", "3.00", "3.00分相当于资金到位率不低于100.00%，按现有数据为53.33%/66.67%/100.00%"),
        ("D41", "5.00", "该规则得不出此分"),
        ("D42", "1.00", "1.00分相当于2类以上问题，报告未给出"),
        ("D11", "4.00", "4.00分属于“高”档"),
    ],
)
def test_what_is_known_stands_beside_it(code: str, points: str, sentence: str) -> None:
    indicator = INDICATORS[code]
    found = implied(indicator, D(points), suggest(indicator, MEASURES))
    assert found is not None
    assert str(found.sentence) == sentence


@pytest.mark.parametrize(
    ("code", "entered", "points", "known"),
    [
        ("D42", ItemInput(faults=3), "1.00", "3"),
        ("A22", ItemInput(ticks=(True, True, False)), "1.33", "2"),
        ("D32", ItemInput(figures={"coverage": D("1.25")}), "1.20", "1.25"),
        ("D41", ItemInput(figures={"satisfaction": D(85)}), "5.60", "85.00%"),
        ("C31", ItemInput(figures={"months_late": D(1)}), "2.00", "1"),
    ],
)
def test_what_was_entered_is_known_too(code: str, entered: ItemInput, points: str, known: str) -> None:
    indicator = INDICATORS[code]
    found = implied(indicator, D(points), suggest(indicator, MEASURES, entered))
    assert found is not None
    assert str(found.sentence).endswith(f"，按现有数据为{known}")


@pytest.mark.parametrize(
    ("code", "points", "low", "high"),
    [
        ("A22", "1.33", 2, 2),
        ("C12", "4.50", "9/10", "9/10"),  # 60 % + 4.50/6 of the other 40 %
        ("C12", "6", 1, None),
        ("C12", "0", None, "3/5"),
        ("C31", "0.80", 3, 3),
        ("C31", "2", None, 0),
        ("C31", "0", 5, None),
        ("B32", "2.50", 1, 1),
        ("B32", "0", 6, None),
        ("B14", "1.20", 10, 20),
        ("B14", "0", 20, None),
        ("D32", "1.20", 1, "6/5"),
        ("D32", "0", None, 1),
        ("D11", "4.00", None, None),
    ],
)
def test_the_range_that_a_score_implies(code: str, points: str, low: int | str | None, high: int | str | None) -> None:
    found = implied(INDICATORS[code], D(points))
    assert found is not None
    assert found.reachable
    assert (found.low, found.high) == tuple(None if edge is None else Fraction(edge) for edge in (low, high))
    # What is known beside it changes the sentence and nothing else.
    beside = implied(INDICATORS[code], D(points), suggest(INDICATORS[code], MEASURES))
    assert beside is not None
    assert (beside.low, beside.high, beside.reachable) == (found.low, found.high, True)


def test_without_a_rule_nothing_is_implied() -> None:
    assert implied(rule("", "5"), D(4)) is None


def test_bands_of_one_score_are_one_range_and_one_band_is_no_matter() -> None:
    alike = rule("interval", "0.01", input="x", bands_min=[[90, 1], [80, D("0.9")], [None, 0]])
    assert said(alike, "0.01") == "0.01分相当于x不低于80"
    assert said(rule("interval", "4", input="x", bands=[[None, D("0.5")]]), "2") == "2.00分与x无关"
    assert said(rule("interval", "4", input="x", bands_min=[[None, D("0.5")]]), "2") == "2.00分与x无关"


def holds(found: Implied, value: Fraction, slack: Fraction) -> bool:
    return (found.low is None or found.low - slack <= value) and (found.high is None or value <= found.high + slack)


COMPUTED = sorted(code for code, each in EVERY_KIND.items() if each.kind != "judgement")


@given(st.sampled_from(COMPUTED), st.decimals(0, 150, places=3), st.integers(0, 12))
def test_what_the_rule_gave_implies_what_it_was_given(code: str, value: Decimal, number: int) -> None:
    indicator = EVERY_KIND[code]
    found = rule_of(indicator)
    count = int(indicator.params.get("points", 0))
    entered = ItemInput(
        ticks=tuple(n < number for n in range(count)),
        faults=number,
        answers=(number, 3, 2, 1, int(value)),
    )
    known = dict.fromkeys(found.names, Fraction(100)) | {name: Fraction(value) for name in found.names[:1]}
    if indicator.kind == "ratio":
        known = {name: each for name, each in known.items() if name in found.names[:2]}
    ruling = found.compute(indicator.weight, entered, known)
    assert ruling.points is not None
    assert ruling.value is not None
    back = implied(indicator, ruling.points)
    assert back is not None
    assert back.reachable
    # Points are rounded to 0.01: half of that, in the rule's input; per month 20 %, per 1 % 10 %.
    share = Fraction(1, 200) / Fraction(indicator.weight)
    slack = {"ratio": share, "ratio_floor": share, "linear_deduction": share * 10}.get(indicator.kind, Fraction(0))
    assert holds(back, ruling.value, slack)
