"""签字与归档: the score tables of the round in one workbook, with a table of signatures."""

from __future__ import annotations

import streamlit as st

from core.model.panel_events import SheetKind, SheetState
from core.service.briefing import bound_sheets
from core.service.scoring.rounds import RoundView
from pages.scoring.meeting import ask
from pages.shared.download import download_button
from pages.shared.errors import error_box
from pages.shared.reads import read_own
from pages.shared.session import key_of, project
from pages.shared.words import t

_PERSONAL = (SheetKind.EVALUATOR, SheetKind.UNIT)


def offer(view: RoundView) -> None:
    """The workbook, made when it is asked for; nothing where there is none, or the one who asks may not see it all."""
    if not _sees_all(view):
        return
    with st.popover(
        t("签字表与评分表汇编"), width="content", key=key_of("paper", view.id), on_change="rerun"
    ) as opened:
        if opened.open and ask.before_seeing(view):
            with error_box():
                st.caption(t("签字表、汇总对照和每张评分表各一个工作表，A4横向；改动得分后各表随之重算。"))
                file = read_own(bound_sheets.bound_sheets, project(), view.id)
                download_button(t("下载（Excel）"), file.content, file.name, key="take_bound")


def _sees_all(view: RoundView) -> bool:
    """Whether somebody has submitted, and the one who asks may see every sheet that was submitted, and the panel's."""
    own = [each for each in view.sheets if each.kind in _PERSONAL]
    handed_in = (SheetState.SUBMITTED, SheetState.LOCKED)
    if not any(each.state in handed_in and each.hidden is None for each in own):
        return False
    if view.panel is not None and view.panel.hidden is not None:
        return False
    return all(each.hidden is None for each in own if each.state is SheetState.SUBMITTED)
