"""What a named person has found out about a check, and the field for it."""

from __future__ import annotations

import streamlit as st

from core.checks import Finding
from core.model.rectification import CheckAnswer
from core.model.rights import Deed
from core.service.base.moments import day_and_time
from core.service.evidence import data_checks
from pages.shared.errors import take
from pages.shared.fields import text_form
from pages.shared.session import actor, context, key_of, may
from pages.shared.words import plain, t


def show(finding: Finding, given: CheckAnswer | None) -> None:
    """The answer if there is one, or that one is missing."""
    if given is not None:
        when = day_and_time(given.made_at)
        told = t("已核实：{answer}（{who} {when}）", answer=given.text, who=given.actor_name, when=when)
        st.markdown(plain(told))
    elif finding.asks and (not may(Deed.ANSWER) or actor().name is None):
        st.caption(plain(t("还没有答复。")))


def field(here: str, check: str, *, answered: bool) -> None:
    """What a named person writes their answer into."""
    key = key_of("check_answer", check)

    text_form(
        f"form_{key}", key, t("核实的结果和依据"), t("保存答复"),
        lambda said: data_checks.answer(context(), here, check, said),
    )  # fmt: skip
    if answered:
        st.button(t("撤回答复"), key=f"take_back_{check}", on_click=take, args=(data_checks.take_back, here, check))
