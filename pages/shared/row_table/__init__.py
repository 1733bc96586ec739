"""A table whose rows are chosen and put in order by a click or a key, with marks in its cells: a v2 component."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from core.service.base import sections
from pages.shared import state
from pages.shared.browser import component
from pages.shared.session import context
from pages.shared.words import t

_TABLE = component(
    "row_table",
    Path(__file__).parent,
    '<div class="row-table"></div>',
    *("row_table.css", "dom.js", "mount.js", "row_table.js"),
)
_ORDER = "by"
"""Key of the view: which table is put in order, by which column, which way."""


def row_table(
    key: str, html: str, choose: Callable[[str], None] | None = None, origin: Sequence[tuple[str, str]] = ()
) -> None:
    """The table as `core.render.html` made it; `choose` is called with the key of the row that was chosen.

    `origin`: a name a line, the import that its figures came in with; a press on a figure tells it, with where that
    figure stands. Without it figures are not pressed by themselves.
    """

    def chosen() -> None:
        row = st.session_state[key].get("chosen")
        if isinstance(row, str) and choose is not None:
            choose(row)

    def ordered() -> None:
        by = st.session_state[key].get("sorted")
        if isinstance(by, str):
            state.put(_ORDER, f"{key}.{by}" if by else None)

    words = {"find": t("在表中查找"), "origin": t("出处"), "close": t("关闭"), "imports": t("各期数据")}
    data = {"html": html, "order": _order(key), "words": words, "origin": list(origin), "imports": _imports(origin)}
    _TABLE(
        key=key, data=data, on_chosen_change=chosen, on_sorted_change=ordered, height="content", width="stretch"
    )  # fmt: skip


def _imports(origin: Sequence[tuple[str, str]]) -> str:
    """The address of the project's imports, for those who have the page in their menu."""
    if not origin or not sections.in_menu(context(), "importing"):
        return ""
    return f"./importing?{urlencode(state.address(part='batches'))}"


def _order(key: str) -> tuple[int, str] | None:
    """The column (0: the names) and the way in which this table is put in order; None: as it comes."""
    table, _, rest = (state.get(_ORDER) or "").partition(".")
    column, _, way = rest.partition(".")
    return (int(column), way) if table == key and column else None
