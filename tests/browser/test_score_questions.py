"""What a leader asks of the score, answered on 绩效评分 in a window of 1366 × 768: why 93, and what if.

Points, full marks and reasons are those of the shipped sheet, which is a reconstruction.
"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import WITHIN, settle, visit
from tests.browser.running_app import RunningApp
from tests.browser.test_first_sight import WINDOW, in_sight

LOST = [("D41", "2.00"), ("C12", "1.50"), ("C32", "1.00"), ("D11", "1.00"), ("D42", "1.00"), ("B32", "0.50")]


def opened(tab: Page, server: RunningApp) -> Page:
    tab.set_viewport_size(WINDOW)  # type: ignore[arg-type]
    visit(tab, server.url, "scorecard")
    return tab


def item(tab: Page, code: str) -> Locator:
    return tab.locator(f'tr.item[data-code="{code}"]')


def listed(tab: Page) -> list[tuple[str, str]]:
    rows = tab.locator("tbody:not([hidden]) tr.item")
    return [
        (row.get_attribute("data-code") or "", row.locator('[data-field="deduction"]').input_value())
        for row in rows.all()
    ]


def test_half_the_sheet_is_seen_at_once(tab: Page, shared_server: RunningApp) -> None:
    """What stands above it takes four lines: title, total, groups, what is shown."""
    opened(tab, shared_server)
    for code in ("A11", "B33"):  # the first and the sixteenth of 32
        in_sight(item(tab, code))


def test_why_93_is_one_click_on_the_sheet(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    tab.get_by_role("button", name="有扣分6").click()
    rows = tab.locator("tbody:not([hidden]) tr.item")
    expect(rows).to_have_count(6)
    assert listed(tab) == LOST
    for code, _ in LOST:
        in_sight(item(tab, code))
        expect(item(tab, code).locator("textarea")).not_to_have_value("")
    # It is said where it can be seen that nobody knows the report's own deductions.
    in_sight(tab.get_by_text("本表按报告结论93分还原，扣分分布为推测，不是报告原评分表"))
    tab.get_by_role("button", name="全部32").click()
    expect(rows).to_have_count(32)


def test_the_list_of_deductions_is_walked_by_the_keyboard(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    tab.get_by_role("button", name="有扣分6").click()
    item(tab, "D41").locator('[data-field="points"]').focus()
    tab.keyboard.press("ArrowDown")
    expect(item(tab, "C12").locator('[data-field="points"]')).to_be_focused()


def test_what_if_satisfaction_is_scored_anew(tab: Page, shared_server: RunningApp) -> None:
    """Two clicks and typing: D41 居民满意度 from 5 to 2 of 7 makes 90; nothing is sent, not even a name is asked."""
    opened(tab, shared_server)
    tab.get_by_role("button", name="试算（不保存）").click()
    cell = item(tab, "D41").locator('[data-field="points"]')
    cell.click()
    tab.keyboard.type("2")
    expect(tab.locator("strong.total")).to_have_text("90.00")
    expect(tab.locator(".grade")).to_have_text("优")
    in_sight(tab.locator(".score-grid .margin"))
    expect(tab.locator(".margin")).to_contain_text("试算：原93.00分，变动−3.00分")
    expect(item(tab, "D41").locator(".status")).to_have_text("待确认")
    tab.keyboard.press("ControlOrMeta+A")
    tab.keyboard.type("1.5")
    tab.keyboard.press("Enter")
    expect(tab.locator("strong.total")).to_have_text("89.50")
    expect(tab.locator(".grade")).to_have_text("良")
    expect(tab.locator(".saving")).to_contain_text("试算中，不保存")
    tab.get_by_role("button", name="结束试算").click()
    expect(tab.locator("strong.total")).to_have_text("93.00")
    expect(cell).to_have_value("5.00")
    tab.reload()
    settle(tab)
    expect(cell).to_have_value("5.00", timeout=WITHIN)


def test_a_trial_says_what_cannot_be(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    tab.get_by_role("button", name="试算（不保存）").click()
    item(tab, "D41").locator('[data-field="points"]').click()
    tab.keyboard.type("8")
    tab.keyboard.press("Enter")
    expect(tab.locator("strong.total")).to_have_text("93.00")
    expect(tab.get_by_text(re.compile("本项最高7分，您输入的是8"))).to_be_visible()
