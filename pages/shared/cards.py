"""Cards: a figure to be read from afar, its caveat, and how it was computed."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from core.model.key_figure import KeyFigure
from core.render import html
from core.text.numbers import MISSING
from pages.shared import missing, tables
from pages.shared.words import plain, say, t


def cards(shown: Iterable[KeyFigure]) -> None:
    """The cards side by side; below each other on a telephone. 怎么算 of one makes them anew, and not the page."""
    _cards(tuple(shown))


@st.fragment
def _cards(every: tuple[KeyFigure, ...]) -> None:
    with st.grid(len(every), min_column_width=230, gap="small"):
        for card in every:
            with st.container(border=True, key=f"card_{card.id}", gap=None, height="stretch"):
                _card(card)


def _card(card: KeyFigure) -> None:
    lines = [plain(say(each)) for each in (card.caveat, card.more) if each is not None]
    _value(card, plain(say(card.label)))
    if say(card.value) == MISSING:
        # Nothing is read from afar: what is known of it stands as a sentence.
        st.markdown(lines.pop(0))
    if drawn := html.small_bars(card.course):
        with st.container(key=f"course_{card.id}"):
            st.html(drawn)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", wrap=False):
        st.caption("  \n".join(lines), width="stretch")
        missing.fill_in(f"fill_in_card_{card.id}", card.fill_in)
        tables.how_button(f"how_card_{card.id}", tables.how, card.how, say(card.label))


def _value(card: KeyFigure, label: str) -> None:
    if say(card.value) == MISSING:
        st.markdown(f":small[{label}]")
    elif card.reviewed is None:
        st.metric(label, say(card.value))
    else:
        mark = t("已复核")
        st.metric(f"{label} :gray[✓ {plain(mark)}]", say(card.value), help=plain(say(card.reviewed)))
