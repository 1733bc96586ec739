"""过程记录: who changed what and why, the sheet at any moment, two of them side by side, the minutes."""

from __future__ import annotations

import streamlit as st

from core.service import panel, scoring
from core.service import project as service
from core.text import word
from pages.scoring import choose
from pages.scoring.record import items, replay, whole
from pages.shared import filters, state
from pages.shared.empty import empty
from pages.shared.errors import error_box
from pages.shared.reads import read, read_own
from pages.shared.session import project
from pages.shared.who import who
from pages.shared.words import say, t

PARTS = {
    "items": word("单项记录"),
    "replay": word("回放"),
    "compare": word("对照"),
    "timeline": word("全程记录"),
    "minutes": word("会议纪要"),
    "verify": word("核验"),
}

here = project()
filters.head(t("过程记录"), say(read(service.facts, here).project.name))
with st.container(horizontal=True, vertical_alignment="center", key="history_bar"):
    part = st.segmented_control(
        t("内容"),
        list(PARTS),
        default="items",
        required=True,
        format_func=lambda each: say(PARTS[each]),
        key="history_part",
        label_visibility="collapsed",
        persist_state="session",
    )
    known = who()

if not known:
    st.stop()

sheets = {sheet.id: sheet for sheet in read_own(scoring.sheets, here)}
if not sheets:
    empty(t("还没有评分表。请先用命令 python -m core scorecard import 导入一张(得分可以留空)。"))
    st.stop()

with error_box():
    if part in ("items", "replay", "compare"):
        sheet = sheets[choose.sheet(sheets)]
        if part == "items":
            items.show(sheet)
        elif part == "replay":
            replay.replay(sheet)
        else:
            replay.compare(sheet, sheets)
    else:
        rounds = {view.id: view for view in read_own(panel.rounds, here)}
        newest = filters.rounds(here).default or ""
        chosen = state.chooser(
            t("轮次"), "round", list(rounds), lambda key: say(rounds[key].name), default=newest, width=260
        )
        {"timeline": whole.timeline, "minutes": whole.minutes, "verify": whole.verify}[part or ""](rounds[chosen])
