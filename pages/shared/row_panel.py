"""A table of rows with its title, what can be done with it and 怎么算."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import streamlit as st

from core.errors import Message
from core.service.base.project_figures import RowPanel
from pages.shared import state, tables
from pages.shared.picture_tools import narrow, tools
from pages.shared.row_table import row_table
from pages.shared.words import plain, say, t

_MORE = 44
"""Pixels of the button ⋯."""


def row_panel(shown: RowPanel | None, notes: Iterable[Message] = (), *, fills: bool = False) -> None:
    """The table; a click on a street's row shows that street alone, on the row that is chosen all of them again.

    `notes`: sentences under it; `fills`: as high as its neighbour. Nothing where there is no table.
    """
    if shown is None:
        return
    high: Literal["stretch", "content"] = "stretch" if fills else "content"
    with st.container(border=True, key=f"rows_{shown.table.id}", gap=None, height=high):
        _head(shown, narrow())
        row_table(shown.table.id, shown.html, choose if shown.chosen else None, shown.origin)
        for note in notes:
            st.caption(plain(say(note)))


def row_panels(first: RowPanel | None, second: RowPanel | None, notes: Iterable[Message] = ()) -> None:
    """Two tables side by side, the first with more room and its `notes`; one alone has the whole width."""
    if first is None or second is None:
        row_panel(first, notes)
        row_panel(second)
        return
    left, right = st.columns([3, 2], gap="small")
    with left:
        row_panel(first, notes, fills=True)
    with right:
        row_panel(second, fills=True)


@st.fragment
def _head(shown: RowPanel, drawn_narrow: bool) -> None:
    name = shown.table.id
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"head_{name}", wrap=drawn_narrow):
        st.markdown(f"**{plain(shown.table.title)}**", width="stretch")
        if shown.reviewed:
            st.caption(plain(shown.reviewed), width="content")
        if shown.chosen:
            st.caption(t("点一行，只看该街镇"), width="content")
        tables.how_button(f"how_{name}", tables.how, shown.table.how, shown.sent.title)
        with st.container(width=_MORE):
            tools(shown.sent, None, drawn_narrow)


def choose(place: str) -> None:
    """Show that street alone; where it is shown alone already, all of them."""
    state.put("place", None if state.get("place") == place else place)
