"""List and detail as a person uses it: by mouse, by keyboard, on a telephone, by its address; question 11."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import who
from tests.browser.pages import settle, stands_at, visit
from tests.browser.running_app import RunningApp
from tests.browser.test_score_grid import CONTEXTS

BEYOND = """() => [...document.querySelectorAll('.list-rows a, .list-rows .state, .st-key-list_detail *')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 120))"""
"""What runs out of the window on the right."""


def row(page: Page, title: str) -> Locator:
    return page.locator(".list-rows a").filter(has_text=title)


def detail(page: Page) -> Locator:
    return page.locator(".st-key-list_detail")


def test_which_claims_are_shaky_is_one_click_from_the_overview(shared_server: RunningApp, tab: Page) -> None:
    """Question 11."""
    tab.set_viewport_size({"width": 1366, "height": 768})
    visit(tab, shared_server.url)
    tab.locator(".st-key-decision_contradictions").get_by_role("link").click()
    tab.wait_for_url(re.compile("/checks"))
    settle(tab)
    seen = tab.locator(".list-rows a")
    for number, state in enumerate(["不一致"] * 4 + ["待核实"] * 3):
        expect(seen.nth(number)).to_contain_text(state)
        expect(seen.nth(number)).to_be_in_viewport(ratio=1)
    assert all(seen.nth(number).bounding_box()["height"] == 36 for number in range(7))  # type: ignore[index]
    expect(detail(tab)).to_contain_text("两种说法不能同时成立")
    expect(detail(tab)).to_be_in_viewport(ratio=1)


def test_a_row_opens_its_detail_and_the_address_keeps_it(shared_server: RunningApp, tab: Page) -> None:
    visit(tab, shared_server.url, "checks")
    tab.get_by_role("radio", name="待核实3").click()
    stands_at(tab, show="Q")
    row(tab, "单位投资与同类项目").click()
    stands_at(tab, show="Q", row="18")
    expect(detail(tab)).to_contain_text("45.36")
    expect(row(tab, "单位投资与同类项目")).to_have_attribute("aria-current", "true")
    tab.reload()
    settle(tab)
    expect(tab.locator(".list-rows a")).to_have_count(3)
    expect(detail(tab)).to_contain_text("45.36")
    href = row(tab, "小区数的第二个数").get_attribute("href") or ""
    assert {"show=Q", "row=14", "project=lingang-2023"} <= set(href.lstrip("?").split("&"))


def test_rows_are_walked_and_opened_by_keyboard(shared_server: RunningApp, tab: Page) -> None:
    visit(tab, shared_server.url, "checks")
    first = tab.locator(".list-rows a").first
    first.focus()
    for _ in range(2):
        tab.keyboard.press("ArrowDown")
    expect(row(tab, "项目名称与资金去向")).to_be_focused()
    tab.keyboard.press("Enter")
    stands_at(tab, row="11")
    expect(detail(tab)).to_contain_text("项目名称列出2个区域")
    expect(row(tab, "项目名称与资金去向")).to_be_focused()
    tab.keyboard.press("Tab")
    expect(row(tab, "年度与工期")).to_be_focused()
    tab.keyboard.press("Enter")
    stands_at(tab, row="12")


def test_the_detail_stays_in_sight_beside_a_long_list(shared_server: RunningApp, tab: Page) -> None:
    tab.set_viewport_size({"width": 1366, "height": 768})
    visit(tab, shared_server.url, "checks")
    row(tab, "各列合计").scroll_into_view_if_needed()
    row(tab, "各列合计").click()
    stands_at(tab, row="1")
    expect(detail(tab).get_by_text("各列合计")).to_be_in_viewport()


def test_what_is_half_typed_is_of_its_own_check_and_outlives_what_others_do(
    fresh_server: RunningApp, new_context: CONTEXTS
) -> None:
    wang, li = (person(new_context, name) for name in ("王工", "李工"))
    for page, of in ((wang, "14"), (li, "18")):
        visit(page, fresh_server.url, "checks", row=of)
    field = detail(wang).get_by_label("核实的结果和依据")
    field.fill("没写完")
    answered = detail(li).get_by_label("核实的结果和依据")
    answered.fill("只改外立面")
    detail(li).get_by_role("button", name="保存答复").click()
    expect(row(li, "单位投资与同类项目")).to_contain_text("已核实 · 李工")
    wang.get_by_role("radio", name="待核实3").click()
    stands_at(wang, show="Q")
    expect(row(wang, "单位投资与同类项目")).to_contain_text("已核实 · 李工")
    row(wang, "报告得分无法复算").click()
    stands_at(wang, row="20")
    other = detail(wang).get_by_label("核实的结果和依据")
    expect(other).to_have_value("")
    other.fill("原评分表在附件")
    detail(wang).get_by_role("button", name="保存答复").click()
    expect(row(wang, "报告得分无法复算")).to_contain_text("已核实 · 王工")
    expect(row(wang, "小区数的第二个数")).to_contain_text("未答复")


def person(new_context: CONTEXTS, name: str) -> Page:
    context = new_context()
    context.add_init_script(who(name))
    return context.new_page()


def test_a_check_becomes_a_rectification(fresh_server: RunningApp, new_context: CONTEXTS) -> None:
    page = person(new_context, "王工")
    visit(page, fresh_server.url, "checks", row="11")
    detail(page).get_by_role("button", name="转整改").click()
    form = page.get_by_test_id("stPopoverBody")
    expect(form.get_by_label("问题或建议")).to_have_value(re.compile("^项目名称列出2个区域"))
    form.get_by_role("button", name="登记").click()
    detail(page).get_by_role("link", name="已转整改：待整改").click()
    page.wait_for_url(re.compile("/findings.*row="))
    settle(page)
    expect(detail(page)).to_contain_text("项目名称列出2个区域")
    expect(detail(page).get_by_role("button", name="开始整改")).to_be_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["checks", "findings", "alarms"])
def test_on_a_telephone_the_detail_comes_into_sight(
    shared_server: RunningApp, new_context: CONTEXTS, path: str, language: str
) -> None:
    context = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    visit(page, shared_server.url, path, lang=language)
    assert page.evaluate(BEYOND) == []
    last = page.locator(".list-rows a").last
    last.scroll_into_view_if_needed()
    box = last.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    asked = last.get_attribute("data-row") or ""
    last.tap()
    stands_at(page, row=asked)
    expect(detail(page).locator("strong").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
