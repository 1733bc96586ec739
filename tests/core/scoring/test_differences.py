"""The agenda of differences, worked by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from core.model.scorecard import GradeScheme, Status
from core.scoring.consensus import Panel, Rule, consensus
from core.scoring.differences import Difference, GapSize, Outcome, beside_self, by_size, differences
from tests.core.scoring.panels import ABCD, LI, WANG, ZHAO, ballot, panel, panels, unhurried
from tests.core.scoring.sheets import MOF

D = Decimal


def test_what_could_move_the_grade_most_comes_first() -> None:
    # 88.67, 良: 1.33 to 优. Upwards A can move 2, B 3, C 3 and D 1.33; C and B reach the same, C differs more.
    rows = differences(consensus(panel(ABCD, WANG, LI, ZHAO)))
    assert [row.code for row in rows] == ["C", "B", "A", "D"]
    assert [row.reach for row in rows] == [3 / D("1.33"), 3 / D("1.33"), 2 / D("1.33"), 1]
    assert all(row.flips for row in rows)
    first = rows[0]
    assert (first.lowest, first.highest, first.spread) == (("赵工",), ("李工",), 7)
    assert first.outcomes == (Outcome(D(13), D("84.67"), "良"), Outcome(D(20), D("91.67"), "优"))


def test_downwards_the_first_loss_beyond_the_margin_counts() -> None:
    # 90.00 with nothing to spare: the lowest of D costs 2, and 0.01 would do
    rows = differences(consensus(panel(ABCD, WANG, LI, ZHAO, rule=Rule.MEDIAN)))
    assert {row.code: row.reach for row in rows} == {"A": 200, "B": 300, "C": 500, "D": 200}
    assert [row.code for row in rows] == ["C", "B", "A", "D"]
    # 93.00: 3.01 needed; A can lose 3, which is not enough, though B's 2 lie behind it
    a = ballot("1", {"A": "60", "B": "37"})
    b = ballot("2", {"A": "54", "B": "35"})
    rows = differences(consensus(panel({"A": "60", "B": "40"}, a, b)))
    assert [(row.code, row.flips, row.reach) for row in rows] == [
        ("A", False, 3 / D("3.01")),
        ("B", False, 1 / D("3.01")),
    ]


def test_agreed_items_are_not_on_the_agenda() -> None:
    assert differences(consensus(panel(ABCD, WANG, replace(WANG, evaluator="x")))) == ()


def test_a_dispute_over_not_applicable_is_on_the_agenda() -> None:
    # 60 of 60 and 29 of 40: 89, 良; without B 100.00, 优
    a = ballot("1", {"A": "60", "B": "29"})
    b = ballot("2", {"A": "60", "B": Status.NOT_APPLICABLE})
    (row,) = differences(consensus(panel({"A": "60", "B": "40"}, a, b)))
    assert row.outcomes == (Outcome(None, D("100.00"), "优"),)
    assert (row.flips, row.reach, row.lowest, row.spread) == (True, 11, (), 0)


def test_without_any_item_left_there_is_no_grade_to_move_to() -> None:
    a, b = ballot("1", {"A": "95"}), ballot("2", {"A": Status.NOT_APPLICABLE})
    (row,) = differences(consensus(panel({"A": "100"}, a, b)))
    assert (row.flips, row.reach) == (False, 0)


def test_without_a_grade_the_spread_decides() -> None:
    a = ballot("1", {"A": "36", "B": "20", "C": "10"})
    b = ballot("2", {"A": "38", "B": "28", "C": "12"})
    rows = differences(consensus(panel(ABCD, a, b)))
    # A and C both differ by 2; that is more of C's full marks
    assert [(row.code, row.reach, row.flips) for row in rows] == [
        ("B", None, False),
        ("C", None, False),
        ("A", None, False),
    ]


def test_a_single_grade_cannot_be_left() -> None:
    only = GradeScheme("one", "一档", MOF.grades[-1:])
    rows = differences(consensus(panel(ABCD, WANG, LI, grades=only)))
    assert {(row.reach, row.flips) for row in rows} == {(D(0), False)}


@unhurried
@given(panels())
def test_reach_says_whether_an_item_flips_the_grade(given_panel: Panel) -> None:
    for row in differences(consensus(given_panel)):
        assert row.flips == (row.reach is not None and row.reach >= 1)


def test_the_gap_to_the_units_own_points_is_the_review_less_these() -> None:
    # A 60 - 58, B 35 - 40; C is nobody's but the unit's, and D not scored by it
    review = consensus(panel({"A": "60", "B": "36", "D": "4"}, ballot("1", {"A": "60", "B": "35", "D": "4"}))).items
    own = consensus(panel({"A": "60", "B": "36", "C": "4"}, ballot("u", {"A": "58", "B": "40", "C": "4"}))).items
    rows = beside_self(review, own)
    assert [(row.code, row.left, row.right, row.gap) for row in rows] == [
        ("A", 58, 60, 2), ("B", 40, 35, -5), ("D", None, 4, None), ("C", 4, None, None),
    ]  # fmt: skip
    assert [row.code for row in by_size(rows)] == ["B", "A", "D", "C"]
    assert by_size([Difference("X", "X", D(1), D(1), D(5)), *rows])[2].code == "X"


@pytest.mark.parametrize(
    ("left", "right", "size"),
    [
        # Of 10 points and a limit of 20%: more than 2 is large, more than 1 is middling, whichever way it goes.
        ("8", "8", GapSize.NONE), ("8", None, GapSize.NONE), ("8", "8.01", GapSize.SMALL), ("8", "7", GapSize.SMALL),
        ("8", "6.99", GapSize.MIDDLE), ("6", "8", GapSize.MIDDLE), ("6", "8.01", GapSize.LARGE),
        ("9", "0", GapSize.LARGE),
    ],
)  # fmt: skip
def test_the_size_of_a_gap_is_its_part_of_full_marks(left: str, right: str | None, size: GapSize) -> None:
    row = Difference("X", "X", D(left), None if right is None else D(right), D(10))
    assert row.size(D("0.2")) is size
