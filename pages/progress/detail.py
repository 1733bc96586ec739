"""The parts of 小区明细: what it is narrowed by, the streets, the communities, and one community's row."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from core.service import communities
from core.service.communities import SORT_OF, SORTS, CommunitiesView, Line
from pages.shared import state, tables
from pages.shared.download import as_csv
from pages.shared.links import followed
from pages.shared.paging import paging
from pages.shared.reads import read
from pages.shared.words import plain, say, t

_PAGE = "./communities?"
MOST_SOUGHT = 60
"""Characters."""


def place(project: str) -> str | None:
    """The street of the view. Another question than a moment ago begins with its first page."""
    chosen = state.get("place")
    now = project, chosen, *(state.get(key) for key in ("find", "sort", "order"))
    before, row = st.session_state.get("detail_asked", (now, state.get("community")))
    if before != now:
        state.put("page", None)
    if before[:2] != now[:2] and row == state.get("community"):  # else a link has led to another street's community
        state.put("community", None)
    st.session_state["detail_asked"] = now, state.get("community")
    return chosen


def chip() -> None:
    """The chosen community, with a button to leave it; nothing when none is chosen."""
    chosen = state.get("community")
    if chosen is not None:
        st.button(
            t("小区:{community} ✕", community=plain(chosen)),
            key="clear_community",
            help=t("关闭这一行"),
            on_click=state.put,
            args=("community", None),
        )


def source(project: str, street: str | None) -> None:
    """The row that the chosen community was read from."""
    chosen = state.get("community")
    if chosen is None:
        return
    found = None if street is None else read(communities.source_row, project, street, chosen)
    if found is None:
        st.caption(plain(t("这里没有名为“{community}”的小区。", community=chosen)))
        return
    with st.container(border=True, key="source_row", gap="xsmall"):
        st.markdown(f"**{plain(found.title)}**")
        left, middle, right = st.columns([1, 1.4, 1.4], gap="small")
        with left:
            tables.rows((t("数据项"), t("值")), found.figures, border="horizontal")
        with middle:
            tables.rows(found.headings, found.cells, border="horizontal")
        with right:
            tables.rows((t("数据项"), t("出处")), found.stands, border="horizontal")


def links() -> None:
    """What tables link to shows here, not in a new tab."""
    followed(_PAGE, ("place", "community"))


def sums(view: CommunitiesView) -> None:
    """The streets, each leading to its communities."""
    cells = [(_link(line) if line.place else plain(line.cells[0]), *map(plain, line.cells[1:])) for line in view.sums]
    tables.ready([plain(each) for each in view.sum_headings], cells, border="horizontal")


def bar() -> None:
    """What the list is narrowed and ordered by."""
    st.session_state["choose_find"] = state.get("find") or ""
    st.session_state["choose_order"] = state.get("order") == "down"

    def sought() -> None:
        state.put("find", st.session_state["choose_find"].strip() or None)

    def turned() -> None:
        state.put("order", "down" if st.session_state["choose_order"] else None)

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="detail_bar"):
        st.text_input(
            t("查找小区"),
            key="choose_find",
            max_chars=MOST_SOUGHT,
            on_change=sought,
            width=220,
            icon=":material/search:",
        )
        state.chooser(t("排序"), "sort", list(SORT_OF), lambda key: say(SORTS[SORT_OF[key]]), default="file")
        st.toggle(t("由大到小"), key="choose_order", on_change=turned)


def rows(view: CommunitiesView) -> None:
    """One page of the communities, each leading to its row."""
    cells = [(_link(line), *map(plain, line.cells[1:])) for line in view.lines]
    tables.ready([plain(each) for each in view.headings], cells, border="horizontal")


def foot(view: CommunitiesView) -> None:
    """Pages, and the file of what is shown."""
    st.session_state["choose_page"] = view.page

    def turned() -> None:
        chosen = int(st.session_state["choose_page"])
        state.put("page", None if chosen == 1 else str(chosen))

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="detail_foot"):
        if view.pages > 1:
            paging(view.pages, "choose_page", turned)
        st.caption(plain(t("共{count}个小区", count=f"{view.found:,}")), width="content")
        st.download_button(
            t("下载本页"),
            as_csv(view.headings, [line.cells for line in view.lines]),
            file_name=f"{view.file}.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _link(line: Line) -> str:
    """The name as it stands, leading to the street or to the community's row; the rest of the view stays."""
    shown = "".join(letter if letter.isprintable() else " " for letter in line.cells[0])
    kept = {key: state.get(key) for key in ("project", "lang", *(state.OF_COMMUNITIES[1:] if line.name else ()))}
    query = {key: value for key, value in kept.items() if value} | {"place": line.place or ""}
    query |= {"community": line.name} if line.name else {}
    address = "&".join(f"{key}={quote(value, safe='')}" for key, value in query.items())
    return f"[{plain(' '.join(shown.split())) or '—'}]({_PAGE}{address})"
