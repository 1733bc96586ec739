"""分工 in the browser: a chief gives out items, an expert sees the rest greyed and steps over it, the board tells."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from core.service.scoring import scorecards
from tests.browser.pages import settle
from tests.browser.running_app import RunningApp
from tests.browser.test_panel import CONTEXTS, PROJECT, SECOND, Person, opened


@pytest.mark.full
def test_an_expert_scores_what_is_given_out_and_the_board_shows_it(
    server: RunningApp, new_context: CONTEXTS, monkeypatch: pytest.MonkeyPatch
) -> None:
    chief, li, wang = (Person(new_context, server.url, name) for name in ("陈主任", "李工", "王工"))
    wang.start_blank()
    wang.score({"C12": ("1", "没有阶段完成率")})
    wang.submit()
    li.start_blank()

    # the first group of 决策 (A11, A12, A13), and C12
    chief.open("panel")
    chief.press("评分分工")
    person = chief.page.get_by_role("combobox", name="评价人")
    person.click()
    chief.page.get_by_role("option", name="李工").click()
    chosen = chief.page.get_by_role("combobox", name="评哪些指标（不选为全部）")
    for typed in ("项目立项", "C12"):
        chosen.fill(typed)
        chief.page.get_by_role("option", name=typed).first.click()
    chief.page.keyboard.press("Tab")
    chief.press("保存分工")
    row = chief.page.get_by_role("row").filter(has_text="李工")
    expect(row).to_contain_text("决策 › 项目立项、C12（4项）", timeout=20 * SECOND)
    expect(row).to_contain_text("0/4项")

    # 李工's open sheet follows by itself: 28 rows are grey, cannot be typed in, and are stepped over
    expect(li.page.locator("tr.item.out")).to_have_count(28, timeout=20 * SECOND)
    expect(li.page.locator(".total-name")).to_have_text("已评0/4项")
    expect(li.page.locator('tr.item[data-status="not_applicable"] .status').first).to_have_text("未分配")
    assert not li.cell("A21").is_editable()
    li.cell("A13").click()
    li.page.keyboard.type("2")
    li.page.keyboard.press("Enter")
    expect(li.cell("C12")).to_be_focused()
    li.page.keyboard.type("3")
    li.page.keyboard.press("ArrowRight")
    li.page.keyboard.press("ArrowRight")
    li.page.keyboard.type("未完工")
    li.page.keyboard.press("Shift+Enter")
    expect(li.cell("A13", "reason")).to_be_focused()
    li.page.keyboard.press("ArrowUp")
    expect(li.cell("A12", "reason")).to_be_focused()
    for code in ("A11", "A12"):
        li.cell(code).click()
        li.page.keyboard.type("2")
        li.page.keyboard.press("Enter")
    expect(li.page.locator(".saving")).to_have_text(re.compile(r"^已保存\d\d:\d\d$"), timeout=20 * SECOND)
    # 9 of 12 points: 75 of a hundred
    expect(li.page.locator(".total")).to_have_text("75.00")
    expect(li.page.locator(".total-name")).to_have_text("折算得分")

    # a pasted column of all 32 fills in one's own and tells of the rest
    li.page.evaluate("text => navigator.clipboard.writeText(text)", "A12\t1\nA21\t2")
    li.cell("A11").click()
    li.page.keyboard.press("ControlOrMeta+v")
    expect(li.page.locator(".paste")).to_contain_text("第2行的A21 绩效目标合理性不由您评分，不填入。")
    li.page.get_by_role("button", name="取消").click()

    expect(row).to_contain_text("4/4项", timeout=20 * SECOND)
    li.submit()
    expect(row).to_contain_text("已提交", timeout=20 * SECOND)
    expect(chief.page.get_by_text("等28项只有1人评，少于每项2人。")).to_be_visible()

    chief.part("逐项评议")
    chief.press("查看得分")
    chief.press("汇总到评审组评分表")
    # 100 less (6 − (5 + 3) / 2)
    expect(chief.page.locator(".head .total")).to_have_text("98.00分", timeout=20 * SECOND)
    expect(chief.page.locator('[data-chip="few"]')).to_have_text("评分人不足 28")
    chief.page.locator('[data-chip="few"]').click()
    expect(chief.page.locator(".title .code")).to_have_text("A21")
    expect(chief.page.locator("tr.out")).to_contain_text("未分配")
    settle(chief.page)
    assert [problem for person in (chief, li, wang) for problem in person.heard.problems] == []
    with opened(server, monkeypatch):
        assert scorecards.scorecard(chief.ctx, PROJECT, "r1/panel").tally.total == Decimal("98.00")
