"""Buttons stand before anybody has given a name: the click asks for it, and the work goes on where it was."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.pages import WITHIN, settle, visit
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


def test_a_goal_that_was_typed_stays_while_the_name_is_asked_for(tab: Page, fresh_server: RunningApp) -> None:
    visit(tab, fresh_server.url)
    tab.get_by_role("button", name="绩效目标").click()
    tab.get_by_label("目标", exact=True).fill("2025年底前全部完工")
    tab.get_by_role("button", name="登记", exact=True).click()
    dialog = tab.get_by_role("dialog", name="您的姓名（用于记录是谁改的）")
    dialog.get_by_label("您的姓名（用于记录是谁改的）").fill("王工")
    dialog.get_by_role("button", name="确定").click()
    expect(dialog).to_have_count(0)
    expect(tab.locator('[class*="st-key-ask_who_"]')).to_have_count(0, timeout=WITHIN)
    tab.get_by_test_id("stPopover").filter(has_text="绩效目标").get_by_role("button").click()
    expect(tab.get_by_label("目标", exact=True)).to_have_value("2025年底前全部完工")
    tab.get_by_role("button", name="登记", exact=True).click()
    expect(tab.get_by_text("2025年底前全部完工").first).to_be_visible(timeout=WITHIN)


def test_a_street_can_be_shown_in_pictures_by_who_gives_a_name(tab: Page, fresh_server: RunningApp) -> None:
    visit(tab, fresh_server.url, "beneficiaries")
    tab.get_by_role("button", name="添加改造前后照片").click()
    dialog = tab.get_by_role("dialog", name="您的姓名（用于记录是谁改的）")
    dialog.get_by_label("您的姓名（用于记录是谁改的）").fill("王工")
    dialog.get_by_role("button", name="确定").click()
    expect(dialog).to_have_count(0)
    tab.get_by_test_id("stPopover").filter(has_text="添加改造前后照片").get_by_role("button").click()
    expect(tab.get_by_label("小区（可不填）")).to_be_visible(timeout=WITHIN)


def test_a_button_that_asks_is_silent_once_the_name_is_given(tab_of_wang: Page, fresh_server: RunningApp) -> None:
    """On a busy machine it may stand for a moment after the name was given: a click then meets no dialog of names."""
    visit(tab_of_wang, fresh_server.url, "panel")
    expect(tab_of_wang.get_by_text("记录为：王工")).to_be_visible(timeout=WITHIN)
    tab_of_wang.evaluate(
        """() => {
          const late = '<p class="st-key-ask_who_late"><button id="late">1</button></p>';
          document.body.insertAdjacentHTML("beforeend", late);
          document.getElementById("late").click();
        }"""
    )
    expect(tab_of_wang.get_by_role("dialog")).to_have_count(0)
    tab_of_wang.get_by_role("button", name="修改姓名").click()
    expect(tab_of_wang.get_by_role("dialog", name="记录为：王工")).to_be_visible()


def test_a_choice_for_papers_is_kept_by_who_gives_a_name_and_taken_after_a_reload(
    tab: Page, fresh_server: RunningApp
) -> None:
    visit(tab, fresh_server.url, "frames")
    tab.get_by_text("水印", exact=True).click()
    settle(tab)
    tab.get_by_role("button", name="常用选项").click()
    tab.get_by_role("button", name="保存", exact=True).click()
    dialog = tab.get_by_role("dialog", name="您的姓名（用于记录是谁改的）")
    dialog.get_by_label("您的姓名（用于记录是谁改的）").fill("王工")
    dialog.get_by_role("button", name="确定").click()
    expect(tab.locator('[class*="st-key-ask_who_"]')).to_have_count(0, timeout=WITHIN)
    tab.get_by_role("button", name="常用选项").click()
    tab.get_by_label("名称").fill("区长汇报")
    save = tab.get_by_role("button", name="保存", exact=True)
    expect(save).to_have_count(1, timeout=WITHIN)  # the one that asked for a name goes when the other has come
    save.click()
    expect(tab.get_by_text("已保存常用选项。")).to_be_visible(timeout=WITHIN)
    visit(tab, fresh_server.url, "frames")
    watermark = tab.get_by_role("switch", name="水印").or_(tab.get_by_role("checkbox", name="水印"))
    expect(watermark).not_to_be_checked()
    tab.get_by_role("button", name="常用选项").click()
    tab.get_by_role("button", name="区长汇报").click()
    expect(watermark).to_be_checked(timeout=WITHIN)
