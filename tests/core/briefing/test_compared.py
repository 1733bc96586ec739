"""改造前后 in slides, frames and report: the table, the figure, and the pictures; nothing of it where there is none."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from docx import Document
from PIL import Image
from pptx import Presentation

from core.briefing.deck import deck_pptx
from core.briefing.frames import draw
from core.briefing.frames.frame import Frame
from core.briefing.frames.lint import lint
from core.briefing.report import report_docx
from core.figures.figure import Pairs
from core.model.context import Context, Language
from core.model.project import Comparison
from core.service.base import redaction
from core.service.briefing import evaluation, frames, slide_deck
from core.service.briefing.content import evaluation_of
from core.service.briefing.site_photos import photo_pairs
from core.service.manage import importing
from core.service.progress import site_pictures
from tests.core.briefing.test_deck import check_apart, check_room, notes, slide, table
from tests.core.briefing.test_report import tables, words
from tests.core.service.people import PROJECT, WANG
from tests.core.store.test_row_digests import OPERATOR_HERE

pytestmark = pytest.mark.usefixtures("store_path")
TABLE = (
    "街镇,小区,指标,单位,改造前,改造后\n"
    "全项目,,满意度,%,71.5,92\n璜土镇,甲小区,停车位,个,120,180\n利港街道,,投诉,件,40,10\n利港街道,,绿地,㎡,,10\n"
)
FINDING = "4项改造前后对比：2项增加，1项减少"
"""满意度 and 停车位 rise, 投诉 fall; of 绿地 nothing is known before."""
ROWS = [
    ["街镇", "小区", "指标", "单位", "改造前", "改造后", "变化"],
    ["全项目", "—", "满意度", "%", "71.5", "92", "+20.5"],
    ["璜土镇", "甲小区", "停车位", "个", "120", "180", "+60"],
    ["利港街道", "—", "投诉", "件", "40", "10", "-30"],
    ["利港街道", "—", "绿地", "㎡", "—", "10", "—"],
]


def photo(number: int, wide: int = 40, high: int = 30) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (wide, high), (number, 90, 90)).save(stream, "png")
    return stream.getvalue()


def file(place: str, moment: str, number: int, community: str = "", **size: int) -> bytes:
    """File a picture of the number's day in June 2024."""
    content, day = photo(number, **size), date(2024, 6, number)
    site_pictures.file(WANG, PROJECT, place, community, moment, day, f"{number}.png", content)
    return content


def reported() -> None:
    importing.commit(WANG, PROJECT, "对比.csv", TABLE.encode(), date(2024, 12, 31))


def pictured() -> None:
    """Two places with both, and one of which there is nothing after. Of 璜土镇 there are two before."""
    file("利港街道", "before", 1)
    file("利港街道", "after", 2, wide=30, high=80)
    file("璜土镇", "before", 4, "甲小区")
    file("璜土镇", "before", 3, "甲小区")
    file("璜土镇", "after", 5, "甲小区")
    file("申港街道", "before", 6)


def deck(language: Language = "zh_CN") -> Any:
    return Presentation(io.BytesIO(slide_deck.deck(Context(WANG.actor, language), PROJECT).content))


def report() -> Any:
    return Document(io.BytesIO(evaluation.report(WANG, PROJECT).content))


def framed(language: Language = "zh_CN") -> dict[str, Frame]:
    return {each.id: each for each in frames.frames(Context(WANG.actor, language), PROJECT)}


def shapes(page: Any) -> Iterator[tuple[str, Any]]:
    return ((shape.name, shape) for shape in page.shapes if shape.name.startswith("picture_"))


def test_where_nothing_is_reported_no_document_speaks_of_it() -> None:
    file("利港街道", "before", 1)
    assert "compared" not in [each.name for each in deck().slides]
    assert "compared" not in framed()
    assert "改造前后" not in words(report())


def test_the_slide_has_the_table_and_two_pairs_of_pictures() -> None:
    reported()
    pictured()
    made = deck()
    page = slide(made, "compared")
    assert page.shapes.title.text_frame.text == FINDING
    assert table(made, "compared_table") == ROWS
    shown = dict(shapes(page))
    assert {name: shape._element.nvPicPr.cNvPr.get("descr") for name, shape in shown.items()} == {
        "picture_1_before": "利港街道改造前（2024年6月1日）",
        "picture_1_after": "利港街道改造后（2024年6月2日）",
        "picture_2_before": "璜土镇 甲小区改造前（2024年6月3日）",
        "picture_2_after": "璜土镇 甲小区改造后（2024年6月5日）",
    }
    # Each keeps its shape: 40 × 30, and 30 × 80.
    assert shown["picture_1_before"].width / shown["picture_1_before"].height == pytest.approx(4 / 3, abs=0.01)
    assert shown["picture_1_after"].width / shown["picture_1_after"].height == pytest.approx(3 / 8, abs=0.01)
    said = [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
    assert "璜土镇 甲小区改造后（2024年6月5日）" in said
    foot = next(text for text in said if "口径：" in text)
    assert "改造前、改造后均为填报数；变化为改造后减改造前" in foot
    assert "数据来源：改造前后对比 第2行～5行" in foot
    assert "利港街道改造前（2024年6月1日）" in notes(page)
    check_room(made)
    check_apart(made)


def test_the_slide_stands_with_either_alone_and_in_english() -> None:
    pictured()
    made = deck()
    assert slide(made, "compared").shapes.title.text_frame.text == "2处改造前后照片"
    assert len(dict(shapes(slide(made, "compared")))) == 4
    check_room(made)
    check_apart(made)
    reported()
    for each in site_pictures.pictures(WANG, PROJECT):
        for picture in each.before:
            site_pictures.take_back(WANG, PROJECT, picture.id)
    english = deck("en")
    page = slide(english, "compared")
    assert not dict(shapes(page))
    assert table(english, "compared_table")[0][-3:] == ["Before renovation", "After renovation", "Change"]
    check_room(english)
    check_apart(english)


def test_more_rows_than_have_room_stand_in_the_notes() -> None:
    rows = tuple(Comparison("璜土镇", f"{n}号小区", "停车位", "个", Decimal(n), Decimal(2 * n), "") for n in range(60))
    found = evaluation_of(WANG, PROJECT)
    found = replace(found, facts=replace(found.facts, comparisons=rows))
    made = Presentation(io.BytesIO(deck_pptx(found)))
    assert "59号小区" in notes(slide(made, "compared"))
    check_room(made)


def test_a_redacted_picture_is_in_no_document() -> None:
    """Of 璜土镇 the next picture before stands in its place, 利港街道 has none left."""
    pictured()
    for number, size in ((3, {}), (2, {"wide": 30, "high": 80})):
        digest = hashlib.sha256(photo(number, **size)).hexdigest()
        redaction.redact(OPERATOR_HERE, PROJECT, digest, "误传")
    (pair,) = photo_pairs(WANG, PROJECT)
    assert (str(pair.before.caption), str(pair.after.caption)) == (
        "璜土镇 甲小区改造前（2024年6月4日）", "璜土镇 甲小区改造后（2024年6月5日）",
    )  # fmt: skip


def test_the_frame_draws_the_figure_beside_its_table() -> None:
    reported()
    frame = framed()["compared"]
    assert frame.title == f"{FINDING}；图中3项，其余见表"
    assert frame.source == "数据来源：改造前后对比 第2行～5行"
    assert [list(frame.tables[0].headings), *map(list, frame.tables[0].rows)] == ROWS
    (chart,) = frame.charts
    assert isinstance(chart, Pairs)
    assert [(row.name, row.said) for row in chart.rows] == [
        ("满意度", "71.5 → 92%"), ("甲小区停车位", "120 → 180个"), ("利港街道投诉", "40 → 10件"),
    ]  # fmt: skip
    assert "甲小区停车位：120 → 180个" in frame.alt
    for shown in (frame, framed("en")["compared"]):
        assert lint([shown], draw.drawn([shown], "svg").said) == ()


def test_the_report_has_a_section_of_its_own() -> None:
    reported()
    pictured()
    made = report()
    assert tables(made)["改造前后对比"] == ROWS
    said = words(made)
    assert f"{FINDING}。" in said
    assert "数据来源：改造前后对比 第2行～5行" in said
    assert "璜土镇 甲小区改造前（2024年6月3日）；璜土镇 甲小区改造后（2024年6月5日）" in said
    drawn = [each.get("id") for each in made.element.body.iter("{*}docPr")]
    assert len(drawn) == len(set(drawn))
    assert len(made.inline_shapes) >= 4


def test_the_report_of_pictures_alone_and_of_figures_alone() -> None:
    found = evaluation_of(WANG, PROJECT)
    assert "改造前后" not in words(Document(io.BytesIO(report_docx(found))))
    pictured()
    alone = report()
    assert "2处改造前后照片。" in words(alone)
    assert "改造前后对比" not in tables(alone)
