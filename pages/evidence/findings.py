"""问题整改: what the evaluation has found, who puts it right by when, and who has looked at it."""

from __future__ import annotations

import streamlit as st

from core.model.rectification import STATES
from core.model.rights import Deed
from core.service.base import project as service
from core.service.evidence import findings
from core.service.evidence.findings import STATE_WORDS, FindingsView
from pages.evidence.rectify import add, item, listing
from pages.shared import filters, script_run
from pages.shared.choices import segments
from pages.shared.empty import empty
from pages.shared.errors import error_box
from pages.shared.paging import paging
from pages.shared.reads import read
from pages.shared.session import actor, may, project
from pages.shared.who import who
from pages.shared.words import plain, say, t

ALL, LATE = "all", "late"
AT_ONCE = 20
"""Findings on a page of the list."""

here = project()
filters.head(t("问题整改"))
view: FindingsView = read(findings.findings, here)
stand = view.progress
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="findings_bar"):
    if view.items:
        told = t("整改{done}/{all}：已复核{reviewed}条", done=stand.done, all=stand.every, reviewed=stand.reviewed)
        st.markdown(f"### {plain(told)}", width="content")
    if stand.overdue:
        st.badge(t("逾期{count}条", count=stand.overdue), color="gray", icon=":material/schedule:")
    with error_box():
        if actor().name is not None and may(Deed.ANSWER):
            add.buttons(here)
        if view.items:
            listing.download(view, say(read(service.facts, here).project.name))
    who()

if not view.items:
    empty(t("还没有整改事项。请登记评价发现的问题和建议，或从报告中提取。"))
    script_run.end()
st.caption(plain(t("是否逾期按数据截止日{day}判断。", day=view.as_of)))

counts = {state: sum(each.state == state for each in view.items) for state in STATES}
labels = {ALL: t("全部{count}", count=stand.every), LATE: t("逾期{count}", count=stand.overdue)}
labels |= {state: f"{say(STATE_WORDS[state])} {counts[state]}" for state in STATES}
options = [ALL, *([LATE] if stand.overdue else []), *(state for state in STATES if counts[state])]
chosen = segments(t("状态"), labels, "finding_state", options=options)
shown = [
    each
    for each in view.items
    if chosen in (ALL, each.state) or chosen not in options or (chosen == LATE and each.overdue(view.as_of))
]
pages = -(-len(shown) // AT_ONCE)
page = paging(pages, "finding_page") if pages > 1 else 1
for each in shown[(page - 1) * AT_ONCE : page * AT_ONCE]:
    item.show(here, each, overdue=each.overdue(view.as_of))
