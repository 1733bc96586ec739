"""The first page of a visit: its figures are on the screen before its charts are begun."""

from __future__ import annotations

from time import sleep

import streamlit as st

from core.service.base import identity

AHEAD = 0.3
"""Seconds. A browser shows a part that it has just fetched up to 0.3 s after its placeholder."""


def figures_first() -> None:
    """Hold the first chart of a visit back until what stands above it is on the screen.

    The charts' program is 5 MB: a browser that begins to read it does nothing else for up to a second, and the figures
    that arrived together with the charts would wait for it. Only behind the guard, whose page has both
    fetched ahead (deploy.index_page).
    """
    if identity.guarded and not st.session_state.get("charts_begun"):
        st.session_state["charts_begun"] = True
        sleep(AHEAD)
