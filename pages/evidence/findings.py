"""问题整改: what the evaluation has found, who puts it right by when, and who has looked at it."""

from __future__ import annotations

import streamlit as st

from core.model.rights import Deed
from core.service.base import project as service
from core.service.evidence import findings
from core.service.evidence.findings import FindingsView
from pages.evidence.rectify import add, item, listed
from pages.shared import filters, listing, script_run
from pages.shared.empty import empty
from pages.shared.errors import error_box
from pages.shared.reads import read
from pages.shared.session import may, project
from pages.shared.who import who
from pages.shared.words import plain, say, t

here = project()
filters.head(t("问题整改"))
view: FindingsView = read(findings.findings, here)
stand = view.progress
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="findings_bar"):
    if view.items:
        told = t("整改{done}/{all}：已复核{reviewed}条", done=stand.done, all=stand.every, reviewed=stand.reviewed)
        st.markdown(f"## {plain(told)}", width="content")
        st.caption(plain(t("是否逾期按数据截止日{day}判断。", day=view.as_of)), width="content")
    with error_box():
        if may(Deed.ANSWER):
            add.buttons(here)
    who()

if not view.items:
    empty(
        t("还没有整改事项。请登记评价发现的问题和建议，或从报告中提取。"),
        t("财政预算资金尚未到位，影响工程款支付（来源：报告五）"),
    )
    script_run.end()
every = {each.point.id: each for each in view.items}
listing.show(
    listed.findings(view, say(read(service.facts, here).project.name)),
    lambda finding: item.show(here, every[finding]),
)
