"""No wrong number, A5: a page is of whoever it was opened for; what stands in its fields is stored for nobody else."""

from __future__ import annotations

import ast
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from core.model.context import Actor, Context
from core.model.rights import OPERATOR, Role
from core.service.base import identity, open_store
from core.service.evidence import data_checks
from core.service.manage import accounts
from core.service.scoring import opening, scorecards
from pages.shared import figure_panel, session
from tests.pages.opening import ROOT, opened

PROJECT = "lingang-2023"
FIRST, SECOND = Actor("browser-first", "甲工"), Actor("browser-second", "乙工")
ADMIN = Context(Actor("command:test", "测试", OPERATOR))
SENTENCE = "这一页是另一人打开的，现在是乙工"
WRITING = (
    ("scoring/scorecard", None),
    ("scoring/panel", "sheets"),
    ("scoring/panel", "items"),
    ("scoring/panel", "flags"),
    ("scoring/panel", "comments"),
    ("scoring/panel", "dossier"),
    ("scoring/history", "items"),
    ("scoring/history", "minutes"),
    ("evidence/checks", None),
    ("evidence/findings", None),
    ("manage/importing", "batches"),
    ("briefing/verify", None),
)
"""Pages, and parts of them, on which something can be written by plain widgets."""


def fill_and_press(at: AppTest) -> int:
    """Type into every field and press every button of the page, without sending it yet; how many buttons there are."""
    for field in (*at.text_input, *at.text_area):
        field.set_value("甲工填写的")
    pressed = [button for button in at.button if not button.disabled]
    for button in pressed:
        button.click()
    return len(pressed)


@pytest.mark.parametrize(("page", "part"), WRITING)
def test_nothing_that_one_person_filled_in_is_stored_for_another(
    store_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, part: str | None
) -> None:
    """Every button of every page at once: the person has changed before it is pressed."""
    monkeypatch.setattr(figure_panel, "charts_wait", lambda _: False)
    sheet = opening.panel_sheet(Context(FIRST), PROJECT, "r1").id
    lost = {"edit_id": "edit-of-the-first-one", "code": "A11", "base": 0, "points": "1", "status": "confirmed"}
    scorecards.save(Context(FIRST), PROJECT, sheet, [lost])
    at = opened(page, FIRST, part)
    assert not at.warning, "the page is the first one's own"
    assert fill_and_press(at) > 0
    before = open_store.store().versions
    at.session_state["actor"] = SECOND
    at.run()
    assert open_store.store().versions == before
    assert [SENTENCE in each.value for each in at.warning] == [True]
    assert [each.label for each in at.button] == ["打开我的页面"]
    assert not at.exception


def test_who_opens_their_own_page_then_finds_nothing_of_the_first_ones(store_path: Path) -> None:
    at = opened("evidence/checks", FIRST)
    field = next(each for each in at.text_input if each.label == "核实的结果和依据")
    field.set_value("甲工填写的").run()
    at.session_state["actor"] = SECOND
    at.run()
    at.session_state["who_has_spoken"] = True
    (go_on,) = at.button
    go_on.click().run()
    assert "opened_for" not in at.session_state  # the browser has to say who sits here
    at.session_state["actor"] = SECOND
    at.run()
    assert not at.warning
    assert "甲工填写的" not in [each.value for each in (*at.text_input, *at.text_area)]
    fields = [each for each in at.text_input if each.label == "核实的结果和依据"]
    assert not [each.value for each in fields if each.value]
    fields[0].set_value("乙工填写的")
    next(each for each in at.button if each.label == "保存答复").click().run()
    answers = data_checks.answers(Context(SECOND), PROJECT)
    assert {(each.actor_name, each.text) for each in answers.values()} == {("乙工", "乙工填写的")}


def test_a_name_that_is_put_right_is_still_the_same_person(store_path: Path) -> None:
    """A4."""
    at = opened("evidence/checks", Actor(FIRST.id, "甲"))
    next(each for each in at.text_input if each.label == "核实的结果和依据").set_value("有发票")
    at.session_state["actor"] = FIRST
    next(each for each in at.button if each.label == "保存答复").click().run()
    assert not at.warning
    answers = data_checks.answers(Context(FIRST), PROJECT)
    assert {(each.actor_name, each.text) for each in answers.values()} == {("甲工", "有发票")}


def test_a_login_in_another_tab_does_not_take_over_what_the_first_one_filled_in(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mode `accounts`: the cookie is another's when the page next asks."""
    monkeypatch.setenv("RENEWAL_MODE", "accounts")
    monkeypatch.setattr(identity, "guarded", True)
    cookies = {}
    for login, name in (("jia", "甲工"), ("yi", "乙工")):
        accounts.add(ADMIN, login, name)
        accounts.grant(ADMIN, login, Role.CLERK)
        accounts.set_password(ADMIN, login, accounts.hashed("correct horse"))
        cookies[login] = accounts.log_in(login, "correct horse")
    now = {identity.COOKIE: cookies["jia"]}
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: now))
    at = opened("evidence/checks")
    assert fill_and_press(at) > 0
    now[identity.COOKIE] = cookies["yi"]
    before = open_store.store().versions
    at.run()
    assert open_store.store().versions == before
    assert [SENTENCE in each.value for each in at.warning] == [True]


@pytest.mark.parametrize(("mode", "first", "own"), [
    ("local", FIRST.id, False), ("local", SECOND.id, True), ("local", "", True), ("local", None, True),
    ("local", 5, True), ("proxy", FIRST.id, False), ("proxy", "user:yi", True),
])  # fmt: skip
def test_a_new_session_hears_whom_its_page_was_made_for(
    store_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, first: object, own: bool
) -> None:
    """After a restart the fields come with the page, and with them the id of who filled them in."""
    monkeypatch.setenv("RENEWAL_MODE", mode)
    accounts.add(ADMIN, "yi", "乙工")
    headers = SimpleNamespace(get_all=lambda _: ["yi"])
    stands_for = SimpleNamespace(session_state={}, context=SimpleNamespace(headers=headers))
    monkeypatch.setattr(session, "st", stands_for)
    said: dict[str, Any] = {"id": SECOND.id, "name": SECOND.name, "first": first}
    session.introduce(said)
    other = session.another()
    assert (other is None) is own
    if other is not None:
        assert SENTENCE in str(other.message)
        with pytest.raises(session.AnotherPerson):
            session.context()


def test_who_acts_is_asked_at_the_click_and_never_before() -> None:
    """A context that a callback was given when its button was drawn would be that of whoever it was drawn for."""
    bound = []
    for path in sorted((ROOT / "pages").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        downloads = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("download_button")
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or id(node) in downloads:
                continue
            given = [*node.args, *node.keywords] if ast.unparse(node.func) == "partial" else []
            given += [each for each in node.keywords if each.arg in ("args", "kwargs")]
            if any("context()" in ast.unparse(each) for each in given):
                bound.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert bound == []
