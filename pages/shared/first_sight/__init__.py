"""The first page of a visit: its figures are on the screen before its charts are begun. A Streamlit v2 component."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core.service.base import identity
from pages.shared.browser import component

_SEEN = component(
    "first_sight",
    Path(__file__).parent,
    '<div class="first-sight"></div>',
    *("mount.js", "first_sight.js"),
    isolate_styles=False,  # what it looks for lies outside
)
_BEGUN = "charts_begun"


def charts_wait(chart: str) -> bool:
    """Whether this chart waits until the browser says that the figures of the visit's first page are on the screen.

    The charts' program is 5 MB: a browser that begins to run it does nothing else for up to a second, and the figures
    that arrived together with the charts would wait for it. Only behind the guard, whose page has both fetched ahead
    (deploy.index_page).
    """
    if not identity.guarded or st.session_state.get(_BEGUN):
        return False
    _SEEN(key=f"first_sight_{chart}", data={}, on_seen_change=_begin, height="content", width="content")
    return True


def _begin() -> None:
    st.session_state[_BEGUN] = True
