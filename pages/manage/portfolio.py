"""项目群: every project with money, time, score, checks and findings; a name leads to its 总览."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import streamlit as st

from core.service.manage import portfolio
from core.service.manage.portfolio import ONLY, SORTS, PortfolioAsked, PortfolioView
from pages.shared import filters, listing, script_run, state, tables
from pages.shared.choices import apart
from pages.shared.empty import empty
from pages.shared.figure_panel import panel
from pages.shared.links import followed
from pages.shared.picture_tools import narrow
from pages.shared.reads import read_own
from pages.shared.words import plain, say, t

HOME = "./?"
"""Where the names lead to, in the same window."""
ROWS = "portfolio_page"
T = TypeVar("T", bound=str)


def kept(widget: str, key: str, default: str) -> Callable[[], None]:
    """What puts a change into the address; another question begins with its first page."""
    changed = state.keep(widget, key, default)

    def asked() -> None:
        changed()
        state.put("page", None)

    return asked


def link(line: portfolio.ProjectLine) -> str:
    """The project's name, leading to its 总览 in the language of this view."""
    language = state.get("lang")
    return tables.link(line.cells[0], HOME, {"project": line.project} | ({"lang": language} if language else {}))


def choice(label: str, words: Mapping[T, str], widget: str, key: str, width: int) -> T:
    """A select box of words by their keys, all shown apart; the first is the default."""
    named = state.get(key)
    show = apart(words, lambda each: say(words[each]))
    changed = kept(widget, key, next(iter(words)))
    if named not in words:
        st.session_state[widget] = next(iter(words))
    return st.selectbox(label, list(words), format_func=show, key=widget, on_change=changed, width=width)


def turned() -> bool:
    """Whether the largest comes first."""
    st.session_state["portfolio_descending"] = state.get("order") == "down"

    def changed() -> None:
        state.put("order", "down" if st.session_state["portfolio_descending"] else None)
        state.put("page", None)

    return st.toggle(t("由大到小"), key="portfolio_descending", on_change=changed)


def leafed() -> None:
    """Another page of the list is asked for."""
    state.put("page", None if st.session_state[ROWS] == 1 else str(st.session_state[ROWS]))


filters.head(t("项目群"), t("各项目的资金、进度、得分、数据疑点与整改"), amounts=True)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="portfolio_bar"):
    text = listing.search(t("查找项目"), "portfolio_text", kept("portfolio_text", "find", ""))
    only = choice(t("筛选"), ONLY, "portfolio_only", "only", 170)
    sort = choice(t("排序"), SORTS, "portfolio_sort", "sort", 180)
    descending = turned()

page = int(state.get("page") or 1)
st.session_state[ROWS] = page
view: PortfolioView = read_own(portfolio.portfolio, PortfolioAsked(text or "", only, sort, descending, page), narrow())
st.markdown(f"## {plain(say(view.headline))}")
if not view.lines:
    empty(t("没有符合条件的项目。请改变查找的文字或筛选。"))
    script_run.end()
if sort not in view.sorts:
    st.caption(plain(t("项目超过{most}个，不能按核对结果排序，已按名称排列。", most=portfolio.MOST_CHECKED)))

lines = [(link(line), line.cells[1:]) for line in view.lines]
tables.linked("projects", view.headings, lines, cards_below=1000)
if followed(HOME, ("project",)):
    st.switch_page("pages/progress/overview.py")
if 1 < view.pages < page:  # there may be fewer than a moment ago
    st.session_state[ROWS] = view.pages
listing.foot(
    t("共{count}个项目", count=view.projects), view.headings, [line.cells for line in view.lines], t("项目群"),
    key="portfolio_foot", pages=view.pages, page_key=ROWS, on_change=leafed,
)  # fmt: skip
if view.panel is not None:
    panel(view.panel, of_project=False)
