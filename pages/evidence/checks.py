"""核对: what the documents agree and disagree on; contradictions first."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from core.checks import STATUS_NAMES, Finding, Status
from core.service.evidence import data_checks
from pages.evidence import answering, funds_verified
from pages.shared import chips, filters, script_run, tables
from pages.shared.choices import segments
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
        st.caption(plain(t("来源：{source}", source=say(finding.source))))
        answering.show(here, finding.id, answers.get(finding.id))


here = project()
found: tuple[Finding, ...] = read(data_checks.checks, here)
answers = read(data_checks.answers, here)
counts = Counter(finding.status for finding in found)
there = [status for status in ORDER if counts[status]]
filters.head(t("数据疑点"))
if not found:
    empty(t("还没有可核对的数据。请先导入资金明细表和受益明细表。"))
    script_run.end()

chips.changed_here()
everything = t("全部")
labels: dict[str, str] = {ALL: f"{everything} {len(found)}"}
labels |= {each: f"{say(STATUS_NAMES[each])} {counts[each]}" for each in ORDER}
chosen = segments(t("核对结果"), labels, "check_status", options=[ALL, *there])
who()
funds_verified.show(here)
for status in there:
    if chosen not in (ALL, status):
        continue
    heading = t("{status}{count}项", status=say(STATUS_NAMES[status]), count=counts[status])
    st.markdown(f"### {plain(heading)}")
    for finding in found:
        if finding.status == status:
            show(finding)
