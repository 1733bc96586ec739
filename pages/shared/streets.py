"""各街镇: a table of streets with its title, its file and 怎么算."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from core.errors import Message
from core.service.progress.street_panel import StreetPanel
from pages.shared import state, tables
from pages.shared.download import download_table
from pages.shared.picture_tools import narrow
from pages.shared.row_table import row_table
from pages.shared.words import plain, say, t


def streets(shown: StreetPanel, name: str = "street", notes: Iterable[Message] = ()) -> None:
    """The table; a click on a row shows that street alone, on the row that is chosen all of them again.

    `notes`: sentences under it.
    """
    with st.container(border=True, key=f"{name}_table", gap=None):
        _head(shown, name)
        row_table(shown.table.id, shown.html, choose)
        for note in notes:
            st.caption(plain(say(note)))


@st.fragment
def _head(shown: StreetPanel, name: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{name}_head", wrap=narrow()):
        st.markdown(f"**{plain(shown.table.title)}**", width="stretch")
        st.caption(t("点一行，只看该街镇"), width="content")
        tables.how_button(f"how_{shown.table.id}", tables.how, shown.table.how)
        # Two tables of one page may leave it.
        download_table(
            t("下载表格"), shown.table.headings, shown.table.rows, shown.file, type="tertiary", key=f"file_{name}"
        )


def choose(place: str) -> None:
    """Show that street alone; where it is shown alone already, all of them."""
    state.put("place", None if state.get("place") == place else place)
