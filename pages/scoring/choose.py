"""Choosing a sheet among those that the one who asks may see."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.model.scorecard import Sheet
from core.service import panel, scoring
from pages.shared import state
from pages.shared.errors import error_box
from pages.shared.reads import read_own
from pages.shared.session import project
from pages.shared.words import say, t

_REFUSED = "sheet_refused"
"""Kept in the session, so that the sentence outlives the runs that follow at once, until a sheet is chosen."""


def sheet(sheets: Mapping[str, Sheet]) -> str:
    """A select box of sheets; the id of the one that holds. One that the address names in vain says why.

    It opens on what a locked round ended with, else on the shared draft, else on the first that there is.
    """
    asked = state.get("sheet")
    if asked is not None:
        st.session_state[_REFUSED] = asked
    refused = st.session_state.get(_REFUSED)
    if refused in sheets:
        st.session_state[_REFUSED] = None
    elif refused is not None:
        with error_box():
            read_own(scoring.scorecard, project(), refused)
        state.put("sheet", None)
    wanted = (panel.locked_result(read_own(panel.rounds, project())) or "", scoring.WORKING)
    first = next((each for each in wanted if each in sheets), next(iter(sheets)))
    return state.chooser(
        t("评分表"), "sheet", list(sheets), lambda key: say(sheets[key].name), default=first, width=260
    )
