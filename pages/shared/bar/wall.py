"""投屏: the page on the whole screen, without menu and controls, following the store; or several pages by turns.

`wall` in the address names the pages, joined by points; `seconds`, how long each is shown.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from pages.shared import gate, state
from pages.shared.bar import page_language
from pages.shared.browser import component
from pages.shared.choices import apart
from pages.shared.errors import error_box
from pages.shared.reads import now
from pages.shared.words import t

EVERY = 1.0
"""Seconds from one look at the store to the next."""
LEAST_SECONDS = 5
"""A page is shown at least so long."""
OFFERED = ("10", "20", "30", "60", "120")
"""Seconds to choose from."""
_SHOWN = "wall_shown"
"""Key of the session: the page on the wall, and since when."""

_SCREEN = component(
    "whole_screen", Path(__file__).parent, '<div class="whole-screen"></div>', "mount.js", "wall.js",
    isolate_styles=False,  # the buttons lie outside
)  # fmt: skip


def on() -> bool:
    """Whether the page is shown on a wall."""
    return state.get("wall") is not None


def button(page: str, pages: Mapping[str, st.Page]) -> None:
    """投屏: this page, or several by turns."""
    # Mounted at all times: a browser fills its screen at a click only, not when the server has answered it.
    _screen()
    _choose(page, pages)


@st.fragment
def _choose(page: str, pages: Mapping[str, st.Page]) -> None:
    box = st.popover(t("投屏"), key="wall_menu", on_change="rerun")
    if not box.open:
        return
    with box:
        if st.button(t("全屏显示本页"), key="wall_one", type="primary", width="stretch"):
            _put([page], None)
            st.rerun(scope="app")
        st.caption(t("或几页轮流显示，数据有变化时自动刷新；按Esc退出。"))
        # In the menu the home page bears the number of one's own tasks, which everybody in the hall would read.
        names = {key: t("总览") if key == gate.HOME else each.title for key, each in pages.items()}
        chosen = st.multiselect(
            t("轮流显示的页"), list(names), default=[page] if page in names else [], key="wall_pages",
            format_func=apart(names, names.__getitem__), placeholder=t("请选择"),
        )  # fmt: skip
        seconds = st.segmented_control(
            t("每页停留（秒）"), OFFERED, default=state.WALL_SECONDS, required=True, key="wall_seconds",
            format_func=apart(OFFERED, str),
        )  # fmt: skip
        if st.button(t("开始轮流显示"), key="wall_turns", disabled=len(chosen) < 2, width="stretch"):
            _put(chosen, seconds)
            st.rerun(scope="app")


def _put(pages: Sequence[str], seconds: str | None) -> None:
    state.put("seconds", None if seconds == state.WALL_SECONDS else seconds)
    state.put("wall", ".".join(pages))


def leave() -> None:
    """Back to the page with its menu."""
    state.put("wall", None)
    state.put("seconds", None)


def next_page(page: str, turns: Sequence[str]) -> str | None:
    """The page that follows in its turn; None: none does, as there is no other."""
    if not turns or list(turns) == [page]:
        return None
    return turns[(turns.index(page) + 1) % len(turns)] if page in turns else turns[0]


def follow(page: str, pages: Mapping[str, st.Page]) -> None:
    """The way out, and a look at the store each second: another version is shown, a page's time leads to the next."""
    with st.container(key="wall"):
        _screen()
        page_language.tell()
        st.button(t("退出投屏"), key="wall_leave", on_click=leave)
    shown = st.session_state.get(_SHOWN)
    if shown is None or shown[0] != page:
        st.session_state[_SHOWN] = page, time.monotonic()
    _look(page, pages, now())


@st.fragment(run_every=EVERY)
def _look(page: str, pages: Mapping[str, st.Page], seen: object) -> None:
    with error_box():
        if now() != seen:
            st.rerun(scope="app")
    turns = [each for each in (state.get("wall") or "").split(".") if each in pages]
    seconds = max(LEAST_SECONDS, int(state.get("seconds") or state.WALL_SECONDS))
    following = next_page(page, turns)
    if following is not None and time.monotonic() - st.session_state[_SHOWN][1] >= seconds:
        st.switch_page(pages[following])


def _screen() -> None:
    _SCREEN(key="whole_screen", data={"on": on()}, on_left_change=leave, width="content", height="content")
