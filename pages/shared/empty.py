"""What a page says when there is nothing to show."""

from __future__ import annotations

import streamlit as st

from pages.shared import missing, script_run
from pages.shared.words import plain, t


def empty(sentence: str) -> None:
    """A quiet box with a sentence that says what to do."""
    st.info(plain(sentence))


def no_data() -> None:
    """In the place of a page: there is a project, but not the data that the page is about."""
    empty(t("这个项目还没有本页要用的数据。请导入资金明细表或受益明细表。"))
    missing.fill_in("fill_in_page", "file")
    script_run.end()
