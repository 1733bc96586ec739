"""Files that are not what they say, or more than anybody wants to open."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from core.ingest.files import table_file
from core.ingest.files.table import address
from core.ingest.files.table_file import read_tables
from tests.core.ingest.filled import workbook


def sentence(name: str, content: bytes) -> str:
    tables, problems = read_tables(name, content)
    assert tables == ()
    (problem,) = problems
    return str(problem.sentence())


def repacked(changes: dict[str, bytes], **more: int) -> bytes:
    """The good workbook with parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in changes:
                new.writestr(entry.filename, old.read(entry))
        for name, content in changes.items():
            new.writestr(name, content)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
XML = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'

OLD_EXCEL = "这是旧版表格文件（.xls或.et）。请用Excel或WPS打开，在“文件—另存为”中选.xlsx，再导入另存的文件。"
PDF = "这是PDF文件，其中的表格不能直接读取。请导入原来的.xlsx或.docx；没有的，在WPS中用“PDF转Excel”转换，核对后导入。"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "文件是空的。"),
        (
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            OLD_EXCEL,
        ),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "文件有密码，无法读取。请取消密码后另存。",
        ),
        ("a.xlsx", b"hello", "不是.xlsx或.csv文件，或者已损坏。请在Excel中另存为.xlsx。"),
        ("a.pdf", b"%PDF-1.7", PDF),
        ("a.xlsx", workbook()[:2000], "文件已损坏，或者不是.xlsx文件。请在Excel中打开并另存为.xlsx。"),
        ("a.csv", b"\xff\xff\xff", "文字编码无法识别。请另存为“CSV UTF-8”。"),
        ("a.csv", b"a\0b", "不是文本文件。请另存为“CSV UTF-8”或.xlsx。"),
        ("a.csv", b'a,"b', "不是有效的CSV文件，请检查引号是否成对。"),
        ("a.xlsx", repacked({"xl/vbaProject.bin": b"x"}), "文件含有宏（.xlsm），未读取。请另存为不含宏的.xlsx。"),
        (
            "a.xlsx",
            lambda: repacked({"xl/media/zeros.bin": bytes(50 * 2**20)}),
            "文件的压缩比异常，未读取。请在Excel中另存为.xlsx后重试。",
        ),
        (
            "a.xlsx",
            lambda: repacked({"xl/media/zeros.bin": bytes(101 * 2**20)}),
            "文件解压后过大，未读取。请删去图片、多余的行列和无关的工作表。",
        ),
        (
            "a.xlsx",
            repacked({f"xl/media/{n}.png": b"" for n in range(table_file.MOST_ENTRIES)}),
            "文件解压后过大，未读取。请删去图片、多余的行列和无关的工作表。",
        ),
        *(
            (
                "a.xlsx",
                repacked({SHEET: XML.format(part).encode()}),
                "表格超过200,000个单元格，未读取。请删去多余的行列和格式。",
            )
            for part in (
                '<sheetData/><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
                '<sheetData/><hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
                "<sheetData><row>" + "<c/>" * 200_001 + "</row></sheetData>",
            )
        ),
        (
            "a.xlsx",
            repacked({SHEET: b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'}),
            "文件已损坏，或者不是.xlsx文件。请在Excel中打开并另存为.xlsx。",
        ),
    ],
)
def test_what_is_refused_is_said(name: str, content: bytes | Callable[[], bytes], said: str) -> None:
    # The large ones are made when they are wanted: every worker of pytest reads this list.
    assert sentence(name, content() if callable(content) else content) == f"《{name}》：{said}"


def test_a_file_that_is_too_large() -> None:
    assert (
        sentence("a.csv", b"a" * (table_file.MOST_BYTES + 1))
        == "《a.csv》：文件超过10MB，未读取。请删去图片和无关的工作表。"
    )


def test_a_zip_that_is_no_workbook() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert sentence("a.xlsx", stream.getvalue()) == "《a.xlsx》：不是Excel工作簿。请在Excel或WPS中另存为.xlsx。"


def test_a_stray_format_in_the_last_cell_costs_nothing() -> None:
    book = load_workbook(io.BytesIO(workbook()))
    book.active.cell(1_048_576, 16_384).number_format = "0.00"
    stream = io.BytesIO()
    book.save(stream)
    (table,), problems = read_tables("a.xlsx", stream.getvalue())
    assert problems == ()
    assert table.rows < 50


def test_cells_are_read_as_people_see_them_and_hidden_sheets_are_not() -> None:
    from datetime import datetime

    book = Workbook()
    sheet = book.active
    for column, value in enumerate(
        [0.1 + 0.2, 1e-7, 12.50, True, datetime(2024, 12, 31), " 字\x07".replace("\x07", ""), 0.15], 1
    ):
        sheet.cell(1, column, value)
    sheet["G1"].number_format = "0%"
    sheet["B3"] = "=A1"
    book.create_sheet("草稿").sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    (table,), _ = read_tables("a.xlsx", stream.getvalue())
    assert [text for _, text in table.row(1)] == ["0.3", "0.0000001", "12.5", "TRUE", "2024-12-31", "字", "15%"]
    assert table.uncalculated == {(3, 2)}


@pytest.mark.parametrize(("place", "name"), [((1, 1), "A1"), ((12, 26), "Z12"), ((3, 27), "AA3"), ((9, 703), "AAA9")])
def test_a_cell_is_named_as_in_the_spreadsheet(place: tuple[int, int], name: str) -> None:
    assert address(*place) == name
