"""Who sits in front of this browser tab, and the context of every call to the service.

In mode `local` the browser says who it is; in all others what it says of that is not heard.
"""

from __future__ import annotations

import re
import time
from typing import cast

import streamlit as st

from core.errors import Message, RenewalError
from core.model.context import NEWEST, Actor, Context
from core.service import identity
from core.service import project as projects
from pages.shared import state

_ANYBODY = Actor("anonymous")
MOST_NAME = 20
"""Characters of a name."""
PINNED = "pinned_version"
"""Key of the session: the version that is looked at while it is not the newest."""
_ID = re.compile(r"[0-9a-zA-Z-]{8,64}")


class NoProject(RenewalError):  # noqa: N818 - it reads as what it is
    """Nothing has been imported yet: no fault, and the sentence says what to do."""


def actor() -> Actor:
    """Who asks, with their roles as they are now: a session that has ended, or a role taken away, counts at once.

    Mode `local`: the name given in this browser (a label, not an authentication). Raises WrongMode, StoreError.
    """
    mode = identity.mode()
    if mode == "local":
        return cast(Actor, st.session_state.get("actor", _ANYBODY))
    if mode == "accounts":
        from core.service import accounts

        return accounts.who_has(st.context.cookies.get(identity.COOKIE)) or identity.NOBODY
    if mode == "proxy":
        named = st.context.headers.get_all(identity.HEADER)
        return identity.known_as(named[0]) if len(named) == 1 else identity.NOBODY
    return _by_oidc()


def _by_oidc() -> Actor:
    """Whom the identity provider has logged in, for as long as it said (Streamlit itself does not look at that)."""
    user = st.user.to_dict()
    until = user.get("exp")
    if not user.get("is_logged_in") or not isinstance(until, int | float) or until < time.time():
        return identity.NOBODY
    # A name that people choose for themselves at the provider is not an identity; the address is, once it is proven.
    login = user.get("email") if user.get("email_verified") is True else user.get("sub")
    return identity.known_as(str(login or ""))


def introduce(who: object) -> None:
    """Take over what the browser says of its person: {id, name}; anything else is ignored as not said."""
    if not isinstance(who, dict) or identity.mode() != "local":
        return
    browser, name = who.get("id"), who.get("name")
    if isinstance(browser, str) and _ID.fullmatch(browser) and isinstance(name, str) and name.strip():
        st.session_state["actor"] = Actor(browser, name.strip()[:MOST_NAME])


def context() -> Context:
    """The context of this session: who, in which language, of the newest version or the one of a 查验码."""
    return Context(actor(), state.language(), st.session_state.get(PINNED, NEWEST))


def project() -> str:
    """The id of the project on the screen. Raises NoProject while there is none."""
    chosen = state.get("project")
    if chosen is None:
        chosen = next(iter(projects.names(context())), None)
        if chosen is None:
            raise NoProject(Message("还没有项目。请先导入资金明细表和受益明细表。"))
    return chosen
