"""One person: roles, password, lock, and what was ever done about the account."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.model.context import Context
from core.model.person import AccountEvent, UserEvent
from core.model.rights import GIVEN, ROLE_WORDS, Grant, Role, in_order
from core.service.base import identity
from core.service.base import project as service
from core.service.base.moments import day_and_time
from core.service.manage import accounts
from core.service.manage.accounts import Account
from core.text import word
from pages.shared.choices import apart
from pages.shared.errors import refusal_box
from pages.shared.filters import MOST_LISTED
from pages.shared.reads import read
from pages.shared.session import actor, context
from pages.shared.words import bullets, plain, say, t

_ONE_TIME = "one_time_password"
"""Key of the session: whose one-time password was made just now, and the password; nothing else keeps it."""
_GIVING = "account_give"
"""Key of the session: whether the button for a further role is open."""


def make_password(login: str) -> None:
    """Make a one-time password and keep it for the screen."""
    st.session_state[_ONE_TIME] = login, accounts.set_one_time(context(), login)


def role_fields(key: str) -> None:
    """The fields for a role and the project that it is for."""
    show = apart(GIVEN, lambda role: say(ROLE_WORDS[role]))
    st.selectbox(t("角色"), GIVEN, index=GIVEN.index(Role.EVALUATOR), format_func=show, key=f"{key}_role")
    names = {"": t("全部项目"), **{each: say(name) for each, name in read(service.names).items()}}
    if len(names) > MOST_LISTED:
        st.text_input(t("项目编号（空着为全部项目）"), key=f"{key}_project", max_chars=64)
    else:
        st.selectbox(t("用于"), list(names), format_func=apart(names, names.__getitem__), key=f"{key}_project")


def role_said(key: str) -> tuple[Role, str | None]:
    """What stands in these fields."""
    return st.session_state[f"{key}_role"], str(st.session_state[f"{key}_project"] or "").strip() or None


def role(grant: Grant) -> str:
    """A role with the project that it is for."""
    words = say(ROLE_WORDS[grant.role])
    if grant.project is None:
        return words
    return t("{role}（{project}）", role=words, project=say(read(service.names).get(grant.project, grant.project)))


def roles(of: Account) -> str:
    """The roles on one line."""
    return t("{roles}", roles=tuple(map(role, in_order(of.person.grants)))) if of.person.grants else "—"


def last(of: Account) -> str:
    """The moment of the last login."""
    return day_and_time(of.last) if of.last else "—"


def show(of: Account) -> None:
    """The account in a box, with what may be done about it."""
    login = of.person.id
    with st.container(border=True, key="account", gap="small"):
        st.markdown(f"## {plain(of.person.name)}")
        st.caption(
            plain(t("登录名：{login} · {state} · 上次登录：{time}", login=login, state=of.state(), time=last(of)))
        )
        _password(of)
        _roles(of)
        with st.container(horizontal=True, gap="small", key="account_steps"):
            _give(login)
            if not of.person.active:
                _button(t("恢复账号"), "enable", accounts.enable, login)
            elif actor().id != identity.actor_id(login):
                _button(t("设一次性密码"), "one_time", lambda _, login: make_password(login), login)
                _button(t("停用账号"), "disable", accounts.disable, login)
            if of.locked is not None:
                _button(t("解除锁定"), "unlock", accounts.unlock, login)
        with st.expander(t("经过"), key=f"account_record_{login}", on_change="rerun") as opened:
            if opened.open:
                st.markdown(bullets([_told(each) for each in accounts.record(context(), login)]))


def _button(label: str, key: str, call: Callable[..., object], *args: object) -> None:
    """A step; what does not go is said above the page."""

    def done() -> None:
        with refusal_box():
            call(context(), *args)

    st.button(label, key=f"account_{key}", on_click=done)


def _password(of: Account) -> None:
    """The one-time password that was made just now, until somebody says that it is passed on."""
    login, made = st.session_state.get(_ONE_TIME, ("", ""))
    if login != of.person.id:
        st.session_state.pop(_ONE_TIME, None)
        return
    with st.container(border=True, key="account_password", gap="xsmall"):
        st.markdown(t("一次性密码"))
        st.markdown(f"## `{made}`")
        st.caption(plain(t("只在这里显示这一次，7天内有效。请当面或打电话告诉本人；登录后须改成自己的密码。")))
        st.button(t("已转告，不再显示"), key="account_passed_on", on_click=st.session_state.pop, args=(_ONE_TIME, None))


def _roles(of: Account) -> None:
    login = of.person.id
    if not of.person.grants:
        st.markdown(plain(t("还没有任何角色，登录后什么也看不到。")))
    for number, grant in enumerate(in_order(of.person.grants)):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"account_role_{number}"):
            st.markdown(plain(role(grant)), width="content")
            _button(t("收回"), f"revoke_{number}", accounts.revoke, login, grant.role, grant.project)


def _give(login: str) -> None:
    """A further role, chosen behind a button that closes once it is given."""

    def give(ctx: Context, login: str) -> None:
        accounts.grant(ctx, login, *role_said("give"))
        st.session_state[_GIVING] = False

    with st.popover(t("给角色"), width="content", key=_GIVING, on_change="rerun"):
        role_fields("give")
        _button(t("确定"), "grant", give, login)


def _told(event: UserEvent | AccountEvent) -> str:
    if isinstance(event, UserEvent) and event.role:
        about = {"role": role(Grant(Role(event.role), event.project or None))}
    else:
        about = {}
    what = t(_DONE[event.kind], **about)
    return t("{time} {name}：{what}", time=day_and_time(event.made_at), name=say(event.actor_name), what=what)


_DONE = {
    "added": word("登记账号"),
    "granted": word("授予{role}"),
    "revoked": word("收回{role}"),
    "disabled": word("停用"),
    "enabled": word("恢复"),
    "set": word("设置密码"),
    "one_time": word("设了一次性密码"),
    "changed": word("本人修改密码"),
    "unlocked": word("解除了锁定"),
}
