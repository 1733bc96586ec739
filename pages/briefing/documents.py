"""What can be taken along: the frame as a picture, and documents that are made when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import streamlit as st

from core.model.context import Context
from core.service.base.file import File
from core.service.briefing import all_documents, evaluation, frames, slide_deck
from core.text import word
from pages.shared import state
from pages.shared.download import download_button
from pages.shared.errors import error_box
from pages.shared.reads import now, read_own
from pages.shared.session import project
from pages.shared.words import say, t

_MADE = "documents_made"


@dataclass(frozen=True)
class OfferedDocument:
    """One kind: what it is called, and the call that makes it."""

    name: str
    make: Callable[[Context, str, str | None, bool, str | None, bool], File]


def _report(
    ctx: Context, project_id: str, round_id: str | None, checks: bool, baseline: str | None, names: bool
) -> File:
    return evaluation.report(ctx, project_id, round_id, names=names)


def _workbook(
    ctx: Context, project_id: str, round_id: str | None, checks: bool, baseline: str | None, names: bool
) -> File:
    return evaluation.workbook(ctx, project_id, round_id, names=names)


DOCUMENTS = {
    "pdf": OfferedDocument(word("全部图框（PDF）"), frames.frames_pdf),
    "brief": OfferedDocument(word("一页简报（PDF）"), frames.brief_pdf),
    "pptx": OfferedDocument(word("幻灯片（PPTX）"), slide_deck.deck),
    "docx": OfferedDocument(word("评价报告（DOCX）"), _report),
    "xlsx": OfferedDocument(word("工作簿（XLSX）"), _workbook),
    "zip": OfferedDocument(word("全部文件（ZIP）"), all_documents.all_documents),
}


@st.fragment
def offer(picture: File, checks: bool, names: bool) -> None:
    """A button for the picture, and two steps for each document: make it, then take it; `names`: of those who score."""
    with error_box():  # a fragment is run without its page, and without the page's box
        _offer(picture, checks, names)


def _offer(picture: File, checks: bool, names: bool) -> None:
    made: set[Hashable] = st.session_state.setdefault(_MADE, set())
    asked = project(), state.get("round"), checks, state.get("baseline"), names, now()
    with st.container(horizontal=True, gap="small", key="documents"):
        download_button(t("下载本图（PNG）"), picture.content, picture.name, type="primary", key="take_png")
        for kind, document in DOCUMENTS.items():
            # The button gives its place to the file.
            place = st.empty()
            if (kind, asked) in made:
                with place.container(), error_box():
                    _take(kind, document, checks, names)
            elif place.button(t("制作{name}", name=say(document.name)), key=f"make_{kind}"):
                with place.container(), error_box():
                    with st.spinner(t("正在制作…"), show_time=True):
                        _file(document, checks, names)
                    made.add((kind, asked))
                    _take(kind, document, checks, names)


def _file(document: OfferedDocument, checks: bool, names: bool) -> File:
    """Kept until the data change: a page made again does not take a download away."""
    return read_own(document.make, project(), state.get("round"), checks, state.get("baseline"), names)


def _take(kind: str, document: OfferedDocument, checks: bool, names: bool) -> None:
    file = _file(document, checks, names)
    download_button(t("下载{name}", name=say(document.name)), file.content, file.name, key=f"take_{kind}")
