"""Who sits in front of this browser tab, and the context of every call to the service.

In mode `local` the browser says who it is; in all others what it says of that is not heard. A session is one person's:
what stands in its fields was put there by whom it was opened for, and is stored under nobody else's name.
"""

from __future__ import annotations

import re
import time
from typing import cast

import streamlit as st

from core.errors import Message, RenewalError
from core.model.context import NEWEST, Actor, Context
from core.model.rights import Deed, may_do
from core.model.storable import unstorable
from core.service.base import identity
from pages.shared import state

_ANYBODY = Actor("anonymous")
MOST_NAME = 20
"""Characters of a name."""
PINNED = "pinned_version"
"""Key of the session: the version that is looked at while it is not the newest."""
_ID = re.compile(r"[0-9a-zA-Z-]{8,64}")


_OPENED_FOR = "opened_for"
"""Key of the session: the id of whoever its page was opened for."""


class AnotherPerson(RenewalError):  # noqa: N818 - it reads as what it is
    """Somebody else asks now than whoever the page was opened for."""

    def __init__(self, now: Actor) -> None:
        super().__init__(
            Message(
                "这一页是另一人打开的，现在是{name}：刚才页上填写、选择或上传而未保存的内容没有记到{name}名下。"
                "评分表中未保存的修改留在本标签页，由填写人回来后自动保存。",
                {"name": now.name or ""},
            )
        )


class NoProject(RenewalError):  # noqa: N818 - it reads as what it is
    """Nothing has been imported yet: no fault, and the sentence says what to do."""


def key_of(name: str, *ids: str) -> str:
    """The key of a field that holds what somebody typed or chose, of this project and what else it belongs to.

    What was typed for one round is not found in another's field.
    """
    return "/".join((name, project(), *ids))


def actor() -> Actor:
    """Who asks, with their roles as they are now: a session that has ended, or a role taken away, counts at once.

    Mode `local`: the name given in this browser (a label, not an authentication). Raises WrongMode, StoreError.
    """
    mode = identity.mode()
    if mode == "local":
        return cast(Actor, st.session_state.get("actor", _ANYBODY))
    if mode == "accounts":
        from core.service.manage import accounts

        return accounts.who_has(st.context.cookies.get(identity.COOKIE)) or identity.NOBODY
    if mode == "proxy":
        named = st.context.headers.get_all(identity.HEADER)
        return identity.known_as(named[0]) if len(named) == 1 else identity.NOBODY
    return _by_oidc()


def may(deed: Deed) -> bool:
    """Whether the roles of who asks allow it in the project of the view: what they do not allow is not offered."""
    return may_do(actor().grants, deed, state.get("project"))


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
    """Take over what the browser says: {id, name} of its person, `first`: whom its page was made for.

    Anything else is ignored as not said. The page may be older than this session: a server that was started again, or
    has forgotten the session, finds in the page's fields what was put there before.
    """
    if not isinstance(who, dict):
        return
    browser, name, first = who.get("id"), who.get("name"), who.get("first")
    if (
        identity.mode() == "local"
        and isinstance(browser, str)
        and _ID.fullmatch(browser)
        and isinstance(name, str)
        and unstorable(name) is None
        and name.strip()
    ):
        st.session_state["actor"] = Actor(browser, name.strip()[:MOST_NAME])
    if isinstance(first, str) and first and first != actor().id:
        st.session_state[_OPENED_FOR] = first


def another() -> AnotherPerson | None:
    """What whoever asks has to be told where the page was opened for somebody else; None: it is their own."""
    return _another(actor())


def _another(asking: Actor) -> AnotherPerson | None:
    opened_for = st.session_state.get(_OPENED_FOR)
    own = opened_for is None or asking.name is None or opened_for == asking.id
    return None if own else AnotherPerson(asking)


def open_page() -> None:
    """Remember whom the page is opened for, as soon as that is known."""
    asking = actor()
    if asking.name is not None:
        st.session_state.setdefault(_OPENED_FOR, asking.id)


def open_anew() -> None:
    """Forget all that stands in the session, and whose sheet was on the screen: the page is somebody else's now."""
    st.session_state.clear()
    st.query_params.pop("sheet", None)


def context() -> Context:
    """The context of this session: who, in which language, of the newest version or the one of a 查验码.

    Raises AnotherPerson: no call of the service is made from somebody else's page. So ask for it where it is used, in
    a callback, never before.
    """
    asking = actor()
    if (other := _another(asking)) is not None:
        raise other
    return Context(asking, state.language(), st.session_state.get(PINNED, NEWEST), unit=state.unit())


def project() -> str:
    """The id of the project on the screen. Raises NoProject while there is none."""
    chosen = state.get("project")
    if chosen is None:
        raise NoProject(Message("还没有项目。请先导入资金明细表和受益明细表。"))
    return chosen
