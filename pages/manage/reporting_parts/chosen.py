"""Which reporting period is looked at, and how it reads."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.model.reporting import Report
from pages.shared import state
from pages.shared.choices import apart
from pages.shared.words import say, t

_FIELD = "reporting_period"


def period(reports: Sequence[Report]) -> Report | None:
    """The period that the address names, or the newest day's; None: there is none."""
    found = next((each for each in reports if each.period.id == state.get("period")), None)
    return found or next(iter(reports), None)


def chooser(reports: Sequence[Report]) -> None:
    """A list to choose from; nothing where there is no choice."""
    held = period(reports)
    if held is None:
        return
    names = {each.period.id: _name(each) for each in reports}
    changed = state.keep(_FIELD, "period", reports[0].period.id, held.period.id)
    show = apart(names, names.__getitem__)
    st.selectbox(
        t("填报期"), list(names), format_func=show, key=_FIELD, on_change=changed, label_visibility="collapsed",
        width=400,
    )  # fmt: skip


def _name(report: Report) -> str:
    """截至2025年3月31日 · 4月10日前报 · 已生效2/4."""
    done, all_places = len(report.in_state("released")), len(report.period.places)
    return t(
        "截至{day}，{due}前报，已生效{done}/{count}",
        day=say(report.period.as_of), due=say(report.period.due), done=done, count=all_places,
    )  # fmt: skip
