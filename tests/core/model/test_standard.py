"""Checklists of a standard: what they add up to, and which contents count as carried out."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.rectification import Proof
from core.model.standard import (
    POINT_RESULTS,
    CheckedArea,
    Found,
    PointCounts,
    PointResult,
    StandardCheck,
    StandardPoint,
    areas,
    carried_out,
    counts,
)

ROOF = StandardPoint("N1", "房屋", "屋面维修", "", "content")
WALL = StandardPoint("N2", "房屋", "外墙出新", "", "content")
EAST, WEST = CheckedArea("东街道"), CheckedArea("西街道")
PLACES = ("西街道", "东街道")


def found(*results: tuple[CheckedArea, str, PointResult]) -> Found:
    return {
        (area, code): StandardCheck(
            area, code, 1, result, date(2025, 3, 1), "甲", "", Proof(""), "a", "甲", datetime(2025, 3, 1)
        )
        for area, code, result in results
    }


def test_each_street_is_a_checklist_until_its_communities_are() -> None:
    north = CheckedArea("东街道", "北苑")
    assert areas(PLACES, {}) == (WEST, EAST)
    assert areas(PLACES, found((north, "N1", "met"))) == (WEST, north)
    assert areas(PLACES, found((north, "N1", "met"), (EAST, "N1", "met"))) == (WEST, EAST, north)


def test_a_checklist_on_which_all_was_taken_back_is_none() -> None:
    assert areas(PLACES, found((CheckedArea("东街道", "北苑"), "N1", "unchecked"))) == (WEST, EAST)


def test_a_point_is_counted_over_the_checklists() -> None:
    known = found((EAST, "N1", "met"), (WEST, "N1", "not_met"), (EAST, "N2", "not_applicable"))
    assert counts(known, (EAST, WEST), "N1") == PointCounts(met=1, not_met=1)
    assert counts(known, (EAST, WEST), "N2") == PointCounts(not_applicable=1, unchecked=1)


@pytest.mark.parametrize(
    ("roof", "wall", "done"),
    [
        (("met", "met"), ("met", "not_applicable"), 2),
        (("met", "not_met"), ("met", "met"), 1),
        (("not_applicable", "not_applicable"), ("met", "met"), 1),
        (("not_met", "not_met"), ("not_met", "not_met"), 0),
        (("met", "unchecked"), ("met", "met"), None),
    ],
)
def test_contents_found_somewhere_and_missed_nowhere_were_carried_out(
    roof: tuple[PointResult, PointResult], wall: tuple[PointResult, PointResult], done: int | None
) -> None:
    known = found(
        (EAST, "N1", roof[0]), (WEST, "N1", roof[1]), (EAST, "N2", wall[0]), (WEST, "N2", wall[1])
    )  # fmt: skip
    assert carried_out((ROOF, WALL), known, (EAST, WEST)) == done


def test_without_contents_or_checks_nobody_can_tell() -> None:
    assert carried_out((), {}, (EAST,)) is None
    assert carried_out((ROOF,), {}, (EAST,)) is None


@given(
    st.dictionaries(
        st.tuples(st.sampled_from((EAST, WEST)), st.sampled_from(("N1", "N2"))), st.sampled_from(POINT_RESULTS)
    )
)
def test_every_checklist_is_counted_once_at_each_point(results: dict[tuple[CheckedArea, str], PointResult]) -> None:
    known = found(*((area, code, result) for (area, code), result in results.items()))
    lists = areas(PLACES, known)
    for code in ("N1", "N2"):
        each = counts(known, lists, code)
        assert each.met + each.not_met + each.not_applicable + each.unchecked == len(lists)
    done = carried_out((ROOF, WALL), known, lists)
    assert done is None or 0 <= done <= 2
