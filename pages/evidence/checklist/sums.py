"""What all checklists have found, by group of points and by street or community."""

from __future__ import annotations

import streamlit as st

from core.model.standard import CheckedArea, PointCounts
from core.service.evidence.standards import RESULT_WORDS, StandardView
from pages.shared.tables import rows
from pages.shared.words import plain, say, t


def show(view: StandardView) -> None:
    """Both tables side by side, and what 改造内容符合率 makes of them."""
    results = [say(word) for word in RESULT_WORDS.values()]
    with st.container(key="standard_sums"):
        by_group, by_list = st.columns(2, gap="small")
        with by_group.container(border=True, gap="xsmall", height="stretch"):
            _titled(t("按组别"))
            groups = [(say(group.name) or "—", str(len(group.points)), *_cells(group.sum)) for group in view.groups]
            whole = (t("合计"), str(len(view.standard.points)), *_cells(view.sum))
            rows([t("组别"), t("条数"), *results], [*groups, whole], border="horizontal")
        with by_list.container(border=True, gap="xsmall", height="stretch"):
            _titled(t("按街镇、小区"))
            lists = [(called(area), *_cells(count)) for area, count in view.by_list]
            rows([t("检查表"), *results], lists, border="horizontal")
    if view.carried_out is not None:
        st.caption(plain(say(view.carried_out)))


def called(area: CheckedArea) -> str:
    """Name a checklist."""
    return f"{say(area.place)} {area.community}".strip()


def _titled(title: str) -> None:
    st.markdown(f"**{plain(title)}**")


def _cells(count: PointCounts) -> tuple[str, ...]:
    return str(count.met), str(count.not_met), str(count.not_applicable), str(count.unchecked)
