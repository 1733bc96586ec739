"""账号: the list, and what is done about one person."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy, StreamlitHeaders
from streamlit.testing.v1 import AppTest

from core.model.context import Actor, Context
from core.model.rights import OPERATOR, Grant, Role
from core.service.base import identity
from core.service.manage import accounts
from pages.shared import figure_panel
from tests.pages.opening import opened

ADMIN = Context(Actor("command：孙", "孙", OPERATOR))
PASSWORD = "correct horse"
PAGE = "manage/accounts"


@pytest.fixture(autouse=True)
def sun(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """孙工, an administrator, has logged in; 张工 is an evaluator."""
    monkeypatch.setenv("RENEWAL_MODE", "accounts")
    monkeypatch.setattr(identity, "guarded", True)
    monkeypatch.setattr(figure_panel, "charts_wait", lambda _: False)
    accounts.add(ADMIN, "sun", "孙工", Role.ADMIN)
    accounts.add(ADMIN, "zhang", "张工", Role.EVALUATOR)
    accounts.set_password(ADMIN, "sun", accounts.hashed(PASSWORD))
    token = accounts.log_in("sun", PASSWORD)
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: {identity.COOKIE: token}))


def grants(login: str) -> frozenset[Grant]:
    return next(each.grants for each in accounts.everybody(ADMIN) if each.id == login)


def captions(at: AppTest) -> str:
    return "\n".join(each.value.replace("\\", "") for each in at.caption)


def lines(at: AppTest) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in at.table[0].value.to_numpy().tolist()]


def test_the_list_says_of_everybody_who_they_are_and_how_they_stand() -> None:
    at = opened(PAGE)
    (own, other) = lines(at)
    assert own[0].startswith("[孙工](./accounts?")
    assert own[1:4] == ["sun", "管理员", "正常"]
    assert own[4].replace("\\", "")[:2] == "20"
    assert other[1:] == ["zhang", "评价人", "未设密码", "—"]
    assert "共2人" in captions(at)
    assert "收回" not in [each.label for each in at.button], "nobody is open"
    at.text_input(key="accounts_text").input("ZHA").run()
    assert [line[1] for line in lines(at)] == ["zhang"]


def test_a_person_is_added_with_a_role_and_a_password_that_is_seen_once() -> None:
    at = opened(PAGE)
    at.text_input(key="new_login").input("zhao")
    at.text_input(key="new_name").input("赵工")
    at.selectbox(key="new_role").select(Role.CHIEF)
    at.selectbox(key="new_project").select("lingang-2023")
    next(each for each in at.button if each.label == "新增，并设一次性密码").click()
    at.run()
    assert not at.exception
    assert grants("zhao") == {Grant(Role.CHIEF, "lingang-2023")}
    (made,) = [each.value.removeprefix("## ").strip("`") for each in at.markdown if each.value.startswith("## `")]
    assert accounts.session_of(accounts.log_in("zhao", made)) is not None
    assert "登录名：zhao · 一次性密码待修改" in captions(at)
    at.button(key="account_passed_on").click().run()
    assert made not in "".join(each.value for each in at.markdown)


def test_what_is_done_about_one_person_is_done_and_stands_in_the_record() -> None:
    at = opened(PAGE, None, None, account="zhang")
    at.selectbox(key="give_role").select(Role.CLERK)
    at.button(key="account_grant").click().run()
    assert grants("zhang") == {Grant(Role.EVALUATOR), Grant(Role.CLERK)}
    at.button(key="account_revoke_0").click().run()
    assert grants("zhang") == {Grant(Role.CLERK)}
    at.button(key="account_disable").click().run()
    assert "登录名：zhang · 已停用" in captions(at)
    assert "account_one_time" not in [each.key for each in at.button]
    at.button(key="account_enable").click().run()
    for _ in range(5):
        with pytest.raises(accounts.LoginRefused):
            accounts.log_in("zhang", "wrong password")
    at.run()
    assert "已锁定至" in captions(at)
    at.button(key="account_unlock").click().run()
    assert "登录名：zhang · 未设密码" in captions(at)
    at.session_state["account_record_zhang"] = True
    told = [line.replace("\\", "") for each in at.run().markdown for line in each.value.splitlines()]
    assert [line.partition("：")[2] for line in told if line.startswith("- 20")] == [
        "解除了锁定", "恢复", "停用", "收回评价人", "授予数据员", "授予评价人", "登记账号",
    ]  # fmt: skip
    assert [each.kind for each in accounts.record(ADMIN, "zhang")] == [
        "unlocked", "enabled", "disabled", "revoked", "granted", "granted", "added",
    ]  # fmt: skip
    assert {each.actor for each in accounts.record(ADMIN, "zhang")[:5]} == {"user:sun"}


def test_what_was_typed_stays_where_it_is_refused() -> None:
    at = opened(PAGE)
    at.text_input(key="new_login").input("坏 名")
    at.text_input(key="new_name").input("赵工")
    next(each for each in at.button if each.label == "新增，并设一次性密码").click()
    at.run()
    assert "登录名只能用字母" in at.error[0].value
    assert at.text_input(key="new_name").value == "赵工"
    assert [each.id for each in accounts.everybody(ADMIN)] == ["sun", "zhang"]


def test_what_is_refused_stands_above_the_page() -> None:
    at = opened(PAGE, None, None, account="sun")
    assert "account_disable" not in [each.key for each in at.button], "nobody shuts themself out by accident"
    at.button(key="account_revoke_0").click().run()
    assert [each.value for each in at.error] == ["孙工是最后一位管理员。请先给另一人管理员的角色。"]
    assert grants("sun") == {Grant(Role.ADMIN)}


def test_where_nobody_logs_in_here_there_is_nothing_to_manage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENEWAL_MODE", "proxy")
    monkeypatch.setattr(ContextProxy, "headers", property(lambda _: StreamlitHeaders([(identity.HEADER, "sun")])))
    at = opened(PAGE)
    assert [each.value.replace("\\", "") for each in at.info] == [
        "人员不在本系统登录，这里没有账号可管。角色用命令python -m core users设定。"
    ]
