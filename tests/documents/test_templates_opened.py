"""Deck and report in templates of other offices, opened by LibreOffice: whole, and nothing on anything else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator
from pptx import Presentation

from core.model.context import Context, Language
from core.model.paper import PaperChoice
from core.service.base import open_store
from core.service.briefing import evaluation, slide_deck
from core.service.manage import demo
from tests.browser import stores
from tests.core.briefing import foreign_papers
from tests.core.briefing import foreign_templates as templates
from tests.documents.conftest import CTX, DEMO, SEED, store
from tests.documents.pages import convert, lost, outside, overlapping, sheets, tight, unreadable
from tests.documents.test_opened import slides

pytestmark = [pytest.mark.full, pytest.mark.timeout(240)]

GAPS = "gaps-2023"
CASES: tuple[tuple[str, str, Language, str], ...] = (
    ("seed", SEED, "zh_CN", "wide"), ("demo", DEMO, "zh_CN", "decorated"), ("seed", SEED, "zh_CN", "sparse"),
    ("demo", DEMO, "en", "wide"), ("missing", GAPS, "zh_CN", "decorated"), ("missing", GAPS, "en", "sparse"),
)  # fmt: skip


def _stores(folder: Path) -> None:
    open_store.build_at(folder / "seed.duckdb")
    demo.make(folder / "demo.duckdb")
    stores.missing(folder / "missing.duckdb")


def test_decks_in_other_templates_are_whole_on_their_pages(profile: Path, tmp_path: Path) -> None:
    _stores(tmp_path)
    files = []
    for key, project, language, name in CASES:
        with store(tmp_path / f"{key}.duckdb"):
            template = getattr(templates, name)()
            made = slide_deck.deck_in(
                Context(CTX.actor, language), project, template, PaperChoice(checks=True, street_pages=True)
            )
        files.append(tmp_path / f"{key}.{language}.{name}.pptx")
        files[-1].write_bytes(made.content)
    for file, pdf in zip(files, convert(profile, files, "pdf", tmp_path / "pdf"), strict=True):
        deck, pages = Presentation(str(file)), sheets(pdf)
        assert len(pages) == len(deck.slides), file.name
        for slide, said, page in zip(deck.slides, slides(file), pages, strict=True):
            where = (file.name, slide.name)
            assert not outside(page, 4), where
            assert not overlapping(page), where
            assert not unreadable(page), where
            assert not lost(said, page.text), where
            if slide.name != "cover":
                place = slide.shapes.title
                top, bottom = place.top / 12700, (place.top + place.height) / 12700
                inside = [word for word in page.words if top < (word.top + word.bottom) / 2 < bottom]
                ends = [word.bottom for word in inside if word.bottom - word.top > 16]
                assert max(ends) - min(ends) < 10, where


PAPERS: tuple[tuple[str, str, Language, str], ...] = (
    ("seed", SEED, "zh_CN", "office"), ("demo", DEMO, "zh_CN", "english"), ("seed", SEED, "en", "sparse"),
    ("demo", DEMO, "en", "with_text"), ("missing", GAPS, "zh_CN", "office"), ("missing", GAPS, "en", "english"),
)  # fmt: skip


def test_reports_in_other_templates_are_whole_on_their_pages(profile: Path, tmp_path: Path) -> None:
    _stores(tmp_path)
    files = []
    for key, project, language, name in PAPERS:
        with store(tmp_path / f"{key}.duckdb"):
            template = getattr(foreign_papers, name)()
            choice = PaperChoice(confidentiality="内部资料", watermark=True)
            made = evaluation.report_in(Context(CTX.actor, language), project, template, choice)
        files.append(tmp_path / f"{key}.{language}.{name}.docx")
        files[-1].write_bytes(made.content)
        assert [str(each) for each in OpenXmlValidator().validate(files[-1]).errors] == []
    for file, pdf in zip(files, convert(profile, files, "pdf", tmp_path / "pdf"), strict=True):
        pages = sheets(pdf)
        body = Document(str(file)).element.body
        # Characters, not words: quotation marks of another font are read in another order.
        said = Counter(tight("".join(each.text or "" for each in body.iter(qn("w:t")))))
        assert not said - Counter("".join(page.text for page in pages)), file.name
        for number, page in enumerate(pages, 1):
            assert not outside(page, 4), (file.name, number)
            assert not overlapping(page), (file.name, number)
            assert not unreadable(page), (file.name, number)
