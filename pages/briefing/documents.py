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
from pages.shared.choices import apart
from pages.shared.download import download_button
from pages.shared.errors import error_box
from pages.shared.handed_over import hand_over
from pages.shared.reads import now, read_own
from pages.shared.session import project
from pages.shared.words import plain, say, t

KIND = "document_kind"
_MADE = "documents_made"
_LAST = "document_kind_last"


@dataclass(frozen=True)
class OfferedDocument:
    """One kind: what it is called, and the call that makes it."""

    name: str
    make: Callable[[Context, str, PaperChoice], File]


DOCUMENTS = {
    "pptx": OfferedDocument(word("幻灯片（PPTX）"), slide_deck.deck),
    "pdf": OfferedDocument(word("全部图框（PDF）"), frames.frames_pdf),
    "brief": OfferedDocument(word("一页简报（PDF）"), frames.brief_pdf),
    "docx": OfferedDocument(word("评价报告（DOCX）"), evaluation.report),
    "xlsx": OfferedDocument(word("工作簿（XLSX）"), evaluation.workbook),
    "zip": OfferedDocument(word("全部文件（ZIP）"), all_documents.all_documents),
}


@st.fragment
def offer(picture: File, choice: PaperChoice) -> None:
    """A button for the picture, and a menu of documents: one is made on a click, and its download starts by itself."""
    with error_box():  # a fragment is run without its page, and without the page's box
        _offer(picture, choice)


def _offer(picture: File, choice: PaperChoice) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="documents"):
        download_button(t("下载本图（PNG）"), picture.content, picture.name, type="primary", key="take_png")
        kind = _kind()
        document = DOCUMENTS[kind]
        asked = kind, project(), choice, day_of(choice), now()
        made: set[Hashable] = st.session_state.setdefault(_MADE, set())
        if st.button(t("制作{name}", name=say(document.name)), key="make_document"):
            with error_box():
                with st.spinner(t("正在制作…"), show_time=True):
                    file = _file(document, choice)
                made.add(asked)
                _take(file)
                hand_over(file)
        elif asked in made:
            with error_box():
                _take(_file(document, choice))


def _kind() -> str:
    """The kind that is chosen in the menu; at first that of the last time."""
    last = st.session_state.get(_LAST, next(iter(DOCUMENTS)))
    names = {kind: _begun(say(document.name)) for kind, document in DOCUMENTS.items()}
    st.session_state.setdefault(KIND, last)
    chosen: str = st.selectbox(
        t("文件"), list(DOCUMENTS), key=KIND, width=240, label_visibility="collapsed",
        format_func=apart(DOCUMENTS, names.__getitem__),
    )  # fmt: skip
    st.session_state[_LAST] = chosen
    return chosen


def _begun(name: str) -> str:
    """A name that stands alone begins with a capital."""
    return name[:1].upper() + name[1:]


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


def _take(file: File) -> None:
    """It once more, where the browser did not take it or it was lost; kept until the data or the choice change."""
    download_button(t("再次下载"), file.content, file.name, key="take_document")
    if file.said:
        st.caption(" ".join(plain(say(each)) for each in file.said))
