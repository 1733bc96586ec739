"""绩效评分: the sheet to score on, what it adds up to, and where the points were lost."""

from __future__ import annotations

import streamlit as st

from core.scoring.round_state import round_of
from core.service.scoring import rounds, score_panels, scorecards
from pages.scoring import choose, compare, exchange, grid, targets
from pages.shared import chips, filters, goals, script_run, state
from pages.shared.errors import error_box, refusal_box
from pages.shared.figure_panel import side_by_side
from pages.shared.picture_tools import narrow
from pages.shared.reads import read_own
from pages.shared.session import actor, context, project
from pages.shared.who import heard
from pages.shared.words import t

here = project()
if not heard():
    filters.head(t("绩效评分"))
    script_run.end()


def new_blank(round_id: str) -> None:
    """Make a blank sheet of the round and show it."""
    with refusal_box():
        state.put("sheet", scorecards.new_blank_sheet(context(), here, round_id).id)


sheets = {sheet.id: sheet for sheet in read_own(scorecards.sheets, here)}
if not sheets:
    filters.head(t("绩效评分"))
    choose.nothing(here, leads=False)
    exchange.bring(None)
    script_run.end()

with choose.sheet_head(t("绩效评分"), read_own(rounds.sheet_titles, here)[choose.settled(sheets)]):
    chosen = choose.sheet(sheets)
    compare.button(here, chosen, sheets)
    targets.button(here, chosen)
    exchange.menu(sheets[chosen], new_blank)
    chips.lead("pages/scoring/panel.py", t("专家评议"), round=round_of(chosen))
    goals.button()
    chips.reviewed(choose.lock_of(chosen))
    chips.changed_here(round_of(chosen))

exchange.brought(round_of(chosen))
grid.live(here, chosen, actor())


@st.fragment(run_every=5)
def figures() -> None:
    """The charts, following the sheet at a distance: the sums stand in the grid, which follows at once."""
    with error_box(), st.container(key="figures"):
        view = read_own(score_panels.figures, here, chosen, narrow())
        side_by_side((view.rates, view.deductions), in_fragment=True)


figures()
