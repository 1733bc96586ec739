"""The parts of 小区明细: what it is narrowed by, the streets, the communities, and one community's row."""

from __future__ import annotations

import streamlit as st

from core.service.progress import communities
from core.service.progress.communities import SORT_OF, SORTS, CommunitiesView, CommunityLine
from pages.shared import chips, listing, state, tables
from pages.shared.links import followed
from pages.shared.reads import read
from pages.shared.words import plain, say, t

_PAGE = "./communities?"


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
        chips.chosen_one("community", t("小区：{community} ✕", community=plain(chosen)), t("关闭这一行"))


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
    lines = [(_link(line) if line.place else plain(line.cells[0]), line.cells[1:]) for line in view.sums]
    tables.linked("streets", view.sum_headings, lines)


def bar() -> None:
    """What the list is narrowed and ordered by."""
    st.session_state["choose_find"] = state.get("find") or ""
    st.session_state["choose_order"] = state.get("order") == "down"

    def sought() -> None:
        state.put("find", st.session_state["choose_find"].strip() or None)

    def turned() -> None:
        state.put("order", "down" if st.session_state["choose_order"] else None)

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="detail_bar"):
        listing.search(t("查找小区"), "choose_find", sought)
        state.chooser(t("排序"), "sort", list(SORT_OF), lambda key: say(SORTS[SORT_OF[key]]), default="file")
        st.toggle(t("由大到小"), key="choose_order", on_change=turned)


def rows(view: CommunitiesView) -> None:
    """One page of the communities, each leading to its row."""
    tables.linked("communities", view.headings, [(_link(line), line.cells[1:]) for line in view.lines])


def foot(view: CommunitiesView) -> None:
    """Pages, and the file of what is shown."""
    st.session_state["choose_page"] = view.page

    def turned() -> None:
        chosen = int(st.session_state["choose_page"])
        state.put("page", None if chosen == 1 else str(chosen))

    found = t("共{count}个小区", count=f"{view.found:,}")
    cells = [line.cells for line in view.lines]
    listing.foot(
        found, view.headings, cells, view.file,
        key="detail_foot", pages=view.pages, page_key="choose_page", on_change=turned,
    )  # fmt: skip


def _link(line: CommunityLine) -> str:
    """The name as it stands, leading to the street or to the community's row; the rest of the view stays."""
    kept = {key: state.get(key) for key in ("project", "lang", *(state.OF_COMMUNITIES[1:] if line.name else ()))}
    query = {key: value for key, value in kept.items() if value} | {"place": line.place or ""}
    query |= {"community": line.name} if line.name else {}
    return tables.link(line.cells[0], _PAGE, query)
