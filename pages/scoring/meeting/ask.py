"""Asking for a reason before a step, and taking the step."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shared.errors import error_box
from pages.shared.session import context
from pages.shared.words import t

MOST = 500
"""Characters of a reason."""


def take(call: Callable[..., object], *args: object) -> None:
    """A service call from a button: what does not go stands on the page as a sentence."""
    with error_box():
        call(context(), *args)


def text(label: str, key: str, button: str, call: Callable[[str], object], *, lines: bool = False) -> None:
    """A text field with its button; `call` gets the text. The field is empty again afterwards."""
    field = f"{key}_text"

    def done() -> None:
        with error_box():
            call(str(st.session_state.get(field) or ""))

    with st.form(key, border=False, clear_on_submit=True):
        if lines:
            st.text_area(label, key=field, max_chars=2000, height=90)
        else:
            st.text_input(label, key=field, max_chars=MOST)
        st.form_submit_button(button, on_click=done)


def reason(label: str, key: str, call: Callable[[str], object]) -> None:
    """A button that opens a field for the reason of the step."""
    with st.popover(label, width="content"):
        text(t("理由"), key, label, call)
