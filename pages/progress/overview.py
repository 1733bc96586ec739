"""总览: where the money and the work stand, on one screen."""

from __future__ import annotations

import streamlit as st

from core.service import overview
from pages.shared import chips, empty, filters, state
from pages.shared.cards import cards
from pages.shared.panel import panel
from pages.shared.picture_tools import narrow
from pages.shared.reads import read_own
from pages.shared.session import project
from pages.shared.words import plain, say

view = read_own(overview.overview, project(), state.get("baseline"), state.get("place"), narrow())

filters.head(say(view.title), say(view.subtitle), baseline=True, place=True)

if view.empty:
    empty.no_data()
    st.stop()

with st.container(horizontal=True, vertical_alignment="center", gap="small", key="headline"):
    st.markdown(f"### {plain(say(view.headline))}", width="content")
    chips.open_checks(view.open_checks)
    chips.alarms(view.alarms)
    chips.rectified(view.rectified)
    chips.age(view.as_of)
    chips.place()

cards(view.cards)

for column, shown in zip(st.columns(2, gap="small"), view.panels, strict=True):
    with column:
        panel(shown)

with st.container(gap="xxsmall", key="sentences"):
    for sentence in view.sentences:
        st.markdown(plain(say(sentence)))
