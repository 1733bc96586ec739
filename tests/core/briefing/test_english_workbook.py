"""The evaluation's workbook asked for in English: its words are English, its figures those of the Chinese one."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from core.ingest.score_tables.scorecard import ScorecardFile, read_scorecard
from core.model.context import Language
from core.service.base import project
from core.service.base.file import File
from core.service.briefing import evaluation, view_codes
from core.service.manage import scheme_files, scorecard_files
from core.service.scoring import opening, scorecards
from core.text import render
from tests.core.briefing.judged import judged
from tests.core.service.people import PROJECT, WANG, edit, save

pytestmark = pytest.mark.usefixtures("store_path")

HAN = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
OF_THE_PROJECT = {"Reason for deduction", "Notes", "Source", "File", "Evidence", "Filed by", "Value"}
"""Columns whose cells are the words of the project's people and papers; a check's value may be a section of a paper."""
MONEY = "CNY million"


def made(language: Language, name: str = PROJECT) -> File:
    return evaluation.workbook(replace(WANG, language=language), name)


def opened(content: bytes, *, values: bool = True) -> Any:
    return load_workbook(io.BytesIO(content), data_only=values)


def texts(sheet: Any) -> Iterator[tuple[str, str]]:
    """(heading of its column, text) of every cell that is read; hidden columns beside a table have no heading."""
    headings = {cell.column: cell.value or "" for cell in sheet[3]}
    for row in sheet.iter_rows():
        for cell in row:
            heading = "" if cell.row <= 3 else headings[cell.column]
            if isinstance(cell.value, str) and (heading or cell.column == 1 or cell.row <= 3):
                yield heading, cell.value


@pytest.mark.parametrize("scored", [False, True])
def test_its_words_are_english_but_for_what_the_project_s_people_wrote(scored: bool) -> None:
    if scored:
        judged(locked=False)
    content = made("en").content
    book, approval = opened(content), project.facts(WANG, PROJECT).project.approval
    assert book.sheetnames == [
        "Cover",
        "Score sheet",
        "Level 2",
        "Deductions",
        "Evidence",
        "Experts",
        "Data questions",
        "Workings",
    ]
    for sheet in book:
        heads = (sheet.oddHeader.left.text, sheet.oddHeader.right.text, sheet.oddFooter.center.text)
        assert not HAN.search(" ".join(filter(None, heads)))
        left = [
            text
            for heading, text in texts(sheet)
            if heading not in OF_THE_PROJECT and HAN.search(text.replace(approval, ""))
        ]
        assert [text for text in left if "进度台账.pdf" not in text] == []
    formulas = [cell.value for sheet in opened(content, values=False) for row in sheet.iter_rows() for cell in row]
    assert [each for each in formulas if str(each).startswith("=") and HAN.search(str(each))] == [
        "=进度台账.pdf"
    ] * scored
    assert not HAN.search(str(book.properties.title))


def test_the_note_of_a_panel_s_points_is_in_english() -> None:
    judged(locked=False)
    sheet = opened(made("en").content)["Score sheet"]
    (note,) = (row[9].value for row in sheet.iter_rows(min_row=4) if row[2].value == "C12")
    assert note == "Mean (Expert A 6.00, Expert B 4.00)"


def test_its_figures_are_the_chinese_one_s_with_money_in_millions() -> None:
    """8,000万元 paid are CNY 80 million; 5,701.25元/户 are as they were."""
    judged(locked=False)
    chinese, english = (opened(made(language).content) for language in ("zh_CN", "en"))
    for ours, theirs in zip(chinese.worksheets[:-1], english.worksheets[:-1], strict=True):
        assert ours.dimensions == theirs.dimensions
        for row, other in zip(ours.iter_rows(), theirs.iter_rows(), strict=True):
            for cell, same in zip(row, other, strict=True):
                if not isinstance(cell.value, str):
                    assert cell.value == same.value
    workings = zip(chinese["计算底稿"].iter_rows(min_row=4), english["Workings"].iter_rows(min_row=4), strict=True)
    found: dict[str, tuple[object, object, object]] = {}
    for row, other in workings:
        if row[1].value is None:
            continue
        value, same, unit = row[4].value, other[4].value, str(other[5].value)
        assert row[1].value == other[1].value
        if unit.startswith(MONEY) and value is not None and not isinstance(value, str):
            assert same == pytest.approx(value / 100, abs=1e-12)
        else:
            assert same == value
        if row[3].value == "全项目":
            found.setdefault(str(row[1].value), (value, same, unit))
    assert found["paid"] == (8000, 80, MONEY)
    assert found["planned_unit_cost"][1:] == (pytest.approx(5701.25, abs=0.005), "CNY/household")


def test_operands_are_in_the_unit_of_the_words_beside_them() -> None:
    """Paid a month: CNY 80 million over 19 months, 4.2105…."""
    rows = opened(made("en").content)["Workings"].iter_rows(min_row=4)
    row = next(row for row in rows if row[1].value == "paid_per_month")
    assert [row[n].value for n in (7, 8)] == [80, 19]
    assert row[4].value == pytest.approx(80 / 19)
    assert "CNY 80.00 million" in row[6].value


def test_the_margin_is_a_sentence_that_follows_the_scores() -> None:
    judged(locked=False)
    content = made("en").content
    cover = {row[0].value: row[1].value for row in opened(content)["Cover"].iter_rows()}
    live = {row[0].value: row[1].value for row in opened(content, values=False)["Cover"].iter_rows()}
    assert cover["Points"] == "99.00"
    # 99 less 9.00 is the floor of 90.
    assert "9.00" in cover["Margin of the grade"]
    assert "99.00" in cover["Margin of the grade"]
    assert live["Margin of the grade"].startswith("=IF(")
    assert "'Score sheet'!" in live["Margin of the grade"]


def read(content: bytes) -> ScorecardFile:
    found, problems = read_scorecard("evaluation.xlsx", content)
    assert found is not None
    assert problems == ()
    return found


def test_the_import_reads_it_as_it_reads_the_chinese_one() -> None:
    opening.open_round(WANG, PROJECT, "复评", "final", "mean")
    save(WANG, "r2/working", edit("A11", 0, None, "not_applicable"), edit("A12", 0, "1.25"))
    save(WANG, "r2/working", edit("A13", 0, None, "evidence_missing"))
    ours, theirs = read(made("zh_CN").content), read(made("en").content)
    assert [(row.indicator.code, row.points, row.status, row.reason) for row in theirs.rows] == [
        (row.indicator.code, row.points, row.status, row.reason) for row in ours.rows
    ]
    assert {row.status for row in theirs.rows} == {"not_applicable", "confirmed", "evidence_missing", "unscored"}
    assert theirs.as_of == ours.as_of
    assert theirs.title == "2023 old-community renovation, Shengang and Xiagang areas绩效评价指标评分表"


def test_imported_it_is_the_scheme_that_is_there_with_the_same_points() -> None:
    done = scorecard_files.import_scorecard(WANG, File("evaluation.xlsx", made("en").content), PROJECT)
    assert (done.scheme.id, done.scheme.version, done.new_scheme) == ("old-community-32", 1, False)
    found = scorecards.scorecard(WANG, PROJECT, done.sheet)
    assert found.tally.total == Decimal("93.00")
    assert found.items[0].indicator.l1 == "决策"


def test_its_code_says_what_it_is_and_its_name_keeps_the_project_s() -> None:
    file = made("en")
    assert file.name == (
        "2023年度申港、夏港区域老小区改造项目_First_review_Performance_evaluation_workbook_20241231.xlsx"
    )
    cover = {row[0].value: row[1].value for row in opened(file.content)["Cover"].iter_rows()}
    kept = view_codes.opened(WANG, cover["View code"])
    assert (kept.view.kind, kept.view.language, kept.since) == ("xlsx", "en", ())


def test_items_of_the_shipped_schemes_are_told_apart_by_their_english_names() -> None:
    """So the import knows which scheme an English workbook is of: (code, names) are of one item each."""
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for scheme in scheme_files.schemes(WANG):
        for each in scheme.indicators:
            names = (each.l1, each.l2, each.l3)
            found.setdefault((each.code, *(render(name, "en") for name in names)), set()).add(names)
    assert [each for each in found.values() if len(each) > 1] == []
