"""Buttons stand before anybody has given a name: the click asks for it, and the work goes on where it was."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.pages import WITHIN, visit
from tests.browser.running_app import RunningApp


def test_the_answer_to_a_check_asks_for_the_name_and_then_takes_it(tab: Page, fresh_server: RunningApp) -> None:
    visit(tab, fresh_server.url, "checks", show="E")
    tab.get_by_role("button", name="答复", exact=True).click()
    dialog = tab.get_by_role("dialog")
    dialog.get_by_label("您的姓名（用于记录是谁改的）").fill("王工")
    dialog.get_by_role("button", name="确定").click()
    tab.get_by_label("核实的结果和依据").fill("已去函核实")
    tab.get_by_role("button", name="保存答复").click()
    expect(tab.get_by_text("已核实：已去函核实（王工").first).to_be_visible(timeout=WITHIN)
