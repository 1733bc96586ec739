"""Page numbers under a list. Streamlit names them for screen readers in English only. A Streamlit v2 component."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from pages.shared.browser import component
from pages.shared.words import t

_NAMES = component(
    "page_names",
    Path(__file__).parent,
    '<div class="page-names"></div>',
    *("paging.css", "paging.js"),
    isolate_styles=False,  # the numbers lie outside
)


def paging(pages: int, key: str, on_change: Callable[[], None] | None = None) -> int:
    """The numbers of so many pages, kept under `key`. Returns the one that is chosen."""
    chosen = st.pagination(pages, key=key, on_change=on_change)
    words = {"all": t("翻页"), "previous": t("上一页"), "next": t("下一页"), "page": t("第{n}页", n="{n}")}
    _NAMES(key=f"{key}_names", data={"words": words}, height="content", width="content")
    return chosen
