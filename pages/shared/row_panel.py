"""A table of rows with its title, what can be done with it and 怎么算."""

from __future__ import annotations

import streamlit as st

from core.service.base.project_figures import RowPanel
from pages.shared import state, tables
from pages.shared.picture_tools import narrow, tools
from pages.shared.row_table import row_table
from pages.shared.words import plain, t

_MORE = 44
"""Pixels of the button ⋯."""


def row_panel(shown: RowPanel) -> None:
    """The table; a click on a street's row shows that street alone, on the row that is chosen all of them again."""
    with st.container(border=True, key=f"rows_{shown.table.id}", gap=None):
        _head(shown)
        row_table(shown.table.id, shown.html, _choose if shown.chosen else None)


@st.fragment
def _head(shown: RowPanel) -> None:
    key = f"head_{shown.table.id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key, wrap=narrow()):
        st.markdown(f"**{plain(shown.table.title)}**", width="stretch")
        if shown.reviewed:
            st.caption(plain(shown.reviewed), width="content")
        if shown.chosen:
            st.caption(t("点一行，只看该街镇"), width="content")
        tables.how_button(f"how_{shown.table.id}", tables.how, shown.table.how, shown.sent.title)
        with st.container(width=_MORE):
            tools(shown.sent, None)


def _choose(place: str) -> None:
    state.put("place", None if state.get("place") == place else place)
