"""A long .csv read column by column says what it says row by row, whatever stands in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from unittest.mock import patch

import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ingest.files import csv_file
from core.ingest.files.document import Document, read_document
from core.ingest.project_tables import folded_columns
from core.ingest.project_tables.facts import Background, FactsReading, read_facts
from core.ingest.project_tables.place_tables import key_of
from core.ingest.project_tables.values import label
from core.model.project import Community, Facts
from tests.core.ingest.project_tables.test_facts import BASE, NEW, as_csv, reading

HEADING = ["序号", "街镇", "小区", "栋数", "户数", "面积(㎡)", "已投资（万元）", "累计支付(元)", "形象进度", "备注"]
FIRST = 45
"""Rows that a test's file reads one by one; those under them are folded."""


def plain(number: int) -> list[str]:
    return [str(number), "甲镇", f"小区{number}", "4", "150", "15000.25", "10.5", "100000", "40%", ""]


def folded(rows: Sequence[Sequence[object]]) -> Document:
    with patch.object(csv_file, "AT_ONCE", FIRST):
        return read_document("a.csv", as_csv(rows))


def of(document: Document, previous: Facts | None = None) -> FactsReading:
    return read_facts(
        document,
        Background(
            project="p",
            batch="b",
            as_of=None,
            today=date(2025, 6, 30),
            previous=previous,
            mapping={},
            stated=NEW,
            claims=(),
        ),
    )


WHOLE = ["4", "007", "123456789", "1,200", "４", "4 栋", "/", "—", ""], ["4.0", "1234567890", "x", "-1"]
AMOUNT = (
    ["10", "10.5", "0.12", "99999999.99", "123456789.12", "1,234.50", " 7", "5元", "2万元", "", "—", "未报", "１２"],
    ["'=1", "'-3", "-1", "12.1234567", "10.", "123456789012.123456", "1234567890123", "#REF!", "多少"],
)
PLACE = ["甲镇", "乙镇", "", "甲 镇"], ["丙镇", "甲镇小计", "合计", "街镇"]
NAME = (
    ["一村(东)", "二村(东)", "二村（东）", "统计局", '"甲"\\乙', "三 村", "小\n区"],
    ["", "小区", "村" * 101, "小区3"],
)
SHARE = ["40%", "0.4", "40", "", "—"], ["140%", "x"]
TOTAL = ["", "合计", "", "4", "150", *[""] * 5]
OTHER = [[], [""] * 10, ["注:以上为测算"]], [HEADING, TOTAL, ["甲镇", "x"]]


def odd(*, wrong: bool) -> st.SearchStrategy[Sequence[str]]:
    """A row that is not plain; with `wrong` most often one that no file may have."""

    def cell(good: list[str], bad: list[str]) -> st.SearchStrategy[str]:
        return st.sampled_from(good + bad if wrong else good)

    amount = cell(*AMOUNT)
    row = st.tuples(
        cell(["1", ""], ["小计"]), cell(*PLACE), cell(*NAME), cell(*WHOLE), cell(*WHOLE), amount, amount, amount,
        cell(*SHARE), cell(["", "备注"], ["合计"]),
    )  # fmt: skip
    return st.one_of(row, st.sampled_from(OTHER[0] + OTHER[1] if wrong else OTHER[0]))


@st.composite
def tables(draw: st.DrawFn, rows: st.SearchStrategy[Sequence[str]]) -> list[Sequence[str]]:
    """Plain rows, and here and there among those that may be folded another."""
    found: list[Sequence[str]] = [HEADING, *(plain(number) for number in range(1, 2 * FIRST))]
    for row in draw(st.lists(rows, max_size=5)):
        found.insert(draw(st.integers(FIRST, len(found))), row)
    return found


@given(tables(odd(wrong=False)) | tables(odd(wrong=True)), st.sampled_from([None, BASE]))
@settings(max_examples=150, deadline=None)
def test_both_ways_say_the_same(rows: list[Sequence[str]], previous: Facts | None) -> None:
    document = folded(rows)
    assert of(document, previous) == of(document.unfolded(), previous)


SAYING = [*HEADING[:-1], "建成年代", "开工时间", "完工时间", "备注"]


def saying(number: int) -> list[str]:
    return [*plain(number)[:-1], "1985", "2023-04-18", "45000", ""]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["15000", "约5000", "约1.5万㎡", "5000余", ""]),
            st.sampled_from(["10.5", "约10", "", "—"]),
            st.sampled_from(["40%", "已完工", "约60%", "", "主体施工"]),
            st.sampled_from(["80年代", "", "1990年前", '"老"']),
            st.sampled_from(["2022.4", "2022年4月中旬", "未开工", "/", "44682", "2022.1"]),
            st.sampled_from(["2022年12月底", "计划6月", "", "2023"]),
        ),
        max_size=6,
    ),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=100, deadline=None)
def test_both_ways_keep_what_is_said(cells: list[tuple[str, ...]], totalled: bool, blank: bool) -> None:
    rows = [SAYING, *(saying(number) for number in range(1, 2 * FIRST))]
    for at, (area, invested, *said) in enumerate(cells):
        rows[FIRST + 5 * at + 2][5:7] = [area, invested]
        rows[FIRST + 5 * at + 2][8:12] = said
    if blank:
        rows[FIRST + 1][6] = ""
    if totalled:
        known = sum(Decimal(row[6].strip("约")) for row in rows[1:] if row[6] not in ("", "—"))
        rows.append(["", "合计", "", "", "", "", f"{known}", *[""] * 6])
    document = folded(rows)
    assert of(document) == of(document.unfolded())


@given(st.lists(st.lists(st.sampled_from(["甲镇", "", "合计", "1"]), max_size=4), max_size=120))
@settings(max_examples=100, deadline=None)
def test_no_row_is_lost_by_folding(rows: list[list[str]]) -> None:
    (table,) = folded([["x", "y"], *rows]).tables
    kept = {
        number: {column: cell for column, cell in enumerate(row, start=1) if cell}
        for number, row in enumerate([["x", "y"], *rows], start=1)
        if any(row)
    }
    assert table.unfolded().lines == kept
    assert {number: table.line(number) for number in kept} == kept
    assert (table.rows, table.line(500)) == (max(kept), {})
    assert table.ends(3) == list(dict.fromkeys([*sorted(kept)[:3], *sorted(kept)[-3:]]))


def test_a_long_file_is_read_as_columns() -> None:
    """Units, blanks, places filled down and a correct row of sums do not stop that."""
    rows = [HEADING, *(plain(number) for number in range(1, 200))]
    rows[100][1:5] = ["", "一 村", "/", "1,000"]
    rows[100][8] = ""
    rows.append(["", "合计", "", "", "", "", "2089.5", "19900000", "", ""])
    document = folded(rows)
    with patch.object(folded_columns, "communities", wraps=folded_columns.communities) as read:
        found = of(document)
    assert read.call_count == 1
    assert found.problems == ()
    assert len(found.communities) == 199
    d = Decimal
    assert found.communities[98:100] == (
        Community("甲镇", "小区99", "小区明细 第100行", 4, 150, d("1.500025"), d("10.5"), d(10), d("0.4"),
            raw='{"B:街镇": "甲镇", "C:小区": "小区99", "D:栋数": "4", "E:户数": "150", "F:面积(㎡)": "15000.25", '
            '"G:已投资（万元）": "10.5", "H:累计支付(元)": "100000", "I:形象进度": "40%"}'),
        Community("甲镇", "一村", "小区明细 第101行", None, 1000, d("1.500025"), d("10.5"), d(10), None,
            raw='{"C:小区": "一 村", "D:栋数": "/", "E:户数": "1,000", "F:面积(㎡)": "15000.25", '
            '"G:已投资（万元）": "10.5", "H:累计支付(元)": "100000"}'),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column", "cell", "said"),
    [
        (2900, 4, "若干", "《a.csv》E2901（户数）：应为户数（不小于0的整数），读到“若干”。"),
        (2900, 2, "小区7", "《a.csv》C2901（小区）：小区“小区7”与小区明细 第8行重复。"),
        (3000, 6, "11", "《a.csv》G3002（已投资（万元））：各行相加是31,500.50，这里是31,500.00，两者不一致。"),
    ],
)
def test_what_is_wrong_far_down_is_told_with_its_cell(row: int, column: int, cell: str, said: str) -> None:
    rows = [HEADING, *(plain(number) for number in range(1, 3001))]
    rows.append(["", "合计", "", "", "", "", "31500", "", "", ""])
    rows[row][column] = cell
    found = reading("a.csv", as_csv(rows))
    assert found.facts is None
    assert [str(problem.sentence()) for problem in found.problems] == [said]


def test_two_spellings_of_a_name_are_one() -> None:
    """Also in the columns: whatever letters of the first plane stand in the name."""
    letters = [chr(code) for code in range(0x21, 0x10000) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    names = [label(f"村{letter}1") for letter in letters]
    assert folded_columns._keys(pyarrow.array(names)).to_pylist() == [key_of(name) for name in names]


def test_every_space_that_python_strips_is_seen() -> None:
    """A row with such a cell is read by itself."""
    spaces = [letter for letter in map(chr, range(0x20, 0x110000)) if letter.isspace()]
    rows = [*([["甲", "b", "c", "d"]] * FIRST), *([f"x{space}", "b", "c", "d"] for space in spaces)]
    (table,) = folded(rows).tables
    assert len(spaces) > 15
    assert [row for fold in table.folds for row in fold.rows] == []
