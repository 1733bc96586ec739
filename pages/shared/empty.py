"""What a page says when there is nothing to show."""

from __future__ import annotations

import streamlit as st

from pages.shared import missing, script_run
from pages.shared.words import plain, t


def empty(sentence: str, example: str = "") -> None:
    """A quiet box with a sentence that says what to do; below it, in grey, what one entry could read like."""
    st.info(plain(sentence))
    if example:
        st.caption(plain(t("例：{example}", example=example)))


def no_file(sentence: str) -> None:
    """The same where a file is what is missing, with the button that leads to where it is imported."""
    empty(sentence)
    missing.fill_in("fill_in_file", "file")


def no_data() -> None:
    """In the place of a page: there is a project, but not the data that the page is about."""
    empty(t("这个项目还没有本页要用的数据。请导入资金明细表或受益明细表。"))
    missing.fill_in("fill_in_page", "file")
    script_run.end()
