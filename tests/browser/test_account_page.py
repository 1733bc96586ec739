"""账号 in a real browser: from a person who is added to one who is out again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accounts import PASSWORD, log_in, start_house
from tests.browser.pages import WITHIN, Listener, menu, settle, stands_at
from tests.browser.running_app import RunningApp

OWN = "battery staple"


@pytest.fixture
def own_house(built_store: Path, tmp_path: Path) -> Iterator[RunningApp]:
    """A server of the test's own with 孙工 as its administrator besides."""
    app = start_house(built_store, tmp_path)
    app.command("users", "add", "sun", "--name", "孙工", "--role", "admin")
    app.command("users", "password", "sun", typed=PASSWORD)
    yield app
    app.stop()


def new_password(page: Page, new: str, again: str, old: str | None = None) -> None:
    if old is not None:
        page.get_by_label("现在的密码").fill(old)
    page.get_by_label("新密码 · New password", exact=True).fill(new)
    page.get_by_label("新密码再输一次").fill(again)
    page.get_by_role("button", name="修改密码").click()


@pytest.mark.full
def test_an_expert_is_added_chooses_a_password_and_is_out_when_disabled(
    own_house: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    office, expert = new_context().new_page(), new_context().new_page()
    listener = Listener().listen(office)
    log_in(office, own_house, "sun", "accounts")
    assert list(menu(office)) == [
        "总览", "资金使用", "受益情况", "绩效评分", "专家评议", "过程记录", "数据疑点", "简报", "验真", "账号",
    ]  # fmt: skip
    office.get_by_role("button", name="新增人员").click()
    office.get_by_label("登录名（字母、数字）").fill("zhao")
    office.get_by_label("姓名", exact=True).fill("赵工")
    office.get_by_role("button", name="新增，并设一次性密码").click()
    made = office.locator(".st-key-account_password code")
    expect(made).to_have_text(re.compile(r"([a-z2-9]{4}-){3}[a-z2-9]{4}"))
    stands_at(office, account="zhao")
    one_time = made.inner_text()
    office.get_by_role("button", name="已转告，不再显示").click()
    expect(made).to_have_count(0)

    log_in(expert, own_house, "zhao", "scorecard", one_time, settled=False)
    expect(expert.get_by_text("赵工，您用的是一次性密码。")).to_be_visible()
    expert.goto(f"{own_house.url}/budget")  # nothing else opens
    expect(expert.get_by_text("赵工，您用的是一次性密码。")).to_be_visible()
    new_password(expert, OWN, "battery stable")
    expect(expert.get_by_role("alert")).to_contain_text("两次输入的新密码不一样，未修改。")
    new_password(expert, OWN, OWN)
    settle(expert)
    assert expert.url.startswith(f"{own_house.url}/budget")
    expect(expert.get_by_text("赵工")).to_be_visible()
    assert {"绩效评分", "专家评议"} <= set(menu(expert))
    assert "账号" not in menu(expert)

    office.reload()
    settle(office)
    expect(office.get_by_text(re.compile(r"登录名：zhao · 正常 · 上次登录：20"))).to_be_visible()
    office.get_by_role("button", name="停用账号").click()
    expect(office.get_by_text("登录名：zhao · 已停用")).to_be_visible(timeout=WITHIN)
    expert.goto(f"{own_house.url}/scorecard")
    expect(expert.get_by_label("登录名")).to_be_visible()
    log_in(expert, own_house, "zhao", "", OWN, settled=False)
    expect(expert.get_by_role("alert")).to_contain_text("登录名或密码不正确")
    assert listener.problems == []


@pytest.mark.full
def test_ones_own_password_is_changed_at_the_head_of_the_page_and_ends_the_other_logins(
    own_house: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    here, there = new_context().new_page(), new_context().new_page()
    for page in (here, there):
        log_in(page, own_house, "wu", "budget")
    here.goto(f"{own_house.url}/password?next=%2Fbudget")
    new_password(here, OWN, OWN, "wrong password")
    expect(here.get_by_role("alert")).to_contain_text("现在的密码不正确，未修改。")
    new_password(here, OWN, OWN, PASSWORD)
    settle(here)
    assert here.url.startswith(f"{own_house.url}/budget")
    expect(here.get_by_role("link", name="改密码")).to_have_attribute("href", re.compile("password$"))
    there.goto(f"{own_house.url}/budget")
    expect(there.get_by_label("登录名")).to_be_visible()
