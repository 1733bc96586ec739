"""受益情况: who is to benefit, and what has been paid for each of them."""

from __future__ import annotations

import streamlit as st

from core.service.progress import money_and_households, trend
from pages.progress import pictures
from pages.shared import chips, empty, filters, state, tables
from pages.shared.figure_panel import panel, side_by_side
from pages.shared.picture_tools import narrow
from pages.shared.reads import read
from pages.shared.session import project
from pages.shared.words import plain, say, t

view = read(money_and_households.beneficiaries, project(), state.get("place"), narrow())
work = read(trend.work, project(), None, state.get("place"), narrow())

filters.head(t("受益情况"), say(view.title), place=True, amounts=True)

if view.empty:
    empty.no_data()

with chips.headline(view.headline):
    chips.changed_here()
    chips.place()
    chips.detail(filters.has_detail())

st.caption(plain(say(view.caution)))
if view.gaps is not None:
    st.caption(plain(say(view.gaps)))

side_by_side(view.panels)
side_by_side(work.panels)
tables.table(work.outcome)
tables.table(work.satisfaction)
if view.compared:
    panel(view.compared)
else:
    st.caption(plain(t("未填报改造前后对比。可在“数据导入”页导入（街镇、小区、对比指标、计量单位、改造前、改造后）。")))
pictures.show(project(), state.get("place"), view.places)

if view.more:
    more = st.expander(t("更多分析"), on_change="rerun", key="more")
    if more.open:
        with more:
            side_by_side(view.more)
