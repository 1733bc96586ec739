"""What happens once in a server process, before the first visitor's page."""

from __future__ import annotations

import gc

import streamlit as st

from core.__main__ import serve_commands
from pages.shared import log, script_run


@st.cache_resource(show_spinner=False)
def prepare_process() -> None:
    """Open the store, answer commands beside it, and take the loaded modules out of the garbage collector's rounds.

    Streamlit collects fully after each run: with pandas and Plotly loaded that costs 60 ms, after a freeze none.
    Raises StoreError; the next visit tries again.
    """
    import plotly.graph_objects  # noqa: F401 - loaded here so that the first viewer does not wait for it

    if script_run.is_served():
        log.set_up()
    serve_commands()
    gc.collect()
    gc.freeze()
