"""A score table of ours in English is read as the Chinese one is; its words are typed here as they are printed."""

from __future__ import annotations

import pytest

from core.ingest.files.table import Table
from core.ingest.score_tables.in_english import in_chinese
from core.ingest.score_tables.scorecard import read_scorecard
from tests.core.ingest.filled import HEADING, lines
from tests.core.ingest.score_tables.test_scorecard import as_csv, good

ENGLISH = ["Level 1", "Level 2", "No.", "Level 3", "Full marks", "Points", "Reason for deduction", "Notes"]
SUMS = {"小计": "Subtotal", "合计": "Total"}


def in_english() -> list[list[str]]:
    rows = [[SUMS.get(cell, cell) for cell in row] for row in lines()]
    rows[0][0] = "Linwan: score sheet of the performance evaluation"
    rows[1][0] = "First review · Data as of 31 Dec 2024 · Unit: points"
    rows[2] = list(ENGLISH)
    return rows


def test_it_comes_in_whole_with_title_and_day() -> None:
    assert len(ENGLISH) == len(HEADING)
    found = good("scores.csv", as_csv(in_english()))
    chinese = good("表.csv", as_csv(lines()))
    assert (found.title, str(found.as_of)) == ("Linwan绩效评价指标评分表", "2024-12-31")
    assert [(row.indicator, row.points) for row in found.rows] == [(row.indicator, row.points) for row in chinese.rows]


@pytest.mark.parametrize(
    ("printed", "meant"), [("Not applicable", "不适用"), ("Evidence needed", "待补佐证"), ("Not scored", "未评")]
)
def test_what_stands_for_points_is_understood(printed: str, meant: str) -> None:
    rows = in_english()
    rows[3][5] = printed
    as_meant = lines()
    as_meant[3][5] = meant
    found, chinese = (good(name, as_csv(each)) for name, each in (("scores.csv", rows), ("表.csv", as_meant)))
    assert [row.status for row in found.rows] == [row.status for row in chinese.rows]


def test_a_table_without_its_headings_is_left_as_it_is() -> None:
    bare = Table("x.csv", "", {1: {1: "Total", 2: "Level 1"}, 2: {1: "Points"}}, {})
    assert in_chinese(bare) is bare
    assert read_scorecard("x.csv", b"Total,Level 1\nPoints,2\n")[0] is None


def test_a_line_over_the_heading_that_says_neither_title_nor_day_stays() -> None:
    rows = in_english()
    rows[0][0] = "Scores of our own"
    table = Table("x.csv", "", {n: dict(enumerate(row, 1)) for n, row in enumerate(rows, 1)}, {})
    assert in_chinese(table).lines[1][1] == "Scores of our own"
    assert in_chinese(table).lines[3][1] == "一级指标"
