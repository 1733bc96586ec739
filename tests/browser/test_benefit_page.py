"""受益情况: what is planned and paid for a household, one click away; a row, a square and the switch; a telephone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import WITHIN, go, settle, stands_at, visit
from tests.browser.running_app import RunningApp
from tests.browser.test_first_sight import WINDOW, cells, in_sight, row

PAID, PLANNED, INDEX = 5, 6, 4
"""Columns of the table, from 0."""


def opened(tab: Page, server: RunningApp, **query: str) -> Page:
    tab.set_viewport_size(WINDOW)  # type: ignore[arg-type]
    visit(tab, server.url, "beneficiaries", **query)
    return tab


def headline(tab: Page) -> Locator:
    return tab.locator(".st-key-headline")


def test_what_is_planned_and_paid_for_a_household_is_one_click_away(tab: Page, shared_server: RunningApp) -> None:
    tab.set_viewport_size(WINDOW)  # type: ignore[arg-type]
    visit(tab, shared_server.url)
    go(tab, "受益情况")
    in_sight(tab.get_by_text("每户计划投资5,701.25元（概算÷户数），已支付3,040.67元，占53.3%。"))
    whole, street = cells(tab, "合计"), cells(tab, "璜土镇")
    assert (whole[PAID], whole[PLANNED]) == ("3,040.67", "5,701.25")
    assert (street[PAID], street[PLANNED], street[INDEX]) == ("4,787.61", "3,914.02～5,926.04", "1.57")
    for name in ("璜土镇", "夏港街道", "申港街道", "利港街道", "合计"):
        in_sight(row(tab, name))
    expect(tab.locator(".row-table thead")).to_contain_text("街镇为测算值·非批复数")
    assert cells(tab, "利港街道")[-1] == "偏高 149.37"
    in_sight(headline(tab).get_by_text("计划受益26,310户；户均支付璜土镇为全项目的1.57倍，利港街道为0.63倍"))


def test_a_row_shows_one_street_alone_and_a_square_another(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    row(tab, "利港街道").locator("td").nth(1).click()
    stands_at(tab, place="利港街道")
    expect(headline(tab)).to_contain_text("利港街道计划受益6,848户、5个小区、205栋", timeout=WITHIN)
    square = tab.locator(".squares").get_by_role("button", name="夏港街道")
    square.click()
    stands_at(tab, place="夏港街道")
    expect(headline(tab)).to_contain_text("夏港街道计划受益8,400户、9个小区、254栋", timeout=WITHIN)
    expect(square).to_have_attribute("aria-pressed", "true")
    expect(tab.get_by_text("支付集中在少数户上吗（全项目）")).to_be_visible()


def test_the_switch_is_in_the_address(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    tab.get_by_text("占全项目的比例", exact=True).click()
    stands_at(tab, shown="share")
    expect(row(tab, "璜土镇").locator("td").last).to_have_text("27.05%", timeout=WITHIN)
    assert cells(tab, "璜土镇") == ["17.86%", "16.41%", "17.18%", "11.79%", "27.05%"]
    tab.reload()
    settle(tab)
    assert cells(tab, "合计") == ["100.00%"] * 5


def test_nothing_is_cut_on_a_telephone(tab: Page, shared_server: RunningApp) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    visit(tab, shared_server.url, "beneficiaries")
    expect(row(tab, "璜土镇").locator("td").nth(PAID)).to_contain_text("4,787.61", timeout=WITHIN)
    assert tab.get_by_test_id("stMain").evaluate("box => box.scrollWidth - box.clientWidth") <= 1
    for box in tab.locator(".row-table").all():
        assert box.evaluate("box => box.scrollWidth - box.clientWidth") <= 1
    square = tab.locator(".squares").get_by_role("button", name="夏港街道")
    assert square.locator("b").first.evaluate("name => name.getClientRects().length") == 1  # the name is on one line


def test_nothing_is_scrolled_sideways_on_a_tablet(tab: Page, shared_server: RunningApp) -> None:
    """A table of seven columns does not fit: each row is a card, each figure beside what it is called."""
    tab.set_viewport_size({"width": 768, "height": 1024})
    for language in ("zh", "en"):
        visit(tab, shared_server.url, "beneficiaries", lang=language)
        expect(tab.locator(".row-table tbody").first).to_contain_text("4,787.61", timeout=WITHIN)
        for box in tab.locator(".row-table").all():
            assert box.evaluate("box => box.scrollWidth - box.clientWidth") <= 1
        assert tab.get_by_test_id("stMain").evaluate("box => box.scrollWidth - box.clientWidth") <= 1
