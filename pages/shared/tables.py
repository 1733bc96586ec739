"""A table that stands for itself, and 怎么算 under it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.service.desk import Table
from pages.shared.words import plain, t


def table(shown: Table) -> None:
    """A table with its title, and 怎么算 behind it."""
    with st.container(border=True, key=f"table_{shown.id}", gap="xsmall"):
        st.markdown(f"**{plain(shown.title)}**")
        st.table(_columns((shown.headings, *shown.rows)), hide_index=True)
        how = st.expander(t("怎么算"), on_change="rerun", key=f"how_{shown.id}")
        if how.open:
            how.table(_columns(shown.how), hide_index=True)


def _columns(rows: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    return {plain(heading): [plain(row[i]) for row in rows[1:]] for i, heading in enumerate(rows[0])}
