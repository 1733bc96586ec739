"""Charts are sent when all figures of their page are."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def test_what_draws_slowly_is_drawn_when_the_page_stands_in_its_own_place() -> None:
    def page() -> None:
        import streamlit as st

        from pages.shared import after_figures

        after_figures.begin()
        drawn = st.session_state["drawn"] = []
        box = st.container(key="box")

        def chart() -> None:
            drawn.append("chart")
            with box:
                st.text("chart")

        after_figures.after_figures(chart)
        drawn.append("figure")
        st.text("figure")
        after_figures.finish()

    at = AppTest.from_function(page).run()
    assert at.session_state["drawn"] == ["figure", "chart"]
    assert [each.value for each in at.text] == ["chart", "figure"]


def test_what_a_broken_off_run_left_is_not_drawn() -> None:
    def page() -> None:
        import streamlit as st

        from pages.shared import after_figures

        after_figures.begin()
        after_figures.after_figures(lambda: st.text("chart"))
        if "again" not in st.session_state:
            st.session_state["again"] = True
            st.stop()
        after_figures.finish()

    at = AppTest.from_function(page).run()
    assert not at.text
    assert [each.value for each in at.run().text] == ["chart"]
