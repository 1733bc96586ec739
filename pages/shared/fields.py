"""Fields that are filled in: a day, and a form of one text."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import streamlit as st

from core.errors import Message, RenewalError
from core.ingest.files import cells
from core.model.storable import MOST_TEXT
from pages.shared.errors import error_box

A_DAY = "2024-12-31"
"""A day as it is typed."""


def day_field(label: str, key: str, value: date | None = None, width: int | None = None) -> None:
    """A field for a day, typed as 2024-12-31; what is typed is read by `day_of`.

    Streamlit's own calendar speaks English only and has a nameless button.
    """
    if key not in st.session_state:
        st.session_state[key] = "" if value is None else value.isoformat()
    st.text_input(label, key=key, placeholder=A_DAY, max_chars=10, width=width or "stretch")


def day_of(key: str) -> date | None:
    """The day in the field, None for an empty one. Raises RenewalError for anything else."""
    typed = str(st.session_state.get(key) or "").strip()
    found = cells.day(typed) if typed else None
    if isinstance(found, Message):
        raise RenewalError(found)
    return found


def text_form(
    form: str, field: str, label: str, button: str, call: Callable[[str], object], *, most: int = MOST_TEXT,
    lines: bool = False, clear: bool = True, enter: bool = True,
    box: Callable[[], AbstractContextManager[None]] = error_box,
) -> None:  # fmt: skip
    """A text field (several `lines`, at `most` so many characters) with its button; `call` gets the text.

    `form`, `field`: their keys; `clear`: the field is empty afterwards; `enter`: the key stands for the button;
    `box`: where a refusal is shown.
    """

    def done() -> None:
        with box():
            call(str(st.session_state.get(field) or ""))

    with st.form(form, border=False, clear_on_submit=clear, enter_to_submit=enter):
        if lines:
            st.text_area(label, key=field, max_chars=most, height=90)
        else:
            st.text_input(label, key=field, max_chars=most)
        st.form_submit_button(button, on_click=done)
