"""Putting findings down: typed, or found in a report."""

from __future__ import annotations

import streamlit as st

from core.model.rectification import KINDS
from core.model.storable import MOST_TEXT
from core.service.evidence import findings
from core.service.evidence.findings import KIND_WORDS, MOST_NAME, FindingDraft
from pages.shared.choices import apart
from pages.shared.errors import error_box
from pages.shared.session import context, key_of
from pages.shared.who import named
from pages.shared.words import plain, say, t

EMPTY = FindingDraft(KINDS[0], "", "")


def buttons(here: str) -> None:
    """登记 and 从报告提取."""
    label, found = t("登记问题或建议"), t("从报告提取")
    if named(label, "add_finding"):
        with st.popover(label, width="content"):
            typed(here)
    if named(found, "find_findings"):
        with st.popover(found, width="content"):
            _found(here)


def typed(here: str, *of: str, draft: FindingDraft = EMPTY, kept: str | None = None) -> None:
    """The form for one, that begins as the draft is; `of`: what it is made of, if anything.

    `kept`: the key of the session that the id of what was put down is left under.
    """
    fields = [key_of(field, *of) for field in ("new_kind", "new_text", "new_source")]

    def done() -> None:
        kind, text, source = (st.session_state[field] for field in fields)
        with error_box():
            added = findings.add(context(), here, (FindingDraft(kind, text or "", source or ""),))
            if not added:
                st.info(t("这一条已经登记过了。"))
            elif kept is not None:
                st.session_state[kept] = added[0].id

    with st.form("_".join(("new_finding", *of)), border=False, clear_on_submit=True):
        st.segmented_control(
            t("类别"),
            KINDS,
            default=draft.kind,
            required=True,
            format_func=apart(KINDS, lambda kind: say(KIND_WORDS[kind])),
            key=fields[0],
        )
        st.text_area(t("问题或建议"), value=draft.text, key=fields[1], max_chars=MOST_TEXT, height=90)
        st.text_input(t("来源（如：报告五）"), value=draft.source, key=fields[2], max_chars=MOST_NAME)
        st.form_submit_button(t("登记"), on_click=done)


def _found(here: str) -> None:
    kept, of_file = key_of("found_drafts"), key_of("report_file")

    def look() -> None:
        file = st.session_state[of_file]
        st.session_state[kept] = ()
        with error_box():
            if file is not None:
                drafts = findings.found_in(context(), here, file.name, file.getvalue())
                st.session_state[kept] = drafts
                if not drafts:
                    st.info(t("没有找到尚未登记的问题或建议。"))

    def take() -> None:
        drafts: tuple[FindingDraft, ...] = st.session_state[kept]
        chosen = [each for i, each in enumerate(drafts) if st.session_state.get(key_of("take", str(i)))]
        with error_box():
            findings.add(context(), here, chosen)
            st.session_state[kept] = ()

    st.file_uploader(t("评价报告（.docx）"), type=["docx"], key=of_file, on_change=look)
    drafts: tuple[FindingDraft, ...] = st.session_state.get(kept, ())
    if drafts:
        with st.form("found_findings", border=False):
            for i, each in enumerate(drafts):
                st.checkbox(
                    plain(f"{say(KIND_WORDS[each.kind])} · {each.text}（{each.source}）"),
                    value=True,
                    key=key_of("take", str(i)),
                )
            st.form_submit_button(t("登记所选"), on_click=take)
