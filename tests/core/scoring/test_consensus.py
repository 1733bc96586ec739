"""The panel's result, worked by hand; and what may not change it."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.model.scorecard import Status
from core.scoring.consensus import Panel, Rule, combine, consensus
from core.scoring.tally import tally
from tests.core.scoring.panels import ABCD, LI, WANG, ZHAO, ballot, panel, panels, unhurried
from tests.core.scoring.sheets import MOF, event

D = Decimal


@pytest.mark.parametrize(
    ("rule", "points", "total", "grade"),
    [
        (Rule.MEAN, ["36", "27", "17", "8.67"], "88.67", "良"),
        (Rule.MEDIAN, ["36", "27", "18", "9"], "90", "优"),
        # of three scores, the trimmed mean is the middle one
        (Rule.TRIMMED_MEAN, ["36", "27", "18", "9"], "90", "优"),
        (Rule.CHIEF, ["38", "24", "20", "7"], "89", "良"),
    ],
)
def test_three_evaluators_on_four_items(rule: Rule, points: list[str], total: str, grade: str) -> None:
    result = consensus(panel(ABCD, WANG, LI, ZHAO, rule=rule, chief=LI))
    assert [item.points for item in result.items] == [D(p) for p in points]
    assert (result.tally.total, result.tally.grade) == (D(total), grade)
    assert [item.spread for item in result.items] == [4, 6, 7, 3]
    assert [(item.low, item.high, item.count) for item in result.items][2] == (13, 20, 3)
    assert [(s.name, s.points) for s in result.items[0].scores] == [("王工", 36), ("李工", 38), ("赵工", 34)]


@pytest.mark.parametrize(
    ("rule", "points", "result"),
    [
        (Rule.MEAN, ["4.50", "4.51"], "4.51"),  # 4.505, half up
        (Rule.MEAN, ["1", "1", "2"], "1.33"),
        (Rule.MEDIAN, ["1", "2", "2.01", "9"], "2.01"),  # 2.005, half up
        (Rule.MEDIAN, ["3", "1"], "2"),
        (Rule.TRIMMED_MEAN, ["0", "3", "3.5", "10"], "3.25"),
        (Rule.TRIMMED_MEAN, ["2", "5"], "3.5"),  # two: the plain mean
        (Rule.TRIMMED_MEAN, ["2"], "2"),
    ],
)
def test_several_scores_become_one(rule: Rule, points: list[str], result: str) -> None:
    assert combine([D(p) for p in points], rule) == D(result)


def test_no_scores_give_none_and_a_decision_is_no_arithmetic() -> None:
    assert combine([], Rule.MEAN) is None
    with pytest.raises(ValueError, match="chief"):
        combine([D(1)], Rule.CHIEF)


def test_points_are_rounded_first_and_then_added() -> None:
    # 1/3 and 1/3 of a point: 0.33 + 0.33 = 0.66, where the unrounded sum would print as 0.67
    thirds = [ballot(n, {"A": a, "B": a}) for n, a in (("1", "0"), ("2", "0"), ("3", "1"))]
    assert consensus(panel({"A": "50", "B": "50"}, *thirds)).tally.total == D("0.66")


def test_recused_scores_are_left_out_but_kept_for_the_record() -> None:
    out = replace(ZHAO, recused=frozenset({"C"}))
    item = consensus(panel(ABCD, WANG, LI, out)).items[2]
    assert (item.points, item.spread, item.count) == (19, 2, 2)
    assert (item.scores[2].points, item.scores[2].recused, item.scores[2].counts) == (13, True, False)


def test_an_own_sheet_leaves_out_recused_items_as_not_applicable() -> None:
    out = replace(ZHAO, recused=frozenset({"C"}))
    own = tally(out.items(panel(ABCD).scheme), MOF)
    # 74 of the 80 points that are left
    assert (own.total, own.normalised, own.grade) == (74, D("92.50"), "优")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([Status.UNSCORED, Status.UNSCORED], Status.UNSCORED),
        ([Status.EVIDENCE_MISSING, Status.UNSCORED], Status.EVIDENCE_MISSING),
        ([Status.NOT_APPLICABLE, Status.NOT_APPLICABLE], Status.NOT_APPLICABLE),
        ([Status.NOT_APPLICABLE, Status.UNSCORED], Status.UNSCORED),
        ([], Status.UNSCORED),
    ],
)
def test_an_item_without_points_stays_unscored(said: list[Status], status: Status) -> None:
    result = consensus(panel({"A": "100"}, *(ballot(str(i), {"A": s}) for i, s in enumerate(said))))
    assert (result.items[0].status, result.items[0].points, result.tally.grade) == (status, None, None)
    first = result.items[0]
    assert (first.spread, first.low, first.high, first.disputed) == (None, None, None, False)


def test_not_applicable_against_points_is_disputed_and_the_points_count() -> None:
    item = consensus(panel({"A": "100"}, ballot("1", {"A": Status.NOT_APPLICABLE}), ballot("2", {"A": "80"}))).items[0]
    assert (item.points, item.status, item.disputed) == (80, Status.CONFIRMED, True)
    recused = ballot("1", {"A": Status.NOT_APPLICABLE}, ["A"])
    assert not consensus(panel({"A": "100"}, recused, ballot("2", {"A": "80"}))).items[0].disputed


def test_examples_confirm_nothing() -> None:
    example = replace(ballot("1", {}), events={"A": event("A", "80", Status.EXAMPLE)})
    result = consensus(panel({"A": "100"}, example, ballot("2", {"A": "80"})))
    assert (result.items[0].status, result.tally.confirmed) == (Status.EXAMPLE, 0)


def test_the_chief_may_be_absent_recused_or_undecided() -> None:
    assert consensus(panel(ABCD, WANG, LI, rule=Rule.CHIEF)).tally.scored == 0
    chief = ballot("主", {"A": "30", "B": Status.EVIDENCE_MISSING, "C": "20"}, ["A"])
    result = consensus(panel(ABCD, WANG, LI, rule=Rule.CHIEF, chief=chief))
    assert [item.points for item in result.items] == [None, None, 20, None]
    assert [item.status for item in result.items][:2] == [Status.UNSCORED, Status.EVIDENCE_MISSING]
    assert result.items[0].spread == 2


@unhurried
@given(panels(), st.randoms(use_true_random=False))
def test_the_order_of_evaluators_and_items_changes_nothing(given_panel: Panel, random: Random) -> None:
    ballots, indicators = list(given_panel.ballots), list(given_panel.scheme.indicators)
    random.shuffle(ballots)
    random.shuffle(indicators)
    shuffled = replace(
        given_panel, ballots=tuple(ballots), scheme=replace(given_panel.scheme, indicators=tuple(indicators))
    )
    a, b = consensus(given_panel), consensus(shuffled)
    assert a.tally == b.tally
    assert {i.indicator.code: (i.points, i.spread, i.status) for i in a.items} == {
        i.indicator.code: (i.points, i.spread, i.status) for i in b.items
    }


@unhurried
@given(panels())
def test_the_result_lies_between_the_lowest_and_the_highest(given_panel: Panel) -> None:
    for item in consensus(given_panel).items:
        if item.points is not None:
            assert item.low is not None
            assert item.high is not None
            assert item.low <= item.points <= item.high


@unhurried
@given(st.decimals(0, 40, places=2), st.integers(1, 9), st.sampled_from([Rule.MEAN, Rule.MEDIAN, Rule.TRIMMED_MEAN]))
def test_equal_scores_give_themselves(points: Decimal, count: int, rule: Rule) -> None:
    assert combine([points] * count, rule) == points


def test_both_figures_of_a_panel_are_known_with_their_rule() -> None:
    """No wrong number, B7: three sheets of 0.33, 0.33, 0.34 a point each, rounded first, and their totals' mean."""
    thirds = [ballot(n, {"A": a, "B": a}) for n, a in (("1", "0"), ("2", "0"), ("3", "1"))]
    found = consensus(panel({"A": "50", "B": "50"}, *thirds))
    assert (found.tally.total, found.by_totals) == (D("0.66"), D("0.67"))  # 2 / 3
    middle = consensus(panel({"A": "50", "B": "50"}, *thirds, rule=Rule.MEDIAN))
    assert (middle.tally.total, middle.by_totals) == (0, 0)
    assert consensus(panel({"A": "50", "B": "50"}, *thirds, rule=Rule.CHIEF, chief=thirds[0])).by_totals is None


def test_a_total_that_is_none_yet_makes_no_mean() -> None:
    """No wrong number, B7: a sheet with an open item; whoever stays out of all of it is not asked."""
    open_one = ballot("2", {"A": "40"})
    assert consensus(panel({"A": "50", "B": "50"}, ballot("1", {"A": "50", "B": "50"}), open_one)).by_totals is None
    out = ballot("2", {"A": "40"}, ["A", "B"])
    assert consensus(panel({"A": "50", "B": "50"}, ballot("1", {"A": "50", "B": "40"}), out)).by_totals == 90


@unhurried
@given(panels())
def test_both_figures_differ_by_no_more_than_what_was_rounded(found: Panel) -> None:
    """No wrong number, B7: where nobody stays out and nothing is left out, each item is half a hundredth off."""
    kept = [b for b in found.ballots if all(item.points is not None for item in b.items(found.scheme))]
    assume(kept)
    result = consensus(replace(found, rule=Rule.MEAN, ballots=tuple(kept)))
    assert result.by_totals is not None
    assert abs(result.tally.total - result.by_totals) <= D("0.005") * (len(result.items) + 1)
