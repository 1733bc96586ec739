"""The menu at the top: the pages of whoever asks, in groups where they are many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from core.service.progress import own_tasks
from core.text import word
from pages.shared import state
from pages.shared.reads import read_own
from pages.shared.session import actor
from pages.shared.words import say, t

GROUPS = {
    "progress": word("进展"),
    "scoring": word("评分"),
    "evidence": word("疑点"),
    "briefing": word("简报"),
    "manage": word("数据"),
}
"""Groups of pages by their folder."""
MOST_IN_A_ROW = 6
"""Pages that stand in a row without groups: as many as a window of 1366 pixels holds in both languages."""

_HERE = Path(__file__).parent


def brand() -> None:
    """The name of the product, at the left of the menu."""
    st.logo(_HERE / f"brand_{state.language()[:2]}.svg", size="medium")


def home(title: str) -> str:
    """The name of the home page, with the number of one's own tasks of the view's project where there are any."""
    here = state.get("project")
    waiting = read_own(own_tasks.count, here) if here is not None and actor().name is not None else 0
    return t("{page}（{count}）", page=say(title), count=waiting) if waiting else say(title)


def grouped(pages: Sequence[tuple[str, st.Page]]) -> Mapping[str, Sequence[st.Page]]:
    """Pages by the heading of their group, "" for those without one: the home page, and all where they are few."""
    few = sum(page.visibility == "visible" for _, page in pages) <= MOST_IN_A_ROW
    found: dict[str, list[st.Page]] = {"": []}
    for folder, page in pages:
        alone = few or page.visibility == "hidden" or folder not in GROUPS
        found.setdefault("" if alone else say(GROUPS[folder]), []).append(page)
    return found


def place(groups: Mapping[str, Sequence[st.Page]], page: st.Page) -> int | None:
    """Where the group of a page stands in the menu, from 0; None where the page has no group."""
    before = sum(one.visibility == "visible" for one in groups[""])
    headings = [heading for heading in groups if heading]
    return next((before + at for at, heading in enumerate(headings) if page in groups[heading]), None)
