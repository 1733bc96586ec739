"""What a person chooses for the papers of a project: kept in the session, so that it is there again on coming back."""

from __future__ import annotations

from typing import cast

import streamlit as st

from core.briefing.frames.names import FRAME_NAMES
from core.briefing.report_parts import MAY_BREAK
from core.model.paper import MOST_CONFIDENTIALITY, PaperChoice
from core.service.briefing import kept_choices, paper
from core.text import word
from pages.shared import state
from pages.shared.choices import apart
from pages.shared.reads import read
from pages.shared.session import key_of, project
from pages.shared.words import say, t

CHECKS = "frames_with_checks"
NAMES = "documents_with_names"
CONFIDENTIALITY = "documents_confidentiality"
OWN_WORDS = "documents_own_words"
WATERMARK = "documents_watermark"
CHOSEN_SLIDES = "documents_slides"
STREET_PAGES = "documents_street_pages"
CHOSEN_FRAMES = "documents_frames"
BREAKS = "documents_breaks"
_FIELDS = (CHECKS, NAMES, CONFIDENTIALITY, OWN_WORDS, WATERMARK, CHOSEN_SLIDES, STREET_PAGES, CHOSEN_FRAMES, BREAKS)
_CHOSEN = "paper_chosen"
_OF = "paper_of"
_NONE, _OWN = "", "own"
_OFFERED = {_NONE: word("无密级"), **{each: each for each in paper.CONFIDENTIALITY}, _OWN: word("自定…")}


def kept() -> PaperChoice:
    """The last choice of this session for the project; at first the project's default."""
    chosen = st.session_state.get(key_of(_CHOSEN))
    return cast(PaperChoice, chosen) if chosen is not None else read(kept_choices.default, project())


def restore(choice: PaperChoice) -> None:
    """Choose what an earlier paper was made of, before the fields are drawn."""
    st.session_state[key_of(_CHOSEN)] = choice
    _clear()


def _clear() -> None:
    for field in _FIELDS:
        st.session_state.pop(field, None)


def current(asked_for_checks: bool) -> PaperChoice:
    """The choice as the fields of the page stand, or as it was when the page was left."""
    if st.session_state.get(_OF) != project():  # the fields stand as another project's
        _clear()
        st.session_state[_OF] = project()
    last = kept()
    offered = last.confidentiality in _OFFERED
    begun = {
        CHECKS: asked_for_checks or last.checks,
        NAMES: last.names,
        CONFIDENTIALITY: last.confidentiality if offered else _OWN,
        OWN_WORDS: "" if offered else last.confidentiality,
        WATERMARK: last.watermark,
        CHOSEN_SLIDES: list(last.slides),
        STREET_PAGES: last.street_pages,
        CHOSEN_FRAMES: list(last.frames),
        BREAKS: list(last.breaks),
    }
    for field, value in begun.items():
        st.session_state.setdefault(field, value)
    line = st.session_state[CONFIDENTIALITY]
    chosen = PaperChoice(
        round=state.get("round"),
        checks=st.session_state[CHECKS],
        baseline=state.get("baseline"),
        names=st.session_state[NAMES],
        confidentiality=str(st.session_state[OWN_WORDS]).strip() if line == _OWN else line,
        watermark=st.session_state[WATERMARK],
        slides=tuple(st.session_state[CHOSEN_SLIDES]),
        street_pages=st.session_state[STREET_PAGES],
        frames=tuple(st.session_state[CHOSEN_FRAMES]),
        breaks=tuple(st.session_state[BREAKS]),
    )
    st.session_state[key_of(_CHOSEN)] = chosen
    return chosen


def fields() -> None:
    """The fields, beside each other."""
    st.toggle(t("含数据疑点"), key=CHECKS)
    st.toggle(t("列出专家姓名"), key=NAMES)
    with st.popover(t("选页")):
        st.multiselect(
            t("幻灯片及其顺序"), list(paper.SLIDE_NAMES), key=CHOSEN_SLIDES, placeholder=t("全部，按原来的顺序"),
            format_func=apart(paper.SLIDE_NAMES, lambda each: say(paper.SLIDE_NAMES[each])),
        )  # fmt: skip
        st.toggle(t("幻灯片另附各街镇一页"), key=STREET_PAGES)
        st.multiselect(
            t("成册的图框及其顺序"), list(FRAME_NAMES), key=CHOSEN_FRAMES, placeholder=t("全部，按原来的顺序"),
            format_func=apart(FRAME_NAMES, lambda each: say(FRAME_NAMES[each])),
        )  # fmt: skip
        st.caption(t("按选的先后排列；没有内容的不列入。"))
        st.multiselect(
            t("评价报告另起一页的部分"), list(MAY_BREAK), key=BREAKS, placeholder=t("接着排，不另起页"),
            format_func=apart(MAY_BREAK, lambda each: say(MAY_BREAK[each])),
        )  # fmt: skip
    if st.toggle(t("水印"), key=WATERMARK):
        st.caption(t("每页加上您的姓名和日期；工作簿没有水印，印在页眉。"))
    st.selectbox(
        t("密级"), list(_OFFERED), key=CONFIDENTIALITY, width=160, label_visibility="collapsed",
        format_func=apart(_OFFERED, lambda each: say(_OFFERED[each])),
    )  # fmt: skip
    if st.session_state[CONFIDENTIALITY] == _OWN:
        st.text_input(
            t("密级文字"), key=OWN_WORDS, max_chars=MOST_CONFIDENTIALITY, width=240, label_visibility="collapsed",
            placeholder=t("最多{most}字", most=MOST_CONFIDENTIALITY),
        )  # fmt: skip
