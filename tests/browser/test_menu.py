"""The menu at the top: its groups, the edge that it shares with the page, the number of one's own tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from core.model.context import Actor, Context
from core.model.rights import OPERATOR, Role
from core.service.base import open_store
from core.service.evidence import findings
from core.service.evidence.findings import FindingDraft
from core.service.manage import accounts
from tests.browser.accounts import PASSWORD, log_in
from tests.browser.pages import GROUP, LINK, menu, visit
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


WIDTHS = (390, 768, 1366, 1920, 2560)
ROW = ("总览（1）", "资金使用", "受益情况", "绩效评分", "数据疑点", "简报")
IN_ENGLISH = ("Overview (1)", "Use of funds", "Beneficiaries", "Scoring", "Data questions", "Briefing")
SIDE = '[data-testid="stSidebarNavLink"]'
CLASHES = f"""() => {{
  const boxes = [...document.querySelectorAll('{LINK}, .st-key-bar')].map((one) => one.getBoundingClientRect());
  const over = (one, other) => one.left < other.right && other.left < one.right
    && one.top < other.bottom && other.top < one.bottom;
  const crossed = boxes.filter((one, at) => boxes.slice(at + 1).some((other) => over(one, other)));
  return [crossed.length, document.documentElement.scrollWidth - innerWidth];
}}"""


@pytest.fixture
def with_a_finding(store_path: Path, tmp_path: Path) -> Iterator[RunningApp]:
    """A server in mode `accounts` where one finding is 吴主任's, who may look, and none is 郑主任's."""
    admin, clerk = Context(Actor("admin", "管理员", OPERATOR)), Context(Actor("browser-of-wang", "王工"))
    for login, name in (("wu", "吴主任"), ("zheng", "郑主任")):
        accounts.add(admin, login, name)
        accounts.set_password(admin, login, accounts.hashed(PASSWORD))
        accounts.grant(admin, login, Role.LEADER)
    (one,) = findings.add(clerk, "lingang-2023", [FindingDraft("problem", "资金未到位", "报告 五")])
    findings.start(clerk, "lingang-2023", one.id, "吴主任", date(2025, 6, 30))
    open_store.close()
    app = RunningApp(store_path, tmp_path / "log.txt", environment={"RENEWAL_MODE": "accounts"})
    app.start()
    yield app
    app.stop()


@pytest.mark.full
@pytest.mark.timeout(180)
def test_the_home_page_bears_the_number_of_ones_own_tasks_in_any_window(
    with_a_finding: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    log_in(page, with_a_finding, "wu", "budget")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for language, names in (("zh", ROW), ("en", IN_ENGLISH)):
            visit(page, with_a_finding.url, "budget", lang=language)
            # On a telephone the menu lies at the side until it is opened.
            expect(page.locator(SIDE if width < 768 else LINK)).to_have_text(list(names))
            assert page.evaluate(CLASHES) == [0, 0], (width, language)
    page.set_viewport_size({"width": 1366, "height": 768})
    visit(page, with_a_finding.url, lang="zh")
    expect(page.get_by_text("请您整改：1条")).to_be_visible()
    other = new_context().new_page()
    log_in(other, with_a_finding, "zheng")
    expect(other.locator(LINK)).to_have_text(["总览", *ROW[1:]])
