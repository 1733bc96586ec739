"""资金使用: who has drawn on the one estimate, from which source, and how fast."""

from __future__ import annotations

import streamlit as st

from core.service import progress
from core.text import word
from pages.shared import chips, empty, filters, state
from pages.shared.panel import panel
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

view = read(progress.budget, project(), state.get("baseline"), state.get("basis"), state.get("place"), narrow())

filters.head(t("资金使用"), say(view.title), baseline=True, place=True)

if view.empty:
    empty.no_data()
    st.stop()

with st.container(horizontal=True, vertical_alignment="center", gap="small", key="headline"):
    st.markdown(f"### {plain(say(view.headline))}", width="content")
    chips.place()
    state.chooser(t("分摊口径"), "basis", list(KEYS), lambda key: say(KEYS[key]), default="all", width=210)

for i in range(0, len(view.panels), 2):
    for column, shown in zip(st.columns(2, gap="small"), view.panels[i : i + 2], strict=False):
        with column:
            panel(shown)

st.caption(plain(say(view.note)))
