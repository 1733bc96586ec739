"""Chips: the chosen street, checks that wait for an answer, data that has grown old."""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st

from core.errors import Message
from pages.shared import state
from pages.shared.words import plain, say, t

OLD_MONTHS = 12


def place() -> None:
    """The chosen street, with a button to see all again; nothing when none is chosen."""
    chosen = state.get("place")
    if chosen is not None:
        st.button(
            t("街镇:{place} ✕", place=plain(say(chosen))),
            key="clear_place",
            help=t("取消选择,显示全部街镇"),
            on_click=state.put,
            args=("place", None),
        )


def detail(has: bool) -> None:
    """Leads to the communities of the chosen street, or of all; nothing where none are reported."""
    if has:
        st.page_link("pages/progress/communities.py", label=t("小区明细"))


def open_checks(count: int) -> None:
    """How many checks wait for an answer, leading to their list."""
    if count:
        st.page_link("pages/evidence/checks.py", label=t("待核实 {count} 项", count=count))


def alarms(count: int) -> None:
    """How many figures cross a limit, leading to their list; nothing when there are none."""
    if count:
        st.page_link("pages/evidence/alarms.py", label=t("预警 {count} 条", count=count))


def rectified(progress: Message | None) -> None:
    """How far the findings are put right, leading to their list; nothing when there are none."""
    if progress is not None:
        st.page_link("pages/evidence/findings.py", label=plain(say(progress)))


def age(as_of: date) -> None:
    """Says when the data is over a year old: measured against the clock of this visit, on the screen only."""
    today = datetime.now(UTC).date()
    if (today.year - as_of.year) * 12 + today.month - as_of.month - (today.day < as_of.day) >= OLD_MONTHS:
        st.badge(t("数据已超过12个月"), color="gray")
