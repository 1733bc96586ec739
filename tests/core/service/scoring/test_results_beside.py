"""A round's result by each rule beside the others, and other rounds' beside them; nothing of it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.errors import NotAllowed
from core.model.panel_events import RoundKind
from core.scoring.consensus import Rule
from core.service.base import open_store
from core.service.scoring import opening, steps, taking_over
from core.service.scoring.results_beside import Result, ResultsBeside, results_beside
from core.store import read
from tests.core.service.people import LI, PANEL, PROJECT, QIAN, WANG, ZHAO, edit, has_submitted, save, score_all

D = Decimal

pytestmark = pytest.mark.usefixtures("store_path")


def by_rule(found: ResultsBeside) -> dict[Rule | None, Result]:
    return {each.rule: each for each in found.results}


def four_have_scored() -> None:
    """C12 (6): 6, 5, 4, 2; D11 (5): 5, 5, 4, 5; full marks for the rest."""
    has_submitted(WANG, {})
    has_submitted(LI, {"C12": "1"})
    has_submitted(ZHAO, {"C12": "2", "D11": "1"})
    has_submitted(QIAN, {"C12": "4"})


def test_each_rule_has_its_points_total_and_grade_and_nothing_is_written() -> None:
    four_have_scored()
    before = read.history(open_store.store(), PROJECT, PANEL)
    found = by_rule(results_beside(LI, PROJECT, "r1"))
    # C12: 17/4 = 4.25, the middle two 5 and 4 make 4.50, without 6 and 2 (5 + 4)/2 = 4.50. D11: 19/4 = 4.75, 5, 5.
    rules = [(rule, each.points["C12"], each.points["D11"], each.tally.total) for rule, each in found.items() if rule]
    assert rules == [
        (Rule.MEAN, D("4.25"), D("4.75"), D("98.00")),
        (Rule.MEDIAN, D("4.50"), D("5.00"), D("98.50")),
        (Rule.TRIMMED_MEAN, D("4.50"), D("5.00"), D("98.50")),
    ]
    assert {each.tally.grade for each in found.values()} == {"优"}
    assert read.history(open_store.store(), PROJECT, PANEL) == before == ()
    # What the chief decides is what stands on the panel's sheet: 98.00 - 1.25.
    taking_over.take_over(LI, PROJECT, "r1")
    save(LI, PANEL, edit("C12", 1, "3", reason="议定"))
    after = results_beside(LI, PROJECT, "r1")
    assert after.main == found[Rule.MEAN]
    chief = by_rule(after)[Rule.CHIEF]
    assert (chief.points["C12"], chief.tally.total) == (D("3.00"), D("96.75"))
    opening.set_rule(LI, PROJECT, "r1", Rule.CHIEF)
    assert results_beside(LI, PROJECT, "r1").main == chief


def test_other_rounds_stand_beside_it() -> None:
    four_have_scored()
    opening.open_round(WANG, PROJECT, "自评", RoundKind.SELF, "chief")
    unit = opening.my_sheet(ZHAO, PROJECT, "r2")
    score_all(ZHAO, unit, {"D11": "1"})
    opening.open_round(WANG, PROJECT, "复评", RoundKind.REEVALUATION, "median")
    assert "r2" not in " ".join(str(each.title) for each in results_beside(WANG, PROJECT, "r1").results)
    steps.submit(ZHAO, PROJECT, unit.id)
    others = [each for each in results_beside(WANG, PROJECT, "r1").results if each.rule is None]
    # 复评 has no points, so that it is no column.
    assert [(str(each.title), each.points["D11"], each.tally.total) for each in others] == [
        ("自评 · 赵工的评分表", D("4.00"), D("99.00"))
    ]
    again = results_beside(WANG, PROJECT, "r3")
    assert [str(each.title) for each in again.results][:1] == ["自评 · 赵工的评分表"]
    assert again.main is None


def test_who_has_not_submitted_sees_none_of_it() -> None:
    has_submitted(WANG, {})
    opening.my_sheet(LI, PROJECT, "r1")
    with pytest.raises(NotAllowed, match="还没有提交"):
        results_beside(LI, PROJECT, "r1")
