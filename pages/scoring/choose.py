"""Choosing a sheet among those that the one who asks may see."""

from __future__ import annotations

from collections.abc import Mapping

from core.model.scorecard import Sheet
from core.service import scoring
from pages.shared import state
from pages.shared.errors import error_box
from pages.shared.reads import read_own
from pages.shared.session import project
from pages.shared.words import say, t


def sheet(sheets: Mapping[str, Sheet]) -> str:
    """A select box of sheets; the id of the one that holds. One that the address names in vain says why."""
    asked = state.get("sheet")
    if asked is not None and asked not in sheets:
        with error_box():
            read_own(scoring.scorecard, project(), asked)
        state.put("sheet", None)
    first = scoring.WORKING if scoring.WORKING in sheets else next(iter(sheets))
    return state.chooser(
        t("评分表"), "sheet", list(sheets), lambda key: say(sheets[key].name), default=first, width=260
    )
