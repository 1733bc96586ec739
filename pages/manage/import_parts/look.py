"""What a file would bring, on the screen: problems first, then what changes, then every cell as it was understood."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.errors import RowProblem
from core.service.changes import Change
from core.service.importing import Reading
from pages.shared import tables
from pages.shared.words import plain, say, t

MOST_PROBLEMS = 200
MOST_CELLS = 2_000
"""Cells on the page; a table of many 小区 has a million."""


def problems(reading: Reading) -> None:
    """Everything that is wrong, and everything that was accepted but looks odd."""
    if reading.problems:
        count = len(reading.problems)
        st.error(t("有{count}处问题,整份文件不会写入。请修改文件后重新选择。", count=count))
        _list(reading.problems)
    if reading.questions:
        st.warning(t("有{count}处请确认,不影响导入:", count=len(reading.questions)))
        _list(reading.questions)


def _list(found: Sequence[RowProblem]) -> None:
    st.markdown("\n".join(f"- {plain(say(each.sentence()))}" for each in found[:MOST_PROBLEMS]))
    if len(found) > MOST_PROBLEMS:
        st.caption(t("以上为前{most}处,共{count}处。", most=MOST_PROBLEMS, count=len(found)))


def kept(reading: Reading) -> None:
    """What goes on as it was, because the file says nothing of it."""
    if reading.kept is not None and not reading.problems:
        st.info(plain(say(reading.kept)))


def changes(found: Sequence[Change]) -> None:
    """Against the snapshot before it."""
    if not found:
        st.markdown(t("没有变化。"))
        return
    rows = [(say(each.what), say(each.place or ""), each.before, each.after) for each in found]
    tables.rows((t("数据项"), t("街镇"), t("上一期"), t("本期")), rows)


def understood(reading: Reading) -> None:
    """Cell by cell: where it stands, what stands there, what it was taken for."""
    cells = reading.understood
    if not cells:
        return
    with st.expander(t("逐格读取结果({count}格)", count=len(cells)), key="import_cells", on_change="rerun") as opened:
        if not opened.open:
            return
        if len(cells) > MOST_CELLS:
            st.caption(t("显示前{most}格,共{count}格。", most=MOST_CELLS, count=len(cells)))
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
