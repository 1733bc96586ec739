"""A panel of five people with accounts, and what each does in a browser of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Locator, TimeoutError, expect

from core.model.context import Actor, Context
from core.model.rights import OPERATOR
from core.service.base import identity, open_store
from core.service.manage import accounts
from tests.browser.accounts import PASSWORD, log_in
from tests.browser.pages import Listener, go, settle
from tests.browser.running_app import RunningApp
from tests.browser.test_panel import CONTEXTS, SECOND, Person

LONG = 20 * SECOND
TRIES = 5
PEOPLE = {
    "chen": ("陈主任", ("chief", "clerk")),
    "zhou": ("周主任", ("chief",)),
    "wang": ("王工", ("evaluator",)),
    "li": ("李工", ("evaluator",)),
    "zhao": ("赵工", ("evaluator",)),
}


def build_with_people(store: Path) -> None:
    """A store without any project, and these people with their passwords. `RENEWAL_STORE` names it."""
    store.parent.mkdir()
    open_store.build_at(store, empty=True)
    open_store.close()
    admin, kept = Context(Actor("admin", "管理员", OPERATOR)), accounts.hashed(PASSWORD)
    for login, (name, roles) in PEOPLE.items():
        accounts.add(admin, login, name)
        accounts.set_password(admin, login, kept)
        for role in roles:
            accounts.grant(admin, login, role)
    open_store.close()


class Member(Person):
    """Somebody who has logged in."""

    def __init__(self, new_context: CONTEXTS, house: RunningApp, login: str) -> None:
        self.url, self.id, self.name = house.url, identity.actor_id(login), PEOPLE[login][0]
        self.page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
        self.heard = Listener().listen(self.page)
        log_in(self.page, house, login, "panel")

    def choose(self, label: str, option: str) -> None:
        """Choose in a select box. A page that is made again meanwhile closes its list: then it is opened once more."""
        box = self.page.get_by_role("combobox", name=label, exact=True)
        for _ in range(TRIES):
            box.click()
            with suppress(TimeoutError):
                self.page.get_by_role("option", name=option, exact=True).click(timeout=3 * SECOND)
                break
        expect(box).to_have_value(option, timeout=LONG)
        settle(self.page)

    def row(self, name: str) -> Locator:
        """The line of a sheet on 评分进度."""
        return self.page.locator('[class*="st-key-row_"]').filter(has_text=f"{name}的评分表")

    def because(self, within: Locator, button: str, why: str) -> None:
        """Open what asks for a reason, give it, and wait until the step is taken."""
        expect(self._given(within, button, why)).to_have_count(0, timeout=LONG)
        settle(self.page)

    def refused(self, within: Locator, button: str, why: str, words: str) -> None:
        """Give a reason for a step that is refused with these words; the field may stay open."""
        self._given(within, button, why)
        self.says(words)

    def _given(self, within: Locator, button: str, why: str) -> Locator:
        """The field for the reason, which has been typed and sent."""
        within.get_by_role("button", name=button, exact=True).click()
        field = self.page.get_by_role("textbox", name="理由")
        field.fill(why)
        field.press("Enter")
        return field

    def stay_out(self, of: str, why: str, shows: str) -> None:
        """回避, of an item or of the whole sheet."""
        self.open("panel")
        self.row(self.name).get_by_role("button", name="回避").click()
        self.choose("回避范围", of)
        field = self.page.get_by_role("textbox", name="理由")
        field.fill(why)
        field.press("Enter")
        expect(self.row(self.name)).to_contain_text(shows, timeout=LONG)
        self.page.keyboard.press("Escape")

    # ---- the own sheet

    def open_sheet(self, shows: str) -> None:
        """From 专家评议 to the own sheet; what stands beside its total."""
        self.open("panel")
        self.row(self.name).get_by_role("link", name="打开评分表").click()
        expect(self.page.locator("tr.item")).to_have_count(6, timeout=30 * SECOND)
        expect(self.page.locator(".total-name")).to_have_text(shows, timeout=LONG)

    def give_points(self, points: Mapping[str, tuple[str, str]]) -> None:
        """Type points and reasons item by item."""
        for code, texts in points.items():
            for field, text in zip(("points", "reason"), texts, strict=True):
                self.cell(code, field).click()
                self.page.keyboard.press("ControlOrMeta+a")
                self.page.keyboard.type(text)
                self.page.keyboard.press("Enter")
        self.saved()

    def saved(self) -> None:
        expect(self.page.locator(".saving")).to_have_text(re.compile(r"^已保存\d\d:\d\d$"), timeout=LONG)

    def paste(self, text: str) -> None:
        """Paste a table with codes and agree to its preview."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.cell("1").click()
        self.page.keyboard.press("ControlOrMeta+v")
        self.page.get_by_role("button", name=re.compile("^填入")).click()
        self.saved()

    def adds_up_to(self, total: str) -> None:
        """What the sheet of somebody who scores some items comes to."""
        expect(self.page.locator(".total")).to_have_text(total, timeout=LONG)

    def submit(self) -> None:
        """From the own sheet, also one that was returned."""
        go(self.page, "专家评议")
        self.press("提交")
        expect(self.page.get_by_role("button", name="提交", exact=True)).to_have_count(0, timeout=LONG)
        settle(self.page)

    # ---- the panel's sheet

    def board(self) -> None:
        """逐项评议, whose scores a chief without a sheet is asked about before they are shown."""
        self.part("逐项评议")
        board = self.page.locator(".board")
        looks_on = self.page.get_by_role("button", name="查看得分")
        expect(board.or_(looks_on)).to_be_visible(timeout=LONG)
        if looks_on.count():
            looks_on.click()
        expect(board).to_be_visible(timeout=LONG)

    def take_over(self) -> None:
        """Write what the rule makes of the sheets; until then the board shows the same total as a trial."""
        self.says("试汇总）")
        self.press("汇总到评审组评分表")
        expect(self.page.get_by_text("试汇总）")).to_have_count(0, timeout=LONG)

    def panel_has(self, total: str) -> None:
        expect(self.page.locator(".head .total")).to_have_text(f"{total}分", timeout=LONG)

    def answer_flags(self) -> None:
        """Answer what has to be answered before the lock."""
        self.part("提示与答复")
        waiting = self.page.get_by_role("heading", name=re.compile("^未答复[1-9]"))
        opener = self.page.get_by_role("button", name=re.compile("^(一并答复|答复)")).first
        expect(waiting).to_be_visible(timeout=LONG)
        while waiting.count():
            before = waiting.inner_text()
            opener.click()
            field = self.page.get_by_role("textbox", name="答复").last
            field.fill("现场已核实，见会议记录")
            field.press("Enter")
            expect(self.page.get_by_role("heading", name=before)).to_have_count(0, timeout=LONG)
            self.page.keyboard.press("Escape")
            settle(self.page)

    def lock(self) -> None:
        self.part("评分进度")
        self.says("下一步：锁定本轮")
        self.press("锁定本轮")
        self.says(f"本轮已由{self.name}锁定")

    def assign(self, person: str, items: tuple[str, ...], row: str) -> None:
        """Give items out on 评分分工."""
        self.press("评分分工")
        chosen = self.page.get_by_role("combobox", name="评哪些指标（不选为全部）")
        anothers = chosen.element_handle()
        self.choose("评价人", person)
        anothers.wait_for_element_state("hidden")
        for typed in items:
            chosen.fill(typed)
            self.page.get_by_role("option", name=typed).first.click()
        self.page.keyboard.press("Tab")
        self.press("保存分工")
        expect(self.page.get_by_role("row").filter(has_text=person)).to_contain_text(row, timeout=LONG)
        self.page.keyboard.press("Escape")
        settle(self.page)
