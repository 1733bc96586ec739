"""The browser's own buttons for back and forward: one press, one page."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.pages import WITHIN, go, stands_at, visit
from tests.browser.running_app import RunningApp

LENGTH = "() => history.length"
PROJECT = "2023年度申港、夏港区域老小区改造项目"


def path(page: Page) -> str:
    return urlsplit(page.url).path


def test_one_press_of_back_leads_to_the_page_before(tab_of_wang: Page, shared_server: RunningApp) -> None:
    page = tab_of_wang.context.new_page()  # of its own: a history of 50 steps, the most that is kept, grows no longer
    visit(page, shared_server.url, "scorecard", project="lingang-2023", sheet="r1/working", place="夏港街道")
    there = stands_at(page, round="r1")
    before = page.evaluate(LENGTH)
    for name, address in (("总览", "/"), ("资金使用", "/budget"), ("绩效评分", "/scorecard")):
        go(page, name)
        assert (path(page), stands_at(page)) == (address, there), "each page has the whole view in its address"
    assert page.evaluate(LENGTH) == before + 3
    for address, title in (("/budget", "资金使用"), ("/", PROJECT), ("/scorecard", "绩效评分")):
        page.go_back()
        expect(page.locator("h1").first).to_have_text(title, timeout=WITHIN)
        assert (path(page), stands_at(page)) == (address, there)
    page.go_forward()
    expect(page.locator("h1").first).to_have_text(PROJECT, timeout=WITHIN)
    assert (path(page), stands_at(page)) == ("/", there)
    page.close()
