"""分享: one click copies the whole address of the view; views that somebody has saved are opened from the same menu."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from core.model.saved_view import SavedView
from core.service.base import saved_views
from pages.shared import gate, state
from pages.shared.browser import component
from pages.shared.errors import take
from pages.shared.fields import text_form
from pages.shared.reads import read_own
from pages.shared.session import actor, context, key_of, project
from pages.shared.who import who
from pages.shared.words import plain, t

_ADDRESS = component(
    "view_address", Path(__file__).parent, '<div class="view-address"></div>',
    *("share.css", "dom.js", "mount.js", "share.js"),
)  # fmt: skip
_NOT_SAVED = ("code", "wall", "seconds")
"""What a saved view does not say: it is of the newest figures, with its controls."""


@st.fragment
def button(page: str, pages: Mapping[str, st.Page]) -> None:
    """分享: what it opens is made when it is opened. `pages`: all of them, by their address."""
    box = st.popover(t("分享"), key="share", on_change="rerun")
    if not box.open:
        return
    with box:
        _ADDRESS(key="view_address", data=_address_data(), width=340, height="content")
        if state.get("project") is not None and who(key="who_of_views"):
            _saved(page, pages)


def _address_data() -> dict[str, object]:
    words = {
        "address": t("本页的网址"),
        "copied": t("已复制网址，可粘贴给他人；打开后看到的与本页相同。"),
        "by_hand": t("请按Ctrl+C复制已选中的网址。"),
        "copy": t("复制网址"),
    }
    return {"more": state.in_full(), "words": words}


def address(page: str) -> str:
    """The view's address without its host, as it is saved."""
    asked = {key: st.query_params[key] for key in st.query_params if key not in _NOT_SAVED}
    return f"{'' if page == gate.HOME else page}?{urlencode(asked | state.in_full())}"


def _saved(page: str, pages: Mapping[str, st.Page]) -> None:
    here = project()
    mine: tuple[SavedView, ...] = read_own(saved_views.views, here)
    if mine:
        st.caption(t("我存的视图"))
    for each in mine:
        name, _, query = each.address.partition("?")
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"saved_{each.id}"):
            if (target := pages.get(name or gate.HOME)) is not None:
                st.page_link(target, label=plain(each.name), query_params=dict(parse_qsl(query)), width="stretch")
            st.button(
                t("删去"), key=f"forget_{each.id}", type="tertiary", on_click=take,
                args=(saved_views.remove, here, each.id),
            )  # fmt: skip
    if actor().name is None or state.get("code") is not None:
        return
    text_form(
        "form_save_view", key_of("save_view"), t("存为我的视图（名称）"), t("保存"),
        lambda said: saved_views.save(context(), here, said, address(page)), most=saved_views.MOST_NAME,
    )  # fmt: skip
