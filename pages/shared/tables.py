"""A table that stands for itself, and 怎么算 under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, TypeVar
from urllib.parse import quote

import pyarrow as pa
import streamlit as st

from core.service.base.project_figures import FigureTable
from pages.shared import styles
from pages.shared.words import plain, t

T = TypeVar("T")


def table(shown: FigureTable | None) -> None:
    """A table with its title, and 怎么算 behind it; nothing where there is none."""
    if shown is None:
        return
    with st.container(border=True, key=f"table_{shown.id}", gap="xsmall"):
        st.markdown(f"**{plain(shown.title)}**")
        with st.container(key=f"lines_{shown.id}"):
            styles.stacked(f"lines_{shown.id}", shown.headings)
            rows(shown.headings, shown.rows)
        computed = st.expander(how_label(shown.title), on_change="rerun", key=f"how_{shown.id}")
        if computed.open:
            with computed:
                how(shown.how)


def how(computed: Sequence[Sequence[str]]) -> None:
    """How figures are computed: the headings, then a row a figure."""
    rows(computed[0], computed[1:])


def how_label(of: str) -> str:
    """怎么算 with the name of the figure that it is of, which those hear who do not see what it stands beside."""
    named = t("：{figure}", figure=plain(of))
    return ":gray[".join((t("怎么算"), named)) + "]" if of else t("怎么算")


def how_button(key: str, draw: Callable[[T], None], shown: T, of: str = "") -> None:
    """怎么算, whose dialog `draw` fills; `of`: the figure's name."""
    if st.button(how_label(of), key=key, type="tertiary"):
        st.dialog(t("怎么算"), width="large")(draw)(shown)


def link(text: str, page: str, query: Mapping[str, str]) -> str:
    """A cell whose text stands as it is and leads to `page` (./name?), whose address then says `query`."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    address = "&".join(f"{key}={quote(value, safe='')}" for key, value in query.items())
    return f"[{plain(' '.join(shown.split())) or '—'}]({page}{address})"


def linked(
    key: str, headings: Sequence[str], lines: Iterable[tuple[str, Sequence[str]]], *, cards_below: int = 640
) -> None:
    """A table whose first column are links: lines of a link and the other cells; in narrow windows a card a line."""
    cells = [(first, *map(plain, others)) for first, others in lines]
    with st.container(key=f"linked_{key}"):
        styles.stacked(f"linked_{key}", headings, cards_below)
        ready([plain(each) for each in headings], cells, border="horizontal")


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
