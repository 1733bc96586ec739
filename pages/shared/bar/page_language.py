"""Which language the page is in: chosen at the bar, and told to the browser on each page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.shared import state
from pages.shared.browser import component
from pages.shared.choices import apart
from pages.shared.words import t

_TOLD = component(
    "page_language", Path(__file__).parent, '<div class="page-language"></div>', "mount.js", "page_language.js",
    isolate_styles=False,
)  # fmt: skip


def chooser() -> None:
    """中|EN."""
    st.session_state["choose_lang"] = state.get("lang") or "zh"

    def changed() -> None:
        chosen = st.session_state["choose_lang"]
        state.put("lang", "en" if chosen == "en" else None)

    st.segmented_control(
        t("语言"),
        ["zh", "en"],
        key="choose_lang",
        required=True,
        format_func=apart(("zh", "en"), {"zh": "中", "en": "EN"}.__getitem__),
        on_change=changed,
        label_visibility="collapsed",
        width="content",
    )


def tell() -> None:
    """Say it to readers and to the browser's own tools."""
    _TOLD(key="page_language", data={"language": state.language().replace("_", "-")}, width="content", height="content")
