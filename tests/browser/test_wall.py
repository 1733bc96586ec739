"""投屏: a page without controls that follows the store, and several pages by turns."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.pages import LINK, WITHIN, named, settle, stands_at, visit
from tests.browser.running_app import RunningApp

SIZE = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"
CONTROLS = f'{LINK}, [data-testid="stSelectbox"], .st-key-bar, [data-testid="stTextInput"], .picture-tools'


def shown(page: Page) -> list[str]:
    return [
        one.evaluate("one => one.outerHTML.slice(0, 80)") for one in page.locator(CONTROLS).all() if one.is_visible()
    ]


def test_a_wall_has_no_controls_and_follows_the_store(tab: Page, fresh_server: RunningApp) -> None:
    tab.set_viewport_size({"width": 1920, "height": 1080})
    visit(tab, fresh_server.url, wall="overview")
    assert shown(tab) == []
    assert round(tab.evaluate(SIZE) / 14, 2) == 1.41  # 1920/1366
    drawn = tab.locator("h1").first.evaluate_handle("one => one")
    expect(tab.get_by_text("2,164.00").first).to_be_visible(timeout=WITHIN)
    fresh_server.command("correct", "paid", "2163.50", "--place", "璜土镇", "--reason", "录入错误", "--by", "王工")
    expect(tab.get_by_text("2,163.50").first).to_be_visible(timeout=WITHIN)
    assert drawn.evaluate("one => one.isConnected"), "only what has changed is drawn anew"


def test_the_button_fills_the_screen_and_escape_leaves_it(tab: Page, shared_server: RunningApp) -> None:
    visit(tab, shared_server.url, "checks")
    tab.get_by_role("button", name="投屏").click()
    tab.get_by_role("button", name="全屏显示本页").click()
    stands_at(tab, wall="checks")
    expect(tab.locator(".st-key-wall_leave button")).to_be_attached(timeout=WITHIN)
    assert tab.evaluate("() => document.fullscreenElement === document.documentElement")
    tab.evaluate("() => document.exitFullscreen()")
    expect(tab.locator(".st-key-bar")).to_be_visible(timeout=WITHIN)
    settle(tab)
    assert "wall" not in named(tab.url)


def test_pages_are_shown_by_turns(tab: Page, shared_server: RunningApp) -> None:
    visit(tab, shared_server.url, "", wall="overview.budget", seconds="5")
    tab.wait_for_url(lambda url: urlsplit(url).path == "/budget", timeout=WITHIN)
    stands_at(tab, wall="overview.budget", seconds="5")
    tab.wait_for_url(lambda url: urlsplit(url).path == "/", timeout=WITHIN)
    tab.keyboard.press("Escape")
    expect(tab.locator(".st-key-bar")).to_be_visible(timeout=WITHIN)
