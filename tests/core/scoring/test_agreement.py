"""Leave-one-out, distance from the panel and Kendall's W, by hand and against scipy."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare

from core.model.reference import Far
from core.model.scorecard import Status
from core.scoring.agreement import agreement, far_from_panel, kendall_w, leave_one_out
from core.scoring.consensus import Panel, Rule, consensus
from tests.core.scoring.panels import ABCD, LI, WANG, ZHAO, ballot, panel, panels, unhurried

D = Decimal


def test_the_grade_without_each_evaluator() -> None:
    # means 88.67 with all; 36+27+16.5+8.5, 35+28.5+15.5+9.5 and 37+25.5+19+8 without one
    rows = leave_one_out(panel(ABCD, WANG, LI, ZHAO))
    assert [(row.name, row.tally.total, row.tally.grade, row.holds) for row in rows] == [
        ("王工", D("88.00"), "良", True),
        ("李工", D("88.50"), "良", True),
        ("赵工", D("89.50"), "良", True),
    ]
    assert str(rows[0].sentence) == "不计王工，为88.00分，等级仍为良。"


def test_a_median_may_hang_on_each_of_three() -> None:
    rows = leave_one_out(panel(ABCD, WANG, LI, ZHAO, rule=Rule.MEDIAN))
    assert [(row.before.grade, row.holds) for row in rows] == [("优", False)] * 3
    assert str(rows[2].sentence) == "不计赵工，为89.50分，等级由优变为良。"


def test_without_the_only_scorer_or_the_chief_there_is_no_grade() -> None:
    part = ballot("钱", {"A": "40", "B": "30", "C": "20"})
    rows = leave_one_out(panel(ABCD, WANG, part))
    assert [row.holds for row in rows] == [None, True]
    assert str(rows[0].sentence) == "不计王工，本表未评完，不能定等级。"
    rows = leave_one_out(panel(ABCD, WANG, LI, rule=Rule.CHIEF, chief=LI))
    assert [row.holds for row in rows] == [True, None]
    assert [row.holds for row in leave_one_out(panel(ABCD, part))] == [None]


@unhurried
@given(panels(fewest=1, most=1, whole=True), st.integers(2, 5))
def test_leaving_out_one_of_identical_sheets_changes_nothing(given_panel: Panel, copies: int) -> None:
    (one,) = given_panel.ballots
    same = replace(given_panel, ballots=tuple(replace(one, evaluator=str(k)) for k in range(copies)))
    assert all(row.holds and row.tally == row.before for row in leave_one_out(same))
    assert not any(row.items for row in far_from_panel(consensus(same), Far()))


def test_more_than_a_fifth_of_full_marks_on_three_items_is_far() -> None:
    # mean 8; 2.01 of 10 is beyond a fifth, 2.00 is not. Three such items: far. Two: not.
    full_marks = {code: "10" for code in "ABCD"}
    near = ballot("1", {"A": "9.01", "B": "9.01", "C": "9.01", "D": "9"})
    low = ballot("2", {"A": "4.99", "B": "4.99", "C": "4.99", "D": "5"})
    mid = ballot("3", {"A": "7", "B": "7", "C": "7", "D": "7"})
    near, low, mid = far_from_panel(consensus(panel(full_marks, near, low, mid)), Far())
    assert [row.far for row in (near, low, mid)] == [True, True, False]
    assert [each.code for each in low.items] == ["A", "B", "C"]
    first = low.items[0]
    assert (first.points, first.panel, first.share, first.by_share, first.by_sigmas) == (
        D("4.99"), 7, D("0.201"), True, False,
    )  # fmt: skip
    assert str(low.sentence) == "2工有3项与专家组相差超过满分的20%或2σ。"
    two = ballot("2", {"A": "4.99", "B": "4.99", "C": "7", "D": "7"})
    high = ballot("1", {"A": "9.01", "B": "9.01", "C": "7", "D": "7"})
    rows = far_from_panel(consensus(panel(full_marks, high, two, ballot("3", dict.fromkeys("ABCD", "7")))), Far())
    assert [(len(row.items), row.far) for row in rows] == [(2, False), (2, False), (0, False)]


def test_two_sigmas_speak_from_six_evaluators_on() -> None:
    # five at 8, one at 5: mean 7.5, σ² = (5 × 0.25 + 6.25) / 6 = 1.25, 2.5² / 1.25 = 5 > 4
    full_marks = {code: "30" for code in "ABC"}
    ballots = [ballot(str(k), dict.fromkeys("ABC", "8")) for k in range(5)]
    odd = ballot("x", dict.fromkeys("ABC", "5"))
    *others, far = far_from_panel(consensus(panel(full_marks, *ballots, odd)), Far())
    assert far.far
    assert (far.items[0].by_sigmas, far.items[0].by_share) == (True, False)
    assert far.items[0].sigmas.quantize(D("0.0001")) == D("2.2361")
    assert not any(row.items for row in others)
    # four at 8, one at 5: exactly 2σ, which is not more than 2σ
    assert not any(row.items for row in far_from_panel(consensus(panel(full_marks, *ballots[:4], odd)), Far()))


def test_items_with_one_score_or_no_result_say_nothing_about_distance() -> None:
    a = ballot("1", {"A": "0", "B": "30", "C": "0"}, ["C"])
    b = ballot("2", {"A": "40", "C": "20"})
    c = ballot("3", {"C": "20", "A": Status.UNSCORED})
    rows = far_from_panel(consensus(panel(ABCD, a, b, c)), Far())
    assert [[each.code for each in row.items] for row in rows] == [["A"], ["A"], []]
    undecided = far_from_panel(consensus(panel(ABCD, a, b, rule=Rule.CHIEF)), Far())
    assert not any(row.items for row in undecided)


def test_one_evaluator_or_one_item_agrees_with_nobody() -> None:
    one, two, three = Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)
    assert kendall_w([[one, two, three]]) is None
    assert kendall_w([[one], [two]]) is None
    assert kendall_w([]) is None


def test_kendalls_w_by_hand() -> None:
    # 王 ranks all alike, 李 3 2 4 1, 赵 2 3.5 1 3.5: R 7.5 8 7.5 7, S 0.5, ties 60 + 6: 6 / (540 - 198) = 1/57
    found = agreement(consensus(panel(ABCD, WANG, LI, ZHAO)))
    assert (found.w, found.evaluators, found.items) == (1 / D(57), 3, 4)


def test_w_ranks_rates_not_points() -> None:
    # Points rank the items alike, rates in opposite order
    a, b = ballot("1", {"A": "20", "B": "9"}), ballot("2", {"A": "38", "B": "9"})
    assert agreement(consensus(panel({"A": "40", "B": "10"}, a, b))).w == 0


def test_w_asks_only_evaluators_with_scores_about_items_that_all_scored() -> None:
    out = ballot("钱", {"A": "1", "B": "2"}, ["A", "B", "C", "D"])
    part = ballot("孙", {"A": "38", "B": "24", "C": "20"})
    found = agreement(consensus(panel(ABCD, LI, part, out)))
    assert (found.w, found.evaluators, found.items) == (1, 2, 3)


@pytest.mark.parametrize(
    "ballots",
    [
        [],
        [WANG],
        [WANG, replace(WANG, evaluator="x")],  # both rank all items alike
        [ballot("1", {"A": "1"}), ballot("2", {"A": "1"})],
        [ballot("1", {"A": "1", "B": "2"}), ballot("2", {"C": "1", "D": "1"})],
    ],
)
def test_w_may_be_undefined(ballots: list) -> None:
    assert agreement(consensus(panel(ABCD, *ballots))).w is None


rankings = st.integers(3, 8).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 6), min_size=n, max_size=n), min_size=2, max_size=7)
)


@unhurried
@given(rankings)
def test_w_agrees_with_friedmans_chi_square(rows: list[list[int]]) -> None:
    w = kendall_w([[Fraction(value, 6) for value in row] for row in rows])
    assume(w is not None)
    m, n = len(rows), len(rows[0])
    chi_square = friedmanchisquare(*zip(*rows, strict=True)).statistic
    assert float(w) == pytest.approx(chi_square / (m * (n - 1)), abs=1e-9)
    assert 0 <= w <= 1


@unhurried
@given(st.lists(st.integers(0, 9), min_size=2, max_size=9), st.integers(2, 6))
def test_w_of_identical_rankings_is_one(row: list[int], m: int) -> None:
    assume(len(set(row)) > 1)
    assert kendall_w([[Fraction(value, k + 10) for value in row] for k in range(m)]) == 1


@unhurried
@given(panels(fewest=2), st.randoms(use_true_random=False))
def test_the_order_of_evaluators_and_items_changes_no_agreement(given_panel: Panel, random: Random) -> None:
    ballots, indicators = list(given_panel.ballots), list(given_panel.scheme.indicators)
    random.shuffle(ballots)
    random.shuffle(indicators)
    scheme = replace(given_panel.scheme, indicators=tuple(indicators))
    shuffled = replace(given_panel, ballots=tuple(ballots), scheme=scheme)
    a, b = consensus(given_panel), consensus(shuffled)
    assert agreement(a) == agreement(b)
    assert {row.evaluator: set(row.items) for row in far_from_panel(a, Far())} == {
        row.evaluator: set(row.items) for row in far_from_panel(b, Far())
    }
    assert {row.evaluator: row.tally for row in leave_one_out(given_panel)} == {
        row.evaluator: row.tally for row in leave_one_out(shuffled)
    }
