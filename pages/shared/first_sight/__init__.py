"""Figures are on the screen before charts are begun: on the first page of a visit, and where charts stand below a long
table, on each switch to it. A Streamlit v2 component."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core.service.base import identity
from pages.shared import state
from pages.shared.browser import component

_SEEN = component(
    "first_sight",
    Path(__file__).parent,
    '<div class="first-sight"></div>',
    *("mount.js", "first_sight.js"),
    isolate_styles=False,  # what it looks for lies outside
)
_BEGUN = "charts_begun"
"""Key of the session: after how many switches of the page charts were begun last."""


def charts_wait(chart: str, *, each_switch: bool = False) -> bool:
    """Whether this chart waits until the browser says that the figures which came with it are on the screen.

    It does on the first page of a visit; with `each_switch` whenever the page was come to from another.

    The charts' program is 5 MB: a browser that begins to run it does nothing else for up to a second, and the figures
    that arrived together with the charts would wait for it. Only behind the guard, whose page has both fetched ahead
    (deploy.index_page).
    """
    begun = st.session_state.get(_BEGUN)
    if not identity.guarded or begun == state.switches() or (begun is not None and not each_switch):
        return False
    _SEEN(key=f"first_sight_{chart}", data={}, on_seen_change=_begin, height="content", width="content")
    return True


def _begin() -> None:
    st.session_state[_BEGUN] = state.switches()
