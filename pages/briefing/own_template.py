"""The slides in a template of one's own: the file, what it lacks, and the deck."""

from __future__ import annotations

from collections.abc import Hashable

import streamlit as st

from core.model.paper import PaperChoice
from core.service.briefing import slide_deck
from core.service.briefing.slide_deck import DeckInTemplate
from pages.briefing.documents import day_of
from pages.shared.download import download_button
from pages.shared.errors import error_box
from pages.shared.reads import now
from pages.shared.session import context, project
from pages.shared.words import bullets, t

_MADE = "deck_in_template"


@st.fragment
def offer(choice: PaperChoice) -> None:
    """A field for the template, folded away; below it the deck, made when somebody asks for it."""
    with error_box(), st.expander(t("用本单位的模板做幻灯片")):  # a fragment is run without its page's box
        label = t("模板（.pptx，16:9）")
        most = slide_deck.MOST_TEMPLATE // 2**20
        file = st.file_uploader(label, type=["pptx"], key="own_template", max_upload_size=most)
        if file is None:
            st.caption(
                t("版式、字体、颜色都用模板的；模板里的幻灯片不带入，文件不保存。缺少的占位符用文本框代替，并列出来。")
            )
            return
        asked = (file.file_id, project(), choice, day_of(choice), now())
        if st.button(t("按模板制作幻灯片"), key="make_in_template"):
            with st.spinner(t("正在制作…"), show_time=True):
                st.session_state[_MADE] = asked, slide_deck.deck_in(context(), project(), file.getvalue(), choice)
        held: tuple[Hashable, DeckInTemplate] | None = st.session_state.get(_MADE)
        if held is not None and held[0] == asked:
            _take(held[1])


def _take(made: DeckInTemplate) -> None:
    download_button(t("下载幻灯片（PPTX）"), made.file.content, made.file.name, key="take_in_template", type="primary")
    if made.lacks:
        st.markdown(t("这个模板与默认的不同之处："))
        st.markdown(bullets(made.lacks))
