"""A panel of four evaluators, each in a browser of their own: blank sheets, submitting, differing, agreeing, locking.

Weights and codes come from FACTS 5; expected points are worked by hand beside them.
"""

from __future__ import annotations

import csv
import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from core.model.context import Actor, Context
from core.service.base import open_store
from core.service.manage import verifying
from core.service.scoring import minutes, scorecards
from core.service.scoring import rounds as rounds_service
from tests.browser.conftest import NAME, who
from tests.browser.pages import Listener, go, settle, stands_at
from tests.browser.running_app import ROOT, RunningApp

PROJECT = "lingang-2023"
SECOND = 1000.0
CONTEXTS = Callable[..., BrowserContext]


def _scheme() -> list[tuple[str, Decimal]]:
    path: Path = next((ROOT / "data" / "schemes").glob("*32*.csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row["code"], Decimal(row["weight"])) for row in csv.DictReader(file)]


ITEMS = _scheme()


class Person:
    """Somebody who has given a name in their browser: 王工 in the tab of that name, anybody in one of their own."""

    def __init__(self, where: CONTEXTS | Page, url: str, name: str = NAME) -> None:
        self.name, self.url = name, url
        self.id = f"browser-of-{name.encode().hex()}"
        if isinstance(where, Page):
            self.page = where
        else:
            context = where(permissions=["clipboard-read", "clipboard-write"])
            context.add_init_script(who(name))
            self.page = context.new_page()
        self.heard = Listener().listen(self.page)

    @property
    def ctx(self) -> Context:
        return Context(Actor(self.id, self.name))

    def open(self, path: str) -> None:
        self.page.goto(f"{self.url}/{path}")
        settle(self.page)

    def part(self, name: str) -> None:
        self.page.get_by_role("radio", name=name).click()
        settle(self.page)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def says(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=20 * SECOND)

    def start_blank(self) -> None:
        """From 专家评议 to the own blank sheet on 绩效评分."""
        self.open("panel")
        self.press("开始我的评分表")
        self.says("下一步：填写您的评分表（已评0/32项）")
        self.page.get_by_role("link", name="打开评分表").first.click()
        expect(self.page.locator("tr.item")).to_have_count(32, timeout=30 * SECOND)
        expect(self.page.locator(".total-name")).to_have_text("已评0/32项", timeout=20 * SECOND)

    def score(self, lost: dict[str, tuple[str, str]]) -> None:
        """Paste a column of 32 points, full marks but for what is lost; the reason is typed where points are."""
        column = "\r\n".join(f"{w - Decimal(lost.get(code, ('0', ''))[0]):.2f}" for code, w in ITEMS)
        self.page.evaluate("text => navigator.clipboard.writeText(text)", column)
        self.cell("A11").click()
        self.page.keyboard.press("ControlOrMeta+v")
        for code, (_, reason) in lost.items():
            self.cell(code, "reason").click()
            self.page.keyboard.type(reason)
            self.page.keyboard.press("Enter")
        expect(self.page.locator(".saving")).to_have_text(re.compile(r"^已保存\d\d:\d\d$"), timeout=20 * SECOND)

    def submit(self) -> None:
        go(self.page, "专家评议")
        self.says("下一步：提交您的评分表")
        self.press("提交")
        expect(self.page.get_by_role("button", name="提交", exact=True)).to_have_count(0, timeout=20 * SECOND)

    def cell(self, code: str, field: str = "points") -> Locator:
        return self.page.locator(f'[data-code="{code}"][data-field="{field}"]')

    # ---- the meeting's board

    @property
    def points(self) -> Locator:
        return self.page.locator("#points")

    def jump(self, code: str) -> None:
        self.page.locator(f'[data-jump="{code}"]').click()
        expect(self.page.locator(".title .code")).to_have_text(code)

    def type_points(self, text: str) -> None:
        self.points.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)


@contextmanager
def opened(server: RunningApp, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The store in this process, after the server has let go of it."""
    server.stop()
    monkeypatch.setitem(os.environ, "RENEWAL_STORE", str(server.store_path))
    open_store.close()
    try:
        yield
    finally:
        open_store.close()


@pytest.mark.full
def test_four_evaluators_score_differ_agree_and_lock(
    server: RunningApp, new_context: CONTEXTS, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [Person(new_context, server.url, name) for name in ("王工", "李工", "赵工", "陈主任")]
    wang, _, _, chief = people
    # C12 (6): 6.00, 5.00, 4.50, 4.00, median 4.75; D41 (7): three give 7.00 and one 6.00, median 7.00.
    lost: list[dict[str, tuple[str, str]]] = [
        {},
        {"C12": ("1", "没有阶段完成率")},
        {"C12": ("1.5", "工程尚未完工")},
        {"C12": ("2", "完成率未报"), "D41": ("1", "样本偏少")},
    ]
    for person, own in zip(people, lost, strict=True):
        person.start_blank()
        person.score(own)
        person.submit()

    chief.part("逐项评议")
    rule = chief.page.get_by_role("combobox", name="汇总规则")
    rule.click()
    chief.page.get_by_role("option", name="汇总规则：中位数").click()
    expect(rule).to_have_value("汇总规则：中位数", timeout=20 * SECOND)
    settle(chief.page)
    chief.says("（按中位数试汇总）")
    chief.press("汇总到评审组评分表")
    expect(chief.page.get_by_text("（按中位数试汇总）")).to_have_count(0, timeout=20 * SECOND)
    # 100 - (6 - 4.75)
    expect(chief.page.locator(".head .total")).to_have_text("98.75分", timeout=20 * SECOND)
    expect(chief.page.locator("[data-jump]")).to_have_count(2, timeout=20 * SECOND)
    # What could cost the grade comes first: D41 can fall by 1.00, C12 from 4.75 to 4.00 by 0.75.
    assert chief.page.locator("[data-jump]").evaluate_all("all => all.map(one => one.dataset.jump)") == ["D41", "C12"]

    # Two people move C12 of the panel's sheet at once: both type before either saves.
    wang.page.get_by_role("radio", name="逐项评议").click()
    for person, points in ((chief, "5"), (wang, "5.5")):
        expect(person.page.locator(".head .total")).to_have_text("98.75分", timeout=20 * SECOND)
        person.jump("C12")
        person.type_points(points)
    chief.page.keyboard.press("Enter")
    expect(chief.page.locator(".board .saving")).to_have_text(re.compile("^已保存"), timeout=20 * SECOND)
    wang.page.keyboard.press("Enter")
    choice = wang.page.locator(".choice")
    expect(choice).to_contain_text(re.compile(r"陈主任\d\d:\d\d把本项改为5\.00"), timeout=20 * SECOND)
    expect(choice).to_contain_text("您看到的是4.75")
    expect(choice).to_contain_text("您填的是5.50")
    wang.page.locator('[data-decision="theirs"]').click()
    expect(choice).to_have_count(0)
    expect(wang.points).to_have_value("5.00")
    expect(wang.page.locator(".head .total")).to_have_text("99.00分", timeout=20 * SECOND)

    # 试算: striped, seen by nobody else, dropped without a trace
    chief.page.get_by_role("button", name="试算（不保存）").click()
    chief.jump("D41")
    chief.type_points("0")
    chief.page.keyboard.press("Enter")
    expect(chief.page.locator(".tried")).to_contain_text("总分99.00→92.00分", timeout=20 * SECOND)
    chief.page.get_by_role("button", name="全部放弃").click()
    chief.page.get_by_role("button", name="试算（不保存）").click()
    expect(chief.page.locator(".head .total")).to_have_text("99.00分")

    chief.part("评分进度")
    chief.press("锁定本轮")
    chief.says("还不能锁定")
    chief.part("提示与答复")
    expect(chief.page.get_by_role("heading", name=re.compile("^未答复[1-9]"))).to_be_visible(timeout=20 * SECOND)
    while chief.page.get_by_role("button", name=re.compile("^(一并答复|答复)")).count():
        opener = chief.page.get_by_role("button", name=re.compile("^(一并答复|答复)")).first
        before = chief.page.get_by_role("heading", name=re.compile("^未答复")).inner_text()
        opener.click()
        field = chief.page.get_by_role("textbox", name="答复").last
        field.fill("现场已核实，见会议记录")
        field.press("Enter")
        expect(chief.page.get_by_role("heading", name=before)).to_have_count(0, timeout=20 * SECOND)
        chief.page.keyboard.press("Escape")
        settle(chief.page)
    chief.part("评分进度")
    chief.says("下一步：锁定本轮")
    chief.press("锁定本轮")
    chief.says("本轮已由陈主任锁定")
    assert [problem for person in people for problem in person.heard.problems] == []

    with opened(server, monkeypatch):
        card = scorecards.scorecard(chief.ctx, PROJECT, "r1/panel")
        assert card.tally.total == Decimal("99.00")
        assert card.tally.grade == "优"
        lock = rounds_service.round_of(chief.ctx, PROJECT, "r1").locked
        assert lock is not None
        frozen = json.loads(lock.frozen)
        assert (frozen["total"], frozen["rule"], frozen["locked_by"]) == ("99.00", "median", "陈主任")
        assert sorted(frozen["names"].values()) == sorted(person.name for person in people)
        text = minutes.draft_minutes(chief.ctx, PROJECT, "r1")
        assert "99.00分" in text
        assert "陈主任按中位数汇总评价人的评分" in text
        checked = verifying.verify(chief.ctx, PROJECT)
        assert checked.problems == ()
        assert checked.events > 4 * 32


@pytest.mark.full
def test_what_others_gave_is_hidden_until_the_own_sheet_is_submitted(
    fresh_server: RunningApp, new_context: CONTEXTS
) -> None:
    wang, li = (Person(new_context, fresh_server.url, name) for name in ("王工", "李工"))
    wang.start_blank()
    wang.score({"C12": ("1.25", "工程尚未完工")})
    wang.submit()
    li.start_blank()
    # neither in the list of sheets, nor by the address, nor in the meeting
    li.page.get_by_role("combobox").first.click()
    expect(li.page.get_by_role("option")).to_have_text(["初评 · 李工的评分表"])
    li.page.keyboard.press("Escape")
    li.open("scorecard?sheet=r1/working")
    li.says("您的评分表还没有提交；提交后才能看到本轮其他评分表。")
    expect(li.page.locator(".total-name")).to_have_text("已评0/32项")
    li.open("panel")
    li.part("逐项评议")
    li.says("您的评分表还没有提交；提交后才能看到本轮其他评分表。")
    assert "4.75" not in li.page.locator("body").inner_text()
    # submitted: now everything is there, and the own sheet is closed
    li.open("scorecard")
    expect(li.page.locator("tr.item")).to_have_count(32, timeout=30 * SECOND)
    li.score({})
    li.submit()
    li.part("逐项评议")
    li.jump("C12")
    expect(li.page.locator(".scores tbody tr")).to_have_text([re.compile("王工.*4.75"), re.compile("李工.*6.00")])


def test_the_board_by_keyboard(fresh_server: RunningApp, tab_of_wang: Page) -> None:
    chief = Person(tab_of_wang, fresh_server.url)
    chief.open("panel")
    chief.part("逐项评议")
    chief.says("还没有评审组评分表")
    chief.press("新建空白评审组评分表")
    expect(chief.page.get_by_text("还没有评审组评分表")).to_have_count(0, timeout=20 * SECOND)
    code = chief.page.locator(".title .code")
    expect(code).to_have_text("A11", timeout=20 * SECOND)
    for key, expected in (("PageDown", "A12"), ("ArrowRight", "A13"), ("PageUp", "A12"), ("ArrowLeft", "A11")):
        chief.page.keyboard.press(key)
        expect(code).to_have_text(expected)
    chief.points.click()
    chief.page.keyboard.type("1.5")
    chief.page.keyboard.press("Enter")
    expect(chief.page.locator("#reason")).to_be_focused()
    chief.page.keyboard.type("缺批复文件")
    chief.page.keyboard.press("PageDown")
    expect(code).to_have_text("A12")
    expect(chief.page.locator(".board .saving")).to_have_text(re.compile("^已保存"), timeout=20 * SECOND)
    # one that does not count stays in sight and says so
    chief.type_points("9")
    chief.page.keyboard.press("PageDown")
    expect(code).to_have_text("A12")
    expect(chief.page.locator(".note .wrong")).to_have_text("本项最高2分，您输入的是9，未计入，本项仍为未评。")
    chief.page.keyboard.press("Escape")
    chief.page.locator('[data-chip="deducted"]').click()
    expect(code).to_have_text("A11")
    expect(chief.points).to_have_value("1.50")
    expect(chief.page.locator("#reason")).to_have_value("缺批复文件")
    # C32: 6.00 × 53.33 % ÷ 61.38 % (FACTS 3)
    chief.page.locator('[data-chip="all"]').click()
    for _ in range(len(ITEMS)):
        if code.inner_text() == "C32":
            break
        chief.page.keyboard.press("PageDown")
    chief.page.keyboard.press("Alt+s")
    expect(chief.points).to_have_value("5.21")
    sizes = chief.page.locator(".board .facts dd, .board #points, .board .title h2").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 20


def test_a_reason_begun_while_its_points_are_on_their_way_is_kept(fresh_server: RunningApp, tab_of_wang: Page) -> None:
    chief = Person(tab_of_wang, fresh_server.url)
    chief.open("panel")
    chief.part("逐项评议")
    chief.press("新建空白评审组评分表")
    expect(chief.page.get_by_text("还没有评审组评分表")).to_have_count(0, timeout=20 * SECOND)
    code = chief.page.locator(".title .code")
    expect(code).to_have_text("A11", timeout=20 * SECOND)
    chief.points.click()
    chief.page.keyboard.type("1.5")
    os.kill(fresh_server.pid, signal.SIGSTOP)  # the points cannot be answered before the reason has been begun
    try:
        chief.page.keyboard.press("Enter")
        expect(chief.page.locator("#reason")).to_be_focused()
        chief.page.keyboard.type("缺批复")
    finally:
        os.kill(fresh_server.pid, signal.SIGCONT)
    saved = chief.page.locator(".board .saving")
    expect(saved).to_have_text(re.compile("^已保存"), timeout=20 * SECOND)
    chief.page.keyboard.type("文件")
    chief.page.keyboard.press("PageDown")
    expect(code).to_have_text("A12")
    expect(saved).to_have_text(re.compile("^已保存"), timeout=20 * SECOND)
    expect(chief.page.locator(".note .wrong")).to_have_count(0)
    chief.page.keyboard.press("PageUp")
    expect(chief.page.locator("#reason")).to_have_value("缺批复文件")


def test_inputs_compute_where_the_item_is_scored(fresh_server: RunningApp, tab_of_wang: Page) -> None:
    wang = Person(tab_of_wang, fresh_server.url)
    wang.open("scorecard")
    expect(wang.page.locator("tr.item")).to_have_count(32, timeout=30 * SECOND)
    wang.cell("A11").click()
    wang.page.keyboard.press("F1")
    rule = wang.page.locator('tr.item[data-code="A11"] + tr.rule')
    expect(rule.locator(".offer")).to_contain_text("待补佐证")
    for n in range(5):
        rule.locator(f'[data-entry="tick{n}"]').select_option("no" if n == 4 else "yes")
    # 4 of 5 points of 2 marks
    expect(rule.locator(".offer b").first).to_have_text("1.60", timeout=20 * SECOND)
    wang.cell("A11").click()
    wang.page.keyboard.press("Alt+s")
    expect(wang.cell("A11")).to_have_value("1.60")
    expect(wang.page.locator(".saving")).to_have_text(re.compile("^已保存"), timeout=20 * SECOND)
    wang.page.reload()
    expect(wang.page.locator("tr.item")).to_have_count(32, timeout=30 * SECOND)
    wang.cell("A11").click()
    wang.page.keyboard.press("F1")
    expect(rule.locator('[data-entry="tick4"]')).to_have_value("no")
    expect(rule.locator(".offer")).to_contain_text("1.60分相当于5个要点符合4个")


def test_a_form_that_is_sent_twice_opens_one_round_and_the_list_follows_by_itself(
    server: RunningApp, new_context: CONTEXTS, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No wrong number, D31: a form opens one round, once; who has gone on shows in the list without a click; a refusal
    stays until it is read, though the page is made again meanwhile."""
    chief, li = (Person(new_context, server.url, name) for name in ("陈主任", "李工"))
    chief.open("panel")
    chief.page.get_by_text("轮次设置", exact=True).click()
    chief.page.get_by_role("radio", name="新建轮次").click()
    expect(chief.page.get_by_role("button", name="开始这一轮", exact=True)).to_be_visible(timeout=20 * SECOND)
    settle(chief.page)  # the fields of the part that was shown before are gone
    name = chief.page.get_by_label("名称")
    name.fill("终评")
    name.press("Enter")
    settle(chief.page)
    os.kill(server.pid, signal.SIGSTOP)  # both are sent before the first is answered
    try:
        for _ in range(2):
            chief.page.get_by_role("button", name="开始这一轮", exact=True).dispatch_event("click")
    finally:
        os.kill(server.pid, signal.SIGCONT)
    stands_at(chief.page, round="r2")
    rounds = chief.page.get_by_role("combobox", name="轮次", exact=True)
    expect(rounds).to_be_visible(timeout=20 * SECOND)
    rounds.click()
    expect(chief.page.get_by_role("option")).to_have_text(["初评", "终评"])
    chief.page.get_by_role("option", name="终评").click()
    settle(chief.page)
    # nobody touches the chief's window any more
    chief.press("开始我的评分表")
    chief.says("下一步：填写您的评分表（已评0/32项）")
    chief.press("提交")
    chief.says("本表一项都还没有评，不能提交。")
    li.start_blank()
    expect(chief.page.get_by_text("李工的评分表", exact=True)).to_be_visible(timeout=20 * SECOND)
    li.score({})
    expect(chief.page.get_by_role("cell", name="32/32项")).to_have_count(1, timeout=20 * SECOND)
    chief.says("本表一项都还没有评，不能提交。")
    chief.press("知道了")
    expect(chief.page.get_by_text("本表一项都还没有评，不能提交。")).to_have_count(0, timeout=20 * SECOND)
    assert [problem for person in (chief, li) for problem in person.heard.problems] == []
    with opened(server, monkeypatch):
        assert [view.name for view in rounds_service.rounds(chief.ctx, PROJECT)] == ["初评", "终评"]
