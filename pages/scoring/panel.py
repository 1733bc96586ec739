"""专家评议: who has scored, item by item in the meeting, what has to be answered, and the lock."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.service import panel
from core.service import project as service
from core.service.panel import RoundView
from core.text import word
from pages.scoring.meeting import analysis, comments, dossier, flags, items, sheets
from pages.shared import filters, state
from pages.shared.empty import empty
from pages.shared.errors import error_box
from pages.shared.reads import read, read_own
from pages.shared.session import project
from pages.shared.who import who
from pages.shared.words import say, t

PARTS: dict[str, tuple[str, Callable[[RoundView], None]]] = {
    "sheets": (word("评分进度"), sheets.show),
    "items": (word("逐项评议"), items.show),
    "flags": (word("提示与答复"), flags.show),
    "comments": (word("征求意见"), comments.show),
    "dossier": (word("资料与佐证"), dossier.show),
    "analysis": (word("结果分析"), analysis.show),
}

here = project()
filters.head(t("专家评议"), say(read(service.facts, here).project.name))
with st.container(horizontal=True, vertical_alignment="center", key="panel_bar"):
    chosen = st.segmented_control(
        t("内容"),
        list(PARTS),
        default="sheets",
        required=True,
        format_func=lambda part: say(PARTS[part][0]),
        key="panel_part",
        label_visibility="collapsed",
        persist_state="session",
    )
    known = who()

if not known:
    st.stop()

rounds = {view.id: view for view in read_own(panel.rounds, here)}
if not rounds:
    empty(t("还没有评分表。请先用命令 python -m core scorecard import 导入一张(得分可以留空)。"))
    st.stop()

newest = filters.rounds(here).default or ""
if len(rounds) > 1:
    state.chooser(t("轮次"), "round", list(rounds), lambda key: say(rounds[key].name), default=newest, width=220)

with error_box():
    PARTS[chosen or "sheets"][1](rounds[state.get("round") or newest])
