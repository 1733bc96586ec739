"""The run of the script that this thread is in, as Streamlit's runtime knows it; listed in docs/streamlit.md."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st
from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx


def current() -> object | None:
    """The run, another one each time a page is made; None outside of any."""
    return get_script_run_ctx(suppress_warning=True)


def connection() -> str | None:
    """The id of the browser's connection, by which its uploads are addressed too; None outside of any run."""
    run = get_script_run_ctx(suppress_warning=True)
    return None if run is None else run.session_id


def is_served() -> bool:
    """Whether a server runs it, not a test of the pages."""
    return isinstance(get_instance(), Runtime)


def end() -> NoReturn:
    """End the page here, with what is drawn so far.

    A script that `st.stop` ends leaves the fragments of the run before it: one that was just being asked for again then
    draws into a container that is gone, and the browser empties the whole page.
    """
    run = get_script_run_ctx(suppress_warning=True)
    if run is not None and not run.fragment_ids_this_run:
        run.fragment_storage.clear(new_fragment_ids=run.shared.new_fragment_ids.snapshot())
    st.stop()
