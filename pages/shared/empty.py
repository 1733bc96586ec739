"""What a page says when there is nothing to show."""

from __future__ import annotations

import streamlit as st

from pages.shared.words import plain, t


def empty(sentence: str) -> None:
    """A quiet box with a sentence that says what to do."""
    st.info(plain(sentence))


def no_data() -> None:
    """There is a project, but neither money nor anybody who benefits."""
    empty(t("还没有项目。请先导入资金明细表和受益明细表。"))
