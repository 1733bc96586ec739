"""A cell is read as its number format shows it. No wrong number, C15. What is shown was worked by hand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from core.ingest.files.number_format import NumberLook, is_day, read_format
from core.ingest.files.table import Table
from core.ingest.files.table_file import read_tables

D = Decimal


def workbook(rows: Sequence[Sequence[tuple[object, str] | object]]) -> bytes:
    """Cells as (value, format) or as a value."""
    book = Workbook()
    sheet = book.active
    for number, row in enumerate(rows, start=1):
        for column, each in enumerate(row, start=1):
            value, code = each if isinstance(each, tuple) else (each, "General")
            sheet.cell(number, column, value).number_format = code
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def table(rows: Sequence[Sequence[tuple[object, str] | object]]) -> Table:
    (found,), problems = read_tables("a.xlsx", workbook(rows))
    assert problems == ()
    return found


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("General", 40000000, "40000000"),
        ("#,##0.00", 40000000, "40000000"),
        ("0!.0000", 40000000, "4000"),
        (r"0\.0,", 40000000, "4000"),
        ('0"."0,', 41230000, "4123"),
        ("#!.#,", 40000000, "4000"),
        ('0!.0,"万"', 40000000, "4000万"),
        ('0!.0,"万元"', 40005000, "4000.5万元"),
        ("#,##0,", 40000000, "40000"),
        ("0.0,", 40000000, "40000"),
        ("0,.0", 40000000, "40000"),
        ('0.00,,"百万元"', 40000000, "40百万元"),
        ("0!.00,,", 40000000, "0.4"),
        ('0.00,,\n"万"%', 40000000, "4000万"),
        ("0.00,,%", 40000000, "4000"),
        ("0.00\n%", 12, "1200"),
        ("0.00%", 0.4, "40%"),
        ('0"0000"', 4000, "40000000"),
        ('0"户"', 128, "128"),
        ("0 d", 128, "128"),
        ("0.00万m2", 39, "39万m2"),
        ('"人民币"#,##0.00"元"', 12.5, "12.5元"),
        ('_ * #,##0.00_ ;_ * (#,##0.00)_ ;_ * "-"??_ ;_ @_ ', -20, "-20"),
        ("0.00E+00", 40000000, "40000000"),
        ("[Red]0.00", 4, "4"),
        ('[>=100000000]0.00,,"百万";[>=10000]0!.0,"万";0', 150000000, "150百万"),
        ('[>=100000000]0.00,,"百万";[>=10000]0!.0,"万";0', 40000000, "4000万"),
        ('[>=100000000]0.00,,"百万";[>=10000]0!.0,"万";0', 4000, "4000"),
        ("0!.0,;-0", -40000000, "-40000000"),
        ('[$¥-804]#,##0.00', 4, "4"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_its_format_shows_it(code: str, stored: float, shown: str) -> None:
    found = table([[(stored, code), ("甲", code)], [None, (stored, code)]])
    assert (found.own(1, 1), found.own(1, 2), found.own(2, 2)) == (shown, "甲", shown)
    differs = read_format(code).look(D(str(stored))).power != 0
    assert found.scaled == (
        {(1, 1): f"{stored:g}" if stored < 1 else str(stored), (2, 2): str(stored)} if differs else {}
    )


@given(st.integers(0, 3), st.integers(0, 4), st.sampled_from(["!", "\\", '"']), st.integers(1, 10**12))
def test_each_comma_is_a_thousandth_and_each_digit_behind_a_written_point_a_tenth(
    commas: int, behind: int, mark: str, number: int
) -> None:
    point = '"."' if mark == '"' else f"{mark}."
    code = f"#,##0{point + '0' * behind if behind else ''}{',' * commas}"
    assert read_format(code).look(D(number)) == NumberLook(-3 * commas - behind, False, "")


@given(st.text(max_size=40), st.integers(-(10**9), 10**9))
def test_no_format_is_too_odd(code: str, number: int) -> None:
    assert -200 < read_format(code).look(D(number)).power < 200
    assert is_day(code) in (True, False)


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("yyyy-mm-dd", True), ("m/d/yy", True), ('yyyy"年"m"月"d"日"', True), ("[h]:mm", True), ("mm:ss.0", True),
        ("[$-804]aaaa", True), ("yyyy/m/d;@", True), ("[$-F800]dddd, mmmm dd, yyyy", True),
        ("0.00万m2", False), ("0 d", False), ("General", False), ("[Red]0.00", False), ('0"日"', False),
        ("#,##0.00;[Red]-#,##0.00", False), ('"year" 0', False), ("@", False),
    ],
)  # fmt: skip
def test_a_format_is_a_day_only_with_nothing_but_day_parts(code: str, day: bool) -> None:
    assert is_day(code) == day


def test_the_days_of_a_chinese_excel_need_no_code() -> None:
    assert is_day("General", 57)
    assert not is_day("General", 0)


def test_days_stay_days() -> None:
    found = table([[(date(2024, 5, 5), 'm"月"d"日"'), (date(2024, 5, 6), "yyyy-mm-dd")]])
    assert [text for _, text in found.row(1)] == ["2024-05-05", "2024-05-06"]


def test_a_workbook_without_styles_is_read() -> None:
    with_styles, without = zipfile.ZipFile(io.BytesIO(workbook([["甲", 1], ["乙", 2]]))), io.BytesIO()
    with zipfile.ZipFile(without, "w") as archive:
        for name in with_styles.namelist():
            content = with_styles.read(name)
            if name.endswith((".rels", "[Content_Types].xml")):
                content = re.sub(rb"<[^<>]*styles[^<>]*/>", b"", content)
            if not name.endswith("styles.xml"):
                archive.writestr(name, content)
    (found,), problems = read_tables("a.xlsx", without.getvalue())
    assert (problems, found.lines) == ((), {1: {1: "甲", 2: "1"}, 2: {1: "乙", 2: "2"}})
