"""The bar beside the menu, the same on each page: the project (when there are several), 分享, 投屏 and the language."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.service.base import project as service
from pages.shared import filters, gate, state
from pages.shared.bar import page_language, share, wall
from pages.shared.reads import read
from pages.shared.session import project
from pages.shared.words import say, t


def bar(url: str, pages: Mapping[str, st.Page]) -> None:
    """Draw it above a page; on a wall the way out stands in its place. `pages`: all of them, by their address."""
    page = url or gate.HOME
    offered = {name: each for name, each in pages.items() if each.visibility == "visible"}
    if wall.on():
        wall.follow(page, offered)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="bar"):
        _projects()
        share.button(page, pages)
        wall.button(page, offered)
        page_language.chooser()
        page_language.tell()


def offers_projects() -> bool:
    """Whether the bar has a box in which another project is chosen."""
    return 1 < len(read(service.names)) <= filters.MOST_LISTED and filters.here()


def _projects() -> None:
    names = read(service.names)
    if len(names) > filters.MOST_LISTED:
        # Each name would go to the browser at every turn.
        st.page_link("pages/manage/portfolio.py", label=t("切换项目"))
    elif offers_projects():
        state.chooser(t("项目"), "project", list(names), lambda key: say(names[key]), default=project(), width=270)
