"""简报: one frame large, as it will stand in a briefing, and the documents that can be taken along."""

from __future__ import annotations

import streamlit as st

from core.service import frames
from core.service import project as service
from pages.briefing import documents
from pages.shared import filters, state
from pages.shared.reads import read, read_own
from pages.shared.session import project
from pages.shared.words import plain, say, t

CHECKS = "frames_with_checks"


def picture(name: str, checks: bool) -> frames.Picture:
    """The frame, drawn once a version."""
    return read_own(frames.picture, project(), name, state.get("round"), checks, state.get("baseline"))


asked = state.get("frame")
if asked is not None and state.bare():
    shown = picture(asked, asked == "checks")
    st.image(shown.svg, width="stretch", alt=shown.frame.alt)
    st.stop()

filters.head(t("简报"), say(read(service.facts, project()).project.name), baseline=True)
st.session_state.setdefault(CHECKS, asked == "checks")
with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="frame_choice"):
    checks = bool(st.session_state[CHECKS])
    names = {
        each.id: each.name
        for each in read_own(frames.frames, project(), state.get("round"), checks, state.get("baseline"))
    }
    if asked is not None and asked not in names:
        st.warning(plain(t("这个图框现在没有内容可显示,已改为显示第一个。")))
        state.put("frame", None)
    chosen = state.chooser(t("图框"), "frame", list(names), names.__getitem__, default=next(iter(names)), width=240)
    st.toggle(t("含核对"), key=CHECKS)
    shown = picture(chosen, checks)
    documents.offer(shown.png, checks)
with st.container(border=True, key="frame"):
    st.image(shown.svg, width="stretch", alt=shown.frame.alt)
