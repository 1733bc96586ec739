"""绩效评分: the sheet to score on, what it adds up to, and where the points were lost."""

from __future__ import annotations

import streamlit as st

from core.service import project as service
from core.service import score_panels, scoring
from pages.scoring import choose, compare, exchange, grid
from pages.shared import filters, state
from pages.shared.empty import empty
from pages.shared.errors import error_box
from pages.shared.panel import panel
from pages.shared.reads import read, read_own
from pages.shared.session import actor, context, project
from pages.shared.who import who
from pages.shared.words import say, t

here = project()
facts = read(service.facts, here)
sheets = {sheet.id: sheet for sheet in read_own(scoring.sheets, here)}
filters.head(t("绩效评分"), say(facts.project.name))


def new_blank() -> None:
    """Make a blank sheet and show it."""
    with error_box():
        state.put("sheet", scoring.new_blank_sheet(context(), here).id)


if not sheets:
    empty(t("还没有评分表。请先用命令 python -m core scorecard import 导入一张(得分可以留空)。"))
    st.stop()

with st.container(horizontal=True, vertical_alignment="center", key="sheet_bar"):
    chosen = choose.sheet(sheets)
    st.button(t("新建空白评分表"), on_click=new_blank, key="new_blank")
    compare.button(here, chosen, sheets)
    exchange.menu(sheets[chosen])
    st.page_link("pages/scoring/panel.py", label=t("专家评议"))

grid.live(here, chosen, actor())


@st.fragment(run_every=5)
def figures() -> None:
    """The charts, following the sheet at a distance: the sums stand in the grid, which follows at once."""
    with error_box(), st.container(key="figures"):
        left, right = st.columns(2)
        view = read_own(score_panels.figures, here, chosen)
        with left:
            panel(view.rates)
        with right:
            panel(view.deductions)


figures()

# Last, so that nothing above it moves: from here on the server knows whose sheets it may show.
who(silent=True)
