"""No wrong number, A3, A4, A5: two people in one browser, one after the other; each finds what is theirs again.

Every reload, restart (SIGKILL) and cut of the connection comes back to the own sheet, with what was typed on it, and
nothing that one of them typed is stored under the name of the other.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, WebSocketRoute, expect

from core.model.scorecard import ScoreEvent
from core.scoring.round_state import slug
from core.store import read
from core.store.opening import open_store
from tests.browser.cable import Cable
from tests.browser.pages import WITHIN, go, settle
from tests.browser.running_app import RunningApp

PROJECT = "lingang-2023"
CONTEXTS = Callable[..., BrowserContext]
SAVED = re.compile(r"^已保存\d\d:\d\d")
BLANK = "已评0/32项"
PASSWORD = "correct horse"
RECONNECTED = 90_000
"""Milliseconds: Streamlit doubles its pause between tries to reach the server, up to a minute."""


class Seat:
    """A tab at which people sit down one after the other."""

    def __init__(self, contexts: CONTEXTS, url: str) -> None:
        self.url = url
        self.context = contexts()
        self.page: Page = self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())

    def open(self, path: str) -> None:
        self.page.goto(f"{self.url}/{path}")
        settle(self.page)

    def says(self, text: str | re.Pattern[str], timeout: int = WITHIN) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=timeout)

    def cell(self, code: str) -> Locator:
        return self.page.locator(f'[data-code="{code}"][data-field="points"]')

    def enter(self, code: str, text: str) -> None:
        self.cell(code).click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    @property
    def saving(self) -> Locator:
        return self.page.locator(".score-grid .saving")

    def saved(self, timeout: int = 2 * WITHIN) -> None:
        expect(self.saving).to_have_text(SAVED, timeout=timeout)

    def on_sheet_of(self, name: str) -> None:
        """The sheet of that person is on the screen, and may be written on."""
        expect(self.page.get_by_role("combobox", name="评分表")).to_have_value(
            f"初评 · {name}的评分表", timeout=2 * WITHIN
        )
        expect(self.cell("A11")).to_be_editable(timeout=2 * WITHIN)

    @property
    def person(self) -> str:
        """The id that the browser has given who sits here."""
        found: str = self.page.evaluate("JSON.parse(localStorage.getItem('renewal-scorecard-who')).id")
        return found

    def sit_down(self, name: str) -> None:
        """The first one, on 专家评议."""
        self.open("panel")
        self.page.locator("#who-name").fill(name)
        self.page.get_by_role("button", name="确定").click()
        self.says(f"记录为：{name}")
        expect(self.page.locator('[class*="st-key-ask_who_"]')).to_have_count(0, timeout=WITHIN)

    def start_sheet(self, name: str) -> None:
        """From 专家评议 to the own blank sheet."""
        self.page.get_by_role("button", name="开始我的评分表").click()
        self.says("下一步：填写您的评分表")
        self.page.get_by_role("link", name="打开评分表").first.click()
        self.on_sheet_of(name)

    def change(self) -> Locator:
        self.page.get_by_role("button", name="修改姓名").click()
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        return dialog

    def hand_over(self, name: str) -> None:
        """换人, to somebody who has not sat here before."""
        dialog = self.change()
        dialog.get_by_label("来人的姓名").fill(name)
        with self.page.expect_navigation():
            dialog.get_by_role("button", name="换人").click()

    def come_back(self, name: str) -> None:
        """换人, to somebody who has."""
        dialog = self.change()
        with self.page.expect_navigation():
            dialog.get_by_role("button", name=name).click()


def history(server: RunningApp, sheet: str) -> tuple[ScoreEvent, ...]:
    store = open_store(server.stored())
    try:
        return read.history(store, PROJECT, sheet)
    finally:
        store.close()


def points_of(server: RunningApp, sheet: str) -> dict[str, str]:
    """The newest points of what was typed on a sheet."""
    return {event.code: f"{event.points:.2f}" for event in history(server, sheet)}


@pytest.fixture
def forgetful(built_store: Path, tmp_path: Path) -> Iterator[RunningApp]:
    """A server that forgets a connection as soon as it is cut, as others do after two minutes."""
    app = RunningApp(
        Path(shutil.copy(built_store, tmp_path)),
        tmp_path / "server.log",
        environment={"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "0"},
    )
    app.start()
    yield app
    app.stop()


def test_a_reload_and_a_restart_come_back_to_ones_own_sheet(server: RunningApp, new_context: CONTEXTS) -> None:
    """A3: by the address of the sheet, and by an address that names none."""
    seat = Seat(new_context, server.url)
    seat.sit_down("甲工")
    seat.start_sheet("甲工")
    own = f"r1/{slug(seat.person)}"
    seat.enter("A11", "1.1")
    seat.saved()
    seat.page.reload()
    seat.on_sheet_of("甲工")
    expect(seat.cell("A11")).to_have_value("1.10")
    seat.open("scorecard")
    seat.on_sheet_of("甲工")
    server.kill()
    for code, text in (("A12", "1.2"), ("A13", "1.3")):
        seat.enter(code, text)
    expect(seat.saving).to_contain_text("有2项未保存", timeout=WITHIN)
    server.start()
    seat.saved()
    seat.on_sheet_of("甲工")
    server.kill()
    seat.enter("A21", "1.4")
    server.start()
    seat.page.reload()
    # It may have been saved before the reload, once the page found the server again: nothing is left to say then.
    expect(seat.cell("A21")).to_have_value("1.40", timeout=RECONNECTED)
    expect(seat.saving).to_have_text(re.compile(r"^(已保存|修改后自动保存)"), timeout=RECONNECTED)
    seat.on_sheet_of("甲工")
    assert points_of(server, own) == {"A11": "1.10", "A12": "1.20", "A13": "1.30", "A21": "1.40"}
    assert not [event for event in history(server, "r1/working") if event.actor != "system"]


def test_a_cut_that_outlasts_the_session_comes_back_to_ones_own_sheet(
    forgetful: RunningApp, new_context: CONTEXTS
) -> None:
    """A3: the server knows nothing of the connection any more; what was typed meanwhile is sent to the right sheet."""
    with Cable(forgetful.port) as cable:
        seat = Seat(new_context, cable.url)
        seat.sit_down("甲工")
        seat.start_sheet("甲工")
        own = f"r1/{slug(seat.person)}"
        cable.cut()
        typed = {code: "1.50" for code in ("A11", "A12", "A13", "A21", "A22")}
        for code in typed:
            seat.enter(code, "1.5")
        expect(seat.saving).to_contain_text("有5项未保存", timeout=WITHIN)
        cable.mend()
        seat.saved(RECONNECTED)
        seat.on_sheet_of("甲工")
        seat.page.close()
    assert points_of(forgetful, own) == typed
    assert {event.actor_name for event in history(forgetful, own)} == {"甲工"}


def test_who_puts_the_name_right_keeps_the_sheet_and_who_comes_next_gets_one_of_their_own(
    server: RunningApp, new_context: CONTEXTS
) -> None:
    """A4: 更正我的姓名 keeps the id; 换人 makes another, and what the first one had not saved waits for them."""
    seat = Seat(new_context, server.url)
    seat.sit_down("甲")
    seat.start_sheet("甲")
    first, first_sheet = seat.person, f"r1/{slug(seat.person)}"
    seat.enter("A11", "1.1")
    seat.saved()
    dialog = seat.change()
    dialog.get_by_label("更正我的姓名").fill("甲工")
    dialog.get_by_role("button", name="更正我的姓名").click()
    expect(seat.page.locator(".who-name")).to_have_text("记录为：甲工")
    assert seat.person == first
    expect(seat.cell("A11")).to_have_value("1.10")
    seat.enter("A12", "1.2")
    seat.saved()

    # 乙工 sits down while the server is away, with a score of the first one's not sent
    server.kill()
    seat.enter("A13", "1.3")
    dialog = seat.change()
    dialog.get_by_label("来人的姓名").fill("乙工")
    with seat.page.expect_event("requestfailed", lambda request: request.is_navigation_request()):
        dialog.get_by_role("button", name="换人").click()
    seat.page.goto("about:blank")  # the browser's own page for a server that is away loads again by itself
    server.start()
    seat.open("scorecard")
    second = seat.person
    assert second != first
    expect(seat.page.get_by_role("combobox", name="评分表")).to_have_value("初评 · 初评工作表", timeout=WITHIN)
    seat.page.get_by_role("combobox", name="评分表").click()
    expect(seat.page.get_by_role("option")).to_have_text(["初评 · 初评工作表", "初评 · 还原稿B"])
    seat.page.keyboard.press("Escape")
    go(seat.page, "专家评议")
    seat.says("记录为：乙工")
    expect(seat.page.get_by_text("（我的）")).to_have_count(0)
    seat.start_sheet("乙工")
    second_sheet = f"r1/{slug(second)}"
    expect(seat.page.locator(".total-name")).to_have_text(BLANK)
    seat.enter("A13", "0.7")
    seat.saved()
    assert points_of(server, first_sheet) == {"A11": "1.10", "A12": "1.20"}

    # the first one comes back: their sheet, with what they had typed on it, sent now
    seat.come_back("甲工")
    seat.on_sheet_of("甲")
    assert seat.person == first
    expect(seat.cell("A13")).to_have_value("1.30")
    seat.saved()
    assert points_of(server, first_sheet) == {"A11": "1.10", "A12": "1.20", "A13": "1.30"}
    assert points_of(server, second_sheet) == {"A13": "0.70"}
    assert {event.actor for event in history(server, first_sheet)} == {first}
    assert {event.actor for event in history(server, second_sheet)} == {second}


def log_in(page: Page, url: str, login: str) -> None:
    page.goto(f"{url}/login?next=/panel")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    settle(page)


@pytest.mark.parametrize("remembers", ["120", "0"], ids=["session kept", "session forgotten"])
def test_what_one_typed_is_not_stored_under_who_logged_in_in_another_tab(
    built_store: Path, tmp_path: Path, new_context: CONTEXTS, remembers: str, request: pytest.FixtureRequest
) -> None:
    """A5: the tab of the first one says so, and their score waits for them."""
    server = RunningApp(
        Path(shutil.copy(built_store, tmp_path)),
        tmp_path / "server.log",
        environment={"RENEWAL_MODE": "accounts", "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": remembers},
    )
    request.addfinalizer(server.stop)
    server.start()
    for login, name in (("zhang", "张工"), ("li", "李工")):
        server.command("users", "add", login, "--name", name, "--role", "evaluator")
        server.command("users", "password", login, typed=PASSWORD)
    first_sheet, second_sheet = (f"r1/{slug(f'user:{login}')}" for login in ("zhang", "li"))
    with Cable(server.port) as cable:
        seat = Seat(new_context, cable.url)
        log_in(seat.page, cable.url, "zhang")
        seat.start_sheet("张工")
        seat.enter("A11", "1.1")
        seat.saved()
        cable.cut()
        seat.enter("A12", "1.2")
        expect(seat.saving).to_contain_text("有1项未保存", timeout=WITHIN)
        other = seat.context.new_page()
        log_in(other, server.url, "li")
        other.get_by_role("button", name="开始我的评分表").click()
        expect(other.get_by_text("下一步：填写您的评分表").first).to_be_visible(timeout=WITHIN)
        cable.mend()
        seat.says("这一页是另一人打开的，现在是李工", RECONNECTED)
        expect(seat.page.locator(".score-grid")).to_have_count(0)
        seat.page.get_by_role("button", name="打开我的页面").click()
        seat.on_sheet_of("李工")
        expect(seat.page.locator(".total-name")).to_have_text(BLANK)
        assert points_of(server, second_sheet) == {}
        assert points_of(server, first_sheet) == {"A11": "1.10"}
        log_in(seat.page, cable.url, "zhang")
        seat.open("scorecard")
        seat.saved()
        seat.on_sheet_of("张工")
        seat.page.close()
        other.close()
    assert points_of(server, first_sheet) == {"A11": "1.10", "A12": "1.20"}
    assert points_of(server, second_sheet) == {}
    assert {event.actor for event in history(server, first_sheet)} == {"user:zhang"}


def test_what_one_typed_on_the_board_is_not_the_next_ones(server: RunningApp, new_context: CONTEXTS) -> None:
    """A4, A5: the board of the meeting, as the score grid."""
    seat = Seat(new_context, server.url)
    deaf = Event()  # while it is set nothing that the page says arrives

    def listen(near: WebSocketRoute) -> None:
        far = near.connect_to_server()
        near.on_message(lambda said: None if deaf.is_set() else far.send(said))

    seat.page.route_web_socket("**/_stcore/stream", listen)
    points, board = seat.page.locator("#points"), seat.page.locator(".board .saving")
    seat.sit_down("甲工")
    first = seat.person
    seat.page.get_by_role("radio", name="逐项评议").click()
    seat.page.get_by_role("button", name="新建空白评审组评分表").click()
    expect(points).to_be_editable(timeout=WITHIN)
    deaf.set()
    points.click()
    seat.page.keyboard.type("1.5")
    seat.page.keyboard.press("Enter")
    expect(board).to_contain_text("有1项未保存", timeout=WITHIN)
    seat.hand_over("乙工")
    deaf.clear()
    seat.open("panel")
    seat.says("记录为：乙工")
    seat.page.get_by_role("radio", name="逐项评议").click()
    expect(points).to_be_editable(timeout=WITHIN)
    expect(points).to_have_value("")
    points.click()
    seat.page.keyboard.type("0.5")
    seat.page.keyboard.press("Enter")
    expect(board).to_have_text(SAVED, timeout=WITHIN)
    assert points_of(server, "r1/panel") == {"A11": "0.50"}

    # back again: theirs is sent, and since the other one has scored the item meanwhile, they are asked
    seat.come_back("甲工")
    seat.says("记录为：甲工")
    seat.page.get_by_role("radio", name="逐项评议").click()
    seat.says(re.compile(r"乙工\d\d:\d\d把本项改为0.50（您看到的是未评），您填的是1.50。请选择："))
    seat.page.get_by_role("button", name="用我的").click()
    expect(board).to_have_text(SAVED, timeout=WITHIN)
    stored = [(event.actor, f"{event.points:.2f}") for event in history(server, "r1/panel")]
    assert stored[1:] == [(first, "1.50")]
