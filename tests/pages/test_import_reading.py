"""A file that takes long to read shows rows and seconds, and can be stopped and begun again."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from pages.manage.import_parts import reading

    reading.PATIENCE = st.session_state.get("patience", 0.0)
    if not reading.stopped("one") and not reading.stopped("two"):
        watch = reading.watched("one")
        watch.__enter__()(120_000, 0.5)  # not left: as a page that is still reading
        st.caption("read")


def test_rows_and_seconds_stand_over_a_bar_and_a_button_ends_it() -> None:
    at = AppTest.from_function(page).run()
    assert [button.label for button in at.button] == ["停止读取"]
    assert at.get("progress")[0].proto.text == "已读取120,000行，用时0秒"
    assert at.get("progress")[0].proto.value == 50
    at.button(key="import_stop").click().run()
    assert [each.value for each in at.caption] == []
    assert "已停止，没有写入" in at.info[0].value
    at.button(key="import_again").click().run()
    assert [each.value for each in at.caption] == ["read"]


def written() -> None:
    import streamlit as st

    from pages.manage.import_parts import reading

    reading.PATIENCE = 0.0
    if not reading.stopped("one"):
        watch = reading.watched_until_written("one")
        watch.__enter__()(40_000, 0.2)  # not left: as a page that is still writing
        st.caption("writing")


def test_what_is_written_shows_rows_and_can_be_ended() -> None:
    """Another click than the one on the button ends the run, too: it is said that nothing was written."""
    at = AppTest.from_function(written).run()
    assert at.get("progress")[0].proto.text == "已写入40,000行，用时0秒"
    assert [button.label for button in at.button] == ["停止写入"]
    at.run()
    assert "已停止，没有写入" in at.info[0].value
    at.button(key="import_again").click().run()
    assert [each.value for each in at.caption] == ["writing"]


def test_a_file_that_is_read_at_once_shows_nothing_of_it() -> None:
    at = AppTest.from_function(page)
    at.session_state["patience"] = 60.0
    at.run()
    assert ([each.value for each in at.caption], list(at.button)) == (["read"], [])
