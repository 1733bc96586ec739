"""总览 of a project with several periods: what changed since the last one, and two periods or streets side by side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.measure import serving
from tests.browser.pages import WITHIN, named, settle, stands_at, visit
from tests.browser.running_app import RunningApp
from tests.browser.test_first_sight import WINDOW, in_sight

DEMO = "demo-2024"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    with serving("demo", tmp_path_factory.mktemp("over-periods")) as app:
        yield app


def opened(tab: Page, server: RunningApp, **query: str) -> Page:
    tab.set_viewport_size(WINDOW)  # type: ignore[arg-type]
    visit(tab, server.url, project=DEMO, **query)
    return tab


def row(tab: Page, table: str, name: str) -> list[str]:
    found = tab.locator(f".st-key-rows_{table} tr").filter(has=tab.get_by_role("rowheader", name=name))
    return [each.strip() for each in found.locator("td").all_inner_texts()]


def test_what_changed_since_the_last_period(tab: Page, demo: RunningApp) -> None:
    opened(tab, demo)
    paid, homes = tab.locator(".st-key-card_paid"), tab.locator(".st-key-card_households")
    # 7,100 - 4,800; 5,020 - 2,860 households.
    expect(paid).to_contain_text("较2025年6月多2,300万元")
    expect(homes).to_contain_text("较2025年6月多2,160户")
    expect(tab.locator(".st-key-card_finish")).to_contain_text("2025年6月")
    for card in (paid, homes):
        in_sight(card)
        expect(card.locator(".small-bars")).to_be_visible()
    # 2,400 - 1,600.
    assert "+800.00" in row(tab, "streets", "云栖街道")
    in_sight(tab.locator(".st-key-rows_streets"))


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1440, 900), (1920, 1080), (2560, 1440)])
def test_all_is_seen_without_scrolling(tab: Page, demo: RunningApp, width: int, height: int) -> None:
    tab.set_viewport_size({"width": width, "height": height})
    visit(tab, demo.url, project=DEMO)
    box = tab.get_by_test_id("stMain").element_handle()
    tab.wait_for_function("box => box.scrollHeight <= box.clientHeight", arg=box, timeout=WITHIN)


def test_two_periods_side_by_side(tab: Page, demo: RunningApp) -> None:
    opened(tab, demo, compare="2024-12-31")
    # 7,100 - 2,700; 5,020 - 780.
    expect(tab.locator(".st-key-card_paid")).to_contain_text("较2024年12月多4,400万元", timeout=WITHIN)
    expect(tab.locator(".st-key-card_households")).to_contain_text("较2024年12月多4,240户")
    assert row(tab, "compared", "白鹭镇")[:3] == ["400.00", "1,100.00", "+700.00"]
    assert row(tab, "compared", "合计")[:3] == ["2,700.00", "7,100.00", "+4,400.00"]


def test_two_streets_side_by_side(tab: Page, demo: RunningApp) -> None:
    opened(tab, demo, place="云栖街道")
    tab.locator(".st-key-choose_compare").get_by_role("combobox").click()
    tab.get_by_role("option", name="对比：白鹭镇").click()
    stands_at(tab, compare="白鹭镇", place="云栖街道")
    settle(tab)
    expect(tab.locator(".st-key-rows_compared")).to_contain_text("云栖街道与白鹭镇对比", timeout=WITHIN)
    assert row(tab, "compared", "累计支付")[:3] == ["2,400.00", "1,100.00", "−1,300.00"]


def test_the_browsers_back_undoes_what_was_compared_and_the_place_step_by_step(tab: Page, demo: RunningApp) -> None:
    page = tab.context.new_page()  # of its own: a history of 50 steps, the most that is kept, grows no longer
    opened(page, demo)
    compared = page.locator(".st-key-rows_compared")
    for day in ("2024-06-30", "2024-12-31"):
        page.locator('.st-key-choose_compare input[role="combobox"]').click()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        stands_at(page, compare=day)
    page.locator(".st-key-rows_streets tbody td").first.click()
    stands_at(page, compare="2024-12-31", place="云栖街道")
    page.go_back()
    page.wait_for_url(lambda url: "place" not in named(url), timeout=WITHIN)
    expect(compared).to_contain_text("2024年12月31日与2025年12月31日对比", timeout=WITHIN)
    page.go_back()
    stands_at(page, compare="2024-06-30")
    expect(compared).to_contain_text("2024年6月30日与2025年12月31日对比", timeout=WITHIN)
    page.go_back()
    expect(compared).to_have_count(0, timeout=WITHIN)
    page.go_forward()
    stands_at(page, compare="2024-06-30")
    expect(compared).to_contain_text("2024年6月30日与2025年12月31日对比", timeout=WITHIN)
    page.close()
