"""简报: one frame large, as it will stand in a briefing, and the documents that can be taken along."""

from __future__ import annotations

import streamlit as st

from core.service.briefing import frames
from pages.briefing import documents, own_template
from pages.shared import filters, script_run, state, unknown_address
from pages.shared.reads import read_own
from pages.shared.session import project
from pages.shared.words import plain, say, t

CHECKS = "frames_with_checks"
NAMES = "documents_with_names"


def picture(name: str, checks: bool, names: bool = False) -> frames.Picture:
    """The frame, drawn once a version."""
    return read_own(frames.picture, project(), name, state.get("round"), checks, state.get("baseline"), names)


unknown_address.ask_round(project())
asked = state.get("frame")
if asked is not None and state.bare():
    shown = picture(asked, asked == "checks")
    st.image(shown.svg, width="stretch", alt=shown.frame.alt)
    script_run.end()

filters.head(t("简报"), baseline=True)
st.session_state.setdefault(CHECKS, asked == "checks")
with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="frame_choice"):
    checks = bool(st.session_state[CHECKS])
    titles = {
        each.id: each.name
        for each in read_own(frames.frames, project(), state.get("round"), checks, state.get("baseline"))
    }
    if asked is not None and asked not in titles:
        st.warning(plain(t("这个图框现在没有内容可显示，已改为显示第一个。")))
        state.put("frame", None)
    chosen = state.chooser(t("图框"), "frame", list(titles), titles.__getitem__, default=next(iter(titles)), width=240)
    st.toggle(t("含数据疑点"), key=CHECKS)
    names = st.toggle(t("列出专家姓名"), key=NAMES)
    shown = picture(chosen, checks, names)
    withheld = read_own(frames.withheld, project(), state.get("round"))
    documents.offer(shown.png, checks, names)
if withheld is not None:
    st.caption(plain(t("没有评分的图框和整套文件：{why}", why=say(withheld))))
with st.container(border=True, key="frame"):
    st.image(shown.svg, width="stretch", alt=shown.frame.alt)
own_template.offer(checks, names)
