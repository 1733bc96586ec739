"""An old deck dropped in: what is stale in it, what was changed by hand, and a fresh one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.service.base.file import File
from core.service.briefing import old_deck
from core.service.briefing.old_deck import Changed, DeckCheck
from pages.shared import tables
from pages.shared.download import download_button
from pages.shared.errors import error_box
from pages.shared.reads import looked_at
from pages.shared.session import context
from pages.shared.words import plain, say, t

MOST_MB = 20
_FOUND, _FRESH = "checked_deck", "fresh_deck"


def show() -> None:
    """The field for the file, and what was found."""
    st.header(t("旧幻灯片"), anchor=False)
    file = st.file_uploader(t("由本系统制作的幻灯片（.pptx）"), type=["pptx"], key="old_deck", max_upload_size=MOST_MB)
    if file is None:
        st.caption(t("逐个核对幻灯片里的数：哪些已经过期、为什么，哪些被手工改过。文件不会保存。"))
        return
    with error_box():
        _result(_checked(file.file_id, file.getvalue()))


def _checked(file_id: str, content: bytes) -> DeckCheck:
    """Looked at once a file and version of the data."""

    def look() -> DeckCheck:
        with st.spinner(t("正在核对…")):
            found = old_deck.check(context(), content)
        st.session_state.pop(_FRESH, None)
        return found

    return looked_at(_FOUND, (file_id, context()), look)


def _result(found: DeckCheck) -> None:
    opened = found.opened
    st.markdown(f"**{plain(opened.code)}** · {plain(say(opened.made))}")
    if found.others:
        st.warning(t("文件里还有其他幻灯片的查验码，未核对：{codes}", codes="、".join(found.others)))
    if not found.stale and not found.by_hand:
        st.success(t("与制作时一致，各数仍为最新。"))
        return
    if found.by_hand:
        st.markdown(t("**被手工改过的{count}处**", count=len(found.by_hand)))
        _table([t("幻灯片"), t("位置"), t("制作时"), t("文件中")], found.by_hand, why=False)
    if found.stale:
        st.markdown(t("**已过期的{count}处**", count=len(found.stale)))
        _offer(opened.code)
        _table([t("幻灯片"), t("位置"), t("当时"), t("现在"), t("原因")], found.stale, why=True)


def _table(headings: Sequence[str], rows: Sequence[Changed], *, why: bool) -> None:
    cells = [(r.slide, r.where, r.before, r.after, *([r.why or "—"] if why else [])) for r in rows]
    tables.rows(headings, cells)


def _offer(code: str) -> None:
    """A deck of now, made on a click and kept until the next file."""

    def make() -> None:
        with error_box():
            st.session_state[_FRESH] = old_deck.fresh(context(), code)

    made: File | None = st.session_state.get(_FRESH)
    if made is None:
        st.button(t("按最新数据重新生成"), key="make_fresh", on_click=make)
        return
    download_button(t("下载{file}", file=made.name), made.content, made.name)
