"""A file that takes long to read or to write: rows and seconds, and a button that ends it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from core.service.manage.importing import Progress
from pages.shared.words import t

PATIENCE = 2.0
"""Seconds after which progress is shown."""
_BETWEEN = 0.5
"""Seconds from one picture of it to the next."""
_STOPPED = "import_stopped"
"""The file whose reading or writing was ended."""


@contextmanager
def watched(file_id: str, *, writing: bool = False) -> Iterator[Progress]:
    """Give what is to be told of the progress. A click on the button ends the run at the next telling."""
    place, begun = st.empty(), time.monotonic()
    shown = begun + PATIENCE - _BETWEEN
    show: Callable[[float, str], object] | None = None

    def tell(rows: int, share: float) -> None:
        nonlocal shown, show
        now = time.monotonic()
        if now - shown < _BETWEEN:
            return
        shown = now
        params = {"rows": f"{rows:,}", "seconds": int(now - begun)}
        text = (
            t("已写入{rows}行，用时{seconds}秒", **params)
            if writing
            else t("已读取{rows}行，用时{seconds}秒", **params)
        )
        if show is None:
            with place.container(horizontal=True, vertical_alignment="center"):
                show = st.progress(share, text, width=480).progress
                label, key = (t("停止写入"), "import_stop_writing") if writing else (t("停止读取"), "import_stop")
                st.button(label, key=key, on_click=_stop, args=(file_id,))
        else:
            show(share, text)

    yield tell
    place.empty()


@contextmanager
def watched_until_written(file_id: str) -> Iterator[Progress]:
    """The same for what is written only as a whole: whatever ends the run before its end, a click or another, ends it.

    Then the file counts as stopped, which is said; `written` takes that back.
    """
    st.session_state[_STOPPED] = file_id
    try:
        with watched(file_id, writing=True) as tell:
            yield tell
    except Exception:
        written()
        raise


def written() -> None:
    """Nothing has been stopped: it is there, or was refused."""
    st.session_state.pop(_STOPPED, None)


def stopped(file_id: str) -> bool:
    """Show that the reading of this file was ended, with a way to begin again; False: it was not."""
    if st.session_state.get(_STOPPED) != file_id:
        return False
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(t("已停止，没有写入。可以换一份文件，或重新读取。"))
        st.button(t("重新读取"), key="import_again", on_click=_stop, args=("",))
    return True


def _stop(file_id: str) -> None:
    st.session_state[_STOPPED] = file_id
