"""The menu at the top: its groups, and the edge that it shares with the page."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.pages import GROUP, menu, visit
from tests.browser.running_app import RunningApp

LEFT = "one => one.getBoundingClientRect().left"
SHADE = "one => getComputedStyle(one).backgroundColor"


def test_the_menu_and_the_page_begin_at_one_edge_and_the_group_is_marked(tab: Page, shared_server: RunningApp) -> None:
    for width, height in ((1366, 768), (1920, 1080)):
        tab.set_viewport_size({"width": width, "height": height})
        visit(tab, shared_server.url, "findings")
        edges = [tab.locator(each).first.evaluate(LEFT) for each in ("header img", "h1", ".st-key-head")]
        assert max(edges) - min(edges) < 1, edges
    names = [group.inner_text() for group in tab.locator(GROUP).all()]
    assert names == ["进展", "评分", "疑点", "简报", "数据"]
    shades = dict(zip(names, (group.evaluate(SHADE) for group in tab.locator(GROUP).all()), strict=True))
    assert [name for name in names if shades[name] != shades["进展"]] == ["疑点"]


def test_each_page_stands_once_in_the_menu(tab: Page, shared_server: RunningApp) -> None:
    tab.set_viewport_size({"width": 1366, "height": 768})
    visit(tab, shared_server.url)
    assert list(menu(tab)) == [
        "总览", "资金使用", "受益情况", "绩效评分", "专家评议", "指标体系", "过程记录",
        "数据疑点", "预警", "问题整改", "改造标准", "简报", "验真", "街镇填报", "数据导入",
    ]  # fmt: skip
