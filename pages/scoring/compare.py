"""Two sheets side by side: the items on which they differ."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.model.scorecard import Sheet
from core.service import scoring
from core.text.numbers import points
from pages.shared.reads import read_own
from pages.shared.words import plain, say, t


def button(project: str, chosen: str, sheets: Mapping[str, Sheet]) -> None:
    """A popover that compares the chosen sheet with another one; nothing when there is no other."""
    others = [key for key in sheets if key != chosen]
    if not others:
        return
    with st.popover(t("与其他评分表对照"), width="content"):
        other = st.selectbox(
            t("对照的评分表"), others, format_func=lambda key: say(sheets[key].name), key="compare_with"
        )
        found = read_own(scoring.compare, project, chosen, other)
        st.markdown(
            t(
                "合计:{left} 与 {right};有 {count} 项不同。",
                left=points(found.left_total),
                right=points(found.right_total),
                count=len(found.differences),
            )
        )
        if found.differences:
            heading = [t("指标"), say(sheets[chosen].name), say(sheets[other].name), t("相差")]
            cells = [[plain(say(d.name)), points(d.left), points(d.right), points(d.gap)] for d in found.differences]
            st.table(dict(zip(heading, map(list, zip(*cells, strict=True)), strict=True)))
