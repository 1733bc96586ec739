"""⋯: what can be done with a figure beyond looking at it, as a menu. A Streamlit v2 component.

The picture of the chart as it stands is made in the browser; a file of its table, a picture for a telephone and a slide
are made by the server when they are asked for, and handed to the browser once.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from core.figures.figure import FigurePanel
from core.service.base.file import File
from core.service.briefing import one_figure
from pages.shared import paper_choice, state
from pages.shared.browser import component
from pages.shared.download import as_csv, mime_of, no_formulas
from pages.shared.errors import error_box
from pages.shared.session import context, project
from pages.shared.words import t

_TOOLS = component(
    "picture_tools",
    Path(__file__).parent,
    "tools.html",
    *("tools.css", "dom.js", "mount.js", "hand.js", "fit_paper.js", "tools.js"),
    isolate_styles=False,  # the style sheet also hides Plotly's own bar, which lies outside
)
WIDTH, HEIGHT, SCALE = 800, 450, 4
"""A picture in CSS pixels, and what they are multiplied by: 3200 × 1800."""


def narrow() -> bool:
    """Whether this browser's window is as narrow as a telephone; figures are drawn with shorter lines then."""
    return bool(st.session_state.get("narrow", False))


def tools(panel: FigurePanel, chart: str | None, drawn_narrow: bool, *, of_project: bool = True) -> None:
    """The menu of a figure; `chart`: the key of its chart, None where it is a table.

    It also tells how wide the window is: a page that was drawn for the other width (`drawn_narrow`) is drawn again.
    `of_project`: it is about one project, whose name stands on what is sent on.
    """
    key = f"tools_{panel.id if chart is None else chart}"

    def resized() -> None:
        st.session_state["narrow"] = bool(st.session_state[key].get("narrow"))

    def wanted() -> None:
        st.session_state[f"{key}_wanted"] = st.session_state[key].get("wanted")

    here = ("save", "copy") if chart is not None else ()
    sent = ("phone", "slide") if of_project else ()
    _TOOLS(
        key=key,
        data={
            "chart": chart,
            "file": f"{panel.picture}.png",
            "width": WIDTH * SCALE,
            "height": HEIGHT * SCALE,
            "narrow": narrow(),
            "items": [*here, *sent, "copyTable", "csv"],
            "table": [no_formulas(row) for row in (panel.headings, *panel.rows)],
            "made": _made(panel, st.session_state.pop(f"{key}_wanted", None)),
            "words": _words(panel),
        },
        on_narrow_change=resized,
        on_wanted_change=wanted,
        height="content",
        width="stretch",
    )
    if narrow() != drawn_narrow:
        st.rerun()


def _words(panel: FigurePanel) -> dict[str, str]:
    return {
        "more": t("更多：{figure}", figure=panel.title),
        "save": t("存为图片"),
        "copy": t("复制图片"),
        "copyTable": t("复制表格"),
        "csv": t("下载表格"),
        "phone": t("图片（3:4，发群用）"),
        "slide": t("这一页幻灯片"),
        "copiedTable": t("表格已复制，可粘贴到Excel或文稿"),
        "insecureTable": t("从其他电脑打开时不能复制，请在“怎么算”里选中表格。"),
        "refusedTable": t("浏览器不允许复制，请在“怎么算”里选中表格。"),
        "busy": t("正在生成…"),
        "saved": t("已存为图片（{width}×{height}）", width=WIDTH * SCALE, height=HEIGHT * SCALE),
        "copied": t("已复制，可粘贴到文稿"),
        "insecure": t("从其他电脑打开时不能复制图片，请用“存为图片”。"),
        "refused": t("浏览器不允许复制图片，请用“存为图片”。"),
        "failed": t("未能生成，请刷新页面后再试。"),
    }


def _csv(panel: FigurePanel) -> File:
    return File(f"{panel.picture}.csv", as_csv(panel.headings, panel.rows))


def _phone(panel: FigurePanel) -> File:
    return one_figure.phone_picture(
        context(), project(), panel, state.get("place"), state.get("baseline"), paper_choice.kept()
    )


def _slide(panel: FigurePanel) -> File:
    return one_figure.slide(context(), project(), panel, state.get("place"), state.get("baseline"), paper_choice.kept())


_MAKERS: Mapping[str, Callable[[FigurePanel], File]] = {"csv": _csv, "phone": _phone, "slide": _slide}


def _made(panel: FigurePanel, wanted: Any) -> dict[str, Any] | None:
    """The file that was asked for, as the browser takes it; without content where it could not be made."""
    if not isinstance(wanted, Mapping) or wanted.get("kind") not in _MAKERS:
        return None
    answer: dict[str, Any] = {"number": wanted.get("number")}
    with error_box():
        file = _MAKERS[wanted["kind"]](panel)
        said = {"name": file.name, "type": mime_of(file.name), "said": t("已下载：{name}", name=file.name)}
        answer |= {**said, "content": base64.b64encode(file.content).decode()}
    return answer
