"""核对: what the documents agree and disagree on; contradictions first."""

from __future__ import annotations

import streamlit as st

from core.service import evidence
from core.service import project as service
from core.text import word
from pages.shared import filters
from pages.shared.empty import empty
from pages.shared.reads import read
from pages.shared.session import project
from pages.shared.words import plain, say, t

ORDER = "EQWP"
NAMES = {"E": word("不一致"), "Q": word("待核实"), "W": word("提示"), "P": word("一致")}

facts = read(service.facts, project())
found = sorted(read(evidence.checks, project()), key=lambda finding: ORDER.index(finding.status))
filters.head(t("核对"), say(facts.project.name))
if not found:
    empty(t("还没有可核对的数据。请先导入资金明细表和受益明细表。"))
for finding in found:
    with st.container(border=True, key=f"check_{finding.id}"):
        st.markdown(f"**{say(NAMES[finding.status])}** · {plain(say(finding.title))}")
        st.markdown(plain(say(finding.message)))
        st.caption(t("来源:{source}", source=say(finding.source)))
