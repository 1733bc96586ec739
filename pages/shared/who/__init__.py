"""Who sits in front of this browser: says it to the server, and asks for the name where work needs one.

A Streamlit v2 component, mounted before whatever depends on who asks. The browser keeps the name and a random id, and
who else has used it. Until it has spoken the server does not know who asks: what an evaluator may not see yet must not
flash by, and nobody may find another sheet than their own in front of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st

from core.model.context import Actor
from core.service.base import identity
from pages.shared.browser import component
from pages.shared.session import MOST_NAME, actor, another, introduce
from pages.shared.words import keep, t

_HTML = '<div class="who-is-there"></div>'
_FILES = ("who.css", "dom.js", "storage.js", "mount.js", "who.js")
_WHO = component(
    "who",
    Path(__file__).parent,
    _HTML,
    *_FILES,
    isolate_styles=False,  # the style sheet for paper hides it, and lies outside; so does its dialog
)
_KEY = "who"
ASK = "ask_who_"
"""How the keys of buttons begin that ask for a name (who.js)."""


def who(*, silent: bool = False, key: str = _KEY, known: bool | None = None) -> bool:
    """Mount it. Returns whether the browser has said who it is (also: nobody yet); `silent`: nothing is drawn;
    `key`: another one for a second place on a page; `known`: whether the page around it was made with that.

    Where people log in there is nothing to ask; it then says whom the page was made for.
    """
    local = identity.mode() == "local"

    def said() -> None:
        introduce(st.session_state[key].get("who"))

    before, spoken = actor(), st.session_state.get(key) or {}
    value = _WHO(
        key=key,
        data={
            "silent": silent or not local,
            "local": local,
            "heard": _heard(spoken.get("who")) if known is None else known,
            "actor": {"id": before.id, "name": before.name or ""},
            "most": MOST_NAME,
            "words": _words(),
        },
        on_who_change=said,
        width="stretch" if silent else "content",
        height="content",
    )
    introduce(value.get("who"))
    if actor() != before or another() is not None:
        # A server that has just started hears it from the value, after the run has begun without it.
        st.rerun()
    return _heard(value.get("who"))


def heard() -> bool:
    """Mount it unseen at the head of a page. Returns what `who` does.

    It speaks at each page that it stands on; by itself, so that hearing again what is known makes no page twice.
    """
    known = _heard((st.session_state.get(_KEY) or {}).get("who"))
    _speaks(actor(), known)
    return known


@st.fragment
def _speaks(asked_by: Actor, known: bool) -> None:
    """`asked_by`: whom the page was made for; `known`: whether it was known who sits here."""
    said = who(silent=True, known=known)
    if actor() != asked_by or said != known:
        st.rerun()


def named(
    label: str, key: str, kind: Literal["primary", "secondary", "tertiary"] = "secondary", *, form: bool = False
) -> bool:
    """Whether whoever sits here has given a name; until then a button stands where the work begins, and asks for it.

    `label`: as what it makes way for is called; `form`: it stands in a form, whose fields keep what was typed. The page
    mounts `who`, whose dialog it opens.
    """
    if actor().name is not None:
        return True
    if identity.mode() == "local":
        (st.form_submit_button if form else st.button)(label, key=f"{ASK}{key}", type=kind)
    return False


def unseen(key: str) -> None:
    """Mount `who` unseen where the page has no line of it, for as long as nobody has given a name. `key`: its own."""
    if actor().name is None:
        _unseen(f"who_of_{key}")


@st.fragment
def _unseen(key: str) -> None:
    """By itself: that nobody has given a name yet makes the page no second time."""
    who(silent=True, key=key)
    if actor().name is not None:
        st.rerun()


def _heard(said: object) -> bool:
    """Whether it is known who sits here, or that nobody has given a name."""
    known = identity.mode() != "local" or actor().name is not None
    return known or said is not None or bool(st.session_state.get("who_has_spoken"))


def _words() -> dict[str, str]:
    return {
        "is": t("记录为：{name}", **keep("name")),
        "change": t("修改姓名"),
        "ask": t("您的姓名（用于记录是谁改的）"),
        "accept": t("确定"),
        "cancel": t("取消"),
        "required": t("此处不能为空。"),
        "correct": t("更正我的姓名"),
        "other": t("换人：来人的姓名"),
        "hand_over": t("换人"),
        "back": t("换回在本机用过的人"),
        "kept": t("换人后不显示{name}的内容；{name}未保存的修改留在本标签页，换回后自动保存。", **keep("name")),
        "known": t(
            "本机上用过“{name}”。若是本人，请点上面的姓名；若是同名的另一人，请再点一次“换人”。", **keep("name")
        ),
    }
