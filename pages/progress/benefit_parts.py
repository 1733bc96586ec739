"""The parts of 受益情况: what is to be kept in mind, the streets as squares, how the money is spread."""

from __future__ import annotations

import streamlit as st

from core.figures.figure import FigurePanel
from core.service.progress.benefit import BenefitView, Explained
from core.text import word
from pages.progress import boundary_form
from pages.shared import missing, state, tables
from pages.shared.figure_panel import panel
from pages.shared.figure_panel import side_by_side as panels_side_by_side
from pages.shared.row_panel import choose
from pages.shared.row_table import row_table
from pages.shared.words import plain, say, t

_TITLE = word("各街镇")


def caution(view: BenefitView) -> None:
    """What the figures are not, the way to enter what is missing, and whether the table says figures or shares."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="caution"):
        st.caption(plain(say(view.caution)), width="content")
        missing.fill_in("fill_in_finished", view.unfinished, t("补填"))
        with st.container(horizontal=True, horizontal_alignment="right", key="caution_switch"):
            state.switch(
                t("数值"), "shown", {"amount": t("绝对值与户均"), "share": t("占全项目的比例")}, default="amount"
            )
    if view.gaps is not None:
        st.caption(plain(say(view.gaps)))


def side_by_side(view: BenefitView) -> None:
    """The streets as a map or as squares, beside them how the money is spread."""
    shown = [each for each in (view.map or view.squares, view.concentration) if each]
    for column, part in zip(st.columns([1.5, 1][: len(shown)], gap="small") if shown else (), shown, strict=True):
        with column:
            if isinstance(part, FigurePanel):
                panel(part, clicked=_on_map)
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    st.caption(t("点一个街镇，或上表中它的名字，只看该街镇"), width="stretch")
                    boundary_form.form(view)
            else:
                _beside(view, part)
    if view.without_outline is not None:
        st.caption(plain(say(view.without_outline)))
    if not (view.map or view.squares) and len(view.places) > 1:
        boundary_form.form(view)


def _beside(view: BenefitView, part: str | Explained) -> None:
    with st.container(border=True, height="stretch", gap="xsmall", key=f"beside_{type(part).__name__}"):
        if isinstance(part, Explained):
            _explained(part)
        else:
            _squares(view, part)


def _squares(view: BenefitView, html: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{plain(say(_TITLE))}**", width="stretch")
        st.caption(t("等大方格，非地图；点一格，只看该街镇"), width="content")
        boundary_form.form(view)
    row_table("squares", html, choose)


def _on_map(place: str) -> None:
    """Show the street that was clicked on alone, as a square does; "": it was clicked on once more."""
    if place:
        choose(place)
    else:
        state.put("place", None)


@st.fragment
def _explained(shown: Explained) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{plain(say(shown.title))}**", width="stretch")
        tables.how_button("how_concentration", tables.how, shown.how)
    st.markdown(plain(say(shown.sentence)))
    st.caption(plain(say(shown.note)))


def compared(view: BenefitView) -> None:
    """Before and after the renovation."""
    if view.compared is not None:
        panel(view.compared)


def more(view: BenefitView) -> None:
    """更多分析: what is said nowhere else on the page."""
    if view.others is None and not view.curves:
        return
    below = st.expander(t("更多分析"), on_change="rerun", key="more")
    if below.open:
        with below:
            tables.table(view.others)
            panels_side_by_side(view.curves)
