"""What can be taken along: the frame as a picture, and documents that are made when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from core.model.context import Context
from core.model.paper import PaperChoice
from core.service.base.file import File
from core.service.briefing import all_documents, evaluation, frames, paper, slide_deck
from core.text import word
from pages.shared.download import download_button
from pages.shared.errors import error_box
from pages.shared.reads import now, read_own
from pages.shared.session import project
from pages.shared.words import plain, say, t

_MADE = "documents_made"


@dataclass(frozen=True)
class OfferedDocument:
    """One kind: what it is called, and the call that makes it."""

    name: str
    make: Callable[[Context, str, PaperChoice], File]


DOCUMENTS = {
    "pdf": OfferedDocument(word("全部图框（PDF）"), frames.frames_pdf),
    "brief": OfferedDocument(word("一页简报（PDF）"), frames.brief_pdf),
    "pptx": OfferedDocument(word("幻灯片（PPTX）"), slide_deck.deck),
    "docx": OfferedDocument(word("评价报告（DOCX）"), evaluation.report),
    "xlsx": OfferedDocument(word("工作簿（XLSX）"), evaluation.workbook),
    "zip": OfferedDocument(word("全部文件（ZIP）"), all_documents.all_documents),
}


@st.fragment
def offer(picture: File, choice: PaperChoice) -> None:
    """A button for the picture, and two steps for each document: make it, then take it."""
    with error_box():  # a fragment is run without its page, and without the page's box
        _offer(picture, choice)


def _offer(picture: File, choice: PaperChoice) -> None:
    made: set[Hashable] = st.session_state.setdefault(_MADE, set())
    asked = project(), choice, day_of(choice), now()
    with st.container(horizontal=True, gap="small", key="documents"):
        download_button(t("下载本图（PNG）"), picture.content, picture.name, type="primary", key="take_png")
        for kind, document in DOCUMENTS.items():
            # The button gives its place to the file.
            place = st.empty()
            if (kind, asked) in made:
                with place.container(), error_box():
                    _take(kind, document, choice)
            elif place.button(t("制作{name}", name=say(document.name)), key=f"make_{kind}"):
                with place.container(), error_box():
                    with st.spinner(t("正在制作…"), show_time=True):
                        _file(document, choice)
                    made.add((kind, asked))
                    _take(kind, document, choice)


def _file(document: OfferedDocument, choice: PaperChoice) -> File:
    """Kept until the data change: a page made again does not take a download away."""
    return read_own(_made, document.make, project(), choice, day_of(choice))


def _made(
    ctx: Context, make: Callable[[Context, str, PaperChoice], File], of: str, choice: PaperChoice, _: date | None
) -> File:
    return make(ctx, of, choice)


def day_of(choice: PaperChoice) -> date | None:
    """The day that the watermark names: the next one asks for another file. None: there is no watermark."""
    return paper.today() if choice.watermark else None


def _take(kind: str, document: OfferedDocument, choice: PaperChoice) -> None:
    file = _file(document, choice)
    download_button(t("下载{name}", name=say(document.name)), file.content, file.name, key=f"take_{kind}")
    if file.said:
        st.caption(" ".join(plain(say(each)) for each in file.said))
