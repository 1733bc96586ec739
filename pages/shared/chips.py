"""Chips: the chosen street, checks that wait for an answer, data that has grown old."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime

import streamlit as st

from core.errors import Message
from core.service.base.reviewed import Reviewed
from core.service.scoring import leading_sheet
from pages.shared import state
from pages.shared.reads import read_own
from pages.shared.session import project
from pages.shared.words import bullets, plain, say, t

OLD_MONTHS = 12


def place() -> None:
    """The chosen street, with a button to see all again; nothing when none is chosen."""
    chosen = state.get("place")
    if chosen is not None:
        chosen_one("place", t("街镇：{place} ✕", place=plain(say(chosen))), t("取消选择，显示全部街镇"))


def chosen_one(key: str, label: str, hint: str) -> None:
    """What a key of the view holds, as a button that makes it the default again."""
    st.button(label, key=f"clear_{key}", help=hint, on_click=state.put, args=(key, None))


@contextmanager
def headline(sentence: Message) -> Iterator[None]:
    """The row of a page's one sentence, in which its chips follow."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="headline"):
        st.markdown(f"## {plain(say(sentence))}", width="content")
        yield


def lead(page: str, label: str | None, **more: str) -> None:
    """A link to another page that keeps this view; `more`: what else its address says. None: named as the page is."""
    st.page_link(page, label=label, query_params=state.address(**more))


def detail(has: bool) -> None:
    """Leads to the communities of the chosen street, or of all; nothing where none are reported."""
    if has:
        lead("pages/progress/communities.py", t("小区明细"))


def reviewed(by: Reviewed | None) -> None:
    """Who stood for the scores on the page, and when, as a badge; nothing when nobody did."""
    if by is not None:
        st.badge(plain(say(by.sentence())), color="gray", icon=":material/check:")


def changed(since_lock: Message | None, each: Sequence[Message], above: str = "") -> None:
    """That figures have changed since the lock, and which; nothing when none has."""
    if since_lock is not None:
        with st.popover(plain(say(since_lock)), width="content"):
            if above:
                st.caption(plain(above))
            st.markdown(bullets(each))


def changed_here(round_id: str | None = None) -> None:
    """The same on a page of the newest figures, of what heads the project or of a round that is named."""
    found = read_own(leading_sheet.since_lock, project(), round_id)
    above = t("本页的数据是现在的；锁定的结果、总览和评价文件仍用锁定时的：")
    changed(leading_sheet.how_many(found), leading_sheet.change_sentences(found), above)


def age(as_of: date) -> None:
    """Says when the data is over a year old: measured against the clock of this visit, on the screen only."""
    today = datetime.now(UTC).date()
    if (today.year - as_of.year) * 12 + today.month - as_of.month - (today.day < as_of.day) >= OLD_MONTHS:
        st.badge(t("数据已超过12个月"), color="gray")
