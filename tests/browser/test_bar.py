"""The bar beside the menu: where it stands, and how the keyboard comes to it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import GROUP, LINK, WITHIN, stands_at, visit
from tests.browser.running_app import RunningApp

BOX = "one => { const { left, right, top, bottom } = one.getBoundingClientRect(); return [left, right, top, bottom]; }"
PARTS = ".st-key-bar :is(button, input)"


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768), (1100, 768), (768, 1024), (390, 844)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_bar_stands_beside_the_menu_and_on_neither(
    tab: Page, shared_server: RunningApp, width: int, height: int, language: str
) -> None:
    tab.set_viewport_size({"width": width, "height": height})
    visit(tab, shared_server.url, "checks", lang=language)
    parts = [one.evaluate(BOX) for one in tab.locator(PARTS).all() if one.is_visible()]
    assert len(parts) >= 4, "分享, 投屏 and both languages"
    others = [one.evaluate(BOX) for one in tab.locator(f"{LINK}, {GROUP}, h1").all()]
    for left, right, top, bottom in parts:
        assert left >= 0
        assert right <= width
        for other_left, other_right, other_top, other_bottom in others:
            assert right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top
    edge = 16 if width <= 640 else 24
    assert abs(max(right for _, right, _, _ in parts) - (width - edge)) <= 1, "its right edge is the page's"


def test_english_quotes_are_narrow_and_the_marks_of_chinese_names_are_not(tab: Page, shared_server: RunningApp) -> None:
    """A name that is written with full-width marks is shown with them in English, too."""
    visit(tab, shared_server.url, "checks", lang="en")
    wide = tab.evaluate(
        """() => {
          const title = document.querySelector('[data-testid="stMain"] :is(h1, h2, p)');
          const probe = title.appendChild(document.createElement("span"));
          const size = parseFloat(getComputedStyle(probe).fontSize);
          const found = [..."，（“"].map((mark) => {
            probe.textContent = mark;
            return probe.getBoundingClientRect().width / size;
          });
          probe.remove();
          return found;
        }"""
    )
    comma, bracket, quote = wide
    assert comma == pytest.approx(1, abs=0.02)
    assert bracket == pytest.approx(1, abs=0.02)
    assert quote < 0.6


def test_the_page_says_which_language_it_is_in(tab: Page, shared_server: RunningApp) -> None:
    html = tab.locator("html")
    visit(tab, shared_server.url, "checks")
    expect(html).to_have_attribute("lang", "zh-CN")
    tab.get_by_role("radio", name="EN").click()
    expect(html).to_have_attribute("lang", "en", timeout=WITHIN)
    tab.get_by_role("radio", name="中").click()
    expect(html).to_have_attribute("lang", "zh-CN", timeout=WITHIN)


def test_tab_leads_from_the_menu_through_the_bar_to_the_page(tab: Page, shared_server: RunningApp) -> None:
    tab.set_viewport_size({"width": 1366, "height": 768})
    visit(tab, shared_server.url, "checks")
    tab.locator(GROUP).last.focus()
    focused = []
    for _ in range(4):
        tab.keyboard.press("Tab")
        focused.append(tab.evaluate("() => document.activeElement.innerText.trim().split('\\n')[0]"))
    # The first is the part that scrolls: arrows move the page from there.
    assert focused[1:] == ["分享", "投屏", "中"]


def test_the_language_is_chosen_in_the_bar(tab: Page, shared_server: RunningApp) -> None:
    visit(tab, shared_server.url, "checks")
    tab.locator(".st-key-bar").get_by_text("EN", exact=True).click()
    stands_at(tab, lang="en")
    expect(tab.locator("h1").first).to_have_text("Data questions", timeout=WITHIN)
