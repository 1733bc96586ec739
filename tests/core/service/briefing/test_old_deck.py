"""A deck dropped in: what was changed by hand, what is stale and why, and whether it is one of ours."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from pptx import Presentation

from core.briefing.old_deck import compare
from core.errors import Message, UnknownName
from core.ingest.files import deck_file
from core.ingest.files.deck_file import TextLocation
from core.model.paper import PaperChoice
from core.service.base import batches
from core.service.briefing import old_deck, paper, slide_deck, view_codes
from core.service.briefing.old_deck import Changed, NoDeck
from tests.core.service.people import LI, PROJECT, WANG, WORKING, edit, save

pytestmark = pytest.mark.usefixtures("store_path")


def touched(content: bytes, work: Callable[[Any], None]) -> bytes:
    slides = Presentation(io.BytesIO(content))
    work(slides)
    stream = io.BytesIO()
    slides.save(stream)
    return stream.getvalue()


def slide(slides: Any, name: str) -> Any:
    return next(each for each in slides.slides if each.name == name)


def workbook_cell(slides: Any, name: str, cell: str, value: object) -> None:
    chart = next(shape.chart for shape in slide(slides, name).shapes if shape.has_chart)
    part = chart.part.chart_workbook.xlsx_part
    book = load_workbook(io.BytesIO(part.blob))
    assert book.worksheets[0]["A2"].value == "专项债"
    book.worksheets[0][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    part._blob = stream.getvalue()


def packed(sheet: str) -> bytes:
    """A workbook whose one sheet is this XML."""
    stream = io.BytesIO()
    Workbook().save(stream)
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, sheet if entry.filename == "xl/worksheets/sheet1.xml" else old.read(entry))
    return out.getvalue()


def sheet_of(rows: str) -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'


CELL = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
BOMBS = {
    "many cells": sheet_of("".join(CELL.format(row) for row in range(1, 5_001))),
    "two cells far apart": sheet_of(CELL.format(1) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "packed tightly": sheet_of(CELL.format(1) + " " * 40_000_000),
    "merged over everything": sheet_of(CELL.format(1)).replace(
        "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
}


# No wrong number, D25
@pytest.mark.parametrize("bomb", BOMBS)
def test_the_workbook_behind_a_chart_is_looked_at_before_it_is_opened(
    bomb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_bomb(slides: Any) -> None:
        chart = next(shape.chart for shape in slide(slides, "funds").shapes if shape.has_chart)
        chart.part.chart_workbook.xlsx_part._blob = packed(BOMBS[bomb])

    made = touched(slide_deck.deck(WANG, PROJECT).content, with_bomb)
    assert len(made) < 1_000_000
    opened: list[int] = []

    def counting(stream: io.BytesIO, **options: object) -> object:
        book = load_workbook(stream, **options)
        opened.append(sum(len(sheet._cells) for sheet in book.worksheets))
        return book

    monkeypatch.setattr("openpyxl.load_workbook", counting)
    said = deck_file.read_deck(made)
    assert isinstance(said, Message)
    assert "图后面的工作簿过大" in str(said)
    assert max(opened, default=0) <= deck_file.OF_A_CHART.cells


def without_reasons(found: tuple[Changed, ...]) -> set[tuple[str, str, str, str]]:
    return {(each.slide, each.where, each.before, each.after) for each in found}


def test_a_deck_just_made_is_as_it_was_and_still_holds() -> None:
    found = old_deck.check(LI, slide_deck.deck(WANG, PROJECT, PaperChoice(checks=True)).content)
    assert (found.stale, found.by_hand, found.others, found.opened.since) == ((), (), (), ())


def test_a_value_edited_in_a_workbook_is_reported_as_changed_by_hand() -> None:
    made = slide_deck.deck(WANG, PROJECT).content
    found = old_deck.check(LI, touched(made, lambda s: workbook_cell(s, "funds", "B2", 2999)))
    assert found.by_hand == (Changed("资金", "计划 · 专项债", "12,000.00", "2,999.00"),)
    assert found.stale == ()


def test_texts_and_cells_changed_by_hand_are_reported_and_slides_may_be_taken_out_or_moved() -> None:
    def work(slides: Any) -> None:
        funds = slide(slides, "funds")
        funds.shapes.title.text_frame.text = "资金情况良好"
        table = next(shape.table for shape in funds.shapes if shape.name == "estimate_table")
        table.cell(1, 3).text = "18.43%"  # behind the bars
        order = slides.slides._sldIdLst
        order.remove(order[-1])
        order.append(order[2])

    found = old_deck.check(LI, touched(slide_deck.deck(WANG, PROJECT).content, work))
    title = "已支付8,000万元，占概算53.3%，未支付7,000万元"
    assert without_reasons(found.by_hand) == {
        ("资金", "标题", title, "资金情况良好"),
        ("资金", "璜土镇 · 占概算", "14.43%", "18.43%"),
    }


def test_stale_numbers_are_listed_then_now_and_why() -> None:
    made = slide_deck.deck(WANG, PROJECT).content
    batches.correct(WANG, PROJECT, "璜土镇", "paid", "2163.50", "录入错误")
    save(WANG, WORKING, edit("B12", 1, "3.50", reason="凭证缺附件"))
    found = old_deck.check(LI, made)
    assert found.by_hand == ()
    # 2163.5 / 15000 = 14.4233 %; 93.00 - (4.00 - 3.50) = 92.50.
    assert {
        ("资金", "累计支付（万元） · 璜土镇", "2,164.00", "2,163.50"),
        ("资金", "璜土镇 · 占概算", "14.43%", "14.42%"),
        ("评分表", "合计 · 得分", "93.00", "92.50"),
    } <= without_reasons(found.stale)
    assert all(each.before != each.after for each in found.stale)
    why = {each.slide: each.why for each in found.stale}
    assert "由王工更正：录入错误" in why["资金"]
    assert "由王工改分：凭证缺附件" in why["评分表"]
    again = old_deck.fresh(LI, found.opened.code)
    assert old_deck.check(LI, again.content).stale == ()


def test_a_deck_in_english_is_compared_in_english() -> None:
    english = type(WANG)(WANG.actor, "en")
    made = slide_deck.deck(english, PROJECT).content
    batches.correct(WANG, PROJECT, "璜土镇", "paid", "2163.50", "录入错误")
    found = old_deck.check(LI, made)
    assert ("21.64", "21.635") in {(each.before, each.after) for each in found.stale}
    assert not any("万元：" in each.after for each in found.stale)


def test_an_english_deck_of_before_is_compared_in_the_unit_that_it_counts_in() -> None:
    english = type(WANG)(WANG.actor, "en")
    view = paper.view_of(english, PROJECT, "pptx", PaperChoice())
    made = slide_deck.deck_of(english, view).content  # in 万元, as decks were until now
    view_codes.keep(english, view, deck_file.as_json(deck_file.said_by(made)))
    assert "CNY 10k" in " ".join(deck_file.said_by(made).values())
    untouched = old_deck.check(LI, made)
    assert (untouched.stale, untouched.by_hand) == ((), ())
    batches.correct(WANG, PROJECT, "璜土镇", "paid", "2163.50", "录入错误")
    assert ("2,164.00", "2,163.50") in {(each.before, each.after) for each in old_deck.check(LI, made).stale}


def test_one_slide_of_an_english_deck_of_before_tells_its_unit_by_its_headings() -> None:
    english = type(WANG)(WANG.actor, "en")
    view = paper.view_of(english, PROJECT, "pptx", PaperChoice(slides=("funds",)))
    made = slide_deck.deck_of(english, view).content
    view_codes.keep(english, view, deck_file.as_json(deck_file.said_by(made)))
    assert old_deck.check(LI, made).stale == ()


def test_a_cost_a_building_does_not_make_a_deck_one_of_before() -> None:
    english = type(WANG)(WANG.actor, "en")
    made = slide_deck.deck(english, PROJECT, PaperChoice(slides=("homes", "funds"))).content
    assert "CNY 10k/building" in " ".join(spot.part for spot in deck_file.said_by(made))
    untouched = old_deck.check(LI, made)
    assert (untouched.stale, untouched.by_hand) == ((), ())


def test_slides_of_two_decks_in_one_file_are_named() -> None:
    first = slide_deck.deck(WANG, PROJECT).content
    code = old_deck.check(LI, first).opened.code
    batches.correct(WANG, PROJECT, "璜土镇", "paid", "2163.50", "录入错误")
    second = old_deck.check(LI, slide_deck.deck(WANG, PROJECT).content).opened.code

    def paste(slides: Any) -> None:
        shape = next(s for s in slide(slides, "basis").shapes if s.name == "passport")
        shape.text_frame.text = f"查验码 {second}"

    found = old_deck.check(LI, touched(first, paste))
    assert (found.opened.code, found.others) == (code, (second,))


def no_code(slides: Any) -> None:
    for each in slides.slides:
        for shape in list(each.shapes):
            if shape.name == "passport":
                shape._element.getparent().remove(shape._element)


def test_what_is_not_a_deck_of_ours_is_a_sentence() -> None:
    made = slide_deck.deck(WANG, PROJECT).content
    with pytest.raises(UnknownName, match="文件里没有查验码"):
        old_deck.check(LI, touched(made, no_code))
    for broken in (b"", b"PK\x03\x04" + b"0" * 400, made[: len(made) // 2], b"%PDF-1.7"):
        with pytest.raises(NoDeck, match="不是PowerPoint文件"):
            old_deck.check(LI, broken)

    def foreign(slides: Any) -> None:
        for each in slides.slides:
            for shape in each.shapes:
                if shape.name == "passport":
                    shape.text_frame.text = "查验码 AAAA-BBBB-CCCC"

    with pytest.raises(UnknownName, match="没有查验码“AAAA-BBBB-CCCC”的记录"):
        old_deck.check(LI, touched(made, foreign))


def test_a_deck_follows_the_planned_time_that_was_chosen_and_names_it() -> None:
    # FACTS 2: at 2301-2612 the time gone is 731/1461 days, 50.03 %; 53.33 - 50.03 = 3.30 ahead of it.
    made = slide_deck.deck(WANG, PROJECT, PaperChoice(baseline="2301-2612"))
    text = "\n".join(deck_file.said_by(made.content).values())
    assert "支付进度快于工期3.3个百分点" in text
    assert "工期已过\n50.0%" in text
    assert "计划工期2023年1月1日至2026年12月31日" in text
    found = old_deck.check(LI, made.content)
    assert (found.stale, found.by_hand, found.opened.view.baseline) == ((), (), "2301-2612")


def test_slides_that_are_laid_out_otherwise_make_no_figure_stale_but_a_table_that_went_does() -> None:
    title, text = TextLocation("funds", "Title 1", ""), TextLocation("overview", "TextBox 5", "")
    chart = TextLocation("overview", "payment_and_time", "比例|工期已过", number_format="0.00%")
    row = TextLocation("funds", "funding_table", "专项债|已支付（万元）")
    costs = TextLocation("funds", "unit_cost_table", "璜土镇|元/户")  # in the notes now, where delivery is reported
    then = {title: "概算15,000.00万元", text: "8,000.00万元", chart: "0.6138", row: "8,000.00", costs: "4,787.61"}
    now = {TextLocation("funds", "标题", ""): "已支付8,000万元", TextLocation("overview", "words_1", ""): "累计支付"}
    found = compare(then, then, now)
    assert found.by_hand == ()
    assert [(each.spot, each.before, each.after) for each in found.stale] == [(row, "8,000.00", "—")]


def test_what_was_drawn_with_more_decimals_is_not_stale() -> None:
    label, other = TextLocation("pace", "words_1", "x"), TextLocation("pace", "words_2", "x")
    then = {label: "Paid 80.00; due by schedule 92.0635", other: "Due by schedule 92.0635"}
    now = {label: "Paid 80.00; due by schedule 92.06", other: "Due by schedule 92.07"}
    assert [each.spot for each in compare(then, then, now).stale] == [other]
