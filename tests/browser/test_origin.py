"""Each figure of 资金明细表 and 受益明细表 tells, by a click or by Enter, where it stands in which file."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import WITHIN, visit
from tests.browser.running_app import RunningApp


@pytest.mark.parametrize(
    ("page", "table", "figure"), [("budget", "资金明细表", "2,164.00"), ("beneficiaries", "受益明细表", "4,520")]
)
def test_a_figure_tells_its_source(tab: Page, shared_server: RunningApp, page: str, table: str, figure: str) -> None:
    visit(tab, shared_server.url, page, project="lingang-2023")
    cell = tab.locator(".row-table button.figure", has_text=figure).first
    cell.focus()
    tab.keyboard.press("Enter")
    box = tab.get_by_role("dialog", name="出处 · 璜土镇")
    expect(box).to_be_visible(timeout=WITHIN)
    expect(box).to_contain_text(table)
    expect(box).to_contain_text(figure)
    expect(box).to_contain_text("lingang-2023@2024-12-31")
    tab.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(cell).to_be_focused()
    assert "place=" not in tab.url, "the row was not chosen with it"
    cell.click()
    box.get_by_role("link", name="各期数据").click()
    expect(tab.get_by_text("截至2024-12-31").first).to_be_visible(timeout=WITHIN)
