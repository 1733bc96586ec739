"""The score grid's outbox on a real store: applied once, answered until the browser lets go of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from core.errors import InputError, NameNeeded, StoreError, UnknownName
from core.model.context import Actor, Context
from core.service import home, panel, scoring
from core.store import logs, read
from pages.scoring import outbox
from pages.shared import session, state

PROJECT, SHEET = "lingang-2023", "r1/working"
WANG = {"id": "browser-wang", "name": "王工"}
LI = {"id": "browser-li00", "name": "李工"}


@pytest.fixture(autouse=True)
def browser_session(monkeypatch: pytest.MonkeyPatch, store_path: object) -> dict[str, Any]:
    """What one browser tab has: nothing yet."""
    mine: dict[str, Any] = {}
    for module in (outbox, session, state):
        monkeypatch.setattr(module, "st", SimpleNamespace(session_state=mine))
    return mine


def edit(code: str = "A11", base: int | str = 1, points: str = "1.5") -> dict[str, Any]:
    return {"edit_id": str(uuid4()), "code": code, "base": base, "points": points, "status": "confirmed", "reason": ""}


def answers_to(value: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    outbox.apply(PROJECT, SHEET, value)
    return outbox.as_data(outbox.answers(PROJECT, SHEET))


def total() -> str:
    return str(scoring.scorecard(Context(Actor("x")), PROJECT).tally.total)


def test_a_change_is_saved_and_answered() -> None:
    one = edit()
    found = answers_to({"who": WANG, "outbox": [one]})
    assert found[one["edit_id"]]["state"] == "saved"
    assert found[one["edit_id"]]["revision"] == 2
    assert total() == "92.50"


def test_the_same_value_again_writes_nothing_and_keeps_its_answer() -> None:
    one = edit()
    first = answers_to({"who": WANG, "outbox": [one]})
    assert answers_to({"who": WANG, "outbox": [one]}) == first


def test_a_new_session_that_finds_a_saved_edit_answers_it(browser_session: dict[str, Any]) -> None:
    one = edit()
    first = answers_to({"who": WANG, "outbox": [one]})
    browser_session.clear()
    assert answers_to({"who": WANG, "outbox": [one]}) == first
    assert total() == "92.50"


def test_an_empty_outbox_forgets_the_answers() -> None:
    answers_to({"who": WANG, "outbox": [edit()]})
    assert answers_to({"who": WANG, "outbox": []}) == {}


def test_a_conflict_shows_the_other_change_and_is_judged_again(browser_session: dict[str, Any]) -> None:
    answers_to({"who": LI, "outbox": [edit(points="1.2")]})
    browser_session.clear()
    mine = edit()
    found = answers_to({"who": WANG, "outbox": [mine]})[mine["edit_id"]]
    assert found["state"] == "conflict"
    assert (found["theirs"]["points"], found["theirs"]["by"], found["theirs"]["revision"]) == ("1.20", "李工", 2)


def test_a_refusal_is_a_sentence_in_the_persons_language(browser_session: dict[str, Any]) -> None:
    wrong = edit(points="8")
    assert answers_to({"who": WANG, "outbox": [wrong]})[wrong["edit_id"]] == {
        "state": "refused",
        "message": "本项最高2分,您输入的是8,未计入,仍按2.00分计。",
    }


def test_edits_without_a_name_are_not_written() -> None:
    with pytest.raises(NameNeeded):
        outbox.apply(PROJECT, SHEET, {"outbox": [edit()]})
    assert total() == "93.00"


@pytest.mark.parametrize("garbage", [None, "x", 5, {"a": 1}])
def test_a_garbled_outbox_is_no_outbox(garbage: object) -> None:
    assert answers_to({"who": WANG, "outbox": garbage}) == {}
    assert answers_to({"who": garbage, "outbox": []}) == {}


def heads() -> object:
    """What every chain of the project ends in."""
    store = home.store()
    sheets = [sheet.id for sheet in read.sheets(store, PROJECT)]
    with store.reading() as session:
        return logs.heads_in(session, PROJECT, sheets)


def test_a_forged_outbox_writes_nothing_it_may_not(browser_session: dict[str, Any]) -> None:
    """Foreign ids, other people's sheets, scores over 满分, a million entries: sentences, and nothing else moves."""
    own = panel.my_sheet(Context(Actor("browser-zhao", "赵工")), PROJECT, "r1").id
    mine = edit("A11", 0, "1.37")
    scoring.save(Context(Actor("browser-zhao", "赵工")), PROJECT, own, [mine])
    before = heads()

    def refused(sheet: str, *forged: dict[str, Any]) -> list[str]:
        browser_session.clear()
        outbox.apply(PROJECT, sheet, {"who": LI, "outbox": list(forged)})
        found = outbox.as_data(outbox.answers(PROJECT, sheet))
        return [found[each["edit_id"]].get("message", found[each["edit_id"]]["state"]) for each in forged]

    # Somebody else's sheet: not told what is on it, whatever base is guessed.
    for base in (0, 1, mine["edit_id"]):
        (said,) = refused(own, edit("A11", base, "0.50"))
        assert "赵工的评分表还没有提交" in said
        assert "1.37" not in said
    assert refused(SHEET, edit("A11", 1, "1e3"), edit("A11", 1, "-1"), edit("Z99", 1, "1")) == [
        "请填数字(最多两位小数),“1e3”未计入,仍按2.00分计。",
        "得分不能小于0,您输入的是-1,未计入,仍按2.00分计。",
        "本表没有编号为“Z99”的指标,未计入。",
    ]
    # An id that another sheet has already: the store takes it once.
    with pytest.raises(StoreError):
        refused(SHEET, {**edit("A11", 1, "1.5"), "edit_id": mine["edit_id"]})
    with pytest.raises(InputError, match="一次收到1000000处修改,最多1000处,均未计入"):
        refused(SHEET, *([edit()] * 1_000_000))
    with pytest.raises(UnknownName):
        refused("r1/none", edit())
    assert heads() == before
