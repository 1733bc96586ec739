"""Undo and redo on a sheet: one's own steps, while it is open, never over another's change."""

from __future__ import annotations

import secrets
from decimal import Decimal

import pytest

from core.model.context import Actor, Context
from core.model.rights import OPERATOR
from core.model.scorecard import ScoreEvent, Status
from core.scoring import Answer, Refused, Saved
from core.scoring.undoing import Step, edit_id, new_step
from core.service.base import open_store
from core.service.manage import verifying
from core.service.scoring import history, opening, scorecards, steps, taking_over, undoing
from core.store import read
from tests.core.service.people import LI, PROJECT, WANG, WORKING, ZHAO, agreed, edit, has_submitted, save

D = Decimal
SHIPPED = D("93.00")

pytestmark = pytest.mark.usefixtures("store_path")


def paste(ctx: Context, sheet: str, *changes: tuple[str, int, str]) -> list[Answer]:
    """One step: (code, revision that was seen, points)."""
    step = new_step()
    return save(ctx, sheet, *(edit(code, base, points) | {"edit_id": edit_id(step)} for code, base, points in changes))


def back(ctx: Context, sheet: str, kind: str, step: Step, codes: list[str] | None = None) -> list[Answer]:
    """As the grid sends it: the values that it shows, from what it has seen, in one go."""
    edits = [
        edit(code, event.revision if event else 0, None, "unscored")
        | {"edit_id": f"{step.id}-{kind}-{secrets.token_hex(6)}"}
        for code, event in step.values(kind).items()
        if codes is None or code in codes
    ]
    return save(ctx, sheet, *edits)


def next_step(ctx: Context, sheet: str = WORKING, kind: str = "u") -> Step:
    found = undoing.steps(ctx, PROJECT, sheet)
    return (found.undo if kind == "u" else found.redo)[-1].step


def newest(sheet: str = WORKING) -> dict[str, ScoreEvent]:
    return {event.code: event for event in read.history(open_store.store(), PROJECT, sheet)}


def points(*codes: str) -> list[Decimal | None]:
    found = newest()
    return [found[code].points for code in codes]


def test_a_paste_is_undone_and_redone_in_one_step_and_all_of_it_stays_in_the_record() -> None:
    before = newest()
    paste(WANG, WORKING, ("A11", 1, "1.5"), ("A12", 1, "1"), ("A21", 1, "0.5"))
    assert points("A11", "A12", "A21") == [D("1.5"), D(1), D("0.5")]
    answers = back(WANG, WORKING, "u", next_step(WANG))
    assert all(isinstance(answer, Saved) for answer in answers)
    after = newest()
    for code in ("A11", "A12", "A21"):
        was, now = before[code], after[code]
        assert (now.points, now.status, now.reason, now.note) == (was.points, was.status, was.reason, was.note)
        assert now.revision == 3
    assert after["A11"].status is Status.EXAMPLE
    assert scorecards.scorecard(WANG, PROJECT).tally.total == SHIPPED
    back(WANG, WORKING, "r", next_step(WANG, kind="r"))
    assert points("A11", "A12", "A21") == [D("1.5"), D(1), D("0.5")]
    assert (len(undoing.steps(WANG, PROJECT, WORKING).undo), undoing.steps(WANG, PROJECT, WORKING).redo) == (1, ())
    assert verifying.verify(Context(Actor("operator", "管理员", grants=OPERATOR)), PROJECT).problems == ()


def test_the_same_undo_arriving_twice_is_one() -> None:
    save(WANG, WORKING, edit("A11", 1, "1"))
    step = next_step(WANG)
    sent = edit("A11", 2, "2.00", "example") | {"edit_id": f"{step.id}-u-0123456789ab"}
    first, again = save(WANG, WORKING, sent)[0], save(WANG, WORKING, sent)[0]
    assert isinstance(first, Saved)
    assert first == again
    assert newest()["A11"].revision == 3


def test_what_was_typed_and_undone_without_a_connection_arrives_together() -> None:
    step = new_step()
    typed = edit("A11", 1, "1") | {"edit_id": edit_id(step)}
    undone = edit("A11", str(typed["edit_id"]), "2.00", "example") | {"edit_id": f"{step}-u-0123456789ab"}
    redone = edit("A11", str(undone["edit_id"]), "1") | {"edit_id": f"{step}-r-0123456789ab"}
    assert all(isinstance(answer, Saved) for answer in save(WANG, WORKING, typed, undone, redone))
    assert [e.points for e in read.history(open_store.store(), PROJECT, WORKING, "A11")] == [D(2), D(1), D(2), D(1)]


def test_only_ones_own_steps_and_never_over_anothers_change() -> None:
    paste(WANG, WORKING, ("A11", 1, "1.5"), ("A12", 1, "1"))
    step = next_step(WANG)
    assert undoing.steps(LI, PROJECT, WORKING) == undoing.OfferedSteps()
    (theft,) = back(LI, WORKING, "u", step, ["A11"])
    assert isinstance(theft, Refused)
    save(LI, WORKING, edit("A12", 2, "0.5"))
    (offered,) = undoing.steps(WANG, PROJECT, WORKING).undo
    assert str(offered.why_not).startswith("李工")
    assert str(offered.why_not).endswith("已把A12改为0.50分，未改动任何一项。")
    answers = back(WANG, WORKING, "u", step)
    assert [str(answer.message) for answer in answers if isinstance(answer, Refused)] == [str(offered.why_not)] * 2
    assert points("A11", "A12") == [D("1.5"), D("0.5")]


def test_half_a_step_an_unknown_one_and_one_of_another_kind_change_nothing() -> None:
    paste(WANG, WORKING, ("A11", 1, "1.5"), ("A12", 1, "1"))
    step = next_step(WANG)
    refused = [
        *back(WANG, WORKING, "u", step, ["A11"]),
        *back(WANG, WORKING, "r", step),
        *save(WANG, WORKING, edit("A11", 2, "1") | {"edit_id": "ffffffffffff-u-0123456789ab"}),
    ]
    assert all(isinstance(answer, Refused) and "已不能撤销" in str(answer.message) for answer in refused)
    assert points("A11", "A12") == [D("1.5"), D(1)]


def test_a_later_own_change_of_an_item_is_undone_first() -> None:
    save(WANG, WORKING, edit("A11", 1, "1"))
    first = next_step(WANG)
    save(WANG, WORKING, edit("A11", 2, "0.5"))
    assert isinstance(back(WANG, WORKING, "u", first)[0], Refused)
    for left in (D(1), D(2)):
        back(WANG, WORKING, "u", next_step(WANG))
        assert points("A11") == [left]


def test_nothing_is_undone_once_the_sheet_is_submitted_nor_what_one_stays_out_of() -> None:
    sheet = has_submitted(WANG, {"A11": "1"})
    assert undoing.steps(WANG, PROJECT, sheet.id) == undoing.OfferedSteps()
    (event,) = read.history(open_store.store(), PROJECT, sheet.id, "A11")
    sent = edit("A11", 1, None, "unscored") | {"edit_id": f"{event.edit_id}-u-0123456789ab"}
    (answer,) = save(WANG, sheet.id, sent)
    assert isinstance(answer, Refused)
    assert "已提交" in str(answer.message)
    mine = opening.my_sheet(LI, PROJECT, "r1")
    save(LI, mine.id, edit("A11", 0, "1"))
    steps.recuse(LI, PROJECT, mine.id, "A11", "本单位项目")
    (offered,) = undoing.steps(LI, PROJECT, mine.id).undo
    assert "已回避" in str(offered.why_not)
    assert isinstance(back(LI, mine.id, "u", offered.step)[0], Refused)
    assert isinstance(history.restore(LI, PROJECT, mine.id, "A11", 1), Refused)


def test_any_earlier_value_is_brought_back_from_the_history() -> None:
    for base, value in enumerate(("1.5", "1", "0.5"), start=1):
        save(WANG, WORKING, edit("A11", base, value, reason=f"第{base}次"))
    told = history.item_history(WANG, PROJECT, WORKING, "A11")
    assert [sentence.revision for sentence in told] == [1, 2, 3, 4]
    answer = history.restore(WANG, PROJECT, WORKING, "A11", 4, 2)
    assert isinstance(answer, Saved)
    assert (answer.event.revision, answer.event.points, answer.event.reason) == (5, D("1.5"), "第1次")
    back(WANG, WORKING, "u", next_step(WANG))
    assert (newest()["A11"].points, newest()["A11"].reason) == (D("0.5"), "第3次")
    assert isinstance(history.restore(WANG, PROJECT, WORKING, "A11", None, 9), Refused)


def test_results_taken_over_are_one_step() -> None:
    for who in (WANG, LI):
        has_submitted(who, {"A11": "1", "A12": "0.5"})
    written = agreed(taking_over.take_over, ZHAO, PROJECT, "r1")
    panel = written[0].sheet
    assert list(next_step(ZHAO, panel).changes) == [event.code for event in written]
