"""Slides or report in a template of one's own: the file, what it lacks, and what was made."""

from __future__ import annotations

from collections.abc import Hashable

import streamlit as st

from core.model.paper import PaperChoice
from core.service.base.file import File
from core.service.briefing import evaluation, paper, slide_deck
from core.text import word
from pages.briefing.documents import day_of
from pages.shared.download import download_button
from pages.shared.errors import error_box
from pages.shared.reads import now
from pages.shared.session import context, project
from pages.shared.words import bullets, t

_MADE = "made_in_template"
_KINDS = {
    "pptx": (slide_deck.deck_in, word("下载幻灯片（PPTX）")),
    "docx": (evaluation.report_in, word("下载评价报告（DOCX）")),
}
"""What is made in a template, and how it is taken, by how the template's name ends."""


@st.fragment
def offer(choice: PaperChoice) -> None:
    """A field for the template, folded away; below it what is made in it, when somebody asks for it."""
    with error_box(), st.expander(t("用本单位的模板做幻灯片或评价报告")):  # a fragment is run without its page's box
        label = t("模板（幻灯片用.pptx，16:9；评价报告用.docx）")
        most = paper.MOST_TEMPLATE // 2**20
        file = st.file_uploader(label, type=list(_KINDS), key="own_template", max_upload_size=most)
        if file is None:
            st.caption(
                t(
                    "版式、样式、字体、颜色都用模板的；模板里的幻灯片和文字不带入，文件不保存。缺少的用默认的代替，并列出来。"
                )
            )
            return
        make, called = _KINDS[file.name.rpartition(".")[2].lower()]
        asked = (file.file_id, project(), choice, day_of(choice), now())
        if st.button(t("按模板制作"), key="make_in_template"):
            with st.spinner(t("正在制作…"), show_time=True):
                st.session_state[_MADE] = asked, make(context(), project(), file.getvalue(), choice)
        held: tuple[Hashable, File] | None = st.session_state.get(_MADE)
        if held is not None and held[0] == asked:
            _take(held[1], called)


def _take(made: File, called: str) -> None:
    download_button(t(called), made.content, made.name, key="take_in_template", type="primary")
    if made.said:
        st.markdown(t("这个模板与默认的不同之处："))
        st.markdown(bullets(made.said))
