"""Asking before a step of a meeting, for a reason or before others' scores are seen; taking the step."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.model.storable import MOST_TEXT
from core.service.scoring.rounds import RoundView
from pages.shared.errors import refusal_box
from pages.shared.fields import text_form
from pages.shared.questions import question as question
from pages.shared.questions import take as take
from pages.shared.session import actor
from pages.shared.words import plain, t

MOST_LINES = 2000
"""Characters of a text of several lines."""
_LOOKS = "looks_on"
"""Key of the session."""


def _looks(view: RoundView) -> str:
    return f"{_LOOKS}_{actor().id}_{view.round.project}_{view.id}"


def has_agreed_to_see(view: RoundView) -> bool:
    """Whether there is nothing to ask before the others' scores are shown, or it has been answered."""
    return not view.undecided or actor().name is None or bool(st.session_state.get(_looks(view)))


def before_seeing(view: RoundView) -> bool:
    """Whether the others' scores may be shown now; whoever could still score alone is asked first."""
    if has_agreed_to_see(view):
        return True
    st.info(
        plain(
            t(
                "这里有评价人的得分。您还没有评分表：看过以后，须由另一位主评人同意，才能在本轮独立评分；"
                "谁看过会记录在案。"
            )
        )
    )
    st.button(t("查看得分"), key="look_on", on_click=st.session_state.__setitem__, args=(_looks(view), True))
    return False


def text(label: str, key: str, button: str, call: Callable[[str], object], *, lines: bool = False) -> None:
    """A text field with its button; `call` gets the text. The field is empty again afterwards."""
    most = MOST_LINES if lines else MOST_TEXT
    text_form(key, f"{key}_text", label, button, call, most=most, lines=lines, box=refusal_box)


def reason(label: str, key: str, call: Callable[[str], object]) -> None:
    """A button that opens a field for the reason of the step."""
    with st.popover(label, width="content"):
        text(t("理由"), key, label, call)
