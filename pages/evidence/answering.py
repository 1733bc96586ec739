"""What a named person has found out about a check, shown beside it, and the field for it."""

from __future__ import annotations

import streamlit as st

from core.model.rectification import CheckAnswer
from core.scoring.workflow import MOST_TEXT
from core.service import evidence
from core.service.moments import day_and_time
from pages.shared.errors import error_box
from pages.shared.session import actor, context
from pages.shared.words import plain, t


def show(here: str, check: str, given: CheckAnswer | None) -> None:
    """The answer if there is one; for those who have given a name, the field for a new one."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if given is not None:
            when = day_and_time(given.made_at)
            told = t("已核实:{answer}({who} {when})", answer=given.text, who=given.actor_name, when=when)
            st.markdown(plain(told))
        if actor().name is not None:
            with st.popover(t("答复") if given is None else t("修改答复"), width="content"):
                _field(here, check, answered=given is not None)


def _field(here: str, check: str, *, answered: bool) -> None:
    key = f"check_answer_{check}"

    def done() -> None:
        with error_box():
            evidence.answer(context(), here, check, st.session_state[key] or "")

    def take_back() -> None:
        with error_box():
            evidence.take_back(context(), here, check)

    with st.form(f"form_{key}", border=False, clear_on_submit=True):
        st.text_input(t("核实的结果和依据"), key=key, max_chars=MOST_TEXT)
        st.form_submit_button(t("保存答复"), on_click=done)
    if answered:
        st.button(t("撤回答复"), key=f"take_back_{check}", on_click=take_back)
