"""项目群: every project with money, time, score, checks and findings; a name leads to its 总览."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from core.service import portfolio
from core.service.portfolio import ONLY, SORTS, Asked, PortfolioView
from pages.shared import filters, state, tables
from pages.shared.download import as_csv
from pages.shared.empty import empty
from pages.shared.links import followed
from pages.shared.paging import paging
from pages.shared.panel import panel
from pages.shared.picture_tools import narrow
from pages.shared.reads import read_own
from pages.shared.words import plain, say, t

HOME = "./?"
"""Where the names lead to, in the same window."""
MOST_SOUGHT = 60
"""Characters."""
ROWS = "portfolio_page"


def first_page() -> None:
    """Another question begins with its first page."""
    st.session_state[ROWS] = 1


def link(view_line: portfolio.Line) -> str:
    """The project's name as it stands, leading to its 总览 in the language of this view."""
    language = f"&lang={state.get('lang')}" if state.get("lang") else ""
    shown = "".join(letter if letter.isprintable() else " " for letter in view_line.cells[0])
    name = plain(" ".join(shown.split())) or "—"
    return f"[{name}]({HOME}project={quote(view_line.project, safe='')}{language})"


filters.head(t("项目群"), t("各项目的资金、进度、得分、核对与整改"))
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="portfolio_bar"):
    text = st.text_input(
        t("查找项目"),
        key="portfolio_text",
        max_chars=MOST_SOUGHT,
        on_change=first_page,
        width=220,
        icon=":material/search:",
    )
    only = st.selectbox(
        t("筛选"),
        list(ONLY),
        format_func=lambda key: say(ONLY[key]),
        key="portfolio_only",
        on_change=first_page,
        width=170,
    )
    sort = st.selectbox(
        t("排序"),
        list(SORTS),
        format_func=lambda key: say(SORTS[key]),
        key="portfolio_sort",
        on_change=first_page,
        width=180,
    )
    descending = st.toggle(t("由大到小"), key="portfolio_descending", on_change=first_page)

page = int(st.session_state.get(ROWS, 1))
view: PortfolioView = read_own(portfolio.portfolio, Asked(text or "", only, sort, descending, page), narrow())
st.markdown(f"### {plain(say(view.headline))}")
if not view.lines:
    empty(t("没有符合条件的项目。请改变查找的文字或筛选。"))
    st.stop()
if sort not in view.sorts:
    st.caption(plain(t("项目超过{most}个,不能按核对结果排序,已按名称排列。", most=portfolio.MOST_CHECKED)))
if view.panel is not None:
    panel(view.panel)

cells = [(link(line), *map(plain, line.cells[1:])) for line in view.lines]
tables.ready([plain(heading) for heading in view.headings], cells, border="horizontal")
if followed(HOME, ("project",)):
    st.switch_page("pages/progress/overview.py")
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="portfolio_foot"):
    if view.pages > 1:
        if page > view.pages:  # there may be fewer than a moment ago
            st.session_state[ROWS] = view.pages
        paging(view.pages, ROWS)
    st.caption(plain(t("共{count}个项目", count=view.projects)), width="content")
    st.download_button(
        t("下载本页"),
        as_csv(view.headings, [line.cells for line in view.lines]),
        file_name=t("项目群") + ".csv",
        mime="text/csv",
        on_click="ignore",
    )
