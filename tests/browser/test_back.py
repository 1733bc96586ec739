"""The browser's own buttons for back and forward: one press, one page."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.pages import go, stands_at, visit
from tests.browser.running_app import RunningApp

LENGTH = "() => history.length"


def path(page: Page) -> str:
    return urlsplit(page.url).path


def test_one_press_of_back_leads_to_the_page_before(tab_of_wang: Page, shared_server: RunningApp) -> None:
    page = tab_of_wang
    visit(page, shared_server.url, "scorecard", project="lingang-2023", sheet="r1/working", place="夏港街道")
    there = stands_at(page, round="r1")
    before = page.evaluate(LENGTH)
    for name, address in (("总览", "/"), ("资金使用", "/budget"), ("绩效评分", "/scorecard")):
        go(page, name)
        assert (path(page), stands_at(page)) == (address, there), "each page has the whole view in its address"
    assert page.evaluate(LENGTH) == before + 3
    for address in ("/budget", "/", "/scorecard"):
        page.go_back()
        page.wait_for_url(lambda url, address=address: urlsplit(url).path == address)
        assert stands_at(page) == there
    page.go_forward()
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    assert stands_at(page) == there
