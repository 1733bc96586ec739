"""A field for a day, typed as 2024-12-31: Streamlit's own calendar speaks English only and has a nameless button."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.errors import Message, RenewalError
from core.ingest import cells


def day_field(label: str, key: str, value: date | None = None, width: int | None = None) -> None:
    """Draw it; what is typed is read by `day_of`."""
    if key not in st.session_state:
        st.session_state[key] = "" if value is None else value.isoformat()
    st.text_input(label, key=key, placeholder="2024-12-31", max_chars=10, width=width or "stretch")


def day_of(key: str) -> date | None:
    """The day in the field, None for an empty one. Raises RenewalError for anything else."""
    typed = str(st.session_state.get(key) or "").strip()
    found = cells.day(typed) if typed else None
    if isinstance(found, Message):
        raise RenewalError(found)
    return found
