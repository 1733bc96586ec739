"""The view that a 查验码 stands for: taken from the URL, held in the session, and said on top of every page."""

from __future__ import annotations

from typing import cast

import streamlit as st

from core.errors import Message, NotAllowed, UnknownName
from core.model.view_code import View
from core.service.briefing import paper, view_codes
from core.text import word
from pages.shared import paper_choice, state, tables
from pages.shared.reads import read_own
from pages.shared.session import PINNED, context
from pages.shared.words import plain, say, t

_JUMP = "restored_page"
_PAGES = {kind: "pages/briefing/frames.py" for kind in ("frame", "pdf", "brief")}
"""Where each kind of view opens; the other documents open on 总览."""
_OF_FIGURES = {
    "pages/progress/budget.py": (
        "bases", "curve", "estimate", "funds", "milestones", "needed", "sources", "stretches",
    ),
    "pages/progress/beneficiaries.py": ("before_and_after", "benefit", "gini_area", "gini_households", "work"),
    "pages/scoring/scorecard.py": ("deductions", "level1_rates"),
}  # fmt: skip
"""Where a figure that was sent alone stands; the others stand on 总览."""
_HEADINGS = (word("变化"), word("当时"), word("现在"), word("原因"))


def adopt() -> tuple[Message, ...]:
    """Take over a code that the URL names. Returns a sentence when nothing is known of it; it is left out then."""
    asked = st.query_params.get("code")
    if asked is None or asked == state.get("code"):
        return ()
    try:
        open_code(asked)
    except (NotAllowed, UnknownName) as unknown:
        del st.query_params["code"]
        return (unknown.message,)
    return ()


def open_code(code: str) -> None:
    """Look at what a code stands for from the next run on. Raises UnknownName, NotAllowed."""
    _pin(view_codes.find(context(), code).view)


def _pin(view: View) -> None:
    st.session_state[PINNED] = view.version
    st.session_state[_JUMP] = _page(view)
    chosen = {"code": view.code, "project": view.project, "lang": "en" if view.language == "en" else None}
    chosen |= {"baseline": view.baseline, "basis": view.basis, "place": view.place, "round": view.round}
    chosen["frame"] = view.frame or None if view.kind in _PAGES else None
    for key, value in chosen.items():
        state.put(key, value)
    if view.kind in _PAGES:
        paper_choice.restore(paper.again(view))


def _page(view: View) -> str:
    of_figure = next((page for page, figures in _OF_FIGURES.items() if view.frame in figures), "")
    if view.kind.startswith("figure_") and of_figure:
        return of_figure
    return _PAGES.get(view.kind, "pages/progress/overview.py")


def jump() -> str | None:
    """The page that a code just taken over belongs to; None: stay."""
    return cast("str | None", st.session_state.pop(_JUMP, None))


def leave() -> None:
    """Back to the newest version."""
    st.session_state.pop(PINNED, None)
    state.put("code", None)


def banner() -> None:
    """Which version is on the screen, and whether it still is the newest; nothing in the newest one."""
    code = state.get("code")
    if code is None:
        return
    found = read_own(view_codes.opened, code)
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key="restored"):
        named = t("查验码：{code}", code=code)
        st.markdown(f"**{plain(named)}** · {plain(say(found.made))}", width="content")
        if not found.since:
            st.badge(t("仍为最新"), color="gray", icon=":material/check:")
        else:
            stale = t("已过期：之后有{count}处变化", count=len(found.since))
            st.badge(stale, color="gray", icon=":material/history:")
            with st.popover(t("之后的变化"), width="content"):
                rows = [(each.what, each.before, each.after, each.why or "—") for each in found.since]
                tables.rows([say(head) for head in _HEADINGS], rows)
        st.button(t("回到最新"), key="leave_restored", on_click=leave)
