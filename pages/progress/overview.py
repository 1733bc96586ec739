"""总览: where the money and the work stand, on one screen."""

from __future__ import annotations

import streamlit as st

from core.service.progress import overview
from pages.shared import chips, empty, filters, goals, state
from pages.shared.cards import cards
from pages.shared.figure_panel import side_by_side
from pages.shared.picture_tools import narrow
from pages.shared.reads import read_own
from pages.shared.session import project
from pages.shared.words import plain, say

view = read_own(overview.overview, project(), state.get("baseline"), state.get("place"), narrow())

filters.head(say(view.title), say(view.subtitle), baseline=True, place=True)

if view.empty:
    empty.no_data()

with chips.headline(view.headline):
    chips.open_checks(view.open_checks)
    chips.alarms(view.alarms)
    chips.rectified(view.rectified)
    chips.changed(view.changed, view.changes)
    chips.age(view.as_of)
    chips.place()

cards(view.cards)

side_by_side(view.panels)

with st.container(gap="xxsmall", key="sentences"):
    # Beside the first sentence it costs no line: the page fills a window of 1366 × 768.
    for number, sentence in enumerate(view.sentences.values()):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(plain(say(sentence)), width="content")
            if not number:
                goals.button()
