"""Who sits in front of this browser: says it to the server, and asks for the name where work needs one.

A Streamlit v2 component. The browser keeps the name and a random id, in the same place as the score grid does.
Until it has spoken the server does not know who asks, and what an evaluator may not see yet must not flash by.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core.service import identity
from pages.shared.session import MOST_NAME, actor, introduce
from pages.shared.words import t

_HERE = Path(__file__).parent
_WHO = st.components.v2.component(
    "who",
    html='<div class="who-is-there"></div>',
    css=(_HERE / "who.css").read_text(encoding="utf-8"),
    js=(_HERE / "who.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # the style sheet for paper hides it, and lies outside
)
_KEY = "who"


def who(*, silent: bool = False) -> bool:
    """Mount it. Returns whether the browser has said who it is (also: nobody yet); `silent`: nothing is drawn.

    Where people log in there is nothing to ask; it is mounted for its style sheet only.
    """
    logged_in = identity.mode() != "local"

    def said() -> None:
        introduce(st.session_state[_KEY].get("who"))

    before = actor()
    value = _WHO(
        key=_KEY,
        data={
            "silent": silent or logged_in,
            "most": MOST_NAME,
            "words": {
                "is": t("记录为:{name}", name="{name}"),
                "change": t("修改姓名"),
                "ask": t("您的姓名(用于记录是谁改的)"),
                "accept": t("确定"),
                "required": t("此处不能为空。"),
            },
        },
        on_who_change=said,
        width="stretch" if silent else "content",
        height="content",
    )
    if logged_in:
        return True
    introduce(value.get("who"))
    if actor() != before:
        # A server that has just started hears it from the value, after the run has begun without it.
        st.rerun()
    return actor().name is not None or value.get("who") is not None or bool(st.session_state.get("who_has_spoken"))
