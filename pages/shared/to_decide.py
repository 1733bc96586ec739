"""今天要定: what waits for a decision, each with its reason and the way there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from core.service.progress.decisions import Decision
from pages.shared import chips, missing
from pages.shared.words import plain, say, t

PAGES = {
    "alarms": "pages/evidence/alarms.py",
    "budget": "pages/progress/budget.py",
    "checks": "pages/evidence/checks.py",
    "findings": "pages/evidence/findings.py",
    "panel": "pages/scoring/panel.py",
    "reporting": "pages/manage/reporting.py",
    "scorecard": "pages/scoring/scorecard.py",
}
"""Where a decision leads, by the section's part of the address."""


def to_decide(found: Sequence[Decision], beside: Callable[[], None]) -> None:
    """The list; `beside` draws what stands beside its title."""
    with st.container(border=True, key="to_decide", gap="xsmall", height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown("**" + t("今天要定") + "**", width="stretch")
            beside()
        if not found:
            st.caption(t("没有要定的事。"))
        for each in found:
            _one(each)


def _one(each: Decision) -> None:
    with st.container(key=f"decision_{each.id}", gap=None):
        st.markdown(f"**{plain(say(each.what))}**")
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", wrap=False):
            st.caption(plain(say(each.why)), width="stretch")
            if each.page:
                chips.lead(PAGES[each.page], None, **each.query)
            missing.fill_in(f"fill_in_decision_{each.id}", each.fill_in)
