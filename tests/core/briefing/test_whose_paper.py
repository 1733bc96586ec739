"""Whose paper it is: the line that says who may read it, and the watermark, on every page of every document."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from core.briefing.frames import draw
from core.errors import NotAllowed
from core.model.context import Actor, Context, Language
from core.model.paper import PaperChoice
from core.service.briefing import (
    all_documents,
    evaluation,
    frames,
    old_deck,
    one_figure,
    paper,
    slide_deck,
    view_codes,
)
from core.service.progress import first_sight
from tests.core.briefing import foreign_templates as templates
from tests.core.service.people import LI, PROJECT, WANG

DAY = date(2026, 12, 2)
LINE, WORDS = "内部资料", "王工 2026-12-02"
MARKED = PaperChoice(confidentiality=LINE, watermark=True)
pytestmark = pytest.mark.usefixtures("store_path")


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "today", lambda: DAY)


def slides(content: bytes) -> Any:
    return Presentation(io.BytesIO(content)).slides


def named(slide: Any, name: str) -> list[Any]:
    return [each for each in slide.shapes if each.name == name]


def pages_of(content: bytes, tmp_path: Path) -> list[str]:
    (tmp_path / "made.pdf").write_bytes(content)
    ran = subprocess.run(["pdftotext", "-raw", tmp_path / "made.pdf", "-"], capture_output=True, text=True, check=True)
    return ran.stdout.split("\f")[:-1]


@pytest.mark.parametrize(("language", "line"), [("zh_CN", LINE), ("en", "Internal use only")])
def test_every_slide_says_who_may_read_it_and_who_asked_for_it(language: Language, line: str) -> None:
    made = slide_deck.deck(Context(WANG.actor, language), PROJECT, replace(MARKED, checks=True))
    every = list(slides(made.content))
    assert len(every) > 8
    boxes = set()
    for slide in every:
        (said,), (words,) = named(slide, "confidentiality"), named(slide, "watermark")
        assert said.text_frame.text == line
        assert WORDS in words.text_frame.text
        assert slide.shapes[0].name == "watermark"  # behind all else
        assert words._element.xpath(".//*[local-name()='decorative']/@val") == ["1"]
        ids = slide.shapes._spTree.xpath(".//p:cNvPr/@id")
        assert len(ids) == len(set(ids))
        boxes.add((said.left, said.top, said.width, said.height))
        assert said.left >= 0
        assert said.left + said.width <= 12_192_000
    assert len(boxes) == 1  # it stands in one place


@pytest.mark.parametrize("kind", ["confidentiality", "watermark"])
def test_one_goes_without_the_other(kind: str) -> None:
    choice = PaperChoice(**{kind: getattr(MARKED, kind)})
    slide = slides(slide_deck.deck(WANG, PROJECT, choice).content)[1]
    assert {"confidentiality", "watermark"} & {each.name for each in slide.shapes} == {kind}


def test_documents_of_nobody_s_choice_say_neither() -> None:
    with zipfile.ZipFile(io.BytesIO(all_documents.all_documents(WANG, PROJECT).content)) as archive:
        for name in archive.namelist():
            made = archive.read(name)
            if made.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(made)) as inside:
                    text = "".join(inside.read(part).decode("utf-8", "ignore") for part in inside.namelist())
                assert "watermark" not in text
                assert LINE not in text


@pytest.mark.parametrize("template", [templates.wide, templates.decorated, templates.sparse])
def test_slides_in_a_template_of_ones_own_say_both(template: Callable[[], bytes]) -> None:
    made = slide_deck.deck_in(WANG, PROJECT, template(), MARKED)
    for slide in slides(made.content):
        assert [each.text_frame.text for each in named(slide, "confidentiality")] == [LINE]
        assert len(named(slide, "watermark")) == 1


@pytest.mark.parametrize("length", [1, 20])
def test_a_watermark_of_a_long_name_stays_on_its_line(length: int) -> None:
    long = Context(Actor("long", "长" * length))
    slide = slides(slide_deck.deck(long, PROJECT, MARKED).content)[1]
    (words,) = named(slide, "watermark")
    first = words.text_frame.paragraphs[0]
    size = first.runs[0].font.size.pt
    assert size >= 16
    # A Chinese letter is a square, a figure or a space at most as wide: all on one line of the box.
    assert len(first.text) * size <= words.width / 12_700 * (1 if length == 20 else 1.4)


def test_who_has_given_no_name_is_said_to_be_unsigned() -> None:
    assert paper.whose(Actor("x"), "zh_CN", MARKED) == (LINE, "未署名 2026-12-02")
    assert paper.whose(Actor("x"), "en", MARKED) == (LINE, "Unsigned 2026-12-02")
    assert paper.whose(Actor("x", "李\u202e明\n"), "zh_CN", MARKED)[1] == "李 明 2026-12-02"


def test_the_report_says_both_on_each_kind_of_page() -> None:
    document = Document(io.BytesIO(evaluation.report(WANG, PROJECT, MARKED).content))
    first, *others = document.sections
    heads = [first.first_page_header, first.header, first.even_page_header]
    heads += [each for section in others for each in (section.header, section.even_page_header)]
    for head in heads:
        assert head.paragraphs[0].text == LINE
        assert head._element.xpath(".//*[local-name()='textpath']/@string") == [WORDS]
    assert document.sections[0]._sectPr.xpath("./w:titlePg")
    sizes = [head.paragraphs[0].style.font.size.pt for head in heads[:3]]
    assert sizes == [16, 10.5, 10.5]  # GB/T 9704: 三号 on the first page
    ids = [each for head in heads[:3] for each in head._element.xpath(".//*[local-name()='shape']/@id")]
    assert len(set(ids)) == 3


def test_the_workbook_says_both_in_the_head_of_every_sheet_and_on_its_cover() -> None:
    book = load_workbook(io.BytesIO(evaluation.workbook(WANG, PROJECT, MARKED).content))
    for sheet in book:
        assert sheet.oddHeader.left.text == LINE
        assert sheet.oddHeader.center.text == WORDS
    cover = {row[0]: row[1] for row in book["封面"].iter_rows(values_only=True) if row[0]}
    assert (cover["密级"], cover["水印"]) == (LINE, WORDS)


def test_what_begins_with_an_ampersand_or_a_figure_stays_words_in_a_head() -> None:
    asked = Context(Actor("x", "3号&B"))
    book = load_workbook(
        io.BytesIO(evaluation.workbook(asked, PROJECT, replace(MARKED, confidentiality="1级")).content)
    )
    head = book["封面"].oddHeader
    assert (head.left.text, head.left.size) == ("1级", None)
    assert (head.center.text, head.center.size) == ("3号&&B 2026-12-02", None)


@pytest.mark.parametrize("make", [frames.frames_pdf, frames.brief_pdf])
def test_every_page_of_a_pdf_says_both(make: Any, tmp_path: Path) -> None:
    pages = pages_of(make(WANG, PROJECT, MARKED).content, tmp_path)
    assert pages
    for text in pages:
        assert LINE in text.replace(" ", "")
        assert WORDS in text


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_frame_has_room_for_both(language: Language) -> None:
    ctx = Context(Actor("long", "长" * 20), language)
    choice = PaperChoice(checks=True, confidentiality="密" * 20, watermark=True)
    assert len(frames.frames_png(ctx, PROJECT, choice)) > 8  # lint lets nothing through that has no room


def test_pictures_say_both_and_no_others() -> None:
    shown = frames.picture(WANG, PROJECT, "budget", MARKED)
    assert (shown.frame.confidentiality, shown.frame.watermark) == (LINE, WORDS)
    plain = frames.picture(WANG, PROJECT, "budget")
    assert not {"confidential", "watermark"} & set(draw.data_of([plain.frame]))
    assert shown.png.content != plain.png.content


def test_a_figure_sent_alone_says_both(monkeypatch: pytest.MonkeyPatch) -> None:
    panel = first_sight.first_sight(WANG, PROJECT).panels[0]
    (slide,) = slides(one_figure.slide(WANG, PROJECT, panel, choice=MARKED).content)
    assert (named(slide, "confidentiality")[0].text_frame.text, len(named(slide, "watermark"))) == (LINE, 1)
    drawn: list[dict[str, Any]] = []
    data_of = draw.data_of
    monkeypatch.setattr(draw, "data_of", lambda found: drawn.append(data_of(found)) or drawn[-1])
    one_figure.phone_picture(WANG, PROJECT, panel, choice=MARKED)
    assert (drawn[0]["confidential"], drawn[0]["watermark"]) == (LINE, WORDS)


def test_the_code_of_a_marked_deck_says_whose_it_is_and_opens_again() -> None:
    made = slide_deck.deck(WANG, PROJECT, MARKED)
    found = old_deck.check(LI, made.content)
    assert (found.stale, found.by_hand) == ((), ())
    view = found.opened.view
    assert (view.confidentiality, view.watermark) == (LINE, WORDS)
    assert view_codes.opened(LI, view.code).view == view
    fresh = slides(old_deck.fresh(LI, view.code).content)[0]
    assert "李工 2026-12-02" in named(fresh, "watermark")[0].text_frame.text
    assert named(fresh, "confidentiality")[0].text_frame.text == LINE


def test_a_line_that_was_taken_away_by_hand_is_found() -> None:
    made = Presentation(io.BytesIO(slide_deck.deck(WANG, PROJECT, MARKED).content))
    named(made.slides[1], "confidentiality")[0].text_frame.text = "公开"
    stream = io.BytesIO()
    made.save(stream)
    (changed,) = old_deck.check(LI, stream.getvalue()).by_hand
    assert (changed.before, changed.after) == (LINE, "公开")


def test_two_who_ask_get_two_codes_and_without_a_watermark_one() -> None:
    marked = {paper.view_of(ctx, PROJECT, "brief", MARKED).code for ctx in (WANG, LI)}
    plain = {paper.view_of(ctx, PROJECT, "brief", PaperChoice()).code for ctx in (WANG, LI)}
    assert (len(marked), len(plain)) == (2, 1)
    assert plain == {view_codes.view_of(WANG, PROJECT, "brief").code}


MAKES: tuple[Any, ...] = (
    slide_deck.deck, evaluation.report, evaluation.workbook, frames.brief_pdf, frames.frames_pdf,
)  # fmt: skip


@pytest.mark.parametrize("make", MAKES)
def test_no_document_is_made_of_a_choice_that_is_none(make: Any) -> None:
    with pytest.raises(NotAllowed) as refused:
        make(WANG, PROJECT, PaperChoice(confidentiality="密" * 21))
    assert "密级文字最多20字，现有21字。" in str(refused.value)


@pytest.mark.parametrize("make", MAKES)
def test_the_same_choice_gives_the_same_file(make: Any) -> None:
    assert inside(make(WANG, PROJECT, MARKED).content) == inside(make(WANG, PROJECT, MARKED).content)


def inside(content: bytes) -> dict[str, bytes]:
    """The parts of a package without the times of packing; a .pdf is one."""
    if not content.startswith(b"PK"):
        return {"": content}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
