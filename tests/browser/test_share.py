"""分享: an address brings another window to the same view; the browser's way back goes through its choices."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.pages import WITHIN, named, settle, stands_at, visit
from tests.browser.running_app import RunningApp

FIELD = ".st-key-view_address input"
STATUS = ".st-key-view_address [role=status]"
SELECTED = "one => one.value.slice(one.selectionStart, one.selectionEnd)"
REFUSED = """
  Object.defineProperty(navigator, 'clipboard', { value: undefined });
  document.execCommand = () => false;
"""


def test_one_click_copies_the_whole_view_and_another_window_opens_it(
    tab_of_wang: Page, shared_server: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    page = tab_of_wang
    visit(page, shared_server.url, "checks", show="E", find="年度")
    row = stands_at(page, project="lingang-2023")
    page.get_by_role("button", name="分享").click()
    expect(page.locator(STATUS)).to_contain_text("已复制", timeout=WITHIN)
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert named(copied) == row | {"show": "E", "find": "年度"}
    other = new_context().new_page()
    other.goto(copied)
    settle(other)
    assert other.locator("h1").first.inner_text() == page.locator("h1").first.inner_text()
    assert named(other.url) == named(copied)


def test_without_a_clipboard_the_address_is_selected_and_the_key_is_named(
    browser: Browser, shared_server: RunningApp
) -> None:
    page = browser.new_page()
    page.add_init_script(REFUSED)
    visit(page, shared_server.url, "checks")
    page.get_by_role("button", name="分享").click()
    expect(page.locator(STATUS)).to_have_text("请按Ctrl+C复制已选中的网址。", timeout=WITHIN)
    assert page.locator(FIELD).evaluate(SELECTED) == page.url
    page.close()


def test_back_goes_through_place_and_part_one_step_each(tab_of_wang: Page, shared_server: RunningApp) -> None:
    page = tab_of_wang.context.new_page()  # A history of its own: a browser keeps only its last 50 entries.
    visit(page, shared_server.url, "panel", project="lingang-2023", round="r1")
    before = page.evaluate("() => history.length")
    for name, part in (("提示与答复", "flags"), ("结果分析", "analysis")):
        page.get_by_role("radio", name=name).click()
        stands_at(page, part=part)
    assert page.evaluate("() => history.length") == before + 2
    page.go_back()
    stands_at(page, part="flags")
    expect(page.get_by_role("radio", name="提示与答复")).to_be_checked(timeout=WITHIN)
    page.go_back()
    expect(page.get_by_role("radio", name="评分进度")).to_be_checked(timeout=WITHIN)
    settle(page)
    assert "part" not in named(page.url)
    page.go_forward()
    expect(page.get_by_role("radio", name="提示与答复")).to_be_checked(timeout=WITHIN)
    page.close()


def test_a_view_is_saved_opened_and_removed(tab_of_wang: Page, fresh_server: RunningApp) -> None:
    page = tab_of_wang
    visit(page, fresh_server.url, "checks", show="E")
    page.get_by_role("button", name="分享").click()
    page.get_by_label("存为我的视图（名称）").fill("不一致的")
    page.get_by_role("button", name="保存", exact=True).click()
    link = page.get_by_test_id("stPopoverBody").get_by_role("link", name="不一致的")
    expect(link).to_be_visible(timeout=WITHIN)
    visit(page, fresh_server.url)
    page.get_by_role("button", name="分享").click()
    link.click()
    page.wait_for_url("**/checks?*", timeout=WITHIN)
    stands_at(page, project="lingang-2023", show="E")
    page.get_by_role("button", name="分享").click()
    page.get_by_role("button", name="删去").click()
    expect(link).to_have_count(0, timeout=WITHIN)
