"""A text that cannot be kept refuses what it belongs to, with a sentence, and nothing else (no wrong number, D29)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import RenewalError
from core.model.context import Actor
from core.model.storable import unstorable
from core.scoring import Refused, Saved
from core.service.base import batches, open_store
from core.service.evidence import data_checks, findings
from core.service.scoring import item_records, minutes, opening, scorecards, steps
from core.service.scoring import steps as steps_service
from core.store import copying, read
from core.text import render
from tests.core.service.people import PROJECT, WANG, edit
from tests.core.store.test_postgres import save as save_one

pytestmark = pytest.mark.usefixtures("store_path")

HALF, ZERO = "满意\ud83d度", "满意\0度"
WORDS = "文字中有无法保存的字符（第3个字符），未保存。请删去后重试。"
SHEET = "r1/working"


def contents() -> copying.Sums:
    with open_store.store().reading() as session:
        return copying.sums(session)


@pytest.mark.parametrize("bad", [HALF, ZERO])
@pytest.mark.parametrize("where", ["reason", "points", "code", "base"])
def test_one_edit_is_refused_and_the_others_of_the_outbox_are_saved(bad: str, where: str) -> None:
    first, second, third = edit("A11", 1, "1.00"), edit("A12", 1, "1.50"), edit("B11", 1, "2.00")
    wrong = second | {where: bad}
    answers = scorecards.save(WANG, PROJECT, SHEET, [first, wrong, third])
    refused = answers[str(wrong["edit_id"])]
    assert isinstance(refused, Refused)
    assert str(refused.message) == WORDS
    render(refused.message, "en").encode()
    assert all(isinstance(answers[str(each["edit_id"])], Saved) for each in (first, third))
    now = read.scores(open_store.store(), PROJECT, SHEET)
    assert [now[code].revision for code in ("A11", "A12", "B11")] == [2, 1, 2]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(), max_size=8), min_size=2, max_size=4))
def test_whatever_the_reasons_are_each_edit_has_its_own_answer(store_path: object, reasons: list[str]) -> None:
    codes = ["A11", "A12", "A21", "B11"]
    newest = read.scores(open_store.store(), PROJECT, SHEET)
    sent = [
        edit(code, newest[code].revision, "1.00", reason=reason) for code, reason in zip(codes, reasons, strict=False)
    ]
    answers = scorecards.save(WANG, PROJECT, SHEET, sent)
    for one, reason in zip(sent, reasons, strict=True):
        expected = Refused if any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in reason) else Saved
        assert isinstance(answers[str(one["edit_id"])], expected)


Call = Callable[[str], object]
CALLS: dict[str, Call] = {
    "comment": lambda text: item_records.comment(WANG, PROJECT, "r1", "A11", text, "申港街道"),
    "minutes": lambda text: minutes.save_minutes(WANG, PROJECT, "r1", text),
    "recusal": lambda text: steps_service.recuse(WANG, PROJECT, SHEET, "A11", text),
    "return": lambda text: steps.return_sheet(WANG, PROJECT, SHEET, text),
    "round": lambda text: opening.open_round(WANG, PROJECT, text, "final", "mean"),
    "check": lambda text: data_checks.answer(WANG, PROJECT, 9, text),
    "input": lambda text: item_records.put_input(WANG, PROJECT, SHEET, "A11", {"answers": {text: text}}),
    "name": lambda text: item_records.comment(
        replace(WANG, actor=Actor("w", text)), PROJECT, "r1", "A11", "同意", "申港街道"
    ),
}


@pytest.mark.parametrize("bad", [HALF, ZERO])
@pytest.mark.parametrize("call", CALLS)
def test_every_text_from_outside_is_refused_with_the_sentence(call: str, bad: str) -> None:
    before = contents()
    with pytest.raises(RenewalError) as caught:
        CALLS[call](bad)
    assert "无法保存的字符" in str(getattr(caught.value, "reasons", [caught.value])[0])
    str(caught.value).encode()
    assert contents() == before


@pytest.mark.parametrize("bad", [HALF, ZERO])
def test_what_is_one_line_in_any_case_loses_what_cannot_be_kept(bad: str) -> None:
    """Marks that nobody sees are taken out of a finding, of a correction's reason, of a file's name."""
    batches.correct(WANG, PROJECT, "璜土镇", "paid", "2501", bad)
    (fixed,) = batches.corrections(WANG, PROJECT).values()
    assert fixed.reason == "满意 度"
    (added,) = findings.add(WANG, PROJECT, [findings.FindingDraft("problem", f"验收{bad}", "第3节")])
    assert added.text == "验收满意 度"


@pytest.mark.parametrize("bad", [HALF, ZERO])
def test_what_passed_every_other_check_ends_at_the_store(bad: str) -> None:
    store = open_store.store()
    row = {"person": "w", "revision": 1, "kind": "added", "role": "", "project": "", "name": bad, "actor": "w"}
    rows = [row | {"actor_name": "王工", "made_at": "2026-11-02"}]
    with pytest.raises(RenewalError, match="无法保存的字符"), store.writing("steps") as session:
        session.insert("user_event", rows)
    with store.reading() as session, pytest.raises(RenewalError, match="无法保存的字符"):
        session.run("project", project=bad, batch=bad)
    save_one(store, str(uuid4()))


def test_a_value_is_looked_through() -> None:
    assert unstorable({"a": [1, None, ("王工", b"\0")], "b": {"c": "很好😀"}}) is None
    assert str(unstorable({"a": [1, {"b": ("x", HALF)}]})) == WORDS
    assert str(unstorable({HALF: 1})) == WORDS
