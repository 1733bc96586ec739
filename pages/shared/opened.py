"""A button that opens: what is behind it is made when somebody opens it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Literal

import streamlit as st

MADE = "_made"
"""How the session's keys end that say what was opened."""


def opened(
    label: str, key: str, kind: Literal["secondary", "tertiary"] = "secondary"
) -> AbstractContextManager[object] | None:
    """The button; the place of its content once it was opened, None before: pages come sooner without it.

    From then on it is made with each page of the visit, so that what was typed in it stays.
    """
    box = st.popover(label, width="content", type=kind, key=key, on_change="rerun")
    if box.open:
        st.session_state[f"{key}{MADE}"] = True
    return box if st.session_state.get(f"{key}{MADE}") else None
