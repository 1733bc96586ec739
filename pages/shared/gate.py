"""The door: who is let in, which pages stand in whose menu, and what somebody who is not let in reads."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from core.model.rights import Deed, refusal
from core.service.base import connections, identity, sections
from pages.shared import script_run, session
from pages.shared.session import actor, context
from pages.shared.words import plain, say, t

HOME = "overview"


def admitted() -> bool:
    """Whether whoever asks may see anything at all. Raises WrongMode where the way in is not the mode's own."""
    identity.check_served(st.get_option("server.address"))
    who, connection = actor(), script_run.connection()
    if connection is not None:
        connections.opened(connection, who.id)
    return bool(who.grants)


def one_person() -> None:
    """Keep a page to whoever it was opened for: anybody else reads so, and opens one of their own.

    Nothing else is drawn then, so that the browser forgets what stands in the fields.
    """
    if (other := session.another()) is not None:
        st.warning(plain(say(other.message)))
        st.button(t("打开我的页面"), key="open_anew", type="primary", on_click=session.open_anew)
        script_run.end()
    session.open_page()


def visibility(page: str, there_is_something: bool = True) -> Literal["visible", "hidden"]:
    """Whether a page stands in the menu: of this person, and where it has anything to show."""
    return "visible" if there_is_something and sections.in_menu(context(), page) else "hidden"


def check(page: str) -> None:
    """Raise NotAllowed where the page is not for who asks; "" is the home page."""
    sections.opened(context(), page or HOME)


def turn_away() -> None:
    """What somebody who is not let in reads, and how they get in."""
    mode, who = identity.mode(), actor()
    if who.name is not None:
        st.info(plain(t("您已登录为{name}。", name=who.name)) + "  \n" + plain(say(refusal((), Deed.SEE))))
        leave()
    elif mode == "accounts":
        st.info(plain(say(identity.NOT_IN)))
        st.link_button(t("登录"), "./login")
    elif mode == "oidc":
        st.info(plain(say(identity.NOT_IN)))
        st.button(t("登录"), on_click=st.login, type="primary")
    else:
        st.error(plain(say(identity.NO_HEADER)))


def leave() -> None:
    """The way out, where there is one."""
    mode = identity.mode()
    if mode == "accounts":
        st.link_button(t("退出登录"), "./logout", type="tertiary")
    elif mode == "oidc":
        st.button(t("退出登录"), on_click=st.logout, type="tertiary", key="leave")


def person() -> None:
    """Who is logged in, with the way out; nothing where names are only labels."""
    if identity.mode() == "local":
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.caption(plain(actor().name or ""), width="content")
        if identity.mode() == "accounts":
            st.link_button(t("改密码"), "./password", type="tertiary")
        leave()
