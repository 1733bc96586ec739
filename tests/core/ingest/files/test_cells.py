from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Message
from core.ingest.files import cells

D = Decimal


@pytest.mark.parametrize(
    ("reader", "cell", "value"),
    [
        (cells.text, " 璜土镇 ", "璜土镇"),
        (cells.raw, "2,164.00 ", "2,164.00 "),
        (cells.money, "2,164.00 ", D(2164)),
        (cells.money, "１２", D(12)),
        (cells.money, "0.000001", D("0.000001")),
        (cells.money, "999999999999.999999", D("999999999999.999999")),
        (cells.maybe(cells.money), " ", None),
        (cells.maybe(cells.money), "1", D(1)),
        (cells.area, "112.38", D("112.38")),
        (cells.maybe_decimal, "", None),
        (cells.maybe_decimal, "-1.5", D("-1.5")),
        (cells.share, "0.8", D("0.8")),
        (cells.points, "4.50", D("4.50")),
        (cells.points, "4.500", D("4.5")),
        (cells.maybe(cells.points), "", None),
        (cells.count, "26,310", 26310),
        (cells.maybe(cells.count), "", None),
        (cells.day, "2024-12-31", date(2024, 12, 31)),
        (cells.flag, "TRUE", True),
        (cells.flag, "false", False),
        (cells.json_object, '{"points": 5}', '{"points": 5}'),
        (cells.status, "example", "example"),
    ],
)
def test_what_a_cell_holds(reader: cells.Reader, cell: str, value: object) -> None:
    assert reader(cell) == value


@pytest.mark.parametrize(
    ("reader", "cell", "sentence"),
    [
        (cells.text, "  ", "不能为空。"),
        (cells.money, "待定", "应为金额（万元，最多六位小数），读到“待定”。"),
        (cells.money, "", "应为金额（万元，最多六位小数），读到“”。"),
        (cells.money, "1e3", "应为金额（万元，最多六位小数），读到“1e3”。"),
        (cells.money, "NaN", "应为金额（万元，最多六位小数），读到“NaN”。"),
        (cells.money, "1,00", "应为金额（万元，最多六位小数），读到“1,00”。"),
        (cells.money, "0.0000001", "应为金额（万元，最多六位小数），读到“0.0000001”。"),
        (cells.money, "1000000000000", "应为金额（万元，最多六位小数），读到“1000000000000”。"),
        (cells.money, "9" * 35, f"应为金额（万元，最多六位小数），读到“{'9' * 35}”。"),
        (cells.money, "-5", "金额不能为负，读到“-5”。"),
        (cells.maybe(cells.money), "?", "应为金额（万元，最多六位小数），读到“?”。"),
        (cells.area, "-1", "应为面积（万㎡，不能为负），读到“-1”。"),
        (cells.maybe_decimal, "x", "应为数字（最多六位小数），读到“x”。"),
        (cells.share, "80%", "应为0到1之间的比例，读到“80%”。"),
        (cells.share, "1.1", "应为0到1之间的比例，读到“1.1”。"),
        (cells.points, "四分半", "应为数字（最多两位小数），读到“四分半”。"),
        (cells.points, "4.505", "应为数字（最多两位小数），读到“4.505”。"),
        (cells.points, "101", "应在0到100之间，读到“101”。"),
        (cells.points, "-1", "应在0到100之间，读到“-1”。"),
        (cells.count, "4.5", "应为不小于0的整数，读到“4.5”。"),
        (cells.count, "-4", "应为不小于0的整数，读到“-4”。"),
        (cells.maybe(cells.count), "五", "应为不小于0的整数，读到“五”。"),
        (cells.day, "2024-02-30", "应为日期（如2024-12-31），读到“2024-02-30”。"),
        (cells.day, "20241231", "应为日期（如2024-12-31），读到“20241231”。"),
        (cells.flag, "是", "应为true或false，读到“是”。"),
        (cells.json_object, "[1]", '应为JSON对象（如{"points": 5}），读到“[1]”。'),
        (cells.json_object, "{", '应为JSON对象（如{"points": 5}），读到“{”。'),
        (cells.one_of("bond", "budget"), "债", "应为bond budget之一，读到“债”。"),
    ],
)
def test_what_is_wrong_with_a_cell(reader: cells.Reader, cell: str, sentence: str) -> None:
    found = reader(cell)
    assert isinstance(found, Message)
    assert str(found) == sentence


READERS = [
    cells.text,
    cells.money,
    cells.maybe(cells.money),
    cells.area,
    cells.maybe_decimal,
    cells.share,
    cells.points,
    cells.maybe(cells.points),
    cells.count,
    cells.maybe(cells.count),
    cells.day,
    cells.flag,
    cells.json_object,
    cells.status,
]


@given(st.sampled_from(READERS), st.one_of(st.text(), st.from_regex(r"[-+0-9.,eE{}]{1,60}", fullmatch=True)))
def test_no_cell_breaks_a_reader(reader: cells.Reader, cell: str) -> None:
    found = reader(cell)
    if isinstance(found, Message):
        assert str(found)
    if isinstance(found, Decimal):
        assert found.is_finite()
        assert found == found.quantize(Decimal("0.000001"))


@given(st.decimals(0, 10**11, places=6, allow_nan=False, allow_infinity=False))
def test_an_amount_is_read_as_it_is_printed(value: Decimal) -> None:
    assert cells.money(f"{value:,}") == value
