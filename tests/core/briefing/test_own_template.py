"""The deck in templates of other offices: whole, in their places, fonts and colours, and what they lack is said."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Inches

from core.briefing import theme
from core.briefing.template_file import NoTemplate
from core.model.context import Actor, Context
from core.model.paper import PaperChoice
from core.service.base import open_store
from core.service.base.file import File
from core.service.briefing import old_deck, slide_deck
from tests.core.briefing import foreign_templates as templates
from tests.core.briefing.test_deck import charts
from tests.core.service.briefing.test_old_deck import touched

PROJECT = "lingang-2023"
WANG = Context(Actor("browser-wang", "王工"))
MADE_IN = {
    "wide": templates.wide, "decorated": templates.decorated, "sparse": templates.sparse,
    "with_slides": templates.with_slides,
}  # fmt: skip


@pytest.fixture(scope="module")
def store(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    path = tmp_path_factory.mktemp("template") / "renewal.duckdb"
    shutil.copy(built_store, path)
    before = os.environ.get("RENEWAL_STORE")
    os.environ["RENEWAL_STORE"] = str(path)
    open_store.close()
    yield
    open_store.close()
    os.environ.pop("RENEWAL_STORE")
    if before is not None:
        os.environ["RENEWAL_STORE"] = before


@pytest.fixture(scope="module")
def made(store: None) -> dict[str, File]:
    return {name: slide_deck.deck_in(WANG, PROJECT, make(), PaperChoice(checks=True)) for name, make in MADE_IN.items()}


@pytest.fixture(scope="module")
def decks(made: dict[str, File]) -> dict[str, Any]:
    return {name: Presentation(io.BytesIO(each.content)) for name, each in made.items()}


@pytest.fixture(scope="module")
def ours(store: None) -> Any:
    return Presentation(io.BytesIO(slide_deck.deck(WANG, PROJECT, PaperChoice(checks=True)).content))


def lines(slide: Any) -> set[str]:
    """Every line of words on a slide and in its tables, but for the code of the view and what was left out."""
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    texts += [cell.text for s in slide.shapes if s.has_table for row in s.table.rows for cell in row.cells]
    found = {line for text in texts for line in text.split("\n") if line}
    return {line for line in found if not line.startswith(("查验码", "其余"))}


def kinds(slide: Any) -> dict[Any, Any]:
    return {each.placeholder_format.type: each for each in slide.placeholders}


def test_the_slides_say_what_they_say_in_our_own_template(decks: dict[str, Any], ours: Any) -> None:
    """What a smaller body has no room for stands in the notes, as it does in ours."""
    for name, deck in decks.items():
        assert [each.name for each in deck.slides] == [each.name for each in ours.slides], name
        for slide, known in zip(deck.slides, ours.slides, strict=True):
            assert lines(slide) - lines(known) == set(), (name, slide.name)
            if slide.name not in ("overview", "checks", "deductions"):
                assert lines(known) - lines(slide) == set(), (name, slide.name)
            assert slide.shapes.title.text_frame.text == known.shapes.title.text_frame.text
            said = [each.notes_slide.notes_text_frame.text.split("\n")[0] for each in (slide, known)]
            assert said[0] == said[1] != ""


def test_titles_dates_footers_and_numbers_stand_in_the_places_of_the_template(decks: dict[str, Any]) -> None:
    for name in ("wide", "decorated", "with_slides"):
        for slide in decks[name].slides:
            found = kinds(slide)
            if slide.name == "cover":
                assert slide.slide_layout.name == "Title Slide"
                assert "数据截至2024年12月31日" in found[PP_PLACEHOLDER.SUBTITLE].text_frame.text.split("\n")
            else:
                assert slide.slide_layout.name == "Title Only"
                assert found[PP_PLACEHOLDER.DATE].text_frame.text == "截至2024年12月31日"
                assert found[PP_PLACEHOLDER.DATE]._element.spPr.xfrm is None  # where the layout has it
            assert found[PP_PLACEHOLDER.FOOTER].text_frame.text.startswith("数据来源：")
            (field,) = found[PP_PLACEHOLDER.SLIDE_NUMBER]._element.iter(qn("a:fld"))
            assert field.get("type") == "slidenum"
            assert not [each for each in slide.placeholders if each.has_text_frame and not each.text_frame.text]


def test_what_a_template_lacks_is_said_at_once_and_stands_in_boxes(
    made: dict[str, File], decks: dict[str, Any]
) -> None:
    said = [str(each) for each in made["sparse"].said]
    assert said[:5] == [
        "模板没有标题页版式，封面用版式“Title Only”。",
        "模板的版式“Title Only”没有副标题占位符，标题下的一行用文本框。",
        "模板没有页脚占位符，页脚用文本框。",
        "模板没有日期占位符，日期用文本框。",
        "模板没有页码占位符，页码用文本框。",
    ]
    for position, slide in enumerate(decks["sparse"].slides, 1):
        boxes = {each.name: each for each in slide.shapes if not each.is_placeholder}
        assert boxes["页脚占位符"].text_frame.text.startswith("数据来源：")
        (field,) = boxes["页码占位符"]._element.iter(qn("a:fld"))
        assert (field.get("type"), field.find(qn("a:t")).text) == ("slidenum", str(position))
        if slide.name != "cover":
            assert boxes["日期占位符"].text_frame.text == "截至2024年12月31日"
    assert "模板的页脚占位符较窄，放不下来源和口径，移到页脚上方。" in [str(each) for each in made["wide"].said]


def test_fonts_and_colours_are_those_of_the_template(made: dict[str, File], decks: dict[str, Any]) -> None:
    """No colour of ours is written, but for what means attention, loss or what is open; no font at all."""
    kept = {"B35C00", "FBF1E6", "8A5A00", "D3D9DF"}
    for name, deck in decks.items():
        assert {templates.LATIN, templates.EAST_ASIAN} <= templates.fonts_of(made[name].content)
        for tree in (*(each.element for each in deck.slides), *(each._chartSpace for each in charts(deck).values())):
            assert {each.get("val") for each in tree.iter(qn("a:srgbClr"))} <= kept
            assert {each.get("typeface") for each in tree.iter(qn("a:latin"), qn("a:ea"))} <= {"+mn-lt", "+mn-ea"}
        for slide in deck.slides:  # words in a place of the template look as it has them
            (run,) = slide.shapes.title.text_frame.paragraphs[0].runs
            assert (run.font.bold, run.font.name, run.font.color.type) == (None, None, None)


def test_a_footer_that_is_moved_from_its_strip_is_readable_where_it_stands(decks: dict[str, Any]) -> None:
    """The strip's words are white; above it they would be white on white."""
    for slide in decks["decorated"].slides:
        footer = kinds(slide)[PP_PLACEHOLDER.FOOTER]
        assert footer.top + footer.height <= Inches(6.95)
        colours = {each.get("val") for each in footer._element.txBody.iter(qn("a:schemeClr"))}
        assert colours == {"tx2"}, slide.name


def test_nothing_of_somebodys_last_talk_is_left(made: dict[str, File], decks: dict[str, Any]) -> None:
    content = made["with_slides"].content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        assert len([each for each in names if each.startswith("ppt/slides/slide")]) == len(decks["wide"].slides)
        assert not [each for each in names if "thumbnail" in each or "printerSettings" in each]
        for each in names:
            assert templates.SECRET.encode() not in archive.read(each), each
            assert templates.SECRET not in archive.read(each).decode("utf-8", "ignore"), each
    assert [each.name for each in decks["with_slides"].slide_layouts] == [
        each.name for each in decks["wide"].slide_layouts
    ]


def test_nothing_leaves_the_slide_or_lies_on_the_templates_own(decks: dict[str, Any]) -> None:
    """Charts and tables stand between the title and the foot; the decorated one has a line at 1.1 and a bar at 6.95."""
    for name, deck in decks.items():
        for slide in deck.slides:
            title = slide.shapes.title
            foot = next(each for each in slide.shapes if each.name == "页脚占位符").top
            for shape in slide.shapes:
                where = (name, slide.name, shape.name)
                assert shape.left >= 0, where
                assert shape.top >= 0, where
                assert shape.left + shape.width <= deck.slide_width + Inches(0.02), where
                assert shape.top + shape.height <= deck.slide_height + Inches(0.02), where
                if shape.has_chart or shape.has_table or shape.name.startswith(("words_", "more_")):
                    assert shape.top >= title.top + title.height, where
                    assert shape.top + shape.height <= foot + Inches(0.02), where
                    if name == "decorated" and slide.name != "cover":
                        assert shape.top >= Inches(1.14), where
                        assert shape.left >= Inches(0.35), where
                        assert shape.top + shape.height <= Inches(6.95), where


def test_an_old_deck_in_a_template_is_held_against_one_made_now(made: dict[str, File]) -> None:
    for each in made.values():
        found = old_deck.check(WANG, each.content)
        assert (found.stale, found.by_hand, found.others, found.opened.since) == ((), (), (), ())

    def retitle(deck: Any) -> None:
        next(each for each in deck.slides if each.name == "funds").shapes.title.text_frame.text = "资金情况良好"

    (changed,) = old_deck.check(WANG, touched(made["wide"].content, retitle)).by_hand
    assert (changed.slide, changed.where, changed.after) == ("资金", "标题", "资金情况良好")


def test_each_template_has_its_own_code_and_the_same_one_the_same(made: dict[str, File], store: None) -> None:
    def code(content: bytes) -> str:
        return old_deck.check(WANG, content).opened.code

    own = slide_deck.deck(WANG, PROJECT, PaperChoice(checks=True)).content
    assert len({code(own), *(code(each.content) for each in made.values())}) == 1 + len(made)
    template = templates.sparse()
    again = [slide_deck.deck_in(WANG, PROJECT, template, PaperChoice(checks=True)).content for _ in range(2)]
    assert code(again[0]) == code(again[1])


def of_size(wide: float, high: float) -> Callable[[], bytes]:
    def make() -> bytes:
        deck = Presentation()
        deck.slide_width, deck.slide_height = Inches(wide), Inches(high)
        return templates.saved(deck)

    return make


def with_part(name: str, content: bytes) -> bytes:
    """The file with a part more."""
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, b"x")
    return stream.getvalue()


def as_template() -> bytes:
    """A .potx: the same file under another content type."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(templates.wide())) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            content = old.read(each)
            if each == "[Content_Types].xml":
                content = content.replace(b"presentation.main+xml", b"template.main+xml")
            new.writestr(each, content)
    return out.getvalue()


def tall_titles() -> bytes:
    def change(made: Any) -> None:
        for each in made.slide_layouts:
            for place in each.placeholders:
                if place.placeholder_format.type == PP_PLACEHOLDER.TITLE:
                    templates.placed(place, 0.9, 0.5, 11.5, 4.0)
            each.shapes._spTree.append(templates.block(900, 0.9, 4.4, 11.5, 0.05))

    return templates.wide(change)


def no_titles() -> bytes:
    def change(made: Any) -> None:
        for each in list(made.slide_layouts):
            if each.name != "Blank":
                made.slide_layouts.remove(each)

    return templates.wide(change)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (of_size(10, 7.5), "模板的页面是25.40×19.05厘米，幻灯片按16:9宽屏"),
        (of_size(10, 5.625), "模板的页面是25.40×14.29厘米"),
        (lambda: b"", "不是PowerPoint文件"),
        (lambda: b"PK\x03\x04 no", "不是PowerPoint文件"),
        (lambda: templates.wide()[:20_000], "不是PowerPoint文件"),
        (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "旧格式（.ppt）或有密码"),
        (lambda: with_part("ppt/vbaProject.bin", templates.wide()), "含有宏"),
        (as_template, ".potx"),
        (lambda: b"0" * (20 * 2**20 + 1), "超过20MB"),
        (tall_titles, "在标题和页脚之间只有"),
        (no_titles, "没有带标题占位符的内容版式"),
    ],
)
def test_a_file_that_cannot_be_a_template_is_refused_in_a_sentence(
    make: Callable[[], bytes], said: str, store: None
) -> None:
    with pytest.raises(NoTemplate) as found:
        slide_deck.deck_in(WANG, PROJECT, make())
    assert said in str(found.value.message)


def test_colours_follow_a_theme_as_far_as_it_can_be_read() -> None:
    """By hand (WCAG 2.2): white on black 21, white on #767676 4.54; a yellow accent on white is darkened."""
    assert theme.contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert theme.contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.01)
    light = {"bg1": "#FFFFFF", "tx1": "#000000", "bg2": "#EEEEEE", "tx2": "#44546A", "accent1": "#FFC000"}
    tones = theme.Theme(light).tones()
    assert tones["#12436D"].name == "accent1"
    assert tones["#12436D"].times < 100_000
    assert tones["#55626E"].name == "tx2"
    pale = theme.Theme(light | {"tx2": "#DDDDDD", "bg2": "#333333"}).tones()
    assert pale["#55626E"].name == "tx1"
    assert pale["#F1F3F5"].name == "bg1"
    assert theme.Theme({**light, "bg1": "#101820", "tx1": "#FFFFFF"}).dark


def test_a_dark_template_is_said(store: None) -> None:
    def change(made: Any) -> None:
        templates.themed(made.slide_master, {"lt1": "101820", "dk1": "FFFFFF"})

    made = slide_deck.deck_in(WANG, PROJECT, templates.wide(change))
    assert "模板是深色底，图和表按浅色底设计：请逐页看一遍颜色。" in [str(each) for each in made.said]


def test_a_place_for_a_line_below_the_title_is_used(store: None) -> None:
    """Of two content layouts the one for titles only is taken, with its line of text below the title."""

    def change(made: Any) -> None:
        only = templates.layout(made, "Title Only")
        templates.placed(only.placeholders[0], 0.9, 0.3, 11.5, 0.6)
        line = deepcopy(templates.layout(made, "Two Content").placeholders[1]._element)
        line.nvSpPr.nvPr.ph.set("type", "body")
        line.nvSpPr.nvPr.ph.set("idx", "21")
        line.nvSpPr.cNvPr.set("id", "77")
        only.shapes._spTree.append(line)
        templates.placed(only.placeholders[-1], 0.9, 0.95, 11.5, 0.35)

    made = slide_deck.deck_in(WANG, PROJECT, templates.wide(change))
    assert not [each for each in made.said if "副标题" in str(each) and "标题页" not in str(each)]
    slides = Presentation(io.BytesIO(made.content)).slides
    funds = next(each for each in slides if each.name == "funds")
    (line,) = [each for each in funds.placeholders if each.placeholder_format.idx == 21]
    assert line.text_frame.text == "单位：万元；整条为计划，深色为已支付"
