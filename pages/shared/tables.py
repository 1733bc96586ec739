"""A table that stands for itself, and 怎么算 under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import pyarrow as pa
import streamlit as st

from core.service.desk import Table
from pages.shared.words import plain, t


def table(shown: Table) -> None:
    """A table with its title, and 怎么算 behind it."""
    with st.container(border=True, key=f"table_{shown.id}", gap="xsmall"):
        st.markdown(f"**{plain(shown.title)}**")
        rows(shown.headings, shown.rows)
        how = st.expander(t("怎么算"), on_change="rerun", key=f"how_{shown.id}")
        if how.open:
            with how:
                rows(shown.how[0], shown.how[1:])


def rows(
    headings: Sequence[str], cells: Iterable[Sequence[str]], *, border: Literal["horizontal"] | bool = True
) -> None:
    """A table of texts, shown as they are."""
    ready([plain(each) for each in headings], [[plain(cell) for cell in row] for row in cells], border=border)


def ready(
    headings: Sequence[str], cells: Sequence[Sequence[str]], *, border: Literal["horizontal"] | bool = True
) -> None:
    """A table of texts that are Markdown already."""
    # Arrow as Streamlit sends it: on the way through a frame each small table would cost a hundred times as much.
    columns = [pa.array([row[i] for row in cells], pa.string()) for i in range(len(headings))]
    st.table(pa.table(columns, names=list(headings)), hide_index=True, border=border)
