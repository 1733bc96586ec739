"""A table of rows with its title, its file and 怎么算."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from core.errors import Message
from core.service.base.project_figures import RowPanel
from pages.shared import state, tables
from pages.shared.download import download_table
from pages.shared.picture_tools import narrow
from pages.shared.row_table import row_table
from pages.shared.words import plain, say, t


def row_panel(shown: RowPanel, notes: Iterable[Message] = ()) -> None:
    """The table; a click on a street's row shows that street alone, on the row that is chosen all of them again.

    `notes`: sentences under it.
    """
    with st.container(border=True, key=f"rows_{shown.table.id}", gap=None):
        _head(shown)
        row_table(shown.table.id, shown.html, choose if shown.chosen else None)
        for note in notes:
            st.caption(plain(say(note)))


@st.fragment
def _head(shown: RowPanel) -> None:
    key = f"head_{shown.table.id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key, wrap=narrow()):
        st.markdown(f"**{plain(shown.table.title)}**", width="stretch")
        if shown.reviewed:
            st.caption(plain(shown.reviewed), width="content")
        if shown.chosen:
            st.caption(t("点一行，只看该街镇"), width="content")
        tables.how_button(f"how_{shown.table.id}", tables.how, shown.table.how)
        download_table(t("下载表格"), shown.table.headings, shown.table.rows, shown.file, type="tertiary")


def choose(place: str) -> None:
    """Show that street alone; where it is shown alone already, all of them."""
    state.put("place", None if state.get("place") == place else place)
