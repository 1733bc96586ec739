"""The score grid's outbox on a real store: applied once, answered until the browser lets go of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from core.errors import NameNeeded
from core.model.context import Actor, Context
from core.service import scoring
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
