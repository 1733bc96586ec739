"""资金使用: who has drawn on the one estimate, from which source, and how fast."""

from __future__ import annotations

import streamlit as st

from core.service import progress, trend
from core.text import word
from pages.progress import parts
from pages.shared import chips, empty, filters, state, tables
from pages.shared.picture_tools import narrow
from pages.shared.reads import read
from pages.shared.session import project
from pages.shared.words import plain, say, t

KEYS = {
    "all": word("四种分摊口径的区间"),
    "household": word("按户数分摊"),
    "m2": word("按面积分摊"),
    "building": word("按栋数分摊"),
    "community": word("按小区数分摊"),
}

asked = state.get("baseline"), state.get("place"), narrow()
view = read(progress.budget, project(), state.get("baseline"), state.get("basis"), state.get("place"), narrow())
later, work = read(trend.over_time, project(), *asked), read(trend.work, project(), *asked)
heading = t("变化趋势")

filters.head(t("资金使用"), say(view.title), baseline=True, place=True)

if view.empty:
    empty.no_data()
    st.stop()

with st.container(horizontal=True, vertical_alignment="center", gap="small", key="headline"):
    st.markdown(f"### {plain(say(view.headline))}", width="content")
    chips.place()
    chips.detail(filters.has_detail())
    if not view.divided:
        state.chooser(t("分摊口径"), "basis", list(KEYS), lambda key: say(KEYS[key]), default="all", width=210)

parts.side_by_side(view.panels)
parts.side_by_side(work.money)

st.caption(plain(say(view.note)))

st.markdown(f"### {plain(heading)}")
if later.missing is not None:
    st.caption(plain(say(later.missing)))
if later.headline is not None:
    st.markdown(plain(say(later.headline)))
parts.side_by_side(later.panels)
if later.changes is not None:
    tables.table(later.changes)
for table in (work.earned, work.contracts):
    if table is not None:
        tables.table(table)
