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
