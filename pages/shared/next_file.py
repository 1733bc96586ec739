"""A field for one file after another: once a file has come in, the next has a field of its own, which is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from core.service.base.file import File
from pages.shared.errors import error_box
from pages.shared.session import key_of
from pages.shared.words import t


def field_key(name: str) -> str:
    """The key of the field for the next file of that kind."""
    return f"{name}_file_{st.session_state.setdefault(_turn(name), 0)}"


def taken(name: str) -> None:
    """Note that the file in the field has come in."""
    st.session_state[_turn(name)] = st.session_state.get(_turn(name), 0) + 1


def next_file(name: str, label: str, endings: Sequence[str], look: Callable[[File, str], None], *of: str) -> None:
    """The field, and a look at the file (with its id) in it. `of`: what on the screen the file is for."""
    key = field_key(name)
    given = st.file_uploader(label, type=list(endings), key=key_of(key, *of) if of else key)
    if given is None:
        nothing_yet()
        return
    with error_box():
        look(File(given.name, given.getvalue()), given.file_id)


def nothing_yet() -> None:
    """Say what will become of a file."""
    st.caption(t("先预览，确认后才写入；有问题时整份文件都不写入。"))


def _turn(name: str) -> str:
    return f"{name}_turn"
