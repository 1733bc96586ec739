"""No wrong number, C19: what a workbook hides is named and left out unless chosen."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from core.errors import RowProblem
from core.ingest.files.document import read_document
from core.ingest.files.hidden import HiddenPart, hidden_by
from core.ingest.files.table_file import read_tables
from core.ingest.project_tables.facts import Background, FactsReading, read_facts
from core.ingest.score_tables.scorecard import read_scorecard
from tests.core.ingest.project_tables.test_facts import NEW, as_xlsx, facts

ROWS: list[list[Any]] = [
    ["街镇", "概算（万元）", "已投资（万元）", "累计支付（万元）", "累计付款(万元)"],
    ["甲镇", 100, 30, 20, 15],
    ["乙镇", 200, 40, 40, 35],
    ["丙镇", 50, 6, 5, 4],
    ["丁镇", 70, 8, 7, 6],
    ["戊镇", 90, 9, 8, 7],
]


def hiding(
    sheets: Mapping[str, list[list[Any]]], rows: tuple[int, ...] = (), columns: str = "", away: tuple[str, ...] = ()
) -> bytes:
    """A workbook with rows and columns of its first sheet, and whole sheets, out of sight."""
    book = load_workbook(io.BytesIO(as_xlsx(sheets)))
    first = book.worksheets[0]
    for row in rows:
        first.row_dimensions[row].hidden = True
    for column in columns:
        first.column_dimensions[column].hidden = True
    for name in away:
        book[name].sheet_state = "veryHidden" if name.startswith("旧") else "hidden"
    return saved(book)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def reading(content: bytes, *, hidden: bool = False, mapping: Mapping[str, str] | None = None) -> FactsReading:
    return read_facts(
        read_document("a.xlsx", content, hidden=hidden),
        Background(
            project="p",
            batch="b",
            as_of=None,
            today=date(2025, 6, 30),
            previous=None,
            mapping=mapping or {},
            stated=NEW,
            claims=(),
        ),
    )


def told(found: FactsReading) -> list[str]:
    return [str(each.sentence()) for each in found.questions if isinstance(each, HiddenPart)]


def spanned(question: RowProblem) -> list[int | str]:
    """The rows or columns that a question is about."""
    assert isinstance(question, HiddenPart)
    first, last = question.cell.split(":")
    if first.isdigit():
        return list(range(int(first), int(last) + 1))
    return [chr(letter) for letter in range(ord(first), ord(last) + 1)]


def test_hidden_rows_columns_and_sheets_are_named_and_left_out() -> None:
    sheets = {"资金": ROWS, "去年": ROWS, "旧表": ROWS}
    found = reading(hiding(sheets, (4, 5, 2), "D", ("去年", "旧表")))
    assert [(line.place, line.paid) for line in facts(found).spend] == [("乙镇", 35), ("戊镇", 7)]
    assert told(found) == [
        "《a.xlsx》：工作表“去年”是隐藏的，没有读取。",
        "《a.xlsx》：工作表“旧表”是隐藏的，没有读取。",
        "《a.xlsx》工作表“资金”：第2行是隐藏的（甲镇），没有读取。",
        "《a.xlsx》工作表“资金”：第4—5行是隐藏的（丙镇），没有读取。",
        "《a.xlsx》工作表“资金”：D列是隐藏的（累计支付（万元）），没有读取。",
    ]


def test_what_is_chosen_is_read_and_not_asked() -> None:
    content = hiding({"资金": [row[:4] for row in ROWS]}, (4, 5, 2), "C")
    found = reading(content, hidden=True)
    assert [(line.place, line.invested) for line in facts(found).spend][2:] == [("丙镇", 6), ("丁镇", 8), ("戊镇", 9)]
    assert told(found) == []


def test_the_sum_that_fails_because_of_it_says_so() -> None:
    rows = [*[row[:4] for row in ROWS], ["合计", 510, 93, 80]]
    found = reading(hiding({"资金": rows}, (4, 5)))
    assert len(found.problems) == 3
    assert len(told(found)) == 1
    assert facts(reading(hiding({"资金": rows}, (4, 5)), hidden=True)).spend[3].paid == 7


@given(st.sets(st.integers(2, 6)), st.sets(st.sampled_from("BCDE")))
def test_whatever_is_hidden_the_rest_is_read_where_it_stands(rows: set[int], columns: set[str]) -> None:
    content = hiding({"资金": ROWS}, tuple(rows), "".join(columns))
    (table,), _ = read_tables("a.xlsx", content)
    left = {
        (row, column): str(cell)
        for row, cells in enumerate(ROWS, start=1)
        for column, cell in enumerate(cells, start=1)
        if row not in rows and "ABCDE"[column - 1] not in columns
    }
    assert {(row, column): text for row, cells in table.lines.items() for column, text in cells.items()} == left
    named = {str(number) for each in table.questions for number in spanned(each)}
    assert named == {str(row) for row in rows} | columns


def test_a_merge_shows_its_text_where_it_is_seen() -> None:
    book = load_workbook(io.BytesIO(as_xlsx({"a": [["题", "", ""], ["街镇", "甲", 1]]}, {"a": ["A1:C1"]})))
    book["a"].column_dimensions["A"].hidden = True
    (table,), _ = read_tables("a.xlsx", saved(book))
    assert table.lines == {1: {2: "题"}, 2: {2: "甲", 3: "1"}}
    assert table.merged == {(1, 3): (1, 2)}


def test_what_is_0_high_or_wide_is_hidden_and_blank_rows_are_nothing_to_tell_of() -> None:
    found = hidden_by({"2": {"ht": "0"}, "3": {"ht": "15"}}, {"B": {"min": "2", "max": "3", "width": "0"}})
    assert [at for at in ((1, 1), (2, 1), (3, 1), (1, 3), (1, 4)) if found.hides(*at)] == [(2, 1), (1, 3)]
    (table,), _ = read_tables("a.xlsx", hiding({"a": [["甲", 1], ["乙", 2]]}, (2, 9)))
    assert [each.cell for each in table.questions if isinstance(each, HiddenPart)] == ["2:2"]


def test_very_many_are_counted() -> None:
    content = hiding({"a": [[at, at] for at in range(60)]}, tuple(range(2, 60, 2)))
    (table,), _ = read_tables("a.xlsx", content)
    assert len(table.questions) == 21
    assert "还有9段" in str(table.questions[-1].message)


def test_a_scorecard_says_so_too() -> None:
    rows = [
        ["一级指标", "三级指标", "分值", "得分"],
        ["决策", "甲", 50, 40],
        ["决策", "乙", 30, 20],
        ["产出", "丙", 50, 45],
    ]
    found, problems = read_scorecard("a.xlsx", hiding({"评分表": rows}, (3,)))
    assert problems == ()
    assert found is not None
    assert [row.indicator.l3 for row in found.rows] == ["甲", "丙"]
    assert "隐藏" in str(found.notes[0].sentence())
