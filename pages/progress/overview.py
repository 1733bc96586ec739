"""总览: where the money and the work stand and what is to be decided, on one screen."""

from __future__ import annotations

import streamlit as st

from core.service.progress import first_sight
from pages.shared import chips, comparing, empty, filters, goals, missing, state
from pages.shared.cards import cards
from pages.shared.figure_panel import panel
from pages.shared.picture_tools import narrow
from pages.shared.reads import read_own
from pages.shared.row_panel import row_panel
from pages.shared.session import project
from pages.shared.to_decide import to_decide
from pages.shared.words import say

view = read_own(
    first_sight.first_sight, project(), state.get("baseline"), state.get("place"), narrow(), state.get("compare")
)

filters.head(say(view.title), say(view.subtitle), baseline=True, place=True, amounts=True)

if view.empty:
    empty.no_data()

with st.container(key="first_sight", gap="xsmall"):
    with chips.headline(view.headline):
        chips.changed(view.changed, view.changes)
        chips.age(view.as_of)
        chips.place()
        comparing.chooser(view.comparable)
    cards(view.cards)
    left, right = st.columns([2.4, 1], gap="small")
    with left, st.container(gap="xsmall", height="stretch"):
        row_panel(view.streets, fills=not view.panels and not view.to_come)
        if view.compared is not None:
            row_panel(view.compared)
        for each in view.panels if view.compared is None else ():
            panel(each, fills=True)
        if view.compared is None and view.to_come:
            missing.chart_to_come(view.awaited)
    with right:
        to_decide(view.decisions, goals.button)
