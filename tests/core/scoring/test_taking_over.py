"""What 汇总 would change: rules of the field, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.model.scorecard import ScoreEvent, Status
from core.scoring.consensus import Panel, consensus
from core.scoring.taking_over import taken_over
from tests.core.scoring.panels import ABCD, LI, WANG, ZHAO, ballot, panel, panels, unhurried
from tests.core.scoring.sheets import event

MEANS = "平均分（王工、李工、赵工）"


def from_sheets(code: str, points: str) -> ScoreEvent:
    return replace(event(code, points), note=MEANS)


def test_only_what_is_another_one_is_listed_old_and_new() -> None:
    # The means are 36, 27, 17 and 8.67; A stands as it is, B and C came of an earlier result, D was decided by hand.
    there = {"A": event("A", "36"), "B": from_sheets("B", "25"), "D": event("D", "9")}
    found = taken_over(consensus(panel(ABCD, WANG, LI, ZHAO)), there)
    assert [(each.code, each.now and each.now.points, each.item.points) for each in found] == [
        ("B", Decimal(25), Decimal("27.00")),
        ("C", None, Decimal("17.00")),
        ("D", Decimal(9), Decimal("8.67")),
    ]
    assert [(each.blank, each.decided) for each in found] == [(False, False), (True, False), (False, True)]
    assert [each.then and each.then.points for each in found] == [Decimal("27.00"), None, Decimal("8.67")]
    assert [each.code for each in taken_over(consensus(panel(ABCD, WANG, LI, ZHAO)), there, {"C", "A"})] == ["C"]


def test_an_item_that_was_emptied_again_is_blank_and_no_decision() -> None:
    emptied = event("A", None, Status.UNSCORED, revision=3)
    (first, *_) = taken_over(consensus(panel(ABCD, WANG, LI, ZHAO)), {"A": emptied})
    assert (first.code, first.blank, first.decided) == ("A", True, False)


def test_what_is_not_applicable_by_hand_is_a_decision() -> None:
    (only,) = taken_over(consensus(panel({"A": "40"}, WANG)), {"A": event("A", None, Status.NOT_APPLICABLE)})
    assert (only.decided, only.item.points) == (True, Decimal("36.00"))


def test_nobody_s_scores_change_nothing() -> None:
    unscored = ballot("钱", {"A": Status.UNSCORED})
    assert taken_over(consensus(panel({"A": "40"}, unscored)), {"A": event("A", "36")}) == ()


@unhurried
@given(panels(), st.data())
def test_once_taken_over_there_is_nothing_left_to_take_over(drawn: Panel, data: st.DataObject) -> None:
    result = consensus(drawn)
    codes = [each.code for each in drawn.scheme.indicators]
    there = {code: event(code, "1") for code in data.draw(st.sets(st.sampled_from(codes)))}
    found = taken_over(result, there)
    then = dict(there) | {
        each.code: replace(event(each.code, None), points=each.item.points, status=each.item.status) for each in found
    }
    assert taken_over(result, then) == ()
    assert {each.code for each in found if each.decided} <= set(there)
    assert all(each.blank == (each.code not in there) for each in found)
