"""账号: who may come in, with which roles, and when they last did."""

from __future__ import annotations

import streamlit as st

from core.service.base import identity
from core.service.manage import accounts as service
from pages.manage.account_parts import add, one
from pages.shared import filters, listing, script_run, state, tables
from pages.shared.empty import empty
from pages.shared.links import followed
from pages.shared.session import context
from pages.shared.who import who
from pages.shared.words import say, t

AT_ONCE = 20
"""People on a page of the list."""
PAGE = "accounts_page"
HERE = "./accounts?"
"""Where the names lead to, on this page."""


def first_page() -> None:
    """Another question begins with its first page."""
    st.session_state[PAGE] = 1


filters.head(t("账号"), t("谁能登录、有哪些角色、上次何时登录"), alone=True)
who()
if identity.mode() != "accounts":
    empty(t("人员不在本系统登录，这里没有账号可管。角色用命令python -m core users设定。"))
    script_run.end()

with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="accounts_bar"):
    text = listing.search(t("查找姓名或登录名"), "accounts_text", first_page)
    add.button()

everybody = service.standing(context())
sought = (text or "").strip().lower()
found = [each for each in everybody if sought in f"{each.person.name} {each.person.id}".lower()]
pages = -(-len(found) // AT_ONCE)
page = min(int(st.session_state.get(PAGE, 1)), max(pages, 1))
shown = found[(page - 1) * AT_ONCE : page * AT_ONCE]
opened = next((each for each in everybody if each.person.id == state.get("account")), None)
headings = [t("姓名"), t("登录名"), t("角色"), t("状态"), t("上次登录")]
cells = [(each.person.name, each.person.id, one.roles(each), say(each.state()), one.last(each)) for each in shown]
left, right = st.columns([1.9, 1], gap="medium") if opened else (st.container(), None)
with left:
    links = [tables.link(name, HERE, state.address(account=login)) for name, login, *_ in cells]
    tables.linked("accounts", headings, [(link, each[1:]) for link, each in zip(links, cells, strict=True)])
    followed(HERE, ("account",))
    listing.foot(
        t("共{count}人", count=len(found)), headings, cells, t("账号"), key="accounts_foot", pages=pages, page_key=PAGE
    )
if right is not None and opened is not None:
    with right:
        one.show(opened)
