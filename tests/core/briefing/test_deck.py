"""The slides, opened again: figures, notes, fonts, room. Expected figures are those of FACTS."""

from __future__ import annotations

import io
import os
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from core.briefing.deck import deck_pptx
from core.briefing.deck.fitting import height_of, wrapped
from core.briefing.slides import SLIDES
from core.errors import Message, UnknownName
from core.model.context import Actor, Context, Language
from core.model.paper import PaperChoice
from core.service.base import open_store
from core.service.briefing import decisions, slide_deck
from core.service.briefing.content import content_of
from core.service.evidence import data_checks, findings
from core.service.progress.decisions import Decision
from core.service.progress.money_and_households import beneficiaries, budget
from core.service.scoring import opening, scorecards, taking_over
from tests.core.lingang import CHECKED_TITLE, PLACES
from tests.core.service import people

PROJECT = "lingang-2023"
WANG = Actor("browser-wang", "王工")
SHIPPED = [name for name in SLIDES if name not in ("compared", "progress")]
"""Those of the shipped project: nothing before and after is reported, and its estimate is not split by street."""


def opened(language: Language = "zh_CN", *, checks: bool = True, round_id: str | None = None) -> Any:
    made = slide_deck.deck(Context(WANG, language), PROJECT, PaperChoice(round_id, checks))
    assert made.name.endswith("20241231.pptx")
    return Presentation(io.BytesIO(made.content))


@pytest.fixture(scope="module")
def store(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    path = tmp_path_factory.mktemp("deck") / "renewal.duckdb"
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
def deck(store: None) -> Any:
    return opened()


@pytest.fixture(scope="module")
def english(store: None) -> Any:
    return opened("en")


@pytest.fixture
def other_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Callable[[Path], None]], Any]]:
    """Makes the deck of a store whose seed files were changed first."""
    folder = tmp_path / "data"
    shutil.copytree(open_store.SEED.parent, folder, ignore=shutil.ignore_patterns("*.duckdb*", "*.sock", "*.key"))
    monkeypatch.setattr(open_store, "SEED", folder / "seed")
    monkeypatch.setenv("RENEWAL_STORE", str(tmp_path / "renewal.duckdb"))
    open_store.close()

    def make(change: Callable[[Path], None], language: Language = "zh_CN") -> Any:
        change(folder / "seed")
        open_store.build_at(tmp_path / "renewal.duckdb")
        return opened(language)

    yield make
    open_store.close()


def only_headings(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / f"{name}.csv"
        path.write_text(path.read_text("utf-8-sig").splitlines()[0] + "\n", encoding="utf-8")


def titles(deck: Any, *names: str) -> list[str]:
    """Of the slides of these names."""
    return [each.shapes.title.text_frame.text for each in deck.slides if each.name in names]


def slide(deck: Any, name: str) -> Any:
    return next(each for each in deck.slides if each.name == name)


def frames(deck: Any) -> dict[str, Any]:
    return {shape.name: shape for slide in deck.slides for shape in slide.shapes}


def charts(deck: Any) -> dict[str, Any]:
    return {name: shape.chart for name, shape in frames(deck).items() if shape.has_chart}


def table(deck: Any, name: str) -> list[list[str]]:
    """Its words, without the columns that bars stand in."""
    rows = [[cell.text_frame.text for cell in row.cells] for row in frames(deck)[name].table.rows]
    filled = [n for n in range(len(rows[0])) if any(row[n] for row in rows)]
    return [[row[n] for n in filled] for row in rows]


def bars(deck: Any, name: str) -> dict[str, list[tuple[str, float | None]]]:
    plot = charts(deck)[name].plots[0]
    return {each.name: list(zip(plot.categories, each.values, strict=True)) for each in plot.series}


def workbook(chart: Any) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def category(cell: Any) -> str:
    """A category as charts have it: a day as a number of days."""
    return f"{(cell.date() - date(1899, 12, 30)).days}.0" if isinstance(cell, datetime) else str(cell)


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def test_the_slides_are_those_of_the_list_and_the_checks_are_there_when_chosen(deck: Any, store: None) -> None:
    assert [each.name for each in deck.slides] == SHIPPED
    assert [each.name for each in opened(checks=False).slides] == [name for name in SHIPPED if name != "checks"]
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)


def test_each_title_is_the_finding_of_its_slide(deck: Any) -> None:
    said = {
        "cover": "2023年度申港、夏港区域老小区改造项目",
        "overview": "支付进度滞后工期8.0个百分点，付清比计划晚约5个月",
        "funds": "已支付8,000万元，占概算53.3%，未支付7,000万元",
        "pace": "要在计划工期内付清，今后每月须支付583万元，为此前月均的1.39倍",
        "streets": "4种分摊口径下，璜土镇测算执行率都最高",
        "homes": "计划受益26,310户、28个小区、780栋、330.67万㎡；完工数未填报",
        "scorecard": "效益得分率最低，为84.00%",
        "deductions": "6项扣分，共扣7.00分",
        "margin": "“初评工作表”与“还原稿B”有4项得分不同",
        "checks": CHECKED_TITLE,
        "findings": "共2个问题、4条建议；整改0/6",
        "basis": "各数均可追溯：口径与来源",
    }
    assert {each.name: each.shapes.title.text_frame.text for each in deck.slides} == said


def test_charts_show_the_measures(deck: Any) -> None:
    def shown(name: str, digits: int = 2, series: int = 0) -> list[tuple[str, float | None]]:
        found = list(bars(deck, name).values())[series]
        return [(category, None if value is None else round(value, digits)) for category, value in found]

    assert shown("progress", 4) == [("工期已过", 0.6138), ("累计支付占概算", 0.5333)]
    paid = [2164.0, 2627.0, 1900.0, 1309.0, 7000.0]
    assert shown("estimate") == list(zip((*PLACES, "未支付"), paid, strict=True))
    known = {
        name: [value for _, value in found if value is not None] for name, found in bars(deck, "cumulative").items()
    }
    assert known == {
        "按工期应支付": [0, 15000], "按此前速度": [8000, 15000], "累计支付": [8000], "概算": [15000, 15000],
    }  # fmt: skip
    # The planned time and the payment to come, by their days.
    days = [date(1899, 12, 30) + timedelta(float(day)) for day, _ in shown("cumulative")]
    assert days == [date(2023, 6, 1), date(2024, 12, 31), date(2026, 1, 1), date(2026, 5, 19)]
    by_key = [
        [0.8397, 0.5485, 0.5094, 0.3353],
        [1.2232, 0.5153, 0.5440, 0.2821],
        [0.8791, 0.5378, 0.5119, 0.3320],
        [0.8079, 0.5449, 0.3941, 0.4887],
    ]
    assert [[value for _, value in shown("allocation", 4, n)] for n in range(4)] == by_key
    homes = [("璜土镇", 4520), ("夏港街道", 8400), ("申港街道", 6542), ("利港街道", 6848)]  # as in the table beside
    assert shown("households") == homes
    rates = [("决策", 1.0), ("过程", 0.98), ("产出", 0.9286), ("效益", 0.84)]
    assert shown("level1_rates", 4) == rates
    assert [value for _, value in shown("deductions")] == [2.0, 1.5, 1.0, 1.0, 1.0, 0.5]
    # scorecard.csv: recon_a against recon_b
    assert [value for _, value in shown("differences")] == [2.0, 5.0, 4.0, 5.0]
    assert [value for _, value in shown("differences", series=1)] == [1.33, 5.21, 3.86, 5.6]


def test_tables_show_the_measures(deck: Any) -> None:
    assert table(deck, "estimate_table")[1:] == [
        ["璜土镇", "2,164.00", "14.43%"],
        ["夏港街道", "2,627.00", "17.51%"],
        ["申港街道", "1,900.00", "12.67%"],
        ["利港街道", "1,309.00", "8.73%"],
        ["未支付", "7,000.00", "46.67%"],
        ["合计", "15,000.00", "100.00%"],
    ]
    assert table(deck, "funding_table")[1:] == [
        ["专项债", "12,000.00", "8,000.00", "66.67%"],
        ["财政预算资金", "3,000.00", "0.00", "0.00%"],
    ]
    assert table(deck, "allocation_table")[1] == ["璜土镇", "83.97%", "122.32%", "87.91%", "80.79%"]
    assert table(deck, "scope_table")[-1] == ["合计", "28", "780", "26,310", "330.67"]
    assert table(deck, "unit_cost_table")[-1] == ["全项目计划", "5,701.25", "45.36", "19.23", "535.71"]
    assert [row[1] for row in table(deck, "pace_table")[1:]] == [
        "8,000.00万元", "9,206.35万元", "-1,206.35万元", "13,052.63万元", "1,947.37万元", "2026年5月19日",
        "421.05万元/月", "583.33万元/月", "1.39倍",
    ]  # fmt: skip
    assert table(deck, "level1_table")[-1] == ["合计", "100.00", "93.00", "93.00%"]
    assert [row[2] for row in table(deck, "deduction_table")[1:]] == ["2.00", "1.50", "1.00", "1.00", "1.00", "0.50"]


def test_tables_are_those_of_the_pages(deck: Any, store: None) -> None:
    ctx = Context(WANG)
    pages = {panel.id: panel for panel in (*budget(ctx, PROJECT).panels, *beneficiaries(ctx, PROJECT).panels)}
    same = {
        "estimate_table": "estimate", "funding_table": "funding", "allocation_table": "allocation",
        "scope_table": "scope", "unit_cost_table": "unit_costs",
    }  # fmt: skip
    for name, page in same.items():
        assert table(deck, name) == [list(pages[page].headings), *map(list, pages[page].rows)]


def test_every_chart_has_a_workbook_with_its_values(deck: Any, english: Any) -> None:
    for each in (deck, english):
        assert {"progress", "estimate", "cumulative", "allocation", "households"} <= set(charts(each))
        for name, chart in charts(each).items():
            plot = chart.plots[0]
            heading, *rows = workbook(chart)
            assert heading[1:] == [series.name for series in plot.series], name
            assert [category(row[0]) for row in rows] == list(plot.categories), name
            assert [row[1:] for row in rows] == [
                list(row) for row in zip(*(s.values for s in plot.series), strict=True)
            ]


def test_bars_start_at_zero_and_nothing_is_linked_from_outside(deck: Any) -> None:
    for chart in charts(deck).values():
        assert chart.value_axis.minimum_scale == 0
    for part in deck.part.package.iter_parts():
        assert not [rel.reltype for rel in part.rels.values() if rel.is_external]


def test_figures_on_an_assumption_are_striped_and_banded(deck: Any) -> None:
    bands = {each.name: s.text_frame.text for each in deck.slides for s in each.shapes if s.name == "band"}
    scores = dict.fromkeys(("cover", "scorecard", "deductions", "margin"), "还原稿·非原表 · 草稿")
    assert bands == scores | {"streets": "测算值·非批复数"}
    striped = {
        name for name, chart in charts(deck).items() if next(chart._chartSpace.iter(qn("a:pattFill")), None) is not None
    }
    assert striped == {"allocation"}


REPORT = "2023年度申港、夏港区域老小区改造项目绩效评价报告"
# No wrong number, B9: reconstructed scores never carry the report as their source.
SCORED = "初评“初评工作表”（还原稿·非原表，扣分分布为推测）"
OF_SCORES = ("scorecard", "deductions", "margin")


def test_every_slide_says_source_day_and_basis_in_places_of_the_template(deck: Any) -> None:
    """The cover has the day in its own line."""
    for slide in deck.slides:
        places = {each.placeholder_format.type: each for each in slide.placeholders}
        foot = places[PP_PLACEHOLDER.FOOTER].text_frame.text
        assert f"数据来源：{SCORED if slide.name in OF_SCORES else REPORT}" in foot
        if slide.name == "cover":
            assert "数据截至2024年12月31日" in [each.text_frame.text for each in slide.placeholders]
        else:
            assert places[PP_PLACEHOLDER.DATE].text_frame.text == "截至2024年12月31日"
            assert "口径：" in foot


def test_the_number_of_a_slide_is_a_field_that_follows_when_slides_are_moved(deck: Any) -> None:
    for position, slide in enumerate(deck.slides, 1):
        field = next(slide.element.iter(qn("a:fld")))
        assert (field.get("type"), field.find(qn("a:t")).text) == ("slidenum", str(position))


def check_titles(slides: Iterable[Any]) -> None:
    """One line at 24 points, none of them with a full stop at the end."""
    for slide in slides:
        text = slide.shapes.title.text_frame.text
        assert not text.endswith(("。", ".")), text
        if slide.name != "cover":
            assert len(wrapped(text, 24, slide.shapes.title.width / 914400, bold=True)) == 1, text


def test_a_finding_stands_on_one_line_at_24_points(deck: Any) -> None:
    check_titles(deck.slides)


def test_a_finding_in_english_stands_on_one_line_too(store: None) -> None:
    check_titles(opened("en").slides)


def test_another_theme_restyles_the_whole_deck(deck: Any) -> None:
    """No colour of ours and no font is written on a slide, but for what means attention, loss or what is open."""
    kept = {"B35C00", "FBF1E6", "8A5A00", "D3D9DF"}
    for tree in (*(each.element for each in deck.slides), *(each._chartSpace for each in charts(deck).values())):
        assert {each.get("val") for each in tree.iter(qn("a:srgbClr"))} <= kept
        assert {each.get("typeface") for each in tree.iter(qn("a:latin"), qn("a:ea"))} == {"+mn-lt", "+mn-ea"}


def said(slide: Any) -> set[str]:
    return {shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}


def test_a_reconstructed_score_says_so_on_the_leaders_page_too(deck: Any) -> None:
    assert {"93.00分", "还原稿·非原表 · 草稿", "初评 · 初评工作表"} <= said(slide(deck, "overview"))


def test_what_is_to_be_decided_stands_on_the_slide_in_both_languages(deck: Any, english: Any) -> None:
    """7,000 unpaid = bond 4,000 + budget 3,000."""
    assert "未付7,000万元：专项债4,000、财政预算资金3,000" in said(slide(deck, "overview"))
    assert any(text.startswith("CNY 70.0 million unpaid:") for text in said(slide(english, "overview")))


def test_the_cover_names_the_approval(deck: Any) -> None:
    assert any("批复文号：澄港开委投〔2022〕41号" in text for text in said(slide(deck, "cover")))


def test_doubts_are_no_matter_for_a_decision_where_they_were_not_chosen(deck: Any, store: None) -> None:
    def about_doubts(made: Any) -> bool:
        return "不一致" in " ".join(said(slide(made, "overview"))) + notes(slide(made, "overview"))

    assert about_doubts(deck)
    assert not about_doubts(opened(checks=False))


def test_the_leaders_page_names_nobody_who_scores_and_speaks_of_its_own_sheet(
    store: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = (
        Decision("panel_r1", Message("初评还有1份评分表未提交"), Message("李工"), "panel", names_people=True),
        Decision("unconfirmed", Message("另一张表未确认"), Message("逐项确认"), "scorecard", {"sheet": "r9/other"}),
    )
    monkeypatch.setattr(decisions, "to_decide", lambda *_: waiting)
    page = slide(opened(), "overview")
    everything = " ".join(said(page)) + notes(page)
    assert "初评还有1份评分表未提交" in everything
    assert "李工" not in everything
    assert "另一张表未确认" not in everything


def test_the_file_is_made_for_wide_slides_and_carries_no_picture_of_another(deck: Any) -> None:
    assert deck.element.find(qn("p:sldSz")).get("type") is None
    assert not [part for part in deck.part.package.iter_parts() if "thumbnail" in part.partname]


def test_ids_are_unique_and_everything_that_is_drawn_is_told_in_words(deck: Any) -> None:
    for slide in deck.slides:
        ids = [each.shape_id for each in slide.shapes]
        assert len(ids) == len(set(ids)), slide.name
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
                assert shape._element.xpath(".//p:cNvPr/@descr")[0], (slide.name, shape.name)


def test_texts_are_large_enough(deck: Any, english: Any) -> None:
    """Nothing under 10 points, and only foot and bands under 12."""
    small = ("band", "passport", "页脚占位符", "日期占位符")
    for slide in [*deck.slides, *english.slides]:
        if slide.name != "cover":
            title = slide.shapes.title.text_frame
            assert {run.font.size for p in title.paragraphs for run in p.runs} == {Pt(24)}
        for shape in slide.shapes:
            for text in shape._element.iter(qn("a:rPr")):
                assert int(text.get("sz", "1200")) >= (1000 if shape.name in small else 1200), shape.name
    for chart in charts(deck).values():
        for text in chart._chartSpace.iter(qn("a:defRPr")):
            assert int(text.get("sz", "1200")) >= 1200


def test_fonts_are_east_asian_and_those_of_the_theme_everywhere(deck: Any) -> None:
    for owner in (deck.slide_master.part, deck.notes_master.part):
        theme = next(rel.target_part for rel in owner.rels.values() if rel.reltype.endswith("/theme"))
        assert theme.blob.decode().count('<a:ea typeface="微软雅黑"/>') == 2
    trees = [slide.element for slide in deck.slides]
    trees += [slide.notes_slide.element for slide in deck.slides]
    trees += [chart._chartSpace for chart in charts(deck).values()]
    for tree in trees:
        texts = [*tree.iter(qn("a:rPr")), *tree.iter(qn("a:defRPr"))]
        named = [text.find(qn("a:ea")).get("typeface") for text in texts if text.find(qn("a:ea")) is not None]
        assert named
        assert set(named) == {"+mn-ea"}
    for chart in charts(deck).values():
        assert list(chart._chartSpace.iter(qn("a:defRPr")))


def test_notes_say_how_it_is_computed_and_from_where(deck: Any) -> None:
    for each in deck.slides:
        assert each.has_notes_slide
        assert "数据来源：" in notes(each)
        assert notes(each).startswith(each.shapes.title.text_frame.text)
    pace = notes(slide(deck, "pace"))
    assert "怎么算" in pace
    assert "此前月均421.05万元 × 计划工期31个整月" in pace
    assert "资金明细表" in pace
    everything = notes(slide(deck, "scorecard"))
    codes = [item.indicator.code for item in scorecards.scorecard(Context(WANG), PROJECT).items]
    assert len(codes) == 32
    assert all(code in everything for code in codes)


def test_all_checks_stand_in_the_notes_and_the_grave_ones_on_the_slide(deck: Any, store: None) -> None:
    found = data_checks.checks(Context(WANG), PROJECT)
    assert all(str(each.message) in notes(slide(deck, "checks")) for each in found)
    rows = table(deck, "check_table")[1:]
    assert [row[1] for row in rows] == ["不一致"] * 4 + ["待核实"] * 3
    said = [each.text_frame.text for each in slide(deck, "checks").shapes if each.has_text_frame]
    assert f"其余{len(found) - 7}项见备注" in said


def room_of(text: str, size: float, wide: float) -> float:
    """Inches that a text takes: Chinese a square a letter, others half of one; lines break anywhere."""
    high = 0.0
    for line in text.split("\n"):
        units = sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.53 for c in line)
        high += max(1, -(-units * size // (wide * 72))) * size * 1.33 / 72
    return high


def check_room(deck: Any) -> None:
    slack = Inches(0.02)
    for n, slide in enumerate(deck.slides, 1):
        feet = [s.top for s in slide.placeholders if s.placeholder_format.type == PP_PLACEHOLDER.FOOTER]
        for shape in slide.shapes:
            where = f"{n} {shape.name}"
            assert shape.left >= 0, where
            assert shape.top >= 0, where
            assert shape.left + shape.width <= deck.slide_width + slack, where
            assert shape.top + shape.height <= deck.slide_height + slack, where
            if shape.has_chart or shape.has_table:
                assert shape.top + shape.height <= min(feet) + slack, where
            if shape.has_table:
                check_cells(shape.table, where)
            if shape.has_text_frame and shape.text_frame.text and shape.name not in ("band", "页码占位符"):
                need = sum(
                    room_of(p.text, p.runs[0].font.size.pt, shape.width / 914400) + p.space_after.pt / 72
                    for p in shape.text_frame.paragraphs
                )
                assert need <= shape.height / 914400 + 0.02, f"{where} {shape.text_frame.text}"


def check_cells(grid: Any, where: str) -> None:
    for row in grid.rows:
        for column, cell in zip(grid.columns, row.cells, strict=True):
            size = cell.text_frame.paragraphs[0].runs[0].font.size.pt
            need = room_of(cell.text_frame.text, size, column.width / 914400 - 0.12)
            assert need <= row.height / 914400 + 0.02, f"{where} {cell.text_frame.text}"


def beside_rows(chart: Any, table: Any) -> bool:
    """Whether the chart stands in a column of the table that is there for it: nothing is written below its bars."""
    left, right, free = table.left, table.left + table.width, []
    for n, column in enumerate(table.table.columns):
        if not any(row.cells[n].text_frame.text for row in table.table.rows):
            free.append((left, left + column.width))
        left += column.width
    ends = chart.left, chart.left + chart.width
    rows = table.top <= chart.top and chart.top + chart.height <= table.top + table.height + 9
    return right > ends[0] and rows and any(start <= ends[0] and ends[1] <= end for start, end in free)


def check_apart(deck: Any) -> None:
    slack = Inches(0.03)
    for n, slide in enumerate(deck.slides, 1):
        said = [s for s in slide.shapes if not s.has_text_frame or s.text_frame.text]
        said = [s for s in said if not (s.has_chart and any(beside_rows(s, t) for t in said if t.has_table))]
        boxes = [(s.name, s.left, s.top, s.left + s.width, s.top + s.height) for s in said]
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                across = min(a[3], b[3]) - max(a[1], b[1])
                down = min(a[4], b[4]) - max(a[2], b[2])
                assert across <= slack or down <= slack, (n, a, b)


def test_nothing_leaves_the_slide_overflows_or_lies_on_another(deck: Any, english: Any) -> None:
    for shown in (deck, english):
        check_room(shown)
        check_apart(shown)


def test_long_names_find_room(other_seed: Callable[..., Any]) -> None:
    def rename(folder: Path) -> None:
        for path in folder.glob("*.csv"):
            text = path.read_text("utf-8").replace("夏港街道", "夏港街道及其所属各社区居民委员会综合服务片区")
            path.write_text(
                text.replace("利港街道", "Ligang Subdistrict with all of its Communities"), encoding="utf-8"
            )

    deck = other_seed(rename)
    check_room(deck)
    check_apart(deck)


def test_english_has_the_same_figures_with_amounts_in_millions(deck: Any, english: Any) -> None:
    assert len(english.slides) == len(SHIPPED)
    in_millions = {"cumulative", "sources", "estimate"}
    for name in charts(deck):
        times = 100 if name in in_millions else 1
        for chinese, found in zip(bars(deck, name).values(), bars(english, name).values(), strict=True):
            for (_, value), (_, million) in zip(chinese, found, strict=True):
                assert million is None if value is None else million * times == pytest.approx(value), name
    # FACTS 2: 2,164万元 paid of 15,000.
    rows = table(english, "estimate_table")
    assert "21.64" in rows[1]
    assert not any("CNY 10k" in text for each in english.slides for text in said(each))


def test_a_street_that_looks_like_a_formula_stays_text(other_seed: Callable[..., Any]) -> None:
    def rename(folder: Path) -> None:
        for path in folder.glob("*.csv"):
            text = path.read_text("utf-8").replace("夏港街道", "=1+1").replace("利港街道", "http://x.cn/<b>&")
            path.write_text(text, encoding="utf-8")

    deck = other_seed(rename)
    for name in ("estimate", "allocation", "households"):
        blob = charts(deck)[name].part.chart_workbook.xlsx_part.blob
        sheet = openpyxl.load_workbook(io.BytesIO(blob))["Sheet1"]
        cells = {cell.value: cell for cell in sheet["A"] if cell.value}
        assert cells["=1+1"].data_type in ("s", "inlineStr"), name
        assert cells["http://x.cn/<b>&"].hyperlink is None
        assert "=1+1" in list(charts(deck)[name].plots[0].categories)
    assert table(deck, "estimate_table")[2][0] == "=1+1"


def without(*names: str) -> list[str]:
    """The shipped slides but for these."""
    return [each for each in SHIPPED if each not in names]


def test_without_scores_their_slides_are_left_out(other_seed: Callable[..., Any]) -> None:
    deck = other_seed(lambda folder: only_headings(folder, "score", "sheet", "round"))
    assert [each.name for each in deck.slides] == without("scorecard", "deductions", "margin")
    assert "estimate" in charts(deck)
    check_room(deck)
    check_apart(deck)


def test_a_sheet_without_a_single_score_says_what_it_can_still_reach(other_seed: Callable[..., Any]) -> None:
    deck = other_seed(lambda folder: only_headings(folder, "score"))
    assert [each.name for each in deck.slides] == without("scorecard", "margin")
    assert "总分区间0.00～100.00" in titles(deck, "deductions")[0]


def test_without_money_its_slides_are_left_out(other_seed: Callable[..., Any]) -> None:
    deck = other_seed(lambda folder: only_headings(folder, "spend", "budget_group", "budget_group_place", "funding"))
    assert [each.name for each in deck.slides] == without("overview", "funds", "pace", "streets")
    assert "households" in charts(deck)
    assert bars(deck, "progress") == {"比例": [("工期已过", pytest.approx(0.6138, abs=0.0001))]}


def test_an_estimate_that_was_split_by_street_gives_rates_that_are_facts(other_seed: Callable[..., Any]) -> None:
    amounts = dict(zip(PLACES, (4000, 5000, 3800, 2200), strict=True))

    def split(folder: Path) -> None:
        only_headings(folder, "budget_group", "budget_group_place")
        with (folder / "budget_group.csv").open("a", encoding="utf-8") as groups:
            groups.writelines(f"{PROJECT},{place},{amount},{amount},表\n" for place, amount in amounts.items())
        with (folder / "budget_group_place.csv").open("a", encoding="utf-8") as places:
            places.writelines(f"{PROJECT},{place},{place}\n" for place in amounts)
        path = folder / "spend.csv"
        head, *rows = path.read_text("utf-8").splitlines()
        rows = [row.replace(",estimate,", f",{row.split(',')[1]},") for row in rows]
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")

    deck = other_seed(split)
    # 2627/5000, 2164/4000, 1900/3800, 1309/2200
    # 61.38 % of the time is gone: 11.38, 8.84, 7.28 and 1.88 points behind.
    assert titles(deck, "streets")[0] == "申港街道落后最多，利港街道最接近工期但也慢1.9个百分点"
    assert titles(deck, "progress")[0] == "4个街镇支付率低于80%，申港街道比工期慢11.4个百分点"
    behind = [row[-1] for row in table(deck, "progress_table")[1:]]
    assert behind == ["11.38", "8.84", "7.28", "1.88", "8.04"]
    rates = [("申港街道", 0.5), ("夏港街道", 0.5254), ("璜土镇", 0.541), ("利港街道", 0.595), ("合计", 0.5333)]
    assert bars(deck, "allocation") == {"执行率": [(place, pytest.approx(rate, abs=0.0001)) for place, rate in rates]}
    assert not [shape for shape in slide(deck, "streets").shapes if shape.name == "band"]
    assert not list(charts(deck)["allocation"]._chartSpace.iter(qn("a:pattFill")))


def test_a_project_without_sources_of_money_has_a_dash(other_seed: Callable[..., Any]) -> None:
    deck = other_seed(lambda folder: only_headings(folder, "funding", "claim"))
    assert "funding_table" not in frames(deck)
    assert len(table(deck, "estimate_table")) == 7  # heading, four streets, what is left, total
    check_room(deck)


def test_without_a_planned_time_there_is_no_pace(store: None) -> None:
    found = content_of(Context(WANG), PROJECT)
    panels = {name: each for name, each in found.panels.items() if name not in ("pace", "monthly")}
    slides = Presentation(io.BytesIO(deck_pptx(replace(found, baseline=None, panels=panels))))
    assert [each.name for each in slides.slides] == without("pace", "checks")
    assert titles(slides, "overview") == ["已支付8,000.00万元，占概算53.33%；工期已过61.38%，支付慢8.04个百分点"]


def test_without_homes_streets_cannot_be_compared(store: None) -> None:
    found = content_of(Context(WANG), PROJECT)
    panels = {name: each for name, each in found.panels.items() if name not in ("allocation", "scope", "unit_costs")}
    slides = Presentation(io.BytesIO(deck_pptx(replace(found, homes_headline=None, panels=panels))))
    assert [each.name for each in slides.slides] == without("streets", "homes", "checks")
    assert {"estimate", "cumulative"} <= set(charts(slides))


def test_a_round_can_be_named(store: None) -> None:
    assert len(opened(round_id="r1").slides) == len(SHIPPED)
    with pytest.raises(UnknownName):
        opened(round_id="r9")


def test_a_round_without_sheets_has_no_scores(store_path: Path) -> None:
    made = opening.open_round(Context(WANG), PROJECT, "终评", "final", "mean")
    assert titles(opened(), "scorecard") == []
    assert titles(opened(round_id=made.round), "scorecard") == []
    assert titles(opened(round_id="r1"), "scorecard")[0] == "效益得分率最低，为84.00%"


def test_where_evaluators_differ_the_slide_shows_between_whom(store_path: Path) -> None:
    people.has_submitted(people.WANG, {"C12": "1.50"})
    people.has_submitted(people.LI, {"C12": "3.00", "D11": "1.00"})
    people.has_submitted(people.ZHAO, {"C12": "2.25", "D11": "0.50"})
    opening.panel_sheet(people.WANG, PROJECT, "r1")
    taking_over.take_over(people.WANG, PROJECT, "r1")
    deck = opened()
    # C12 has 6 points: 4.50, 3.00 and 3.75. D11 has 5: 5.00, 4.00 and 4.50.
    shown = {name: dict(found) for name, found in bars(deck, "differences").items()}
    assert sorted(shown["最低分"].values()) == [3.0, 4.0]
    assert sorted(shown["最高分"].values()) == [4.5, 5.0]
    assert sorted(shown["平均分"].values()) == [3.75, 4.5]
    assert titles(deck, "margin") == ["评价人之间有2项得分不同"]
    assert [row[1:] for row in table(deck, "differences_table")[1:]] == [
        ["阶段改造完成率", "3.00", "3.75", "4.50", "1.50"],
        ["居住条件与安全改善", "4.00", "4.50", "5.00", "1.00"],
    ]
    assert table(deck, "level1_table")[-1][2] == "97.25"
    # The sheet that the slides speak of, on the cards too.
    said = [s.text_frame.text for s in slide(deck, "overview").shapes if s.has_text_frame]
    assert {"97.25分", "初评 · 评审组评分表", "草稿"} <= set(said)
    bands = [s.text_frame.text for s in slide(deck, "scorecard").shapes if s.name == "band"]
    assert bands == ["草稿"]


def test_of_two_evaluators_it_shows_how_far_apart_they_are_and_not_who_gave_what(store_path: Path) -> None:
    people.has_submitted(people.WANG, {"C12": "1.50"})
    people.has_submitted(people.LI, {"C12": "3.00"})
    opening.panel_sheet(people.WANG, PROJECT, "r1")
    taking_over.take_over(people.WANG, PROJECT, "r1")
    deck = opened()
    assert table(deck, "differences_table")[1] == ["C12", "阶段改造完成率", "1.50"]
    assert "differences" not in charts(deck)


def test_reasons_say_how_many_gave_them_and_how_points_are_regained(deck: Any) -> None:
    heads, first, *_ = table(deck, "deduction_table")
    assert heads == ["编号", "指标", "扣分", "原因", "如何挽回"]
    assert first == [
        "D41",
        "居民满意度",
        "2.00",
        "满意度低于目标，但没有数值（5.00分按规则得不出）",
        "补报问卷各档人数或满意度",
    ]
    said = [s.text_frame.text for s in slide(deck, "deductions").shapes if s.has_text_frame]
    assert "优（≥90）：再扣超过3.00分降为良；当前93.00分。" in said


def test_full_marks_leave_nothing_to_show(store_path: Path) -> None:
    people.has_submitted(people.WANG, {})
    taking_over.take_over(people.WANG, PROJECT, "r1")
    people.save(people.WANG, people.PANEL, people.edit("D42", 1, None, "not_applicable", "无投诉渠道"))
    deck = opened()
    assert titles(deck, "deductions") == ["没有扣分"]
    assert titles(deck, "margin") == []
    # D42 has 2 of the 100 points: 98 of 98.
    assert "折算得分：100.00分（不适用项不计）" in notes(slide(deck, "scorecard"))


def test_where_nothing_can_be_checked_there_is_no_slide_of_it(store: None) -> None:
    found = content_of(Context(WANG), PROJECT)
    slides = Presentation(io.BytesIO(deck_pptx(replace(found, checks=()))))
    assert [each.name for each in slides.slides] == without("checks")


def test_a_locked_sheet_is_no_draft(store: None) -> None:
    found = content_of(Context(WANG), PROJECT)
    assert found.score is not None
    locked = replace(found, score=replace(found.score, locked_by="王工"))
    slides = Presentation(io.BytesIO(deck_pptx(locked)))
    assert [s.text_frame.text for s in slide(slides, "scorecard").shapes if s.name == "band"] == ["还原稿·非原表"]


def test_problems_stand_with_who_puts_them_right(store_path: Path) -> None:
    ctx = Context(WANG)
    drafts = [
        findings.FindingDraft("problem", "=2+2 资金到位证明缺失", "报告 四（一）"),
        findings.FindingDraft("recommendation", "长" * 400, ""),
    ]
    first, _ = findings.add(ctx, PROJECT, drafts)
    findings.start(ctx, PROJECT, first.id, "城建办", date(2025, 6, 30))
    deck = opened()
    assert titles(deck, "findings")[0] == "共3个问题、5条建议；整改0/8"
    row = table(deck, "finding_table")[1]
    assert row == ["问题", "=2+2 资金到位证明缺失", "整改中", "城建办", "2025年6月30日"]
    assert "报告 四（一）" in notes(slide(deck, "findings"))
    check_room(deck)
    check_apart(deck)


def test_the_same_figures_give_the_same_slides(deck: Any, store: None) -> None:
    again = opened()
    assert [slide.part.blob for slide in again.slides] == [slide.part.blob for slide in deck.slides]
    assert again.core_properties.created == datetime(2024, 12, 31)


def test_words_without_a_break_are_broken_and_counted() -> None:
    assert len(wrapped("x" * 100, 12, 1.0)) > 5
    assert height_of(["一", "二"], 12, 5.0, 6) == pytest.approx(float((2 * 12 * Decimal("1.36") + 12) / 72))
