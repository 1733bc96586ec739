"""资金使用: who has drawn on the one estimate, from which source, and how fast."""

from __future__ import annotations

import streamlit as st

from core.service.progress import funds, trend
from pages.progress import milestone_form
from pages.shared import chips, dated_notes, empty, filters, missing, state, tables
from pages.shared.figure_panel import panel, side_by_side
from pages.shared.picture_tools import narrow
from pages.shared.reads import read
from pages.shared.row_panel import row_panel, row_panels
from pages.shared.session import project
from pages.shared.who import unseen
from pages.shared.words import plain, say, t

asked = state.get("baseline"), state.get("place"), narrow()
view = read(funds.funds, project(), state.get("baseline"), state.get("basis"), state.get("place"), narrow())
later, work = read(trend.over_time, project(), *asked), read(trend.work, project(), *asked)

filters.head(t("资金使用"), say(view.title), baseline=True, place=True, amounts=True)

if view.empty:
    empty.no_data()

with chips.headline(view.headline):
    chips.changed_here()
    chips.place()
    chips.detail(filters.has_detail())
    if not view.divided:
        bases = filters.BASES
        state.chooser(t("分摊口径"), "basis", list(bases), lambda key: say(bases[key]), default="all", width=210)

missing.missing(view.missing)

if view.composition is not None:
    panel(view.composition)
row_panel(view.streets, view.notes)
row_panels(view.sources, view.bases, view.source_notes)
tables.table(view.by_source)
if view.over_time is not None:
    panel(view.over_time)
if later.panels:
    dated_notes.button()

if later.missing is not None:
    st.caption(plain(say(later.missing)))
if later.headline is not None:
    st.markdown(plain(say(later.headline)))
side_by_side(later.panels, {"milestones": milestone_form.clicked})
with st.container(horizontal=True, gap="small", key="dated"):
    if not later.panels:
        dated_notes.button()
    milestone_form.button()
unseen("budget")
for table in (later.changes, work.earned, work.contracts):
    tables.table(table)
