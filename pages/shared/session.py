"""Who sits in front of this browser tab, and the context of every call to the service."""

from __future__ import annotations

import re
from typing import cast

import streamlit as st

from core.errors import Message, RenewalError
from core.model.context import NEWEST, Actor, Context
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
    """Who asks: the name given in this browser (mode `local`: a label, not an authentication)."""
    return cast(Actor, st.session_state.get("actor", _ANYBODY))


def introduce(who: object) -> None:
    """Take over what the browser says of its person: {id, name}; anything else is ignored as not said."""
    if not isinstance(who, dict):
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
