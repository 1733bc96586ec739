"""A whole meeting without a mouse: from the blank sheet to the locked round, at the size of a projector's laptop.

Every control is reached with Tab and used with Enter, Space, arrows and typing; after each step a picture is taken.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.pages import settle
from tests.browser.running_app import ROOT, RunningApp
from tests.browser.test_panel import CONTEXTS, ITEMS, SECOND, Person

PICTURES = ROOT / "build" / "meeting"
MOST_TABS = 160
"""More than any page of the meeting has stops; the score grid is left with Escape-free Tabs of its own."""
FOCUSED = """() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (!at || at === document.body || at.tagName === "MAIN" || at.tagName === "SECTION") return "";
    const label = at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText || at.placeholder || "";
    return `${at.getAttribute("role") || at.tagName.toLowerCase()} ${label.trim()}`;
}"""


class Keys:
    """Hands that never leave the keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._pictures = 0
        PICTURES.mkdir(parents=True, exist_ok=True)

    def reach(self, wanted: str) -> None:
        """Tab until a control whose role and name match has the focus."""
        seen = []
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            seen.append(self.page.evaluate(FOCUSED))
            if re.search(wanted, seen[-1]):
                return
        raise AssertionError(f"{wanted}: not reached by Tab; passed {seen}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def part(self, name: str) -> None:
        """Another part of the page: its switch is one stop, the arrows choose."""
        self.reach("^radio (评分进度|逐项评议|提示与答复|征求意见|满意度问卷|资料与佐证|结果分析)")
        for _ in range(6):
            self.press("ArrowLeft")  # the arrows stop at either end
        for _ in range(6):
            if self.page.evaluate(FOCUSED).endswith(name):
                break
            self.press("ArrowRight")
        self.press("Space")
        expect(self.page.get_by_role("radio", name=name)).to_be_checked(timeout=20 * SECOND)
        settle(self.page)

    def picture(self, name: str) -> None:
        """For people to look at, and for axe: nothing serious on any step."""
        settle(self.page)  # what is being made again is pale meanwhile, and axe would say so
        self._pictures += 1
        self.page.screenshot(path=PICTURES / f"{self._pictures:02}-{name}.png")
        found = Axe().run(self.page).response["violations"]
        serious = [
            (rule["id"], rule["nodes"][0]["target"]) for rule in found if rule["impact"] in ("serious", "critical")
        ]
        assert not serious, (name, serious)


@pytest.mark.full
def test_a_meeting_by_keyboard_from_the_blank_sheet_to_the_lock(server: RunningApp, new_context: CONTEXTS) -> None:
    colleague = Person(new_context, server.url, "李工")
    colleague.start_blank()
    colleague.score({"C12": ("2", "完成率未报")})
    colleague.submit()

    chief = Person(new_context, server.url, "陈主任")
    keys, page = Keys(chief.page), chief.page
    page.set_viewport_size({"width": 1366, "height": 768})
    chief.open("panel")
    keys.picture("评分进度")
    keys.reach("开始我的评分表")
    keys.press("Enter")
    chief.says("下一步：填写您的评分表（已评0/32项）")
    keys.reach("打开评分表")
    keys.press("Enter")
    expect(page.locator("tr.item")).to_have_count(32, timeout=30 * SECOND)
    keys.reach("得分")
    for code, weight in ITEMS:
        page.keyboard.type(f"{weight - Decimal(1 if code == 'C12' else 0):.2f}")
        keys.press("Enter")
    expect(page.locator(".total-name")).to_have_text("总分", timeout=20 * SECOND)
    keys.picture("评分表")
    for _ in range(len(ITEMS) - 1 - [code for code, _ in ITEMS].index("C12")):
        keys.press("ArrowUp")
    expect(chief.cell("C12")).to_be_focused()
    keys.reach("原因$")
    page.keyboard.type("没有阶段完成率")
    keys.press("Enter")
    expect(chief.cell("C12", "reason")).to_have_value("没有阶段完成率")
    expect(page.locator(".saving")).to_have_text(re.compile(r"^已保存\d\d:\d\d$"), timeout=20 * SECOND)
    chief.open("panel")
    chief.says("下一步：提交您的评分表")
    keys.reach("^button 提交$")
    keys.press("Enter")
    expect(page.get_by_role("button", name="提交", exact=True)).to_have_count(0, timeout=20 * SECOND)

    keys.part("逐项评议")
    keys.picture("逐项评议-试汇总")
    keys.reach("汇总到评审组评分表")
    keys.press("Enter")
    expect(page.get_by_text(re.compile("试汇总"))).to_have_count(0, timeout=20 * SECOND)
    # 100 less the mean of 1 and 2 lost on C12
    expect(page.locator(".head .total")).to_have_text("98.50分", timeout=20 * SECOND)
    keys.picture("逐项评议")
    keys.reach("C12")
    keys.press("Enter")
    expect(page.locator(".title .code")).to_have_text("C12", timeout=20 * SECOND)
    keys.reach("得分")
    page.keyboard.type("5")
    keys.press("Enter")
    page.keyboard.type("两人商定")
    keys.press("Enter")
    expect(page.locator(".head .total")).to_have_text("99.00分", timeout=20 * SECOND)
    keys.picture("逐项评议-商定")

    keys.part("提示与答复")
    expect(page.get_by_role("heading", name=re.compile("^未答复[1-9]"))).to_be_visible(timeout=20 * SECOND)
    keys.picture("提示与答复")
    while (left := page.get_by_role("heading", name=re.compile("^未答复[1-9]"))).count():
        before = left.inner_text()
        keys.reach("^button (一并)?答复")
        keys.press("Enter")
        expect(page.get_by_role("textbox", name="答复").last).to_be_visible(timeout=20 * SECOND)
        if not page.evaluate(FOCUSED).startswith(("textarea", "textbox", "input")):
            keys.reach("^(textarea|textbox|input) ")
        page.keyboard.type("现场已核实，见会议记录")
        keys.press("Enter")
        expect(page.get_by_role("heading", name=before)).to_have_count(0, timeout=20 * SECOND)
        keys.press("Escape")
        settle(page)
    keys.picture("答复之后")
    for name in ("征求意见", "满意度问卷", "资料与佐证", "结果分析"):
        keys.part(name)
        keys.picture(name)
    keys.part("评分进度")
    chief.says("下一步：锁定本轮")
    keys.picture("评分进度-可锁定")
    keys.reach("锁定本轮")
    keys.press("Enter")
    chief.says("本轮已由陈主任锁定")
    keys.picture("已锁定")
    chief.open("history")
    keys.picture("过程记录")
    assert chief.heard.problems == []
