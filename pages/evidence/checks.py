"""核对: what the documents agree and disagree on; contradictions first."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from core.checks import STATUS_NAMES, Finding, Status
from core.service import evidence
from core.service import project as service
from pages.evidence import answering
from pages.shared import filters, tables
from pages.shared.empty import empty
from pages.shared.reads import read
from pages.shared.session import project
from pages.shared.who import who
from pages.shared.words import plain, say, t

ORDER: tuple[Status, ...] = ("E", "Q", "W", "P")
ALL = "all"


def show(finding: Finding) -> None:
    """One check: its sentence, its figures, where they stand."""
    with st.container(border=True, key=f"check_{finding.id}"):
        st.markdown(f"**{say(STATUS_NAMES[finding.status])}** · {plain(say(finding.title))}")
        st.markdown(plain(say(finding.message)))
        figures = [(say(name), say(value)) for name, value in finding.figures]
        tables.rows([t("项"), t("值")], figures, border="horizontal")
        st.caption(plain(t("来源:{source}", source=say(finding.source))))
        answering.show(here, finding.id, answers.get(finding.id))


here = project()
facts = read(service.facts, here)
found: tuple[Finding, ...] = read(evidence.checks, here)
answers = read(evidence.answers, here)
counts = Counter(finding.status for finding in found)
there = [status for status in ORDER if counts[status]]
filters.head(t("核对"), say(facts.project.name))
if not found:
    empty(t("还没有可核对的数据。请先导入资金明细表和受益明细表。"))
    st.stop()

everything = t("全部")
chosen = st.segmented_control(
    t("核对结果"),
    [ALL, *there],
    default=ALL,
    required=True,
    format_func=lambda each: (
        f"{everything} {len(found)}" if each == ALL else f"{say(STATUS_NAMES[each])} {counts[each]}"
    ),
    key="check_status",
    label_visibility="collapsed",
)
who()
for status in there:
    if chosen not in (ALL, status):
        continue
    heading = t("{status} {count} 项", status=say(STATUS_NAMES[status]), count=counts[status])
    st.markdown(f"### {plain(heading)}")
    for finding in found:
        if finding.status == status:
            show(finding)
