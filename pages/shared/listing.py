"""What stands around a long list: chips, search, rows with their detail beside, numbers of pages and a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.shared import state
from pages.shared.choices import apart
from pages.shared.download import download_table
from pages.shared.empty import empty
from pages.shared.paging import paging
from pages.shared.rows import DETAIL, Line, rows
from pages.shared.session import project
from pages.shared.words import plain, t

MOST_SOUGHT = 60
"""Characters."""
AT_ONCE = 30
"""Rows on a page of a list with its detail."""
ALL = "all"


@dataclass(frozen=True)
class Row:
    """A row of a list with its detail: as it is drawn, searched, narrowed to and put into a file."""

    line: Line
    chips: frozenset[str]
    """Keys of the chips that it is shown under."""
    cells: Sequence[str]
    """Cells of the file."""


@dataclass(frozen=True)
class Listed:
    """A list with its detail."""

    name: str
    """What its fields are called by: no other list's."""
    label: str
    rows: Sequence[Row]
    headings: Sequence[str]
    """State, title, note and mark."""
    show: Mapping[str, str]
    """Words of the chips by state: one of them, or all."""
    only: Mapping[str, str]
    """Words of further chips: one of them, or none."""
    file: tuple[str, Sequence[str], str]
    """Label of its button, headings, name without ending."""
    wide: bool = False
    """The titles are sentences, the notes short: the detail begins with the whole sentence."""


def narrowed(every: Sequence[Row], show: str | None, only: str | None, find: str) -> list[Row]:
    """The rows under these chips (None: all of them) in which every word that is looked for stands."""
    wanted = {chip for chip in (show, only) if chip is not None}
    sought = find.casefold().split()
    return [row for row in every if wanted <= row.chips and all(word in _text(row) for word in sought)]


def _text(row: Row) -> str:
    line = row.line
    return "\n".join((line.state, line.title, line.note, line.mark, line.whole, *row.cells)).casefold()


def page_of(shown: Sequence[Row], asked: str | None, row: str | None) -> int:
    """The page that is asked for, as far as there are so many; without any, the one on which the row stands."""
    pages = max(1, -(-len(shown) // AT_ONCE))
    if asked is not None:
        return min(int(asked), pages)
    at = next((n for n, each in enumerate(shown) if each.line.id == row), 0)
    return at // AT_ONCE + 1


def show(listed: Listed, detail: Callable[[str], None], beside: Callable[[], object] | None = None) -> None:
    """The list with what narrows it above, and beside it the row that the address names, or the first.

    `detail`: draws what is known of the row of an id; `beside`: what stands at the end of the chips.
    """
    chosen = {"show": _held("show", listed.show), "only": _held("only", listed.only)}
    shown = narrowed(listed.rows, chosen["show"], chosen["only"], state.get("find") or "")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="list_bar"):
        _chips(listed, "show", t("状态"), {ALL: t("全部"), **listed.show})
        if listed.only:
            _chips(listed, "only", t("只看"), listed.only)
        _search(listed)
        label, headings, file = listed.file
        download_table(label, headings, [row.cells for row in shown], file)
        if beside is not None:
            beside()
    page = page_of(shown, state.get("page"), state.get("row"))
    here = shown[(page - 1) * AT_ONCE : page * AT_ONCE]
    opened = _opened(listed, here, (*chosen.values(), state.get("find"), state.get("page")))
    if not here:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="list_empty"):
            empty(t("没有符合条件的内容。"))
            st.button(t("清除筛选"), key=f"{listed.name}_clear", on_click=_narrow, kwargs=dict.fromkeys(state.OF_LISTS))
    if opened is None:
        return
    left, right = st.columns([2, 1], gap="small")
    with left:
        if here:
            lines = [row.line for row in here]
            rows(f"{listed.name}_rows", listed.label, listed.headings, lines, opened.line.id, wide=listed.wide)
        _pages(listed.name, len(shown), page)
    with right, st.container(border=True, key=DETAIL, gap="xsmall"):
        line = opened.line
        colour, title = "orange" if line.tone == "doubt" else "gray", line.whole if listed.wide else line.title
        st.markdown(f":{colour}-badge[{plain(line.state)}] **{plain(title)}**")
        detail(line.id)


def _held(key: str, chips: Mapping[str, str]) -> str | None:
    held = state.get(key)
    return held if held in chips else None


def _narrow(**keys: str | None) -> None:
    """Put these keys into the address; the list begins anew with its first row."""
    for key, value in ({"page": None, "row": None} | keys).items():
        state.put(key, value)


def _chips(listed: Listed, key: str, label: str, words: Mapping[str, str]) -> None:
    """Chips with their counts, without those that would show nothing or no less."""
    counts = {chip: sum(chip == ALL or chip in row.chips for row in listed.rows) for chip in words}
    held = state.get(key) if state.get(key) in words else (ALL if ALL in words else None)
    options = [chip for chip in words if 0 < counts[chip] < len(listed.rows) or chip in (ALL, held)]
    if not options:
        return
    labels = {chip: t("{name}{count}", name=words[chip], count=counts[chip]) for chip in options}
    widget = f"{listed.name}_{key}"
    st.session_state[widget] = held

    def changed() -> None:
        chosen = st.session_state[widget]
        _narrow(**{key: None if chosen == ALL else chosen})

    st.pills(
        label, options, key=widget, required=ALL in words, on_change=changed, label_visibility="collapsed",
        format_func=apart(options, labels.__getitem__),
    )  # fmt: skip


def _search(listed: Listed) -> None:
    widget = f"{listed.name}_find"
    st.session_state[widget] = state.get("find") or ""

    def sought() -> None:
        _narrow(find=" ".join(st.session_state[widget].split()) or None)

    search(t("搜索"), widget, sought, inside=True)


def _opened(listed: Listed, here: Sequence[Row], asked: tuple[str | None, ...]) -> Row | None:
    """The row of the address; without any, the first, which stays while nothing else is asked for.

    A check that has just been answered is no longer among those without an answer: it stays open all the same.
    """
    every = {row.line.id: row for row in listed.rows}
    named, kept, signed = state.get("row"), f"{listed.name}_opened", (project(), *asked)
    if named is not None and named not in every:
        st.caption(plain(t("没有编号为“{row}”的一行，已打开第一行。", row=named[: state.MOST_SHOWN])))
    before = st.session_state.get(kept)
    still = every.get(before[1]) if before is not None and before[0] == signed else None
    found = every.get(named or "") or still or (here[0] if here else None)
    st.session_state[kept] = None if found is None else (signed, found.line.id)
    return found


def _pages(name: str, found: int, page: int) -> None:
    if found <= AT_ONCE:
        return
    key = f"{name}_page"
    st.session_state[key] = page

    def turned() -> None:
        _narrow(page=str(st.session_state[key]))

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="list_foot"):
        paging(-(-found // AT_ONCE), key, turned)
        st.caption(plain(t("共{count}条", count=f"{found:,}")), width="content")


def search(label: str, key: str, on_change: Callable[[], None], *, inside: bool = False) -> str:
    """The field; returns what stands in it. `inside`: its label stands in it as long as nothing else does."""
    return st.text_input(
        label, key=key, max_chars=MOST_SOUGHT, on_change=on_change, width=160 if inside else 220,
        icon=":material/search:", placeholder=label if inside else None,
        label_visibility="collapsed" if inside else "visible",
    )  # fmt: skip


def foot(
    found: str,
    headings: Sequence[str],
    cells: Iterable[Sequence[str]],
    file: str,
    *,
    key: str,
    pages: int,
    page_key: str,
    on_change: Callable[[], None] | None = None,
) -> None:
    """The numbers of the pages where there are several, how many lines were found, and the page as .csv."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        if pages > 1:
            paging(pages, page_key, on_change)
        st.caption(plain(found), width="content")
        download_table(t("下载本页"), headings, cells, file)
