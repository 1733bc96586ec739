"""What a page draws when all its figures are on their way to the browser: charts, which take it a tenth of a second."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

_WAITING = "after_figures"


def begin() -> None:
    """Forget what an earlier run left that was broken off."""
    st.session_state[_WAITING] = []


def after_figures(draw: Callable[[], None]) -> None:
    """Call it at the end of the page."""
    st.session_state[_WAITING].append(draw)


def finish() -> None:
    """Draw what waits, in its order."""
    for draw in st.session_state.pop(_WAITING):
        draw()
