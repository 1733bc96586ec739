"""The browser's outbox by itself, as grid and board have it: what waits, what rests on what, what is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from pages.shared.browser import script

SCRIPT = script(Path(), "numbers.js", "storage.js", "outbox.js")
SEEN = {"points": 200, "status": "confirmed", "reason": "", "revision": 1, "edit_id": "", "by": "系统", "at": "10:00"}
MINE = {"points": 150, "status": "confirmed", "reason": ""}
THEIRS = {"points": "1.20", "status": "confirmed", "reason": "", "revision": 2, "by": "王工", "at": "10:32"}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.evaluate(
        f"""() => {{
          window.kept = {{}};
          const getItem = (key) => window.kept[key] ?? null;
          const setItem = (key, text) => (window.kept[key] = text);
          const removeItem = (key) => delete window.kept[key];
          Object.defineProperty(window, "sessionStorage", {{ value: {{ getItem, setItem, removeItem }} }});
          {SCRIPT}
          window.Outbox = Outbox;
          window.box = Outbox.of("score-outbox:p/s", "wang");
          window.told = [];
          window.answer = (answers) => box.settle(answers, (edit, answer) => told.push(answer.state));
        }}"""
    )
    yield page
    page.close()


def change(tab: Page, value: dict[str, Any] = MINE, seen: dict[str, Any] = SEEN) -> Any:
    """Change A11. Returns its last edit."""
    return tab.evaluate("([value, seen]) => { box.change('A11', value, seen); return box.last('A11'); }", [value, seen])


def kept(tab: Page) -> Any:
    return json.loads(tab.evaluate("kept['score-outbox:p/s:wang'] ?? 'null'"))


def test_a_change_is_kept_until_it_is_saved_and_goes_before_older_rows(tab: Page) -> None:
    edit = change(tab)
    assert (edit["base"], edit["points"], kept(tab)["edits"][0]["edit_id"]) == (1, 150, edit["edit_id"])
    tab.evaluate("id => answer({ [id]: { state: 'saved', revision: 2, at: '10:32' } })", edit["edit_id"])
    assert kept(tab) is None
    old = {**SEEN, "points": "2.00"}
    assert tab.evaluate("row => box.take('A11', row).points", old) == 150
    assert tab.evaluate("row => box.take('A11', row).points", {**old, "points": "1.70", "revision": 3}) == 170


def test_what_is_not_sent_yet_is_one_change_and_what_is_sent_is_the_base_of_the_next(tab: Page) -> None:
    first = change(tab)
    assert change(tab, {**MINE, "points": 160})["edit_id"] == first["edit_id"]
    tab.evaluate("box.last('A11').sent = true")
    second = change(tab, {**MINE, "points": 170})
    assert (second["base"], second["edit_id"] != first["edit_id"]) == (first["edit_id"], True)
    # refused: what rests on it stands on what it stood on
    tab.evaluate("id => answer({ [id]: { state: 'refused', message: '' } })", first["edit_id"])
    left = tab.evaluate("box.edits")
    assert [(edit["base"], edit["points"], edit["sent"]) for edit in left] == [(1, 170, False)]


DECISIONS = [("mine", 160, 2), ("theirs", 120, None), ("later", 120, None)]


@pytest.mark.parametrize(("decision", "points", "base"), DECISIONS)
def test_a_conflict_is_one_question_for_all_that_rests_on_it(
    tab: Page, decision: str, points: int, base: int | None
) -> None:
    first = change(tab)
    tab.evaluate("box.last('A11').sent = true")
    change(tab, {**MINE, "points": 160})
    conflict = [first["edit_id"], THEIRS]
    tab.evaluate("([id, theirs]) => answer({ [id]: { state: 'conflict', theirs } })", conflict)
    tab.evaluate("box.take('A11', null)")  # rows that do not know of it yet
    assert tab.evaluate("[box.edits.length, box.open('A11').mine.points, box.open('A11').seen.points]") == [0, 160, 200]
    # typed before it is decided: it is still asked
    change(tab, {**MINE, "points": 160})
    assert tab.evaluate("box.edits.length") == 0
    tab.evaluate("decision => box.decide('A11', decision)", decision)
    assert tab.evaluate("box.shown('A11').points") == points
    assert tab.evaluate("box.last('A11')?.base ?? null") == base
    assert (kept(tab) is None) == (decision == "theirs")


def test_the_other_sides_newest_value_is_asked_about_and_the_same_value_is_no_conflict(tab: Page) -> None:
    edit = change(tab)
    tab.evaluate("([id, theirs]) => answer({ [id]: { state: 'conflict', theirs } })", [edit["edit_id"], THEIRS])
    tab.evaluate("row => box.take('A11', row)", {**THEIRS, "points": "1.30", "revision": 3})
    assert tab.evaluate("box.open('A11').theirs.points") == 130
    tab.evaluate("row => box.take('A11', row)", {**THEIRS, "points": "1.50", "revision": 4})
    assert tab.evaluate("box.open('A11')") is None


def test_what_another_person_made_waits_and_what_nobody_made_is_of_who_gives_the_name(tab: Page) -> None:
    edit = change(tab)
    tab.evaluate("id => answer({ [id]: { state: 'another', message: '' } })", edit["edit_id"])
    assert tab.evaluate("[told, box.edits.length]") == [["another"], 1]
    tab.evaluate("Outbox.of('score-outbox:p/s', 'li').takeOver(box)")
    assert kept(tab) is None
    assert tab.evaluate("Outbox.of('score-outbox:p/s', 'li').last('A11').points") == 150


def test_a_tab_of_an_older_version_keeps_its_points(tab: Page) -> None:
    """Before 0.6 the board kept points as texts."""
    edit = {"edit_id": "1", "code": "A11", "base": 1, **MINE, "points": "1.50", "seen": {**SEEN, "points": "2.00"}}
    older = json.dumps({"edits": [edit], "conflicts": {"A12": {"mine": {"points": None}, "theirs": THEIRS}}})
    tab.evaluate("text => { kept['board-outbox:p/s:wang'] = text; }", older)
    board = "Outbox.of('board-outbox:p/s', 'wang')"
    assert tab.evaluate(f"[{board}.last('A11').points, {board}.last('A11').seen.points]") == [150, 200]
    assert tab.evaluate(f"[{board}.conflicts.A12.mine.points, {board}.conflicts.A12.theirs.points]") == [None, 120]
