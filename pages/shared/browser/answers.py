"""The answers to what a grid has sent, by a way of their own: they reach it before its rows do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared.browser import component

_ANSWERS = component("sheet_answers", Path(__file__).parent, "<span></span>", "answers.js", isolate_styles=False)


def answers(sheet: str, found: Mapping[str, Mapping[str, Any]], *, key: str) -> None:
    """Tell the grid of `sheet` (as its data names it) what became of its edits; mounted before it, to be there first.

    By edit_id: {state: saved, revision, at} | {state: refused, message} | {state: conflict, theirs: its row} |
    {state: another, message}: somebody else made it, and it waits for them.
    """
    with st.container(key="sheet_answers"):
        _ANSWERS(data={"sheet": sheet, "answers": found}, key=key)
