"""受益情况: who is to benefit, and what has been paid for each of them."""

from __future__ import annotations

import streamlit as st

from core.service import progress, trend
from pages.progress import parts
from pages.shared import chips, empty, filters, state, tables
from pages.shared.panel import panel
from pages.shared.picture_tools import narrow
from pages.shared.reads import read
from pages.shared.session import project
from pages.shared.words import plain, say, t

view = read(progress.beneficiaries, project(), state.get("place"), narrow())
work = read(trend.work, project(), None, state.get("place"), narrow())

filters.head(t("受益情况"), say(view.title), place=True)

if view.empty:
    empty.no_data()
    st.stop()

with st.container(horizontal=True, vertical_alignment="center", gap="small", key="headline"):
    st.markdown(f"### {plain(say(view.headline))}", width="content")
    chips.place()
    chips.detail(filters.has_detail())

st.caption(plain(say(view.caution)))

parts.side_by_side(view.panels)
parts.side_by_side(work.panels)
for table in (work.outcome, work.satisfaction):
    if table is not None:
        tables.table(table)

if view.more:
    more = st.expander(t("更多分析"), on_change="rerun", key="more")
    if more.open:
        for column, shown in zip(more.columns(2, gap="small"), view.more, strict=True):
            with column:
                panel(shown)
