"""What a file would bring, on the screen: what changes, then every cell as it was understood."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.service.base.changes import FigureChange
from core.service.manage.importing import FactsReading
from pages.shared import tables
from pages.shared.doubts import listed
from pages.shared.words import plain, say, t

MOST_CELLS = 2_000
"""Cells on the page; a table of many 小区 has a million."""


def unread(reading: FactsReading) -> None:
    """What of the file is no data, as far as was understood."""
    if reading.unread:
        with st.expander(t("没有作为数据读取的内容（{count}处）", count=len(reading.unread)), key="import_unread"):
            listed(reading.unread)


def kept(reading: FactsReading) -> None:
    """What goes on as it was, because the file says nothing of it."""
    if reading.kept is not None and not reading.problems:
        st.info(plain(say(reading.kept)))


def changes(found: Sequence[FigureChange]) -> None:
    """Against the snapshot before it."""
    if not found:
        st.markdown(t("没有变化。"))
        return
    rows = [(say(each.what), say(each.place or ""), each.before, each.after) for each in found]
    tables.rows((t("数据项"), t("街镇"), t("上一期"), t("本期")), rows)


def understood(reading: FactsReading) -> None:
    """Cell by cell: where it stands, what stands there, what it was taken for."""
    cells = reading.understood
    if not cells:
        return
    with st.expander(t("逐格读取结果（{count}格）", count=len(cells)), key="import_cells", on_change="rerun") as opened:
        if not opened.open:
            return
        if len(cells) > MOST_CELLS:
            st.caption(t("显示前{most}格，共{count}格。", most=MOST_CELLS, count=len(cells)))
        shown = cells[:MOST_CELLS]
        st.dataframe(
            {
                t("工作表"): [each.sheet for each in shown],
                t("单元格"): [each.cell for each in shown],
                t("表头"): [each.heading for each in shown],
                t("原文"): [each.raw for each in shown],
                t("读作"): [say(each.meaning) for each in shown],
                t("数值"): [each.value for each in shown],
            },
            hide_index=True,
        )
