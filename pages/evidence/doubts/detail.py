"""One check: its sentence, its figures, where they stand, its answer, and the rectification that is made of it."""

from __future__ import annotations

import streamlit as st

from core.checks import Finding
from core.model.rectification import CheckAnswer, Rectification
from core.model.rights import Deed
from core.model.storable import MOST_TEXT
from core.service.evidence import findings
from core.service.evidence.findings import MOST_NAME, STATE_WORDS, FindingDraft
from core.text import render
from core.text.one_line import one_line
from pages.evidence.doubts import answering
from pages.evidence.rectify import add
from pages.shared import chips, state, tables
from pages.shared.reads import read
from pages.shared.session import actor, key_of, may
from pages.shared.who import named
from pages.shared.words import plain, say, t


def show(here: str, finding: Finding, given: CheckAnswer | None) -> None:
    """What is known of the check; for those who may, its answer and 转整改."""
    st.markdown(plain(say(finding.message)))
    figures = [(say(name), say(value)) for name, value in finding.figures]
    if figures:
        tables.rows([t("数据项"), t("值")], figures, border="horizontal")
    # Some figures are statements, whose value is where each stands.
    if not set(say(finding.source).split("；")) <= {value for _, value in figures}:
        st.caption(plain(t("来源：{source}", source=say(finding.source))))
    answering.show(finding, given)
    # Until somebody has given a name, both are buttons and stand beside each other.
    with st.container(horizontal=actor().name is None, gap="small"):
        if may(Deed.ANSWER) and named(t("答复"), "answer", "primary"):
            answering.field(here, finding.id, answered=given is not None)
        _rectify(here, finding)


def _rectify(here: str, finding: Finding) -> None:
    # What is put down is the same whatever unit it was read in.
    text = render(finding.message, state.language())
    draft = FindingDraft("problem", one_line(text)[:MOST_TEXT], say(finding.source)[:MOST_NAME])
    raised = key_of("raised", finding.id)
    there = _raised(here, draft.text, st.session_state.get(raised))
    if there is not None:
        label = t("已转整改：{state}", state=say(STATE_WORDS[there.state]))
        chips.lead("pages/evidence/findings.py", label, row=there.point.id)
    elif may(Deed.ANSWER) and named(t("转整改"), "raise"):
        with st.popover(t("转整改"), width="content", key=f"raise_{finding.id}"):
            add.typed(here, "check", finding.id, draft=draft, kept=raised)


def _raised(here: str, text: str, kept: str | None) -> Rectification | None:
    """The rectification that has been made of it: the one put down just now, or one of the same text."""
    return next(
        (each for each in read(findings.findings, here).items if each.point.id == kept or each.point.text == text),
        None,
    )
