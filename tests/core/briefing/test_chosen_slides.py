"""Slides and frames that are chosen, in an order of one's own."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation

from core.briefing.slides import SLIDES, street_id
from core.commands.documents import export
from core.errors import NotAllowed
from core.model.paper import PaperChoice
from core.service.base.file import File
from core.service.briefing import all_documents, frames, old_deck, paper, slide_deck, view_codes
from tests.core.briefing import foreign_templates as templates
from tests.core.service.people import LI, PROJECT, WANG

pytestmark = pytest.mark.usefixtures("store_path")


def names(content: bytes) -> list[str]:
    return [each.name for each in Presentation(io.BytesIO(content)).slides]


def numbers(content: bytes) -> list[str]:
    found = Presentation(io.BytesIO(content)).slides
    return [next(s.text_frame.text for s in each.shapes if s.name == "页码占位符") for each in found]


def said(file: File) -> list[str]:
    return [str(each) for each in file.said]


def test_without_a_choice_all_slides_come_in_their_own_order() -> None:
    made = slide_deck.deck(WANG, PROJECT)
    assert names(made.content) == [name for name in SLIDES if name in names(made.content)]
    assert said(made) == []


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(["cover", "overview", "funds", "basis"]), st.integers(1, 4))
def test_slides_come_in_the_order_chosen_and_count_from_one(order: list[str], most: int) -> None:
    made = slide_deck.deck(WANG, PROJECT, PaperChoice(slides=tuple(order[:most])))
    assert names(made.content) == order[:most]
    assert numbers(made.content) == [str(n) for n in range(1, most + 1)]


def test_pages_of_the_streets_are_there_on_request_and_sources_close_the_deck() -> None:
    streets = [street_id(each) for each in ("璜土镇", "夏港街道", "申港街道", "利港街道")]
    every = names(slide_deck.deck(WANG, PROJECT, PaperChoice(street_pages=True)).content)
    assert every[-5:] == [*streets, "basis"]
    assert "overview" in every
    chosen = PaperChoice(slides=("funds", "cover"), street_pages=True)
    assert names(slide_deck.deck(WANG, PROJECT, chosen).content) == ["funds", "cover", *streets]


def test_a_deck_with_pages_of_the_streets_is_made_again_alike_and_verifies() -> None:
    choice = PaperChoice(slides=("cover",), street_pages=True)
    view = paper.view_of(WANG, PROJECT, "pptx", choice)
    assert paper.again(view) == replace(choice, round=view.round, baseline=view.baseline)
    made = slide_deck.deck(WANG, PROJECT, choice)
    assert said(made) == []
    checked = old_deck.check(WANG, made.content)
    assert not checked.by_hand
    assert not checked.stale


def test_a_slide_without_content_is_left_out_and_said() -> None:
    made = slide_deck.deck(WANG, PROJECT, PaperChoice(slides=("compared", "cover")))
    assert names(made.content) == ["cover"]
    assert said(made) == ["没有内容，未列入：改造前后。"]


def test_no_deck_is_made_of_slides_without_content_alone() -> None:
    with pytest.raises(NotAllowed, match="选中的改造前后现在都没有内容"):
        slide_deck.deck(WANG, PROJECT, PaperChoice(slides=("compared",)))


def test_who_chooses_the_checks_gets_them() -> None:
    assert names(slide_deck.deck(WANG, PROJECT, PaperChoice(slides=("checks", "cover"))).content) == ["checks", "cover"]


def test_a_chosen_deck_is_held_against_the_same_slides_and_made_again() -> None:
    made = slide_deck.deck(WANG, PROJECT, PaperChoice(slides=("funds", "cover")))
    found = old_deck.check(LI, made.content)
    assert (found.stale, found.by_hand) == ((), ())
    assert found.opened.view.parts == ("funds", "cover")
    assert names(old_deck.fresh(LI, found.opened.code).content) == ["funds", "cover"]


def test_a_chosen_deck_stands_in_a_template_of_ones_own() -> None:
    made = slide_deck.deck_in(WANG, PROJECT, templates.wide(), PaperChoice(slides=("funds", "compared", "cover")))
    assert names(made.content) == ["funds", "cover"]
    assert str(made.said[0]) == "没有内容，未列入：改造前后。"


def test_frames_come_in_the_order_chosen() -> None:
    choice = PaperChoice(frames=("pace", "trend", "overview"))  # one snapshot has no trend
    made = frames.frames_pdf(WANG, PROJECT, choice)
    assert said(made) == ["没有内容，未列入：变化趋势。"]
    view = paper.view_of(WANG, PROJECT, "pdf", choice)
    assert view_codes.opened(LI, view.code).view.parts == ("pace", "trend", "overview")
    assert made.content.count(b"/Type /Page\n") in (0, 2)  # 0: the pages stand in packed objects


def test_all_documents_say_what_was_left_out_of_each() -> None:
    made = all_documents.all_documents(
        WANG, PROJECT, PaperChoice(slides=("cover", "compared"), frames=("pace", "trend"))
    )
    assert said(made) == ["没有内容，未列入：改造前后。", "没有内容，未列入：变化趋势。"]


def test_the_command_takes_slides_a_line_and_a_name(tmp_path: Path) -> None:
    file = tmp_path / "a.pptx"
    flags = ["--slides", "funds, cover,compared", "--confidential", "内部资料", "--watermark", "--by", "李明"]
    reply = export.main(["pptx", "--project", PROJECT, *flags, "--out", str(file)], standalone_mode=False)
    assert (reply.code, reply.err) == (0, "没有内容，未列入：改造前后。\n")
    assert names(file.read_bytes()) == ["funds", "cover"]
    (first, _) = Presentation(io.BytesIO(file.read_bytes())).slides
    texts = {each.name: each.text_frame.text for each in first.shapes if each.has_text_frame}
    assert texts["confidentiality"] == "内部资料"
    assert f"李明 {paper.today():%Y-%m-%d}" in texts["watermark"]


def test_the_command_says_which_slide_there_is_not(tmp_path: Path) -> None:
    ran = CliRunner().invoke(
        export, ["pptx", "--project", PROJECT, "--slides", "moon", "--out", str(tmp_path / "a.pptx")]
    )
    assert isinstance(ran.exception, NotAllowed)
    assert "没有幻灯片“moon”。可用：cover、overview" in str(ran.exception)
    assert not (tmp_path / "a.pptx").exists()


def test_a_street_without_a_page_is_said_and_the_rest_of_the_deck_is_made() -> None:
    there = ["cover", street_id("璜土镇")]
    said_so = paper.left_out(["street"], there, paper.SLIDE_NAMES, ["璜土镇", "夏港街道"])
    assert [str(each) for each in said_so] == ["没有内容，未列入：夏港街道街镇页。"]
    assert paper.left_out(["street"], ["cover"], paper.SLIDE_NAMES, ["璜土镇"]) != ()
