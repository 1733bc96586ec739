"""Cards: a figure to be read from afar, its caveat, and how it was computed."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from core.service.overview import Card
from pages.shared import tables
from pages.shared.words import plain, say, t


def cards(shown: Iterable[Card]) -> None:
    """The cards side by side; below each other on a telephone."""
    every = tuple(shown)
    with st.grid(len(every), min_column_width=230, gap="small"):
        for i, card in enumerate(every):
            with st.container(border=True, key=f"card_{i}", gap=None, height="stretch"):
                _card(i, card)


@st.fragment
def _card(i: int, card: Card) -> None:
    st.metric(plain(say(card.label)), say(card.value))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        st.caption(plain(say(card.caveat)), width="stretch")
        if st.button(t("怎么算"), key=f"how_card_{i}", type="tertiary"):
            st.dialog(t("怎么算"), width="large")(_how)(card)


def _how(card: Card) -> None:
    tables.rows(card.how[0], card.how[1:])
