"""How wide words are taken to be, and the tables and rows that are made by it. Widths worked by hand from the ems."""

from __future__ import annotations

import pytest

from core.briefing.deck.fitting import column_widths, row_heights
from core.briefing.excel import ROW, height_of, pages_high
from core.briefing.wrapping import broken, width


def test_chinese_is_a_square_and_a_little_is_put_beside_it() -> None:
    assert width("老旧小区", 10) == 40
    # Two squares, a figure of 0.64, and 0.2 on either side of it.
    assert width("第1期", 10) == pytest.approx(20 + 6.4 + 4)
    assert width("1", 10, bold=True) == pytest.approx(7.04)


def test_nothing_is_lost_where_a_line_breaks() -> None:
    for text in ("支付进度匹配率（工期代理）", "x" * 50, "Sub-district/town of 12 communities", "一\n二"):
        lines = broken(text, 12, 60)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
        assert all(width(line, 12) <= 60 or len(line) == 1 for line in lines)


def test_columns_fill_their_room_and_codes_stay_whole() -> None:
    cells = (
        ("编号", "指标", "扣分", "原因"),
        ("D41", "居民满意度", "2.00", "满意度低于目标，但没有数值" * 3),
        ("C32", "支付进度匹配率（工期代理）", "1.00", "进度慢于工期" * 5),
    )
    for size in (12, 16):
        widths = column_widths(cells, size, 6.0)
        assert sum(widths) == pytest.approx(6.0, abs=0.01)
        for column, text in ((0, "D41"), (2, "2.00")):
            assert len(broken(text, size, (widths[column] - 0.12) * 72)) == 1
        heights = row_heights(cells, size, widths)
        assert heights[1] > heights[0]


def test_a_row_is_as_high_as_its_text() -> None:
    assert height_of("短", 10, "left") == ROW
    # 20 squares of 10 points in 20 units of 5.25 less 14: three lines of 13.6, and 3.
    assert height_of("满" * 20, 20, "left") == pytest.approx(3 * 13.6 + 3)
    assert height_of("满" * 10_000, 20, "left") < 409, "the highest row that a spreadsheet takes"


def test_what_can_be_read_on_one_page_stands_on_one() -> None:
    assert pages_high(40, []) == 1
    assert pages_high(60, []) == 0
    assert pages_high(40, [100.0] * 5) == 0
