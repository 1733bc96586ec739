"""Whether an import waits for a second person: chosen, or said where the project wants it so."""

from __future__ import annotations

import streamlit as st

from core.service.base import review_rule
from pages.shared.reads import read_own
from pages.shared.words import t


def offer(project: str | None, key: str) -> None:
    """The choice; where the project leaves none, the sentence. `project` None: several."""
    if project is not None and read_own(review_rule.needed, project):
        st.caption(t("本项目的数据须另一人复核后才计入。"))
    else:
        st.checkbox(t("待另一人复核后生效"), key=key)
