"""A table whose rows are chosen by a click or a key, with bars and ranges in its cells. A Streamlit v2 component."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from pages.shared.browser import component

_TABLE = component(
    "row_table",
    Path(__file__).parent,
    '<div class="row-table"></div>',
    *("row_table.css", "mount.js", "row_table.js"),
)


def row_table(key: str, html: str, choose: Callable[[str], None] | None = None) -> None:
    """The table as `core.render.html` made it; `choose` is called with the key of the row that was chosen."""

    def chosen() -> None:
        row = st.session_state[key].get("chosen")
        if isinstance(row, str) and choose is not None:
            choose(row)

    _TABLE(key=key, data={"html": html}, on_chosen_change=chosen, height="content", width="stretch")
