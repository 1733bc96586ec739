"""The parts of 受益情况: what is to be kept in mind, the streets as squares, how the money is spread."""

from __future__ import annotations

import streamlit as st

from core.service.progress.benefit import BenefitView, Explained
from core.text import word
from pages.shared import missing, state, tables
from pages.shared.figure_panel import panel
from pages.shared.figure_panel import side_by_side as panels_side_by_side
from pages.shared.row_panel import choose
from pages.shared.row_table import row_table
from pages.shared.words import plain, say, t

_TITLE = word("街镇")


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
    """The streets as squares, beside them how the money is spread."""
    parts = [each for each in (view.squares, view.concentration) if each]
    if not parts:
        return
    for column, part in zip(st.columns([1.5, 1][: len(parts)], gap="small"), parts, strict=True):
        with column, st.container(border=True, height="stretch", gap="xsmall", key=f"beside_{type(part).__name__}"):
            if isinstance(part, Explained):
                _explained(part)
            else:
                _squares(part)


def _squares(html: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{plain(say(_TITLE))}**", width="stretch")
        st.caption(t("等大方格，非地图；点一格，只看该街镇"), width="content")
    row_table("squares", html, choose)


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
