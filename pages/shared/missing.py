"""What a project has not reported, said where its figure would stand, with the way to enter it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from core.model.key_figure import FillIn
from core.model.rights import Deed
from core.progress.missing import Missing
from pages.shared import state
from pages.shared.session import may
from pages.shared.words import plain, say, t


def fill_in(key: str, how: FillIn, called: str = "") -> None:
    """A button that leads to the part of 数据导入 that brings it; nothing for those who may not, or for nothing.

    `called`: its words, where they are not the usual ones.
    """
    if not how or not may(Deed.IMPORT):
        return
    part, label = ("particulars", t("补填")) if how == "entry" else ("upload", t("导入文件"))
    if st.button(called or label, key=key, type="tertiary"):
        st.switch_page("pages/manage/importing.py", query_params=state.address(part=part))


def missing(lacking: Iterable[Missing]) -> None:
    """A line each, with its button."""
    for each in lacking:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"missing_{each.id}"):
            _said(each)


def chart_to_come(lacking: Sequence[Missing]) -> None:
    """In the place of a chart that cannot be drawn yet: what else it waits for, what it will show, a grey example."""
    with st.container(border=True, key="to_come", gap="xsmall", height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="awaited"):
            st.markdown("**" + t("支付、工期与预测") + "**", width="content")
            for each in lacking:
                _said(each)
        with st.container(key="example_chart", height="stretch"):
            st.caption(t("所缺的补齐后，这里画累计支付、按工期应支付和预计付完的月份。下图为示例，不是本项目的数。"))


def _said(each: Missing) -> None:
    st.markdown(plain(say(each.sentence)), width="content")
    fill_in(f"fill_in_{each.id}", each.fill_in)
