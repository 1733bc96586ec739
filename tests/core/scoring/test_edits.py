"""Edits judged: written, known already, refused, or in conflict with somebody else's."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.scorecard import Status
from core.scoring import Conflict, Edit, Refused, Saved, ScoreChange, judge, read_edit, returns
from tests.core.scoring.sheets import SCHEME, event

ID = "0b54c1f2-0000-4000-8000-000000000001"


def edit(**changes: object) -> dict[str, object]:
    return {
        "edit_id": ID,
        "code": "A11",
        "base": 0,
        "points": "4.5",
        "status": "confirmed",
        "reason": " 未竣工 ",
    } | changes


def read(**changes: object) -> Edit:
    made = read_edit(edit(**changes))
    assert isinstance(made, Edit)
    return made


def test_a_first_score_becomes_a_change() -> None:
    assert judge(read(), SCHEME, None, None) == ScoreChange(ID, "A11", Decimal("4.50"), Status.CONFIRMED, "未竣工")


def test_unscoring_carries_no_points_whatever_was_sent() -> None:
    assert judge(read(status="unscored"), SCHEME, None, None) == ScoreChange(ID, "A11", None, Status.UNSCORED, "未竣工")


def test_the_newest_revision_or_the_own_predecessor_is_a_base() -> None:
    current = event("A11", "5", revision=3)
    assert isinstance(judge(read(base=3), SCHEME, current, None), ScoreChange)
    assert isinstance(judge(read(base=current.edit_id), SCHEME, current, None), ScoreChange)


@pytest.mark.parametrize("base", [0, 2, 4, "", "another-edit-id-000000"])
def test_any_other_base_is_a_conflict_that_shows_the_other_change(base: object) -> None:
    current = event("A11", "5", revision=3)
    assert judge(read(base=base), SCHEME, current, None) == Conflict(current)


def test_an_empty_predecessor_is_no_base_of_an_unscored_item() -> None:
    assert judge(read(base=""), SCHEME, None, None) == Conflict(None)


def test_the_same_edit_again_is_known() -> None:
    stored = event("A11", "4.5", revision=2, edit_id=ID)
    assert judge(read(base=1), SCHEME, event("A11", "6", revision=5), stored) == Saved(stored)


def test_an_edit_id_of_another_item_is_refused() -> None:
    assert isinstance(judge(read(), SCHEME, None, event("B11", "4", edit_id=ID)), Refused)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"points": "8"}, "本项最高6分，您输入的是8，未计入，本项仍为未评。"),
        ({"points": None}, "请填数字（最多两位小数），“”未计入，本项仍为未评。"),
        ({"code": "Z99"}, "本表没有编号为“Z99”的指标，未计入。"),
        ({"reason": "长" * 501}, "原因最多500字，现有501字，未计入。"),
    ],
)
def test_is_refused_in_a_sentence(changes: dict[str, object], sentence: str) -> None:
    refused = judge(read(**changes), SCHEME, None, None)
    assert isinstance(refused, Refused)
    assert str(refused.message) == sentence


@pytest.mark.parametrize(
    "raw",
    [
        None,
        5,
        [],
        edit(edit_id=None),
        edit(edit_id="short"),
        edit(edit_id="x" * 65),
        edit(edit_id="'; drop table --aaaaaaa"),
    ],
)
def test_without_a_usable_edit_id_there_is_nothing_to_answer_to(raw: object) -> None:
    found = read_edit(raw)
    assert isinstance(found, tuple)
    assert found[0] is None


@pytest.mark.parametrize(
    "changes",
    [
        {"code": 7},
        {"base": True},
        {"base": None},
        {"points": 4.5},
        {"status": "x"},
        {"reason": None},
    ],
)
def test_a_garbled_edit_is_refused_under_its_id(changes: dict[str, object]) -> None:
    found = read_edit(edit(**changes))
    assert isinstance(found, tuple)
    assert found[0] == ID
    assert str(found[1].message) == "收到的修改内容不完整，未计入。请刷新页面后重填。"


anything = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just([])


@given(st.dictionaries(st.sampled_from(list(edit())), anything))
def test_nothing_a_browser_sends_raises(raw: dict[str, object]) -> None:
    made = read_edit(raw)
    if isinstance(made, Edit):
        assert isinstance(judge(made, SCHEME, None, None), ScoreChange | Refused | Conflict)


# No wrong number, C21: one step back over a paste
@pytest.mark.parametrize(
    ("status", "points", "reason", "may"),
    [
        ("confirmed", "3.00", "甲", True),  # never needs an example
        ("example", "4.00", "甲", True),
        ("example", "4.00", "乙", False),
        ("example", "3.00", "甲", False),
        ("example", "5.00", "丙", False),  # was so, but confirmed
    ],
)
def test_an_item_is_an_example_again_only_as_it_was(status: str, points: str, reason: str, may: bool) -> None:
    made = read_edit(edit(status=status, points=points, reason=reason))
    assert isinstance(made, Edit)
    events = [event("A11", "4", Status.EXAMPLE, 1, "甲"), event("A11", "5", Status.CONFIRMED, 2, "丙")]
    assert returns(made, events) is may


def test_an_edit_off_the_step_of_its_scheme_is_refused_and_what_stands_there_is_confirmed() -> None:
    halves = replace(SCHEME, step=Decimal("0.5"))
    assert isinstance(judge(read(points="4.5"), halves, None, None), ScoreChange)
    refused = judge(read(points="4.3"), halves, None, None)
    assert isinstance(refused, Refused)
    assert str(refused.message) == "按0.5分一档打分，您输入的是4.3，请填4或4.5；未计入，本项仍为未评。"
    mean = event("A11", "4.33")
    assert isinstance(judge(read(points="4.33", base=1), halves, mean, None), ScoreChange)
