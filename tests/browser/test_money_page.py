"""资金使用 as a person meets it: figures in their cells, a street alone by a click, cards on a telephone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import leave
from tests.browser.measure import serving
from tests.browser.pages import WITHIN, stands_at, visit
from tests.browser.running_app import RunningApp

WINDOW = {"width": 1366, "height": 768}
STREETS = ("璜土镇", "夏港街道", "申港街道", "利港街道")


def opened(tab: Page, server: RunningApp, **query: str) -> Page:
    tab.set_viewport_size(WINDOW)  # type: ignore[arg-type]
    visit(tab, server.url, "budget", **query)
    return tab


def row(tab: Page, table: str, name: str) -> Locator:
    return tab.locator(f".st-key-rows_{table} .row-table tr").filter(has=tab.get_by_role("rowheader", name=name))


def cells(tab: Page, table: str, name: str) -> list[str]:
    return [each.strip() for each in row(tab, table, name).locator("td").all_inner_texts()]


def test_the_reports_table_with_the_estimate_as_one_cell(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    expect(tab.locator(".st-key-headline")).to_contain_text(
        "概算15,000万元已支付53.3%；未付的7,000万元中，专项债4,000、财政预算资金3,000"
    )
    assert cells(tab, "funds", "夏港街道") == ["2,627.00", "2,627.00", "17.51%", "51.53%～54.85%"]
    assert cells(tab, "funds", "合计")[1:] == ["8,000.00", "8,000.00", "53.33%", "53.33%"]
    merged = tab.locator(".st-key-rows_funds td.merged")
    expect(merged).to_have_count(1)
    expect(merged).to_have_text("15,000.00一笔概算，未分解到街镇")
    high = sum((row(tab, "funds", name).bounding_box() or {"height": 0})["height"] for name in STREETS)
    box = merged.bounding_box()
    assert box is not None
    assert abs(box["height"] - high) <= 2
    expect(row(tab, "funds", "申港街道").locator("td").nth(1)).to_have_attribute(
        "title", "来源：报告 一（一）5 资金明细表 第3行 累计支付"
    )


def test_sources_and_denominators_as_rows(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    expect(tab.locator(".st-key-head_sources")).to_contain_text("财政预算资金一笔未付")
    assert cells(tab, "sources", "专项债") == ["12,000.00", "8,000.00", "4,000.00", "66.67%"]
    assert cells(tab, "sources", "财政预算资金") == ["3,000.00", "0.00", "3,000.00", "0.00%"]
    expect(tab.locator(".st-key-head_bases")).to_contain_text("口径不同，支付比例为0.00%～100.00%")
    assert cells(tab, "bases", "占到位资金") == ["8,000.00", "100.00%"]
    expect(row(tab, "bases", "占到位资金")).to_contain_text("由报告推算")
    assert cells(tab, "bases", "占财政预算计划") == ["3,000.00", "0.00%"]


def test_names_and_amounts_stand_whole_under_the_bar(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    frame = tab.locator(".st-key-panel_estimate").bounding_box()
    assert frame is not None
    for amount in ("2,164.00", "2,627.00", "1,900.00", "1,309.00", "7,000.00"):
        words = tab.locator(".st-key-panel_estimate .annotation-text").filter(has_text=amount)
        box = words.bounding_box()
        assert box is not None, amount
        assert frame["x"] <= box["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]


def test_one_street_alone_by_a_click(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    row(tab, "funds", "利港街道").locator("td").nth(1).click()
    stands_at(tab, place="利港街道")
    expect(tab.locator(".st-key-headline")).to_contain_text("利港街道已支付1,309万元，占全项目概算8.7%", timeout=WITHIN)
    expect(row(tab, "funds", "利港街道")).to_have_class("chosen", timeout=WITHIN)
    expect(tab.locator(".st-key-head_sources")).to_contain_text("全项目：财政预算资金一笔未付")


def test_each_figure_says_where_it_stands(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    tab.locator(".st-key-head_funds").get_by_role("button", name="怎么算").click()
    said = tab.get_by_role("dialog")
    expect(said).to_contain_text("资金明细表 第3行", timeout=WITHIN)
    expect(said).to_contain_text("累计支付8,000.00万元 ÷ 概算15,000.00万元")


def test_rows_are_cards_on_a_telephone_and_the_estimate_is_in_the_last(tab: Page, shared_server: RunningApp) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    visit(tab, shared_server.url, "budget")
    expect(row(tab, "funds", "璜土镇").locator("td").nth(1)).to_contain_text("2,164.00", timeout=WITHIN)
    expect(tab.locator(".st-key-rows_funds td.merged")).to_be_hidden()
    expect(row(tab, "funds", "合计").locator("td").first).to_contain_text("一笔概算，未分解到街镇")
    wide = tab.get_by_test_id("stMain").evaluate("box => box.scrollWidth - box.clientWidth")
    assert wide <= 1
    for table in ("funds", "sources", "bases"):
        out = tab.locator(f".st-key-rows_{table} .row-table").evaluate("box => box.scrollWidth - box.clientWidth")
        assert out <= 1, table
        highs = tab.locator(f".st-key-rows_{table} td:visible").evaluate_all("all => all.map(one => one.offsetHeight)")
        assert max(highs) < 90, (table, "a heading stands one character a line")


@pytest.mark.full
def test_what_a_project_lacks_is_a_line_with_the_way_to_enter_it(tab: Page, tmp_path: Path) -> None:
    """8,000 without the 1,900 of 申港街道 are 6,100."""
    with serving("missing", tmp_path) as server:
        opened(tab, server)
        expect(tab.locator(".st-key-headline")).to_contain_text("4个街镇中3个填报了支付，合计6,100万元；其余未填报")
        expect(tab.locator(".st-key-missing_places")).to_contain_text("未填报：申港街道的累计支付")
        assert cells(tab, "funds", "申港街道") == ["1,900.00", "—", "—", "—"]
        expect(tab.get_by_test_id("stPlotlyChart")).to_have_count(0)
        tab.locator(".st-key-missing_funding").get_by_role("button", name="补填").click()
        tab.wait_for_url("**/importing**", timeout=WITHIN)
        leave(tab)
