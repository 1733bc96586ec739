"""No page is half empty: the largest part without ink of each page of deck, report, frames and brief is measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from docx import Document
from PIL import Image

from core.model.context import LANGUAGES, Context
from core.model.paper import PaperChoice
from core.service.briefing import evaluation, frames, slide_deck
from tests.browser import stores
from tests.documents.conftest import CTX, DEMO, SEED, store
from tests.documents.pages import blank, coloured, convert, outside, overlapping, sheets, unreadable

pytestmark = [pytest.mark.full, pytest.mark.timeout(480)]

MOST = 0.35
PROJECTS = {"shipped": SEED, "demo": DEMO, "missing": "gaps-2023"}
SLIDE, FRAME = (10, 12, 10, 12), (10, 10, 10, 10)
UPRIGHT, TURNED = (37, 26, 35, 28), (28, 37, 26, 35)
"""Millimetres of margin: of a report those of GB/T 9704, turned with the page."""


@pytest.fixture(scope="module")
def pdfs(profile: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """By kind, store and language: pptx.shipped.en, docx.demo.zh_CN, frames.missing.en, brief…."""
    folder = tmp_path_factory.mktemp("filled")
    found, office = {}, []
    for name, project in PROJECTS.items():
        getattr(stores, name)(folder / f"{name}.duckdb")
        with store(folder / f"{name}.duckdb"):
            for language in LANGUAGES:
                ctx, of = Context(CTX.actor, language), f"{name}.{language}"
                deck = folder / f"pptx.{of}.pptx"
                deck.write_bytes(slide_deck.deck(ctx, project, PaperChoice(checks=True)).content)
                report = folder / f"docx.{of}.docx"
                report.write_bytes(evaluation.report(ctx, project).content)
                office += [deck, report]
                for kind, make in (("frames", frames.frames_pdf), ("brief", frames.brief_pdf)):
                    found[f"{kind}.{of}"] = folder / f"{kind}.{of}.pdf"
                    found[f"{kind}.{of}"].write_bytes(make(ctx, project).content)
    made = convert(profile, office, "pdf", folder / "pdf")
    return found | {each.stem: pdf for each, pdf in zip(office, made, strict=True)}


def test_no_page_is_half_empty(pdfs: dict[str, Path], tmp_path: Path) -> None:
    empty = {}
    for name, pdf in pdfs.items():
        pictures = coloured(pdf, tmp_path / name)
        for number, picture in enumerate(pictures, 1):
            share = blank(picture, margins(name, picture))
            if share > MOST and not ends_there(name, number, pictures):
                empty[name, number] = share
    assert not empty


def margins(name: str, picture: Image.Image) -> tuple[int, int, int, int]:
    if name.startswith("docx"):
        return TURNED if picture.width > picture.height else UPRIGHT
    return SLIDE if name.startswith("pptx") else FRAME


def ends_there(name: str, number: int, pictures: list[Image.Image]) -> bool:
    """A cover; and of a report the last page, and the last one before its pages are turned sideways."""
    if not name.startswith(("docx", "pptx")) or number == 1:
        return number == 1 and name.startswith(("docx", "pptx"))
    following = pictures[number : number + 1]
    turned = (
        bool(following) and following[0].width > following[0].height and pictures[number - 1].width < following[0].width
    )
    return name.startswith("docx") and (not following or turned)


def test_each_page_is_legible_in_both_languages_and_with_data_missing(pdfs: dict[str, Path]) -> None:
    for name, pdf in pdfs.items():
        for number, page in enumerate(sheets(pdf), 1):
            where = (name, number)
            assert not unreadable(page), where
            assert not outside(page, 4), where
            if name.startswith(("docx", "pptx")):
                assert not overlapping(page), where


def test_an_english_report_has_english_words_alone_where_nobody_typed(pdfs: dict[str, Path]) -> None:
    file = pdfs["docx.shipped.en"].parent.parent / "docx.shipped.en.docx"
    heads = [p.text for p in Document(str(file)).paragraphs if p.style.name.startswith("Heading")]
    assert heads
    assert all(each.isascii() for each in heads)


def test_a_half_empty_page_is_seen() -> None:
    """Worked out by hand: a page whose upper third is black, then with an upright line at a quarter of its width."""
    page = np.full((240, 240), 255, np.uint8)
    assert blank(Image.fromarray(page), (0, 0, 0, 0)) == 1
    page[:80] = 0
    assert blank(Image.fromarray(page), (0, 0, 0, 0)) == pytest.approx(2 / 3)
    page[80:, 60] = 0
    assert blank(Image.fromarray(page), (0, 0, 0, 0)) == pytest.approx(2 / 3 * 179 / 240)
    assert blank(Image.fromarray(page), (0, 0, 0, 0)) > MOST
