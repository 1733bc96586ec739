"""The meeting as its people have it: talk with a mention, a decision, and the board on the screen of a hall."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from core.model.context import Actor, Context
from core.service.base import open_store
from core.service.scoring import item_records, minutes, taking_over, talk
from core.store import read
from tests.browser.conftest import who
from tests.browser.pages import WITHIN, Listener, settle, visit
from tests.browser.running_app import RunningApp
from tests.browser.test_panel import opened
from tests.core.service.people import PROJECT, WORKING, agreed, has_submitted
from tests.core.small_files import picture

CONTEXTS = Callable[..., BrowserContext]
ITEMS = 32

pytestmark = pytest.mark.full


def person(name: str) -> Context:
    """Who has given this name in their browser."""
    return Context(Actor(f"browser-of-{name.encode().hex()}", name))


WANG, LI, CHEN = (person(name) for name in ("王工", "李工", "陈主任"))


@pytest.fixture
def panel(built_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningApp]:
    """王工 has given full marks, 李工 half a point less on each of the 32 items; the panel's sheet has their means."""
    store = Path(shutil.copy(built_store, tmp_path))
    with monkeypatch.context() as patch:
        patch.setitem(os.environ, "RENEWAL_STORE", str(store))
        open_store.close()
        codes = [each.code for each in read.sheet(open_store.store(), PROJECT, WORKING).scheme.indicators]
        has_submitted(WANG, {})
        has_submitted(LI, dict.fromkeys(codes, "0.5"))
        item_records.add_evidence(CHEN, PROJECT, WORKING, "C12", "原始凭证", "现场.png", picture())
        talk.remark(LI, PROJECT, "r1", "D41", "李工看过问卷")
        agreed(taking_over.take_over, CHEN, PROJECT, "r1")
        open_store.close()
    app = RunningApp(store, tmp_path / "log.txt")
    app.start()
    yield app
    app.stop()


def board(new_context: CONTEXTS, app: RunningApp, name: str, width: int, height: int) -> Page:
    """逐项评议 in a window of somebody's own."""
    context = new_context(viewport={"width": width, "height": height})
    context.add_init_script(who(name))
    page = context.new_page()
    visit(page, app.url, "panel")
    page.get_by_role("radio", name="逐项评议").click()
    expect(page.locator(".title .code")).to_be_visible(timeout=WITHIN)
    settle(page)
    return page


def jump(page: Page, code: str) -> None:
    page.locator(f'[data-jump="{code}"]').click()
    expect(page.locator(".title .code")).to_have_text(code)


def test_a_remark_finds_whom_it_is_meant_for_and_the_decision_stands_in_the_minutes(
    panel: RunningApp, new_context: CONTEXTS, monkeypatch: pytest.MonkeyPatch
) -> None:
    li = board(new_context, panel, "李工", 1366, 768)
    heard = Listener().listen(li)
    jump(li, "C12")
    li.get_by_role("button", name="@王工").click()
    li.get_by_role("textbox", name="发言").press_sequentially("完成率按栋数吗？")
    li.keyboard.press("Enter")
    said = li.locator(".talk li").filter(has_text="@王工 完成率按栋数吗？")
    expect(said.locator("p")).to_be_visible(timeout=WITHIN)
    expect(li.get_by_role("textbox", name="发言")).to_have_value("")

    context = new_context()
    context.add_init_script(who("王工"))
    wang = context.new_page()
    visit(wang, panel.url, "panel")
    expect(wang.get_by_text("李工在C12的讨论中提到您：@王工 完成率按栋数吗？")).to_be_visible(timeout=WITHIN)
    wang.get_by_role("button", name="打开C12").click()
    expect(wang.locator(".title .code")).to_have_text("C12", timeout=WITHIN)
    settle(wang)
    wang.get_by_role("textbox", name="发言").fill("按户数，请改。")
    wang.get_by_role("button", name="发送").click()
    expect(wang.get_by_text("提到您")).to_have_count(0, timeout=WITHIN)

    # The other's answer arrives by itself, while a decision is typed that is still to be sent.
    decision = li.get_by_role("textbox", name="议定")
    proposer = li.get_by_role("combobox", name="提出人")
    decision.fill("按户数计，")
    expect(li.locator(".talk li p").filter(has_text="按户数，请改。")).to_be_visible(timeout=WITHIN)
    decision.press_sequentially("得5.50分")
    proposer.fill("王工")
    li.get_by_role("button", name="记为已议").click()
    expect(li.locator(".decide .state")).to_have_text("已议", timeout=WITHIN)
    expect(decision).to_have_value("按户数计，得5.50分")
    answer = li.locator(".talk li").filter(has_text="按户数，请改。")
    answer.get_by_role("button", name="列入纪要").click()
    expect(answer.get_by_role("button", name="列入纪要")).to_have_attribute("aria-pressed", "true", timeout=WITHIN)
    li.get_by_role("button", name="标为已解决").click()
    expect(li.get_by_text(re.compile("^李工于.*标为已解决$"))).to_be_visible(timeout=WITHIN)
    # What is refused stands in its field again, with the reason.
    jump(li, "D41")
    proposer.fill("王工")
    li.get_by_role("button", name="记为已议").click()
    expect(li.get_by_text("填了提出人，没有填决定")).to_be_visible(timeout=WITHIN)
    expect(proposer).to_have_value("王工")
    assert not heard.problems
    with opened(panel, monkeypatch):
        text = minutes.draft_minutes(CHEN, PROJECT, "r1")
    assert (
        "六、逐项议定与讨论\n"
        "C12 阶段改造完成率：已议，决定：按户数计，得5.50分（王工提出）\n"
        "C12 阶段改造完成率：王工发言：按户数，请改。\n"
        "未议31项。"
    ) in text


INSIDE = """(selector) => {
  const board = [...document.querySelectorAll('[data-testid="stBidiComponentIsolated"]')]
    .map((one) => one.shadowRoot.querySelector(".board")).find(Boolean);
  const clip = board.querySelector("aside").getBoundingClientRect();
  return [...board.querySelectorAll(selector)].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.height > 0 && box.top >= clip.top && box.bottom <= clip.bottom + 1 && box.right <= innerWidth
      && one.scrollWidth <= one.clientWidth;
  }).length;
}"""


@pytest.mark.parametrize(("width", "height", "least"), [(1920, 1080, 28), (1366, 768, 20)])
def test_the_board_fills_the_hall_with_its_whole_agenda_and_without_names(
    panel: RunningApp, new_context: CONTEXTS, width: int, height: int, least: int
) -> None:
    page = board(new_context, panel, "陈主任", width, height)
    jump(page, "C12")
    page.get_by_role("button", name="全屏").click()
    dark, nameless = (page.get_by_role("button", name=name) for name in ("深色", "隐去姓名"))
    expect(dark).to_be_visible(timeout=WITHIN)
    box = page.locator(".board").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (width, height)
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    assert page.locator(".scores tbody td").first.evaluate(size) >= least
    assert page.evaluate(INSIDE, "aside li button") == ITEMS, "an item of the agenda is cut"

    # The half of half a point on each of 32 items: 84.00 to 100 makes 92.00; 优 ends at 90.
    margin = page.locator(".head .margin")
    expect(margin).to_have_text("优（≥90）：再扣超过2.00分降为良；当前92.00分。")
    nameless.click()
    dark.click()
    expect(page.locator(".board.dark")).to_be_visible()
    expect(page.locator(".scores tbody th")).to_have_text(["评价人1", "评价人2"])
    for code in ("C12", "D41"):
        jump(page, code)
        shown = page.locator(".board").inner_text() + page.locator("#reason").input_value()
        assert not re.search("王工|李工|陈主任", shown), code
        expect(margin).to_be_in_viewport()
    expect(page.locator(".talk li p")).to_have_text("评价人2看过问卷")

    # By its place: 1 and 2 at once are the twelfth; PgDn is the thirteenth, PgUp the twelfth.
    page.locator(".board h2").click()
    position = page.locator('[data-part="position"]')
    for keys, place in ((("1", "2"), 12), (("PageDown",), 13), (("PageUp",), 12)):
        for key in keys:
            page.keyboard.press(key)
        expect(position).to_have_text(f"{place}/{ITEMS}")
    jump(page, "C12")
    page.get_by_role("button", name="现场.png").click()
    expect(page.locator(".beside img")).to_have_js_property("naturalWidth", 40, timeout=WITHIN)
    expect(page.locator(".title .code")).to_have_text("C12")
    page.get_by_role("button", name="关闭").click()
    assert page.evaluate(INSIDE, "aside li button") == ITEMS
    page.get_by_role("button", name="全屏").click()
    expect(nameless).to_be_hidden()
    expect(page.locator(".scores tbody th")).to_have_text(["王工", "李工"])
