"""Putting findings down: typed, or found in a report."""

from __future__ import annotations

import streamlit as st

from core.model.rectification import KINDS
from core.scoring.workflow import MOST_TEXT
from core.service import findings
from core.service.findings import KIND_WORDS, MOST_NAME, Draft
from pages.shared.errors import error_box
from pages.shared.session import context
from pages.shared.words import plain, say, t

_FOUND = "found_drafts"


def buttons(here: str) -> None:
    """登记 and 从报告提取."""
    with st.popover(t("登记问题或建议"), width="content"):
        _typed(here)
    with st.popover(t("从报告提取"), width="content"):
        _found(here)


def _typed(here: str) -> None:
    def done() -> None:
        given = st.session_state
        with error_box():
            draft = Draft(given["new_kind"], given["new_text"] or "", given["new_source"] or "")
            if not findings.add(context(), here, (draft,)):
                st.info(t("这一条已经登记过了。"))

    with st.form("new_finding", border=False, clear_on_submit=True):
        st.segmented_control(
            t("类别"),
            KINDS,
            default=KINDS[0],
            required=True,
            format_func=lambda kind: say(KIND_WORDS[kind]),
            key="new_kind",
        )
        st.text_area(t("问题或建议"), key="new_text", max_chars=MOST_TEXT, height=90)
        st.text_input(t("来源(如:报告五)"), key="new_source", max_chars=MOST_NAME)
        st.form_submit_button(t("登记"), on_click=done)


def _found(here: str) -> None:
    def look() -> None:
        file = st.session_state["report_file"]
        st.session_state[_FOUND] = ()
        with error_box():
            if file is not None:
                drafts = findings.found_in(context(), here, file.name, file.getvalue())
                st.session_state[_FOUND] = drafts
                if not drafts:
                    st.info(t("没有找到尚未登记的问题或建议。"))

    def take() -> None:
        drafts: tuple[Draft, ...] = st.session_state[_FOUND]
        chosen = [each for i, each in enumerate(drafts) if st.session_state.get(f"take_{i}")]
        with error_box():
            findings.add(context(), here, chosen)
            st.session_state[_FOUND] = ()

    st.file_uploader(t("评价报告(.docx)"), type=["docx"], key="report_file", on_change=look)
    drafts: tuple[Draft, ...] = st.session_state.get(_FOUND, ())
    if drafts:
        with st.form("found_findings", border=False):
            for i, each in enumerate(drafts):
                st.checkbox(
                    plain(f"{say(KIND_WORDS[each.kind])} · {each.text}({each.source})"), value=True, key=f"take_{i}"
                )
            st.form_submit_button(t("登记所选"), on_click=take)
