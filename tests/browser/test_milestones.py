"""A milestone is clicked, said more of, and its chart stands there with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.measure import serving
from tests.browser.pages import WITHIN, settle, visit
from tests.browser.running_app import RunningApp

DEMO = "demo-2024"
WINDOW = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    with serving("demo", tmp_path_factory.mktemp("milestones")) as app:
        yield app


def test_a_click_on_a_bar_opens_it_and_what_is_typed_stands_in_the_chart(tab_of_wang: Page, demo: RunningApp) -> None:
    tab = tab_of_wang
    tab.set_viewport_size(WINDOW)  # type: ignore[arg-type]
    visit(tab, demo.url, "budget", project=DEMO)
    chart = tab.locator(".st-key-chart_milestones")
    chart.scroll_into_view_if_needed()
    # The last bar of the first trace is of 竣工, which is planned for 28 February 2026.
    box = chart.locator(".trace.bars").first.locator("path").last.bounding_box()
    assert box is not None
    tab.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2)
    expect(chart.locator(".hoverlayer")).to_contain_text("建设单位")
    tab.mouse.click(box["x"] + 40, box["y"] + box["height"] / 2)
    owner = tab.get_by_label("责任单位（人）")
    expect(owner).to_have_value("建设单位", timeout=WITHIN)
    expect(tab.get_by_label("计划日期")).to_have_value("2026-02-28")
    owner.fill("临港城建 张工")
    tab.get_by_label("原因（更改已有内容时填写）").fill("明确到人")
    tab.get_by_role("button", name="保存里程碑").click()
    expect(chart).to_contain_text("临港城建", timeout=WITHIN)
    expect(owner).to_have_count(0)
    settle(tab)
