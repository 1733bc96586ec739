"""Marks in the cells of a table: where a dot stands on its line, and the word before a figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.figures.table import RowTable, TableCell, TableColumn, TableRow
from core.render import html


def drawn(cell: TableCell) -> str:
    rows = (TableRow("璜土镇", (cell,), "璜土镇", "#12436D"),)
    total = TableRow("合计", (TableCell("1.00"),))
    return html.table(RowTable("t", "各街镇", "街镇", (TableColumn("户均支付"),), rows, total), str)


@pytest.mark.parametrize(
    ("share", "x"),
    [
        pytest.param("0.75", 105.0, id="three quarters of 140"),
        pytest.param("0", 6.0, id="at the left end still a whole dot"),
        pytest.param("1", 134.0, id="at the right end too"),
        pytest.param("7", 134.0, id="and beyond it"),
    ],
)
def test_a_dot_is_joined_to_what_it_is_held_against(share: str, x: float) -> None:
    made = drawn(TableCell("1.57", dot=(Decimal("0.5"), Decimal(share))))
    assert f'<circle cx="{x}" cy="6.0"' in made
    assert f'd="M70.0 6.0H{x}"' in made
    assert 'stroke-dasharray="2 2"' in made
    assert ">1.57</span>" in made


def test_a_word_of_attention_stands_before_the_figure_and_is_text() -> None:
    made = drawn(TableCell("133.79", flag="<偏高>"))
    assert '<b class="flag">&lt;偏高&gt;</b> 133.79' in made
    assert 'class="warned"' not in made


def made_of(rows: tuple[TableRow, ...], total: TableRow | None = None, *, wide: bool = False) -> str:
    return html.table(RowTable("t", "各街镇", "街镇", (TableColumn("概算", wide=wide),), rows, total), str)


def test_one_cell_goes_over_the_rows_that_it_was_never_divided_among() -> None:
    over = TableCell("15,000.00", rows=3, note="<一笔概算>", source="资金明细表 概算金额列")
    rows = (TableRow("璜土镇", (over,)), *(TableRow(name, (TableCell(rows=0),)) for name in ("夏港街道", "申港街道")))
    made = made_of(rows)
    assert made.count("<td") == 1
    assert (
        '<td class="merged" rowspan="3" title="资金明细表 概算金额列" data-at="1" data-head="概算">'
        "<span>15,000.00</span>"
        '<span class="note">&lt;一笔概算&gt;</span></td>'
    ) in made


def test_a_bar_fills_a_track_of_its_own_length() -> None:
    cell = TableCell("500.00", bar=Decimal("0.1"), track=Decimal("0.25"))
    made = made_of((TableRow("财政预算资金", (cell,)),), wide=True)
    assert '<rect x="0.5" y="0.5" width="49.0"' in made  # a quarter of 200, less its edge
    assert '<rect x="0" width="20.0"' in made


def test_rows_that_add_up_to_nothing_have_no_foot_and_what_is_assumed_is_hatched() -> None:
    made = made_of((TableRow("占到位资金", (TableCell("100.00%"),), assumed="由报告推算"),))
    assert "<tfoot>" not in made
    assert "data-row" not in made
    assert '占到位资金 <span class="note"><svg class="mark w14"' in made
    assert "由报告推算</span></th>" in made


@pytest.mark.parametrize(
    ("rows", "pressed"),
    [
        pytest.param((1, 1, 1), True, id="each its own"),
        pytest.param((3, 0, 0), True, id="one over all"),
        pytest.param((1, 2, 0), False, id="one over two of three"),
    ],
)
def test_rows_under_a_cell_that_is_of_some_of_them_keep_their_order(rows: tuple[int, ...], pressed: bool) -> None:
    named = zip(("甲", "乙", "丙"), rows, strict=True)
    made = made_of(tuple(TableRow(name, (TableCell("1.00", rows=each),), name) for name, each in named))
    assert ("data-sort" in made) is pressed


def test_headings_that_share_one_stand_under_it_and_the_others_go_over_both_lines() -> None:
    columns = (
        TableColumn("户数"),
        TableColumn("累计支付，2024年9月", "万元", under="累计支付", short="2024年9月"),
        TableColumn("累计支付，2024年12月", "万元", under="累计支付", short="2024年12月"),
        TableColumn("变化", "百分点", under="形象进度"),
    )
    rows = (TableRow("璜土镇", tuple(map(TableCell, ("4,520", "1.00", "2.00", "3")))),)
    made = html.table(RowTable("t", "各街镇", "街镇", columns, rows, None), str)
    upper, lower = made.partition("<thead>")[2].partition("</thead>")[0].split("</tr>")[:2]
    assert upper.count("<th ") == 4
    assert upper.count('rowspan="2"') == 2
    assert '<th scope="colgroup" colspan="2"><span>累计支付</span></th>' in upper
    assert '<th scope="colgroup" colspan="1"><span>形象进度</span></th>' in upper
    assert [f'data-sort="{n}"' in lower for n in range(5)] == [False, False, True, True, True]
    assert ">2024年9月</button>" in lower
    assert 'data-head="累计支付，2024年9月 万元"' in made  # where rows are cards no heading stands above
