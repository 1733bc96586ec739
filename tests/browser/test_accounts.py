"""Mode `accounts` in a real browser: nobody gets in without a login, and everybody out where they log out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from core.service.base import identity
from tests.browser.accounts import PASSWORD, log_in
from tests.browser.pages import WITHIN, Listener, menu, settle, stands_at
from tests.browser.running_app import HOST, RunningApp


def status(house: RunningApp, path: str, **headers: str) -> int:
    connection = HTTPConnection(HOST, house.port, timeout=20)
    connection.request("GET", path, headers=headers)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def test_nothing_of_the_house_is_served_to_who_has_not_logged_in(house: RunningApp) -> None:
    assert status(house, "/", Accept="text/html") == 303
    assert status(house, "/budget?project=lingang-2023", Accept="text/html") == 303
    for path in ("/", "/_stcore/host-config", "/media/x.png", "/component/x/index.html", "/_stcore/upload_file/a/b"):
        assert status(house, path) == 401, path
    assert status(house, "/", Cookie=f"{identity.COOKIE}={'x' * 43}", Accept="text/html") == 303
    assert status(house, "/_stcore/health") == 200
    assert status(house, "/password", Accept="text/html") == 303
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp"):
        assert status(house, path) == 404, path
    with (
        pytest.raises(InvalidStatus),
        connect(
            f"ws://{HOST}:{house.port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            proxy=None,
            origin=Origin(house.url),
        ),
    ):
        pass


def test_a_login_leads_to_where_one_wanted_to_go_and_shows_ones_own_menu(
    house: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context()
    page = context.new_page()
    listener = Listener().listen(page)
    log_in(page, house, "wu", "budget?basis=household")
    assert urlsplit(page.url).path == "/budget"
    assert stands_at(page, basis="household", project="lingang-2023").keys() == {"basis", "project"}
    assert list(menu(page)) == ["总览", "资金使用", "受益情况", "绩效评分", "数据疑点", "简报"]
    expect(page.get_by_text("吴主任")).to_be_visible()
    (cookie,) = [each for each in context.cookies() if each["name"] == identity.COOKIE]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Lax", -1)
    page.goto(f"{house.url}/importing")
    settle(page)
    expect(page.get_by_text("只限数据员；您的角色是领导")).to_be_visible()
    assert listener.problems == []


def test_a_wrong_password_and_a_foreign_address_are_told_and_refused(house: RunningApp, page: Page) -> None:
    page.goto(f"{house.url}/login?next=//evil.example/")
    assert page.locator("input[name=next]").get_attribute("value") == "/"
    page.get_by_label("登录名").fill("zhang")
    page.get_by_label("密码").fill("wrong password")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("登录名或密码不正确")
    assert page.get_by_label("登录名").input_value() == "zhang"


def test_a_login_that_another_site_sends_is_not_taken(house: RunningApp) -> None:
    connection = HTTPConnection(HOST, house.port, timeout=20)
    form = f"login=zhang&password={PASSWORD.replace(' ', '+')}"
    connection.request("POST", "/login", form, {"Origin": "http://evil.example"})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("set-cookie")) == (403, None)
    connection.close()


@pytest.mark.full
def test_logging_out_in_one_window_ends_the_session_in_all(
    house: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context()
    first, second = context.new_page(), context.new_page()
    log_in(first, house, "wu", "scorecard")
    second.goto(f"{house.url}/scorecard")
    settle(second)
    kept = {each["name"]: each["value"] for each in context.cookies()}[identity.COOKIE]
    first.goto(f"{house.url}/logout")
    first.get_by_role("button", name="退出登录").click()
    expect(first.get_by_label("登录名")).to_be_visible()
    # The other window's grid asks every second: it is out by itself, nothing has to be clicked.
    expect(
        second.get_by_text("您还没有任何角色，不能使用本系统").or_(second.get_by_text("您还没有登录")).first
    ).to_be_visible(timeout=WITHIN)
    # Whoever has copied the cookie has nothing.
    assert status(house, "/", Cookie=f"{identity.COOKIE}={kept}") == 401


@pytest.mark.full
def test_a_window_that_was_cut_off_when_its_login_ended_is_led_to_the_login(
    house: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    log_in(page, house, "wu", "scorecard")
    house.kill()
    house.command("users", "password", "wu", typed=PASSWORD)  # ends every session
    house.start()
    expect(page.get_by_label("登录名")).to_be_visible(timeout=2 * WITHIN)
    assert "next=%2Fscorecard" in page.url


@pytest.mark.full
@pytest.mark.parametrize(
    ("mode", "address", "sentence"),
    [
        ("local", "0.0.0.0", "请设RENEWAL_MODE=accounts"),
        ("proxy", "0.0.0.0", "只能监听127.0.0.1或unix套接字"),
        ("none", "127.0.0.1", "RENEWAL_MODE应为"),
    ],
)
def test_what_a_mode_does_not_go_with_ends_the_start(
    built_store: Path, tmp_path: Path, mode: str, address: str, sentence: str
) -> None:
    app = RunningApp(
        Path(shutil.copy(built_store, tmp_path)),
        tmp_path / "log.txt",
        environment={"RENEWAL_MODE": mode, "STREAMLIT_SERVER_ADDRESS": address},
    )
    with pytest.raises(AssertionError, match=sentence):
        app.start(opened=False)
