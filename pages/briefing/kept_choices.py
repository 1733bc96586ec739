"""常用选项：choices that the project keeps under a name are taken, kept and removed behind one button."""

from __future__ import annotations

import streamlit as st

from core.model.kept_choice import MOST_NAME, KeptChoice
from core.model.paper import PaperChoice
from core.model.rights import Deed
from core.service.briefing import kept_choices
from pages.shared import paper_choice
from pages.shared.errors import refusal_box, take
from pages.shared.reads import read
from pages.shared.session import context, key_of, may, project
from pages.shared.who import named, unseen
from pages.shared.words import plain, t

_OPEN = "kept_choices_open"
"""Key of the popover and of whether it is open."""
_NAME, _DEFAULT = "kept_choice_name", "kept_choice_default"


def menu(current: PaperChoice) -> None:
    """The button with what is kept behind it; `current`: what would be kept now."""
    found: tuple[KeptChoice, ...] = read(kept_choices.choices, project())
    if not found and not may(Deed.ANSWER):
        return
    with st.popover(t("常用选项"), key=_OPEN, on_change="rerun"):
        for number, each in enumerate(found):
            _row(number, each)
        if may(Deed.ANSWER):
            _form(current)


def _row(number: int, each: KeptChoice) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"kept_choice_{number}"):
        name = t("{name}（默认）", name=each.name) if each.is_default else each.name
        st.button(plain(name), key=f"use_choice_{number}", type="tertiary", on_click=_use, args=(each.choice,))
        if may(Deed.ANSWER):
            st.button(
                t("删去"), key=f"drop_choice_{number}", type="tertiary", on_click=take,
                args=(kept_choices.remove, project(), each.name),
            )  # fmt: skip


def _use(chosen: PaperChoice) -> None:
    paper_choice.restore(chosen)
    st.session_state[_OPEN] = False


def _form(current: PaperChoice) -> None:
    st.caption(t("存下当前选项备用，不含轮次和工期。"), width=320)
    unseen("kept_choices")
    if not named(t("保存"), "kept_choice"):
        return
    name, is_default = key_of(_NAME), key_of(_DEFAULT)
    with st.form("form_keep_choice", border=False):
        st.text_input(t("名称"), key=name, max_chars=MOST_NAME)
        st.checkbox(t("作为本项目的默认选项"), key=is_default)
        st.form_submit_button(t("保存"), on_click=_keep, args=(project(), name, is_default, current))


def _keep(of: str, name: str, is_default: str, current: PaperChoice) -> None:
    """`of`: the project whose page was shown; `name`, `is_default`: keys of its fields."""
    with refusal_box():
        said = str(st.session_state.get(name) or "")
        kept_choices.keep(context(), of, said, current, is_default=bool(st.session_state.get(is_default)))
        st.session_state[name], st.session_state[is_default] = "", False
        st.session_state[_OPEN] = False
        st.toast(plain(t("已保存常用选项。")))
