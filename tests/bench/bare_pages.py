"""Two bare pages with a bare navigation."""

import streamlit as st


def first() -> None:
    """A page with one metric."""
    with st.container(key="first"):
        st.metric("first", "1")


def second() -> None:
    """Another page with one metric."""
    with st.container(key="second"):
        st.metric("second", "2")


st.navigation([st.Page(first, url_path="first"), st.Page(second, url_path="second")], position="top").run()
