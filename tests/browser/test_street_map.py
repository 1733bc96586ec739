"""Outlines are imported where the streets stand, a click on the map shows one, and withdrawing brings squares back."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import WITHIN, settle, stands_at, visit
from tests.browser.running_app import RunningApp
from tests.core.ingest.boundaries.four import four, text

WINDOW = {"width": 1366, "height": 768}


def on_the_map(chart: Locator, street: str) -> tuple[float, float]:
    """A point within a street, above its name."""
    box = chart.locator(".annotation", has_text=street).bounding_box()
    assert box is not None
    return box["x"] + 8, box["y"] - 18


def give(tab: Page, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    tab.locator("input[type=file]").first.set_input_files(file)
    take = tab.get_by_role("button", name="导入边界", exact=True)
    expect(take).to_be_enabled(timeout=WITHIN)
    take.click()


def test_a_map_is_imported_clicked_and_withdrawn(tab_of_wang: Page, fresh_server: RunningApp, tmp_path: Path) -> None:
    tab, file, asked = tab_of_wang, tmp_path / "四街镇.geojson", []
    tab.on("request", lambda request: asked.append(request.url))
    tab.set_viewport_size(WINDOW)  # type: ignore[arg-type]
    visit(tab, fresh_server.url, "beneficiaries")
    tab.get_by_role("button", name="导入街镇边界").click()
    give(tab, file, text(four()[:2]))
    expect(tab.get_by_text("文件中没有璜土镇、利港街道的边界")).to_be_visible(timeout=WITHIN)
    tab.get_by_role("button", name="知道了").click()
    settle(tab)
    take = tab.get_by_role("button", name="导入边界", exact=True)
    expect(take).to_have_count(0, timeout=WITHIN)  # a click on the message is one outside of the form: it closes
    tab.get_by_role("button", name="导入街镇边界").click()
    expect(take).to_be_disabled(timeout=WITHIN)  # the refused file is gone from the field
    give(tab, file, text(four()))
    chart = tab.locator(".st-key-chart_street_map")
    expect(chart).to_contain_text("街镇边界按导入的文件“四街镇.geojson”绘制", timeout=WITHIN)
    expect(tab.locator(".squares")).to_have_count(0)
    expect(tab.get_by_role("button", name="导入边界", exact=True)).to_have_count(0)
    settle(tab)
    for street in ("璜土镇", "申港街道"):
        chart.scroll_into_view_if_needed()
        tab.mouse.move(*on_the_map(chart, street))
        expect(chart.locator(".hoverlayer")).to_contain_text(street)
        tab.mouse.click(*on_the_map(chart, street))
        stands_at(tab, place=street)
        settle(tab)
    # By the keyboard the same choice stands beside the map: each row of the table is a button with its street's name.
    row = tab.locator(".st-key-rows_benefit").get_by_role("button", name="夏港街道", exact=True)
    row.focus()
    tab.keyboard.press("Enter")
    stands_at(tab, place="夏港街道")
    expect(row).to_have_attribute("aria-pressed", "true", timeout=WITHIN)
    chooser = tab.get_by_role("combobox", name="街镇")
    chooser.focus()
    expect(chooser).to_have_value("夏港街道")
    settle(tab)
    tab.get_by_role("button", name="更换街镇边界").click()
    tab.get_by_role("button", name="撤回边界").click()
    expect(tab.locator(".squares")).to_be_visible(timeout=WITHIN)
    assert [url for url in asked if not url.startswith((fresh_server.url, "data:", "blob:"))] == []
