"""Which round's sheet heads a project (No wrong number, A6)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.scoring.leading_sheet import RoundSheets, leading_round, result_of, reviewed

ROUNDS = st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from(["初评", "终评"])), max_size=5).map(
    lambda rows: [RoundSheets(f"r{n}", name, locked, panel) for n, (locked, panel, name) in enumerate(rows, 1)]
)
"""Rounds of equal names among them, oldest first."""


@given(ROUNDS)
def test_the_last_locked_round_heads_else_the_one_that_runs(rounds: list[RoundSheets]) -> None:
    found = leading_round(rounds)
    if not rounds:
        assert found is None
        return
    assert found in rounds
    locked = [each.id for each in rounds if each.locked]
    assert found.id == (max(locked) if locked else f"r{len(rounds)}")
    assert result_of(found) == found.id + ("/panel" if found.panel else "/working")


def test_what_a_unit_says_of_itself_heads_only_where_nobody_else_scores() -> None:
    own, later = RoundSheets("r1", "自评", True, False, True), RoundSheets("r2", "自评", False, False, True)
    judged = RoundSheets("r3", "初评", False, False)
    assert leading_round([own, later]) is own
    assert leading_round([own, judged, later]) is judged
    assert reviewed([own, judged, later]) == [judged]


def test_a_round_that_was_closed_without_a_lock_heads_only_where_no_other_goes_on() -> None:
    runs, closed = RoundSheets("r1", "初评", False, False), RoundSheets("r2", "复评", False, True, closed=True)
    assert leading_round([runs, closed]) is runs
    assert leading_round([closed]) is closed
    assert leading_round([closed, RoundSheets("r3", "终评", False, False, closed=True)]).id == "r3"  # type: ignore[union-attr]
    # A lock stands whatever became of the round afterwards.
    locked = RoundSheets("r2", "复评", True, True, closed=True)
    assert leading_round([runs, locked]) is locked
