"""The slides of the demo project, whose estimate is split by street and whose works are reported; figures of FACTS."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE, MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

from core.briefing.content import OpenFinding
from core.briefing.deck.layouts import empty_deck
from core.briefing.deck.street_slide import _concerns, street_page
from core.briefing.deck.streets_slides import _together
from core.briefing.slides import street_id
from core.figures.lags import Lag, Lags
from core.model.context import LANGUAGES, Context, Language
from core.model.paper import PaperChoice
from core.service.base import open_store
from core.service.briefing import frames, old_deck, slide_deck
from core.service.briefing.content import content_of
from core.service.manage import demo
from tests.core.briefing.test_deck import (
    bars,
    charts,
    check_apart,
    check_room,
    check_titles,
    notes,
    slide,
    table,
    titles,
)

PICTURE = MSO_SHAPE_TYPE.PICTURE
ASKER = demo.PEOPLE[0].actor


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    path = tmp_path_factory.mktemp("demo_deck") / "demo.duckdb"
    demo.make(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RENEWAL_STORE", str(path))
        open_store.close()
        yield
        open_store.close()


def opened(language: Language = "zh_CN") -> Any:
    return Presentation(io.BytesIO(slide_deck.deck(Context(ASKER, language), demo.ID).content))


@pytest.fixture(scope="module")
def deck(store: None) -> Any:
    return opened()


def test_streets_stand_by_how_far_they_are_behind_the_planned_time(deck: Any) -> None:
    # 671 of 730 days: 91.92 % of the time.
    assert titles(deck, "progress") == ["3个街镇支付率低于80%，白鹭镇比工期慢30.8个百分点"]
    assert table(deck, "progress_table")[1:] == [
        ["白鹭镇", "61.11%", "65.00%", "30.81"], ["枫林镇", "70.83%", "74.00%", "21.08"],
        ["松溪街道", "79.17%", "80.00%", "12.75"], ["云栖街道", "80.00%", "86.00%", "11.92"],
        ["合计", "73.96%", "77.56%", "17.96"],
    ]  # fmt: skip
    assert titles(deck, "streets") == ["白鹭镇落后最多，云栖街道最接近工期但也慢11.9个百分点"]
    first = ["白鹭镇", "1,800.00", "1,100.00", "61.11%", "65.00%", "30.81", "1,200"]
    assert table(deck, "allocation_table")[1] == first
    assert [round(value or 0, 4) for _, value in bars(deck, "works")["形象进度"]] == [0.65, 0.74, 0.8, 0.86, 0.7756]


def test_payment_ahead_of_works_names_the_streets() -> None:
    half, most, behind = Decimal("0.5"), Decimal("0.62"), Decimal("0.3")
    ahead, level = Lag("甲镇", most, behind, half), Lag("乙镇", half, behind, most)
    said = _together(Lags((ahead, level), None, Decimal("0.9")))
    assert str(said) == "甲镇支付高于形象进度，请核实是否超进度支付"
    # 62 - 50 = 12 points, no less than 10.
    assert str(_together(Lags((level,), None, Decimal("0.9")))) == "形象进度比支付高12.0个百分点：工程已做而未支付"


def test_payment_stands_with_plan_and_both_paces(deck: Any) -> None:
    known = {name: [v for _, v in found if v is not None] for name, found in bars(deck, "cumulative").items()}
    assert known["累计支付"] == [900, 2700, 4800, 7100]
    assert known["按工期应支付"] == [0, 9600]
    assert known["按最快速度"] == known["按最慢速度"] == [7100, 9600]
    assert [row[2] for row in table(deck, "snapshots_table")[1:]] == ["—", "+1,800.00", "+2,100.00", "+2,300.00"]


def test_sources_are_planned_arrived_and_paid(deck: Any) -> None:
    assert bars(deck, "sources") == {
        "计划": [("专项债", 6000), ("财政预算资金", 3600)],
        "到位": [("专项债", 6000), ("财政预算资金", 2400)],
        "已支付": [("专项债", 6000), ("财政预算资金", 1100)],
    }


def test_what_is_delivered_stands_beside_what_is_planned(deck: Any) -> None:
    heads, first, *_, last = table(deck, "delivery_table")
    assert heads == ["街镇", "计划小区", "已开工", "已完工", "验收合格率", "满意度"]
    assert first == ["云栖街道", "6", "6", "5", "95.00%", "91.00%"]
    assert last == ["合计", "20", "20", "14", "92.86%", "91.00%"]


def test_what_is_overdue_or_nobodys_is_marked(deck: Any) -> None:
    # 2025-11-30 to 2025-12-31.
    rows = {row[1]: row[2:] for row in table(deck, "finding_table")[1:]}
    assert rows["白鹭镇形象进度65%，低于工期已过比例"] == ["逾期31天", "白鹭镇", "2025年11月30日"]
    assert rows["按季公布各街镇支付与形象进度"] == ["待整改", "待明确", "待明确"]


@pytest.mark.parametrize("name", ["progress", "pace", "streets", "funds", "homes", "deductions"])
def test_notes_begin_with_what_is_said_aloud(deck: Any, name: str) -> None:
    aloud = notes(slide(deck, name)).split("\n\n")[0].split("\n")
    assert aloud[0] == titles(deck, name)[0]
    assert 2 <= len(aloud) <= 6
    assert not [line for line in aloud if "÷" in line]  # formulas and sources come after


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_leaves_the_slide_overflows_or_lies_on_another(store: None, language: Language) -> None:
    made = opened(language)
    check_room(made)
    check_apart(made)
    check_titles(made.slides)


@pytest.mark.parametrize(("name", "was", "now"), [("cumulative", "7100.0", "7300"), ("sources", "1100.0", "1200")])
def test_a_value_edited_in_a_chart_is_found(store: None, name: str, was: str, now: str) -> None:
    made = opened()
    value = next(v for v in charts(made)[name]._chartSpace.iter(qn("c:v")) if v.text == was)
    value.text = now
    stream = io.BytesIO()
    made.save(stream)
    found = old_deck.check(Context(ASKER), stream.getvalue())
    assert found.stale == ()
    assert [(each.before, each.after) for each in found.by_hand] == [(f"{float(was):,.2f}", f"{float(now):,.2f}")]


def test_charts_and_shapes_are_numbered_as_the_format_asks(deck: Any) -> None:
    """An axis has 31 bits (LibreOffice reads no more), a shape its own number on its slide, a drawing its words."""
    for each in deck.slides:
        numbers = each.element.xpath(".//p:cNvPr/@id")
        assert len(numbers) == len(set(numbers)), each.shapes.title
        for chart in (shape.chart for shape in each.shapes if shape.has_chart):
            axes = chart.part._element.iter(qn("c:axId"), qn("c:crossAx"))
            assert all(0 <= int(axis.get("val")) < 2**31 for axis in axes)
        drawn = [shape for shape in each.shapes if shape.has_chart or shape.has_table or shape.shape_type == PICTURE]
        assert [shape.name for shape in drawn if not shape._element.xpath(".//p:cNvPr/@descr")] == []


@pytest.fixture(scope="module")
def streets(store: None) -> Any:
    choice = PaperChoice(slides=("streets",), street_pages=True)
    return Presentation(io.BytesIO(slide_deck.deck(Context(ASKER), demo.ID, choice).content))


def rows_of(deck: Any, of: str, name: str) -> list[list[str]]:
    """The words of a table on the slide of that name, without cells that bars stand in."""
    shape = next(each for each in slide(deck, of).shapes if each.name == name)
    return [[cell.text_frame.text for cell in row.cells if cell.text_frame.text] for row in shape.table.rows]


def test_the_page_of_the_last_street_says_how_far_it_is_behind_and_what_it_has_to_do(streets: Any) -> None:
    name = street_id("白鹭镇")
    assert titles(streets, name) == ["白鹭镇支付61.1%，比工期慢30.8个百分点，为各街镇最多"]
    assert rows_of(streets, name, "street_table")[1:3] == [
        ["支付率", "61.11%", "73.96%", "-12.85"], ["形象进度", "65.00%", "77.56%", "-12.56"],
    ]  # fmt: skip
    said = [shape.text_frame.text for shape in slide(streets, name).shapes if shape.name.startswith("words_")]
    # 1,800 × 671/730 − 1,100 = 554.52; 700 in two months; 22 × 1,800/1,100 = 36 months from March 2024.
    for wanted in (
        "1,800万元",
        "1,100万元",
        "700万元",
        "555万元",
        "350万元/月",
        "为开工以来月均50万元的7.00倍",
        "约2027年2月付清",
    ):
        assert wanted in said, wanted
    assert [row[1:4] for row in rows_of(streets, name, "street_actions")[1:]] == [
        ["白鹭镇形象进度65%，低于工期已过比例", "逾期31天", "白鹭镇"]
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_pages_of_streets_have_room_for_what_they_say(store: None, language: Language) -> None:
    choice = PaperChoice(slides=("streets",), street_pages=True)
    made = Presentation(io.BytesIO(slide_deck.deck(Context(ASKER, language), demo.ID, choice).content))
    assert len(made.slides) == 5
    check_room(made)
    check_apart(made)
    check_titles(made.slides)


def test_what_others_have_to_do_is_not_on_a_streets_page(streets: Any) -> None:
    texts = [cell for row in rows_of(streets, street_id("云栖街道"), "street_actions")[1:] for cell in row]
    assert "云栖街道" in texts
    assert "白鹭镇" not in texts


def test_leaders_see_seven_checks_at_most_and_none_of_the_file_itself(store: None) -> None:
    choice = PaperChoice(slides=("checks",))
    deck = Presentation(io.BytesIO(slide_deck.deck(Context(ASKER), demo.ID, choice).content))
    rows = table(deck, "check_table")[1:]
    assert [row[1] for row in rows] == ["不一致"] * 2 + ["待核实"] + ["提示"] * 4
    assert not {"序号", "概算的合并单元格", "面积的小数位", "文字和单元格残留"} & {row[0] for row in rows}
    assert "14项见备注" in "".join(each.text_frame.text for each in deck.slides[0].shapes if each.has_text_frame)


def test_no_title_of_a_frame_is_cut(store: None) -> None:
    for language in LANGUAGES:
        found = frames.frames(Context(ASKER, language), demo.ID, PaperChoice(checks=True))
        assert [each.title for each in found if each.title.endswith("…")] == []


def test_dots_and_the_projects_mark_stand_on_one_scale(streets: Any) -> None:
    """The first row is payment: 61.11 %, 70.83 %, 79.17 %, 80.00 % of the streets, 73.96 % of the project."""
    shapes = [
        each for each in slide(streets, street_id("白鹭镇")).shapes if each.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE
    ]
    middle = {each.shape_id: (each.left + each.width / 2) / 914400 for each in shapes}
    dots = [each for each in shapes if each.auto_shape_type == MSO_SHAPE.OVAL]
    top = min(each.top for each in dots)
    first = sorted(middle[each.shape_id] for each in dots if each.top == top)
    marks = [each for each in shapes if each.auto_shape_type == MSO_SHAPE.RECTANGLE and each.width < 914400 * 0.1]
    mark = middle[min(marks, key=lambda each: each.top).shape_id]
    assert len(first) == 4
    inch = (first[-1] - first[0]) / (0.8 - 0.611111)
    for value, x in zip((0.611111, 0.708333, 0.791667, 0.8), first, strict=True):
        assert x == pytest.approx(first[0] + (value - 0.611111) * inch, abs=0.01)
    assert mark == pytest.approx(first[0] + (0.739583 - 0.611111) * inch, abs=0.01)


def test_notes_of_a_streets_page_say_its_pace_and_all_that_it_has_to_do(streets: Any) -> None:
    said = notes(slide(streets, street_id("白鹭镇")))
    assert "要按期付清，今后每月须付350万元，为此前的7.00倍" in said
    assert "按此前速度（累计支付÷已过整月）约2027年2月付完" in said
    assert "白鹭镇形象进度65%，低于工期已过比例" in said


def test_a_longer_name_of_another_street_is_no_mention_of_this_one() -> None:
    def noted(text: str, owner: str = "") -> OpenFinding:
        return OpenFinding(True, "问题", text, "", "", owner, None, datetime(2026, 1, 1))

    places = ("新城", "新城北街道")
    assert not _concerns(noted("新城北街道资料不全"), "新城", places)
    assert _concerns(noted("新城北街道和新城资料不全"), "新城", places)
    assert _concerns(noted("资料不全", "新城"), "新城", places)
    assert _concerns(noted("新城北街道资料不全"), "新城北街道", places)


def test_without_a_planned_time_a_streets_page_has_no_empty_field_and_no_estimate(store: None) -> None:
    found = replace(content_of(Context(ASKER), demo.ID), baseline=None)
    made = street_page(empty_deck(), found, "白鹭镇")
    assert made is not None
    fields = [
        each for each in made.slide.shapes if each.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE and each.width > 914400 * 3
    ]
    assert [each.name for each in fields if each.name != "band"] == []
