"""The score grid's outbox on a real store: applied once, answered until the browser lets go of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError, NameNeeded, StoreError, UnknownName
from core.model.context import Actor, Context
from core.service.base import open_store
from core.service.scoring import opening, scorecards
from core.store import logs, read
from pages.scoring import outbox
from pages.shared import session, state

PROJECT, SHEET = "lingang-2023", "r1/working"
WANG = Actor("browser-wang", "王工")
LI = Actor("browser-li00", "李工")


@pytest.fixture(autouse=True)
def browser_session(monkeypatch: pytest.MonkeyPatch, store_path: object) -> dict[str, Any]:
    """What one browser tab has: nothing yet."""
    mine: dict[str, Any] = {}
    for module in (outbox, session, state):
        monkeypatch.setattr(module, "st", SimpleNamespace(session_state=mine))
    mine["actor"] = WANG
    return mine


def edit(code: str = "A11", base: int | str = 1, points: str = "1.5", by: Actor = WANG) -> dict[str, Any]:
    fields = {"code": code, "base": base, "points": points, "status": "confirmed", "reason": ""}
    return {"edit_id": str(uuid4()), "by": by.id, **fields}


def sits(browser_session: dict[str, Any], person: Actor) -> None:
    """A page that somebody has just opened."""
    browser_session.clear()
    browser_session["actor"] = person


def answers_to(value: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    outbox.apply(PROJECT, SHEET, value)
    return outbox.as_data(outbox.answers(PROJECT, SHEET))


def total() -> str:
    return str(scorecards.scorecard(Context(Actor("x")), PROJECT).tally.total)


def test_a_change_is_saved_and_answered() -> None:
    one = edit()
    found = answers_to({"outbox": [one]})
    assert found[one["edit_id"]]["state"] == "saved"
    assert found[one["edit_id"]]["revision"] == 2
    assert total() == "92.50"


def test_the_same_value_again_writes_nothing_and_keeps_its_answer() -> None:
    one = edit()
    first = answers_to({"outbox": [one]})
    assert answers_to({"outbox": [one]}) == first


def test_a_new_session_that_finds_a_saved_edit_answers_it(browser_session: dict[str, Any]) -> None:
    one = edit()
    first = answers_to({"outbox": [one]})
    sits(browser_session, WANG)
    assert answers_to({"outbox": [one]}) == first
    assert total() == "92.50"


def test_an_empty_outbox_forgets_the_answers() -> None:
    answers_to({"outbox": [edit()]})
    assert answers_to({"outbox": []}) == {}


def test_a_conflict_shows_the_other_change_and_is_judged_again(browser_session: dict[str, Any]) -> None:
    sits(browser_session, LI)
    answers_to({"outbox": [edit(points="1.2", by=LI)]})
    sits(browser_session, WANG)
    mine = edit()
    found = answers_to({"outbox": [mine]})[mine["edit_id"]]
    assert found["state"] == "conflict"
    assert (found["theirs"]["points"], found["theirs"]["by"], found["theirs"]["revision"]) == ("1.20", "李工", 2)


def test_a_refusal_is_a_sentence_in_the_persons_language(browser_session: dict[str, Any]) -> None:
    wrong = edit(points="8")
    assert answers_to({"outbox": [wrong]})[wrong["edit_id"]] == {
        "state": "refused",
        "message": "本项最高2分，您输入的是8，未计入，仍按2.00分计。",
    }


def test_edits_without_a_name_are_not_written(browser_session: dict[str, Any]) -> None:
    browser_session.clear()
    with pytest.raises(NameNeeded):
        outbox.apply(PROJECT, SHEET, {"outbox": [edit()]})
    assert total() == "93.00"


@pytest.mark.parametrize("garbage", [None, "x", 5, {"a": 1}])
def test_a_garbled_outbox_is_no_outbox(garbage: object) -> None:
    assert answers_to({"outbox": garbage}) == {}
    session.introduce(garbage)
    assert session.actor() == WANG


TWO = (WANG, LI)
CODES = ("A11", "A12", "A13", "A21")


@settings(max_examples=15)
@given(made=st.lists(st.tuples(st.sampled_from(TWO), st.sampled_from(CODES)), max_size=6), first=st.sampled_from(TWO))
def test_what_two_people_left_in_a_browser_is_stored_under_who_made_it(
    made: list[tuple[Actor, str]], first: Actor
) -> None:
    """No wrong number, A5: whoever asks, whatever the browser sends."""
    mine: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        for module in (outbox, session, state):
            patch.setattr(module, "st", SimpleNamespace(session_state=mine))
        edits = [edit(code, 1, "0.25", by) for by, code in made]
        for asking in (first, *(each for each in TWO if each != first)):
            sits(mine, asking)
            stored = {event.edit_id for event in read.history(open_store.store(), PROJECT, SHEET)}
            found = answers_to({"outbox": edits})
            new = [e for e in read.history(open_store.store(), PROJECT, SHEET) if e.edit_id not in stored]
            assert {event.actor for event in new} <= {asking.id}
            for each in edits:
                kept = found[each["edit_id"]]
                if each["by"] == asking.id:
                    assert kept["state"] in ("saved", "conflict")
                else:
                    assert kept["state"] == "another"
                    assert f"不是{asking.name}填写的" in kept["message"]


def test_what_somebody_else_entered_for_a_rule_waits_for_them(browser_session: dict[str, Any]) -> None:
    """No wrong number, A5: what the rules compute from, as the scores."""
    ticked = {f"tick{n}": "yes" for n in range(5)}
    theirs, own = ({"edit_id": str(uuid4()), "by": who.id, "code": "A11", "content": ticked} for who in (LI, WANG))
    outbox.apply_inputs(PROJECT, SHEET, {"inputs": [theirs, own]})
    found = outbox.entered(PROJECT, SHEET)
    assert "不是王工填写的" in found[theirs["edit_id"]]["another"]
    assert "at" in found[own["edit_id"]]
    assert entered() == [(own["edit_id"], WANG.id)]
    sits(browser_session, LI)
    outbox.apply_inputs(PROJECT, SHEET, {"inputs": [theirs]})
    assert entered() == [(own["edit_id"], WANG.id), (theirs["edit_id"], LI.id)]


def entered() -> list[tuple[str, str]]:
    return [(e.edit_id, e.actor) for e in logs.events(open_store.store(), logs.INPUTS, PROJECT, SHEET)]


def heads() -> object:
    """What every chain of the project ends in."""
    store = open_store.store()
    sheets = [sheet.id for sheet in read.sheets(store, PROJECT)]
    with store.reading() as session:
        return logs.heads_in(session, PROJECT, sheets)


def test_a_forged_outbox_writes_nothing_it_may_not(browser_session: dict[str, Any]) -> None:
    """Foreign ids, other people's sheets, scores over 满分, a million entries: sentences, and nothing else moves."""
    own = opening.my_sheet(Context(Actor("browser-zhao", "赵工")), PROJECT, "r1").id
    mine = edit("A11", 0, "1.37")
    scorecards.save(Context(Actor("browser-zhao", "赵工")), PROJECT, own, [mine])
    before = heads()

    def refused(sheet: str, *forged: dict[str, Any]) -> list[str]:
        sits(browser_session, LI)
        outbox.apply(PROJECT, sheet, {"outbox": [{**each, "by": LI.id} for each in forged]})
        found = outbox.as_data(outbox.answers(PROJECT, sheet))
        return [found[each["edit_id"]].get("message", found[each["edit_id"]]["state"]) for each in forged]

    # Somebody else's sheet: not told what is on it, whatever base is guessed.
    for base in (0, 1, mine["edit_id"]):
        (said,) = refused(own, edit("A11", base, "0.50"))
        assert "赵工的评分表还没有提交" in said
        assert "1.37" not in said
    assert refused(SHEET, edit("A11", 1, "1e3"), edit("A11", 1, "-1"), edit("Z99", 1, "1")) == [
        "请填数字（最多两位小数），“1e3”未计入，仍按2.00分计。",
        "得分不能小于0，您输入的是-1，未计入，仍按2.00分计。",
        "本表没有编号为“Z99”的指标，未计入。",
    ]
    # An id that another sheet has already: the store takes it once.
    with pytest.raises(StoreError):
        refused(SHEET, {**edit("A11", 1, "1.5"), "edit_id": mine["edit_id"]})
    with pytest.raises(InputError, match="一次收到1000000处修改，最多1000处，均未计入"):
        refused(SHEET, *([edit()] * 1_000_000))
    with pytest.raises(UnknownName):
        refused("r1/none", edit())
    assert heads() == before
