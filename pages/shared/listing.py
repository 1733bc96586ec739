"""What stands around a long list: the field to search in it, and its page numbers with the file of what is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from pages.shared.download import download_table
from pages.shared.paging import paging
from pages.shared.words import plain, t

MOST_SOUGHT = 60
"""Characters."""


def search(label: str, key: str, on_change: Callable[[], None]) -> str:
    """The field; returns what stands in it."""
    return st.text_input(
        label, key=key, max_chars=MOST_SOUGHT, on_change=on_change, width=220, icon=":material/search:"
    )


def foot(
    found: str,
    headings: Sequence[str],
    cells: Iterable[Sequence[str]],
    file: str,
    *,
    key: str,
    pages: int,
    page_key: str,
    on_change: Callable[[], None] | None = None,
) -> None:
    """The numbers of the pages where there are several, how many lines were found, and the page as .csv."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        if pages > 1:
            paging(pages, page_key, on_change)
        st.caption(plain(found), width="content")
        download_table(t("下载本页"), headings, cells, file)
