"""The form of a reporting period in a browser: typing, saving, losing nothing, two people, pasting, a telephone.

Last period's figures are those of FACTS 2 (累计支付 of the four streets: 2,164 / 2,627 / 1,900 / 1,309).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from core.model.context import Actor, Context
from core.model.reporting import Report
from core.service.manage.reporting import periods
from core.store import reporting as stored
from core.store.opening import open_store as opened
from tests.browser.cable import Cable
from tests.browser.conftest import NAME, who
from tests.browser.pages import WITHIN, settle
from tests.browser.report_page.served import filled, served
from tests.browser.running_app import ROOT, RunningApp
from tests.browser.test_any_screen import SMALL
from tests.browser.test_walk import axe_faults

PROJECT, PERIOD = "lingang-2023", "2025-03-31"
FIELDS = ("invested", "paid", "physical", "finished", "variation")
PLACES = ("璜土镇", "夏港街道", "申港街道", "利港街道")
SECOND = 1000.0
SAVED = re.compile(r"^已保存\d\d:\d\d$")
CLERK = Context(Actor("browser-clerk", "数据员"))
CONTEXTS = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def asked(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which a period asks four streets for five figures."""
    with filled(built_store, tmp_path_factory.mktemp("asked")) as path:
        suggested = periods.suggestion(CLERK, PROJECT)
        made = periods.open_period(CLERK, PROJECT, suggested.as_of, suggested.due, FIELDS, PLACES)
    assert made.id == PERIOD
    return path


@pytest.fixture(scope="module")
def one_server(asked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    with served(asked, tmp_path_factory.mktemp("report-server")) as app:
        yield app


@pytest.fixture
def server(one_server: RunningApp, asked: Path) -> RunningApp:
    """The server of the form, on a fresh store."""
    one_server.renew(asked)
    return one_server


class Form:
    """A person with the form open."""

    def __init__(self, contexts: CONTEXTS, url: str, name: str | None = NAME, **options: object) -> None:
        self.context = contexts(permissions=["clipboard-read", "clipboard-write"], **options)
        if name is not None:
            self.context.add_init_script(who(name))
        self.page: Page = self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.page.goto(f"{url}/?period={PERIOD}")
        self.ready()

    def ready(self) -> None:
        expect(self.cell(PLACES[0], "invested")).to_be_visible(timeout=2 * WITHIN)
        settle(self.page)

    def cell(self, place: str, field: str) -> Locator:
        return self.page.locator(f'input[data-place="{place}"][data-field="{field}"]')

    def row(self, place: str) -> Locator:
        return self.page.locator(f'tbody[data-place="{place}"]')

    def note(self, place: str) -> Locator:
        return self.row(place).locator(".note")

    @property
    def saving(self) -> Locator:
        return self.page.locator(".report-grid .saving")

    @property
    def panel(self) -> Locator:
        return self.page.locator(".report-grid .paste")

    def enter(self, place: str, field: str, text: str, key: str = "Enter") -> None:
        self.cell(place, field).click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        self.page.keyboard.press(key)

    def saved(self) -> None:
        expect(self.saving).to_have_text(SAVED, timeout=WITHIN)

    def paste(self, place: str, field: str, text: str) -> None:
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.cell(place, field).click()
        self.page.keyboard.press("ControlOrMeta+v")

    def values(self, place: str) -> list[str]:
        return [self.cell(place, field).input_value() for field in FIELDS]


def report(server: RunningApp) -> Report:
    store = opened(server.stored())
    try:
        period = next(each for each in stored.periods(store, PROJECT) if each.id == PERIOD)
        return stored.report(store, period)
    finally:
        store.close()


def figures(server: RunningApp) -> dict[tuple[str, str], str]:
    return {(place, name): figure.raw for ((place, _), name), figure in report(server).figures.items()}


def test_types_along_the_keyboard_and_each_figure_is_stored_as_it_was_typed(
    server: RunningApp, new_context: CONTEXTS
) -> None:
    form = Form(new_context, server.url)
    form.cell("璜土镇", "invested").click()
    for text in ("2,200", "2,700.5", "1900", "1309.00"):  # down the column, then on at the head of the next one
        form.page.keyboard.type(text)
        form.page.keyboard.press("Enter")
    expect(form.cell("璜土镇", "paid")).to_be_focused()
    form.page.keyboard.press("ArrowRight")
    form.page.keyboard.type("60")
    form.page.keyboard.press("ArrowDown")
    expect(form.cell("夏港街道", "physical")).to_be_focused()
    form.page.keyboard.type("0.5")
    form.page.keyboard.press("Tab")
    expect(form.cell("夏港街道", "finished")).to_be_focused()
    form.page.keyboard.type("7")
    form.page.keyboard.press("Shift+Tab")
    form.saved()
    expect(form.cell("璜土镇", "physical")).to_have_value("60%")
    expect(form.cell("夏港街道", "physical")).to_have_value("50%")
    expect(form.page.locator(".left")).to_have_text("还有13格未填")  # 20 cells, 7 of them typed
    assert figures(server) == {
        ("璜土镇", "invested"): "2,200", ("夏港街道", "invested"): "2,700.5", ("申港街道", "invested"): "1900",
        ("利港街道", "invested"): "1309.00", ("璜土镇", "physical"): "60%", ("夏港街道", "physical"): "50%",
        ("夏港街道", "finished"): "7",
    }  # fmt: skip
    form.page.reload()
    form.ready()
    assert form.values("夏港街道") == ["2,700.5", "", "50%", "7", ""]


def test_what_is_no_figure_gets_its_sentence_and_esc_takes_it_back(server: RunningApp, new_context: CONTEXTS) -> None:
    form = Form(new_context, server.url)
    form.enter("璜土镇", "paid", "2300")
    form.saved()
    form.enter("璜土镇", "paid", "二千")
    note = form.note("璜土镇")
    expect(note).to_contain_text("请填数字（最多六位小数），“二千”未计入，仍按2300计。")
    expect(form.saving).to_have_text(re.compile("1处输入未计入"))
    described = form.cell("璜土镇", "paid").get_attribute("aria-describedby") or ""
    assert [form.page.locator(f"#{each}").inner_text() != "" for each in described.split()] == [True, True]
    form.cell("璜土镇", "paid").click()
    form.page.keyboard.press("Escape")
    expect(form.cell("璜土镇", "paid")).to_have_value("2300")
    expect(note).to_be_hidden()
    assert figures(server) == {("璜土镇", "paid"): "2300"}


def test_a_doubt_is_told_at_the_cell_and_stands_with_its_reason(server: RunningApp, new_context: CONTEXTS) -> None:
    form = Form(new_context, server.url)
    form.enter("璜土镇", "invested", "2000")
    note = form.note("璜土镇")
    expect(note).to_contain_text("低于上一期的2,164.00。累计数不会减少，请核对是不是本期数。", timeout=WITHIN)
    reason = note.get_by_label("璜土镇已投资属实的原因")
    reason.fill("审计核减")
    reason.press("Enter")
    form.saved()
    assert report(server).figures[("璜土镇", ""), "invested"].reason == "审计核减"
    expect(note).to_contain_text("低于上一期的2,164.00")  # it stays to be seen
    form.enter("璜土镇", "invested", "2001")  # a reason is of the figure that it was given for
    form.saved()
    assert report(server).figures[("璜土镇", ""), "invested"].reason == ""


def test_undo_and_redo_are_changes_of_their_own(server: RunningApp, new_context: CONTEXTS) -> None:
    form = Form(new_context, server.url)
    form.enter("璜土镇", "paid", "2300")
    form.saved()
    form.page.keyboard.press("ControlOrMeta+z")
    expect(form.cell("璜土镇", "paid")).to_have_value("")
    form.saved()
    form.page.keyboard.press("ControlOrMeta+y")
    expect(form.cell("璜土镇", "paid")).to_have_value("2300")
    form.saved()
    figure = report(server).figures[("璜土镇", ""), "paid"]
    assert (figure.raw, figure.revision) == ("2300", 3)


def test_a_reload_loses_nothing_that_was_typed_while_the_server_was_away(
    server: RunningApp, new_context: CONTEXTS
) -> None:
    with Cable(server.port) as cable:
        form = Form(new_context, cable.url)
        cable.cut()
        form.enter("申港街道", "paid", "1950")
        expect(form.saving).to_have_text(re.compile("连接中断，有1项未保存"), timeout=WITHIN)
        assert figures(server) == {}
        cable.mend()
        form.page.reload()
        form.ready()
        form.saved()
        expect(form.cell("申港街道", "paid")).to_have_value("1950")
    assert figures(server) == {("申港街道", "paid"): "1950"}


def test_two_people_in_one_cell_are_asked_which_figure_it_is(server: RunningApp, new_context: CONTEXTS) -> None:
    with Cable(server.port) as cable:
        mine = Form(new_context, cable.url)
        theirs = Form(new_context, server.url, "李工")
        cable.cut()
        mine.enter("利港街道", "paid", "1400")
        theirs.enter("利港街道", "paid", "1350")
        theirs.saved()
        cable.mend()
        note = mine.note("利港街道")
        expect(note).to_contain_text(
            re.compile(r"李工\d\d:\d\d把本项改为1350（您看到的是空），您填的是1400。请选择："), timeout=60 * SECOND
        )
        assert figures(server) == {("利港街道", "paid"): "1350"}
        note.get_by_role("button", name="用我的").click()
        mine.saved()
    expect(theirs.cell("利港街道", "paid")).to_have_value("1400", timeout=WITHIN)
    assert figures(server) == {("利港街道", "paid"): "1400"}


BY_NAME = "街镇\t累计支付（万元）\t形象进度\n利港街道\t1,400\t70%\n璜土镇\t2,300.00\t65.5%\n合计\t3,700\t\n"


def test_a_block_from_a_spreadsheet_is_shown_filled_and_taken_back_as_one(
    server: RunningApp, new_context: CONTEXTS
) -> None:
    form = Form(new_context, server.url)
    form.enter("利港街道", "paid", "1309")
    form.saved()
    form.paste("璜土镇", "invested", BY_NAME)
    expect(form.panel).to_contain_text("将填入2行2列。")
    expect(form.panel).to_contain_text("其中1格已有不同的数，将被替换。")
    expect(form.panel).to_contain_text("第4行“合计”是合计，不填入。")
    form.panel.get_by_role("button", name="填入").click()
    form.saved()
    assert form.values("利港街道") == ["", "1,400", "70%", "", ""]
    assert form.values("璜土镇") == ["", "2,300.00", "65.5%", "", ""]
    form.panel.get_by_role("button", name="撤销粘贴").click()
    form.saved()
    assert (form.values("利港街道"), form.values("璜土镇")) == (["", "1309", "", "", ""], [""] * 5)
    form.paste("申港街道", "paid", "2000\t80\n1500\t90\n")  # without names: from the cell on
    expect(form.panel).to_contain_text("将填入2行2列。")
    form.page.keyboard.press("Enter")
    form.saved()
    assert form.values("利港街道") == ["", "1500", "90%", "", ""]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("璜土镇\t1\n临港街道\t2", "第2行“临港街道”不是本表的街镇。"),
        ("1\n2\n3\n4\n5", "第5行超出本表，没有对应的街镇。"),
        ("1\t2\t3\t4\t5", "第5列超出本表，没有对应的数据项。"),
        ("街镇\t备注\n璜土镇\t5", "第2列“备注”不是本期要填的数据项。"),
        ("璜土镇\t约5\n夏港街道\t6", "第1行“约5”不是数字（累计支付）。"),
        ("璜土镇\t5\n璜土镇\t6", "第2行“璜土镇”重复。"),
        ("璜土镇\t5\t120%", "第1行“120%”超过100%（形象进度）。"),
    ],
)
def test_a_block_that_does_not_fit_is_named_and_nothing_is_filled(
    server: RunningApp, new_context: CONTEXTS, text: str, told: str
) -> None:
    form = Form(new_context, server.url)
    form.paste("璜土镇", "paid", text)
    expect(form.panel).to_contain_text("没有填入任何内容。请改正后重新粘贴：")
    expect(form.panel).to_contain_text(told)
    expect(form.panel.get_by_role("button", name="填入")).to_have_count(0)
    form.page.keyboard.press("Escape")
    expect(form.panel).to_be_hidden()
    assert form.values("璜土镇") == [""] * 5


def test_a_row_is_filled_with_the_last_period_submitted_and_taken_back(
    server: RunningApp, new_context: CONTEXTS
) -> None:
    form = Form(new_context, server.url)
    row = form.row("璜土镇")
    form.enter("璜土镇", "paid", "2300")
    row.get_by_role("button", name="提交").click()
    left = "还有4项未填：已投资、形象进度、完工小区数、变更额"
    expect(row.get_by_role("alert")).to_contain_text(left, timeout=WITHIN)
    expect(form.cell("璜土镇", "invested")).to_be_focused()
    row.get_by_role("button", name="填上期数").click()
    form.saved()
    assert form.values("璜土镇") == ["2,164.00", "2300", "—", "—", "—"]
    row.get_by_role("button", name="提交").click()
    expect(row.locator(".state")).to_have_text("已提交", timeout=WITHIN)
    expect(form.cell("璜土镇", "paid")).not_to_be_editable()
    assert report(server).state("璜土镇") == "submitted"
    row.get_by_role("button", name="撤回提交").click()
    expect(row.locator(".state")).to_have_text("填报中", timeout=WITHIN)
    expect(form.cell("璜土镇", "paid")).to_be_editable()
    assert report(server).state("璜土镇") == "filling"


def test_who_has_given_no_name_types_first_and_is_asked_then(server: RunningApp, new_context: CONTEXTS) -> None:
    form = Form(new_context, server.url, None)
    form.enter("璜土镇", "paid", "2300")
    expect(form.saving).to_have_text("未保存，请先填写姓名")
    form.page.get_by_role("dialog").get_by_label("您的姓名").fill("赵工")
    form.page.get_by_role("button", name="确定").click()
    form.saved()
    assert report(server).figures[("璜土镇", ""), "paid"].actor_name == "赵工"


def test_on_a_telephone_a_place_is_a_card_for_fingers(server: RunningApp, new_context: CONTEXTS) -> None:
    screen = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    form = Form(new_context, server.url, **screen)
    card = form.row("璜土镇")
    boxes = [form.cell("璜土镇", field).bounding_box() for field in FIELDS]
    tops = [box["y"] for box in boxes if box is not None]
    assert tops == sorted(tops)
    assert len(set(tops)) == len(FIELDS)
    assert form.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert [form.cell("璜土镇", field).get_attribute("inputmode") for field in FIELDS[:4]] == ["decimal"] * 4
    form.cell("璜土镇", "invested").tap()
    form.page.keyboard.type("2000")
    form.cell("璜土镇", "paid").tap()
    doubt = card.locator(".c-cell", has_text="已投资").locator(".doubt")
    expect(doubt).to_contain_text("低于上一期的2,164.00", timeout=WITHIN)  # under its own field
    small = [each for each in form.page.evaluate(SMALL) if "report" in each or "data-" in each or "step" in each]
    assert small == []
    card.get_by_role("button", name="填上期数").tap()
    card.get_by_label("璜土镇已投资属实的原因").fill("核减")
    card.get_by_role("button", name="提交").tap()
    expect(card.locator(".state")).to_have_text("已提交", timeout=WITHIN)


@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing_serious(server: RunningApp, new_context: CONTEXTS, width: int) -> None:
    form = Form(new_context, server.url, viewport={"width": width, "height": 800})
    form.enter("璜土镇", "invested", "2000")
    form.enter("夏港街道", "paid", "x")
    expect(form.row("璜土镇").locator(".doubt")).to_be_visible(timeout=WITHIN)
    settle(form.page)
    assert axe_faults(form.page) == []


KINDS = """(typed) => Object.fromEntries(["money", "change", "count", "share"].map((kind) => {
  const { raw, wrong } = readFigure(typed, kind);
  return [kind, wrong ?? raw];
}))"""


@pytest.mark.parametrize(
    ("typed", "money", "change", "count", "share"),
    [
        ("", "", "", "", ""),
        ("——", "—", "—", "—", "—"),
        ("１２。５", "12.5", "12.5", "not_a_count", "12.5%"),
        ("1,234.50", "1,234.50", "1,234.50", "not_a_count", "over_whole"),
        ("12,34", "not_a_money", "not_a_change", "not_a_count", "not_a_share"),
        ("-3", "below_nothing", "-3", "below_nothing", "below_nothing"),
        ("-0", "0", "0", "0", "0%"),
        ("+7.", "7", "7", "7", "7%"),
        (".5", "0.5", "0.5", "not_a_count", "50%"),
        ("1", "1", "1", "1", "100%"),
        ("100", "100", "100", "100", "100%"),
        ("100.01%", "not_a_money", "not_a_change", "not_a_count", "over_whole"),
        ("65.4321%", "not_a_money", "not_a_change", "not_a_count", "65.4321%"),
        ("0.654321", "0.654321", "0.654321", "not_a_count", "65.4321%"),
        ("65.43215%", "not_a_money", "not_a_change", "not_a_count", "not_a_share"),
        ("0.1234567", "not_a_money", "not_a_change", "not_a_count", "not_a_share"),
        ("1234567890", "1234567890", "1234567890", "too_large", "over_whole"),
        ("1e3", "not_a_money", "not_a_change", "not_a_count", "not_a_share"),
    ],
)
def test_the_form_of_what_is_typed(
    read_figures: Page, typed: str, money: str, change: str, count: str, share: str
) -> None:
    found = read_figures.evaluate(f"typed => ({KINDS})(typed)", typed)
    assert found == {"money": money, "change": change, "count": count, "share": share}


@pytest.fixture(scope="module")
def read_figures(browser: Browser) -> Iterator[Page]:
    """A page that knows `readFigure`."""
    from pages.shared.browser import script

    page = browser.new_page()
    folder = ROOT / "pages" / "shared" / "report_grid"
    text = script(folder, "numbers.js", "dom.js", "storage.js", "outbox.js", "values.js")
    page.evaluate(f"() => {{ {text}; window.readFigure = readFigure; }}")
    yield page
    page.close()
