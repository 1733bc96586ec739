"""存为图片, 复制图片, 复制表格: a panel's figure and table, made in the browser, as a Streamlit v2 component."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core.figures.figure import FigurePanel
from pages.shared.browser import component
from pages.shared.download import no_formulas
from pages.shared.words import t

_TOOLS = component(
    "picture_tools",
    Path(__file__).parent,
    "tools.html",
    *("tools.css", "dom.js", "mount.js", "tools.js"),
    isolate_styles=False,  # the style sheet also hides Plotly's own bar, which lies outside
)
WIDTH, HEIGHT, SCALE = 800, 450, 4
"""A picture in CSS pixels, and what they are multiplied by: 3200 × 1800."""


def narrow() -> bool:
    """Whether this browser's window is as narrow as a telephone; figures are drawn with shorter lines then."""
    return bool(st.session_state.get("narrow", False))


def tools(panel: FigurePanel, chart: str) -> None:
    """The three buttons under the figure with the key `chart`."""
    key = f"tools_{chart}"

    def resized() -> None:
        st.session_state["narrow"] = bool(st.session_state[key].get("narrow"))

    _TOOLS(
        key=key,
        data={
            "chart": chart,
            "file": f"{panel.picture}.png",
            "width": WIDTH * SCALE,
            "height": HEIGHT * SCALE,
            "narrow": narrow(),
            "table": [no_formulas(row) for row in (panel.headings, *panel.rows)],
            "words": {
                "save": t("存为图片"),
                "copy": t("复制图片"),
                "copyTable": t("复制表格"),
                "copiedTable": t("表格已复制，可粘贴到Excel或文稿"),
                "insecureTable": t("从其他电脑打开时不能复制，请在“怎么算”里选中表格。"),
                "refusedTable": t("浏览器不允许复制，请在“怎么算”里选中表格。"),
                "busy": t("正在生成…"),
                "saved": t("已存为图片（{width}×{height}）", width=WIDTH * SCALE, height=HEIGHT * SCALE),
                "copied": t("已复制，可粘贴到文稿"),
                "insecure": t("从其他电脑打开时不能复制图片，请用“存为图片”。"),
                "refused": t("浏览器不允许复制图片，请用“存为图片”。"),
                "failed": t("图片未能生成，请刷新页面后再试。"),
            },
        },
        on_narrow_change=resized,
        height="content",
        width="stretch",
    )
