"""自评 beside one's own points in the browser: after one has submitted, with its 分差 as one's points stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from core.model.panel_events import RoundKind
from core.scoring.round_state import slug
from core.service.scoring import opening, steps
from tests.browser.pages import settle
from tests.browser.running_app import RunningApp
from tests.browser.test_panel import PROJECT, SECOND, Person, opened
from tests.core.service.people import QIAN, WANG, has_submitted, score_all


@pytest.mark.full
def test_it_stands_beside_a_submitted_sheet_and_not_beside_ones_own_before(
    server: RunningApp, new_context: Callable[..., BrowserContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(server, monkeypatch):
        # Of C12 (6) the unit gives itself 5, 王工 2: 3 less, more than a fifth. Of D11 (5) 4 and 5: a fifth, not more.
        opening.open_round(WANG, PROJECT, "自评", RoundKind.SELF, "chief")
        unit = opening.my_sheet(QIAN, PROJECT, "r2")
        score_all(QIAN, unit, {"C12": "1", "D11": "1"})
        steps.submit(QIAN, PROJECT, unit.id)
        has_submitted(WANG, {"C12": "4"})
    server.start()
    li, chief = (Person(new_context, server.url, name) for name in ("李工", "陈主任"))
    li.open("panel?round=r1")
    li.press("开始我的评分表")
    li.page.get_by_role("link", name="打开评分表").first.click()
    expect(li.page.locator("tr.item")).to_have_count(32, timeout=30 * SECOND)
    expect(li.page.locator("td.c-self").first).to_be_hidden()

    chief.open(f"scorecard?round=r1&sheet=r1/{slug(WANG.actor.id)}")
    row = chief.page.locator("tr.item").filter(has_text="阶段改造完成率")
    expect(row.locator("td.c-self")).to_have_text("5.00−3.00", timeout=30 * SECOND)
    expect(row.locator(".gap-size")).to_have_class("gap-size large")
    other = chief.page.locator("tr.item").filter(has_text="居住条件与安全改善")
    expect(other.locator("td.c-self")).to_have_text("4.00+1.00")
    expect(other.locator(".gap-size")).to_have_class("gap-size middle")
    # 100 less 1 and 1
    expect(chief.page.locator("tfoot td.c-self")).to_have_text("98.00")
    settle(chief.page)
    assert chief.heard.problems == li.heard.problems == []
