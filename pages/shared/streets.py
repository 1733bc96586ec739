"""各街镇: the street table with its title, what can be done with it and 怎么算."""

from __future__ import annotations

import streamlit as st

from core.service.progress.first_sight import StreetPanel
from pages.shared import state, tables
from pages.shared.picture_tools import narrow, tools
from pages.shared.row_table import row_table
from pages.shared.words import plain, t

_KEY = "streets"
_MORE = 44
"""Pixels of the button ⋯."""


def streets(shown: StreetPanel) -> None:
    """The table; a click on a row shows that street alone, on the row that is chosen all of them again."""
    with st.container(border=True, key="street_table", gap=None):
        _head(shown)
        row_table(_KEY, shown.html, _choose)


@st.fragment
def _head(shown: StreetPanel) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="street_head", wrap=narrow()):
        st.markdown(f"**{plain(shown.table.title)}**", width="stretch")
        st.caption(t("点一行，只看该街镇"), width="content")
        tables.how_button("how_streets", tables.how, shown.table.how, shown.panel.title)
        with st.container(width=_MORE, key="street_more"):
            tools(shown.panel, None)


def _choose(place: str) -> None:
    state.put("place", None if state.get("place") == place else place)
