"""查验: the view behind a code, and an old deck held against now."""

from __future__ import annotations

import streamlit as st

from pages.briefing.verify_parts import deck
from pages.shared import filters, restored
from pages.shared.errors import error_box
from pages.shared.words import t

MOST_TYPED = 40
"""Characters."""

filters.head(t("验真"), t("图、幻灯片和文件上的查验码，以及旧幻灯片是否仍然有效"))

with st.form("verify_code", border=False), st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    typed = st.text_input(
        t("查验码（图或文件下方的12位字母和数字）"), max_chars=MOST_TYPED, key="typed_code", width=420
    )
    asked = st.form_submit_button(t("打开当时的画面"))
if asked:
    with error_box():
        restored.open_code(typed)
        st.rerun()

deck.show()
