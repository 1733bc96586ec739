"""Milestones entered and changed under their chart: a click on a bar opens it, or the button with a list."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.model.project import Milestone
from core.model.rights import Deed
from core.model.storable import MOST_TEXT
from core.service.base import project as service
from core.service.progress import milestones
from core.service.progress.milestones import MOST_NAME, MOST_OWNER
from pages.shared.choices import apart
from pages.shared.errors import error_box
from pages.shared.fields import day_field, day_of
from pages.shared.reads import read
from pages.shared.session import actor, context, key_of, may, project
from pages.shared.who import named
from pages.shared.words import say, t

_OPEN = "milestones_open"
"""Key of the popover and of whether it is open."""
_NEW = ""
"""The choice of one that is not there yet."""


def clicked(key: str) -> None:
    """Open the form with the milestone of that key, or with the one that was open last."""
    if actor().name is None or not may(Deed.IMPORT):
        return
    if key:
        st.session_state[key_of("milestone")] = key
    st.session_state[_OPEN] = True


def button() -> None:
    """The button with the form behind it, for those who may enter data."""
    if not may(Deed.IMPORT):
        return
    found: Mapping[str, Milestone] = {each.key: each for each in read(milestones.milestones, project())}
    label = t("编辑里程碑") if found else t("登记里程碑")
    if not named(label, "milestone"):
        return
    with st.popover(label, width="content", key=_OPEN, on_change="rerun"):
        _form(found)


def _form(found: Mapping[str, Milestone]) -> None:
    chosen = key_of("milestone")
    options = [*found, _NEW]
    if st.session_state.get(chosen) not in options:
        st.session_state[chosen] = options[0]
    show = apart(options, lambda key: _name(found[key]) if key else t("新增里程碑"))
    st.selectbox(t("里程碑"), options, format_func=show, key=chosen)
    of = found.get(st.session_state[chosen])
    if of is None:
        _new()
    else:
        _known(of)


def _name(of: Milestone) -> str:
    return say(of.name) if of.place is None else f"{say(of.place)} {say(of.name)}"


def _known(of: Milestone) -> None:
    # What others have said of it since is shown, and not written over with what was there before.
    said = (of.key, of.owner, str(of.planned), str(of.actual))
    owner, planned, actual, reason = (key_of(f"milestone_{field}", *said) for field in _FIELDS)

    def done() -> None:
        with error_box():
            milestones.edit(
                context(), project(), of.name, of.place, _typed(owner), day_of(planned), day_of(actual), _typed(reason)
            )
            st.session_state[_OPEN] = False

    def gone() -> None:
        with error_box():
            milestones.take_out(context(), project(), of.name, of.place, _typed(reason))
            st.session_state[_OPEN] = False

    with st.form("milestone_form", border=False):
        _fields(owner, planned, actual, of)
        st.text_input(t("原因（更改已有内容时填写）"), key=reason, max_chars=MOST_TEXT)
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(t("保存里程碑"), type="primary", on_click=done)
            st.form_submit_button(t("撤去"), key="milestone_out", type="tertiary", on_click=gone)


def _new() -> None:
    keys = name, place, owner, planned, actual = tuple(
        key_of(f"new_milestone_{field}") for field in ("name", "place", *_FIELDS[:3])
    )
    places: Mapping[str, str] = {"": t("全项目"), **{each: say(each) for each in read(service.facts, project()).places}}

    def done() -> None:
        with error_box():
            of = str(st.session_state[place] or "") or None
            milestones.add(context(), project(), _typed(name), of, _typed(owner), day_of(planned), day_of(actual))
            for key in keys:
                st.session_state[key] = ""
            st.session_state[_OPEN] = False

    with st.form("new_milestone_form", border=False):
        st.text_input(t("名称"), key=name, max_chars=MOST_NAME, placeholder=t("如：开工、竣工"))
        st.selectbox(t("街镇"), list(places), format_func=apart(places, places.__getitem__), key=place)
        _fields(owner, planned, actual)
        st.form_submit_button(t("保存里程碑"), type="primary", on_click=done)


_FIELDS = ("owner", "planned", "actual", "reason")


def _fields(owner: str, planned: str, actual: str, of: Milestone | None = None) -> None:
    if owner not in st.session_state:
        st.session_state[owner] = "" if of is None else of.owner
    st.text_input(t("责任单位（人）"), key=owner, max_chars=MOST_OWNER)
    day_field(t("计划日期"), planned, None if of is None else of.planned)
    day_field(t("实际日期"), actual, None if of is None else of.actual)


def _typed(key: str) -> str:
    return str(st.session_state.get(key) or "")
