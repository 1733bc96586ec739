"""Undo and redo in the score grid: by key and button, over a reload, a paste in one step, never over another's change.

Full marks and shipped points: A11 2.00, A12 2.00, C12 4.50 of 6.00 (FACTS 5); the shipped total is 93.00.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.running_app import RunningApp
from tests.browser.test_score_grid import CONTEXTS, ITEMS, SECOND, Sheet, _check_history, _history, _paste

UNDO, REDO, AGAIN = "ControlOrMeta+z", "ControlOrMeta+y", "ControlOrMeta+Shift+z"


def _button(sheet: Sheet, word: str) -> Locator:
    return sheet.page.get_by_role("button", name=f"{word}：")


@pytest.mark.full
def test_steps_are_undone_by_key_over_a_reload_and_by_button_and_redone(
    fresh_server: RunningApp, tab_of_wang: Page
) -> None:
    sheet = Sheet(tab_of_wang, fresh_server.url)
    expect(_button(sheet, "撤销")).to_be_hidden()
    sheet.enter("A11", "1")
    sheet.enter("A12", "1.5")
    sheet.enter("A12", "缺附件", "reason")
    expect(_button(sheet, "撤销")).to_have_text("撤销：A12的原因“缺附件” → “无”")
    sheet.page.keyboard.press(UNDO)
    sheet.page.keyboard.press(UNDO)
    expect(sheet.cell("A12")).to_have_value("2.00")
    expect(sheet.cell("A12")).to_be_focused()
    expect(sheet.total).to_have_text("92.00")
    expect(_button(sheet, "撤销")).to_have_text("撤销：A11 1.00 → 2.00")
    expect(_button(sheet, "重做")).to_have_text("重做：A12 2.00 → 1.50")
    sheet.saved()
    _check_history(fresh_server, {"A11": "1.00", "A12": "2.00"})

    sheet.page.reload()
    expect(sheet.page.locator("tr.item")).to_have_count(32, timeout=30 * SECOND)
    expect(_button(sheet, "重做")).to_have_text("重做：A12 2.00 → 1.50")
    _button(sheet, "撤销").click()
    expect(sheet.cell("A11")).to_have_value("2.00")
    expect(sheet.total).to_have_text("93.00")
    expect(_button(sheet, "撤销")).to_be_hidden()
    sheet.saved()
    shipped = {event.code: event for event in _history(fresh_server)}
    assert {shipped[code].status.value for code in ("A11", "A12")} == {"example"}  # as nobody's points again

    for key, code, points in ((REDO, "A11", "1.00"), (AGAIN, "A12", "1.50")):
        sheet.page.keyboard.press(key)
        expect(sheet.cell(code)).to_have_value(points)
    _button(sheet, "重做").click()
    expect(sheet.cell("A12", "reason")).to_have_value("缺附件")
    expect(sheet.total).to_have_text("91.50")
    sheet.saved()
    events = _check_history(fresh_server, {"A11": "1.00", "A12": "1.50"})
    assert len(events) == len(ITEMS) + 9  # three changes, three undone, three redone


def test_what_is_being_typed_is_the_browsers_to_undo(fresh_server: RunningApp, tab_of_wang: Page) -> None:
    sheet = Sheet(tab_of_wang, fresh_server.url)
    sheet.enter("A11", "1")
    sheet.cell("A12", "reason").click()
    sheet.page.keyboard.type("缺")
    sheet.page.keyboard.press(UNDO)
    expect(sheet.cell("A12", "reason")).to_have_value("")
    expect(sheet.cell("A11")).to_have_value("1.00")
    sheet.cell("C12").click()
    sheet.page.keyboard.press(UNDO)
    expect(sheet.cell("A11")).to_have_value("2.00")
    sheet.saved()


@pytest.mark.full
def test_five_pasted_rows_are_one_step_over_a_reload(fresh_server: RunningApp, tab_of_wang: Page) -> None:
    sheet = Sheet(tab_of_wang, fresh_server.url)
    before = {event.code: event for event in _history(fresh_server)}
    codes = [code for code, _ in ITEMS][:5]
    _paste(sheet, "C12", "编号\t得分\t扣分原因\n" + "".join(f"{code}\t0.5\t第{code}条\n" for code in codes))
    sheet.page.get_by_role("button", name="填入5项").click()
    expect(_button(sheet, "撤销")).to_have_text(f"撤销：{codes[0]} 0.50 → {before[codes[0]].points:.2f}等5项")
    sheet.saved()
    sheet.page.reload()
    expect(sheet.page.locator("tr.item")).to_have_count(32, timeout=30 * SECOND)
    expect(_button(sheet, "撤销")).to_be_visible()
    sheet.page.keyboard.press(UNDO)
    expect(sheet.total).to_have_text("93.00")
    sheet.saved()
    newest = {event.code: event for event in _history(fresh_server)}
    for code in codes:
        old, new = before[code], newest[code]
        assert (new.points, new.status, new.reason, new.note) == (old.points, old.status, old.reason, old.note)
        assert new.revision == old.revision + 2


@pytest.mark.full
def test_anothers_change_since_is_told_and_stays(fresh_server: RunningApp, new_context: CONTEXTS) -> None:
    wang, li = Sheet(new_context, fresh_server.url), Sheet(new_context, fresh_server.url, "李工")
    wang.enter("C12", "4")
    wang.saved()
    wang.enter("A11", "1")
    wang.saved()
    expect(li.cell("A11")).to_have_value("1.00")
    li.enter("A11", "0.5")
    li.saved()
    expect(wang.cell("A11")).to_have_value("0.50")
    expect(_button(wang, "撤销")).to_have_text("撤销：A11 1.00 → 2.00（不可行，点击看原因）")
    wang.cell("A12").click()
    wang.page.keyboard.press(UNDO)
    expect(wang.page.locator(".paste")).to_contain_text("已把A11改为0.50分，未改动任何一项。")
    expect(_button(wang, "撤销")).to_have_text("撤销：C12 4.00 → 4.50")
    wang.page.keyboard.press(UNDO)
    expect(wang.cell("C12")).to_have_value("4.50")
    wang.saved()
    _check_history(fresh_server, {"A11": "0.50", "C12": "4.50"})
