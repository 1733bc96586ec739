"""States of the places of a reporting period."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from core.model.reporting import Report, ReportingPeriod, ReportStep, State, StepKind

PERIOD = ReportingPeriod(
    "p", "2025-03-31", date(2025, 3, 31), date(2025, 4, 10), ("甲", "乙"), ("paid",), "c", "周", datetime(2025, 4, 1)
)


def step(number: int, kind: StepKind, place: str = "甲", batch: str = "", actor: str = "a") -> ReportStep:
    moment = datetime(2025, 4, 2, 8, number)
    return ReportStep("p", "2025-03-31", place, number, kind, "", batch, actor, actor.upper(), moment)


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((), "filling"),
        (("submitted",), "submitted"),
        (("submitted", "recalled"), "filling"),
        (("submitted", "returned"), "returned"),
        (("submitted", "returned", "submitted", "reviewed"), "reviewed"),
        (("submitted", "reviewed", "returned"), "returned"),
    ],
)
def test_the_newest_step_of_a_place_says_its_state(kinds: tuple[StepKind, ...], state: State) -> None:
    steps = tuple(step(number, kind) for number, kind in enumerate(kinds))
    report = Report(PERIOD, steps=(step(59, "submitted", "乙"), *steps))
    assert report.state("甲") == state
    assert report.state("乙") == "submitted"


def test_a_place_is_released_while_a_snapshot_made_after_its_review_counts() -> None:
    steps = (step(1, "submitted"), step(2, "reviewed"), step(3, "released", "", "b1"), step(4, "submitted", "乙"))
    late = (*steps, step(5, "reviewed", "乙"))
    assert Report(PERIOD, steps=late, counting=("b1",)).state("甲") == "released"
    assert Report(PERIOD, steps=late, counting=("b1",)).state("乙") == "reviewed"
    assert Report(PERIOD, steps=late, counting=()).state("甲") == "reviewed"  # withdrawn
    again = (*late, step(6, "released", "", "b2"))
    both = Report(PERIOD, steps=again, counting=("b2",))
    assert both.in_state("released") == ("甲", "乙")
    assert both.finished


def test_who_reports_a_place_is_who_types_and_who_submits() -> None:
    report = Report(PERIOD, steps=(step(1, "submitted", actor="b"),), typed_by={"甲": {("a", "A")}, "乙": {("d", "D")}})
    assert report.reporters(("甲",)) == {("a", "A"), ("b", "B")}
    assert report.reporters(("乙",)) == {("d", "D")}
