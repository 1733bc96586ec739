"""A workbook that Excel opens without a word is read, whatever openpyxl thinks of its styles and parts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.files.document import read_document
from core.ingest.files.table_file import read_tables
from tests.core.ingest.report_file import report

Change = Callable[[str, bytes], tuple[str, bytes]]
ROWS = {
    1: {1: "街镇", 2: "已投资（万元）", 3: "开工", 4: "比例", 5: "金额"},
    2: {1: "甲镇", 2: "30.5", 3: "2024-05-06", 4: "15%", 5: "12.34"},
    3: {1: "乙镇", 2: "0.3", 3: "2023-01-31", 4: "8%", 5: "0.5"},
}


def book() -> bytes:
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream)
    sheet = made.add_worksheet("资金")
    bold = made.add_format({"bold": True})
    day = made.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
    share, small = made.add_format({"num_format": "0%"}), made.add_format({"num_format": "0!.0000"})
    sheet.write_row(0, 0, list(ROWS[1].values()), bold)
    rows = (("甲镇", 30.5, date(2024, 5, 6), 0.15, 123400), ("乙镇", 0.1 + 0.2, date(2023, 1, 31), 0.08, 5000))
    for at, (place, money, begun, part, odd) in enumerate(rows, 1):
        sheet.write_string(at, 0, place, bold)
        sheet.write_number(at, 1, money)
        sheet.write_datetime(at, 2, begun, day)  # type: ignore[arg-type]
        sheet.write_number(at, 3, part, share)
        sheet.write_number(at, 4, odd, small)
    made.add_worksheet("空").hide()
    made.close()
    return stream.getvalue()


def changed(content: bytes, *changes: Change) -> bytes:
    stream, done = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            name, part = entry.filename, old.read(entry)
            for change in changes:
                before = name, part
                name, part = change(name, part)
                done += (name, part) != before
            if name:
                new.writestr(name, part)
    assert done or not changes
    return stream.getvalue()


def lines(content: bytes) -> dict[int, dict[int, str]]:
    (table,), problems = read_tables("a.xlsx", content)
    assert problems == ()
    assert table.sheet == "资金"
    return {row: dict(cells) for row, cells in table.lines.items()}


def strict(name: str, part: bytes) -> tuple[str, bytes]:
    """As Excel saves in the form “Strict Open XML”."""
    for usual, other in (
        (b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"schemas.openxmlformats.org/officeDocument/2006/relation", b"purl.oclc.org/ooxml/officeDocument/relation"),
        (b"schemas.openxmlformats.org/wordprocessingml/2006/main", b"purl.oclc.org/ooxml/wordprocessingml/main"),
        (b"schemas.openxmlformats.org/drawingml/2006/main", b"purl.oclc.org/ooxml/drawingml/main"),
    ):  # fmt: skip
        part = part.replace(usual, other)
    return name, part


def within(file: str, old: str, new: str) -> Change:
    """A change of one part."""

    def change(name: str, part: bytes) -> tuple[str, bytes]:
        if name != file:
            return name, part
        return name, re.sub(old.encode(), new.encode(), part)

    return change


def in_capitals(name: str, part: bytes) -> tuple[str, bytes]:
    return (name.replace("xl/sharedStrings", "xl/SharedStrings").replace("worksheets/sheet", "Worksheets/Sheet"), part)


def with_backslashes(name: str, part: bytes) -> tuple[str, bytes]:
    return name.replace("/", "\\"), part


def without_properties(name: str, part: bytes) -> tuple[str, bytes]:
    return ("" if name.startswith("docProps") else name), part


def without_types(name: str, part: bytes) -> tuple[str, bytes]:
    return name, part.replace(b"spreadsheetml.sheet.main+xml", b"x") if name == "[Content_Types].xml" else part


def prefixed(name: str, part: bytes) -> tuple[str, bytes]:
    """Every element of a sheet by a prefix, as some programs write."""
    if not name.startswith("xl/worksheets/sheet"):
        return name, part
    return name, re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x=")


STYLES, SHEET, BOOK = "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"
CHANGES: dict[str, Change] = {
    "strict": strict,
    "empty fill": within(STYLES, r"<fill>.*?</fill>", "<fill/>"),
    "a fill that is none": within(STYLES, r'patternType="none"|patternType="gray125"', 'patternType="pretty"'),
    "a font family of 99": within(STYLES, r'<family val="2" ?/>', '<family val="99"/>'),
    "a colour that is none": within(STYLES, r"<color [^>]*/>", '<color rgb="red"/>'),
    "no fonts": within(STYLES, r"<fonts.*</fonts>", ""),
    "cell styles that lead nowhere": within(STYLES, r'(xfId|fontId)="0"', r'\1="77"'),
    "an alignment that is none": within(STYLES, r"<cellXfs(.*?)<xf ", r'<cellXfs\1<xf applyAlignment="x" '),
    "properties that are no days": within("docProps/core.xml", r"\d{4}-\d\d-\d\dT[^<]*", "yesterday"),
    "no properties": without_properties,
    "no type of the workbook": without_types,
    "names in capitals": in_capitals,
    "names with backslashes": with_backslashes,
    "elements with a prefix": prefixed,
    "a view that is none": within(BOOK, r"<workbookView ", '<workbookView activeTab="x" '),
    "a name that leads nowhere": within(
        BOOK, "</sheets>", '</sheets><definedNames><definedName name="x" localSheetId="9"/></definedNames>'
    ),
    "a sheet's view that is none": within(SHEET, r"<sheetView ", '<sheetView zoomScale="x" '),
    "margins that are none": within(SHEET, r"<pageMargins[^>]*>", '<pageMargins left="x"/>'),
    "a condition that is none": within(
        SHEET, "</sheetData>", '</sheetData><conditionalFormatting sqref="?"><cfRule type="x"/></conditionalFormatting>'
    ),
    "a filter that is none": within(SHEET, "</sheetData>", '</sheetData><autoFilter ref="?"/>'),
    "a wrong dimension": within(SHEET, r"<dimension[^>]*>", '<dimension ref="A1:?"/>'),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_workbook_that_excel_opens_is_read(change: Change) -> None:
    assert lines(changed(book(), change)) == ROWS


@given(st.lists(st.sampled_from(sorted(CHANGES)), max_size=4, unique=True))
def test_several_at_once(names: list[str]) -> None:
    # Those that look for something in a part come first: the others change what it looks like.
    order = sorted(names, key=list(CHANGES).index)
    looking = [name for name in order if name not in ("strict", "names in capitals", "names with backslashes")]
    looking = [name for name in looking if name not in ("elements with a prefix", "no properties")]
    rest = [name for name in order if name not in looking]
    parts = [CHANGES[name] for name in (*looking, *rest)]
    assert lines(changed(book(), *parts)) == ROWS


def test_letters_of_a_text_may_be_drawn_in_any_way() -> None:
    runs = '<r><rPr><family val="99"/></rPr><t>甲</t></r><r><t>镇</t></r><rPh sb="0" eb="1"><t>x</t></rPh>'
    shared = within("xl/sharedStrings.xml", "<t>甲镇</t>", runs)
    assert lines(changed(book(), shared)) == ROWS
    inline = within(SHEET, r'<c r="A2"[^>]*><v>\d+</v></c>', f'<c r="A2" t="inlineStr"><is>{runs}</is></c>')
    assert lines(changed(book(), inline)) == ROWS


def test_days_of_strict_workbooks_and_of_old_macintoshes() -> None:
    as_text = within(SHEET, r'<c r="C2"( s="\d+")[^>]*><v>[^<]*</v>', r'<c r="C2"\1 t="d"><v>2024-05-06T00:00:00</v>')
    assert lines(changed(book(), as_text, strict)) == ROWS
    old = within(BOOK, "<workbookPr ", '<workbookPr date1904="1" ')
    # Days from 1904: the same number is four years and a day later.
    assert lines(changed(book(), old))[2][3] == "2028-05-07"


def test_a_report_in_strict_form_is_the_same_report() -> None:
    plain, other = read_document("r.docx", report()), read_document("r.docx", changed(report(), strict))
    assert other.problems == ()
    assert [table.lines for table in other.tables] == [table.lines for table in plain.tables]
    assert other.paragraphs == plain.paragraphs


@pytest.mark.parametrize(
    "change", [within(STYLES, "</styleSheet>", ""), within(SHEET, "</worksheet>", ""), within(BOOK, "sheetId", "<")]
)
def test_a_part_that_is_no_xml_is_damaged(change: Change) -> None:
    tables, (problem,) = read_tables("a.xlsx", changed(book(), change))
    assert tables == ()
    assert str(problem.sentence()) == "《a.xlsx》：文件已损坏，或者不是.xlsx文件。请在Excel中打开并另存为.xlsx。"


def test_a_sheet_that_is_not_there_is_not_passed_over() -> None:
    def lost(name: str, part: bytes) -> tuple[str, bytes]:
        return ("" if name == SHEET else name), part

    assert read_tables("a.xlsx", changed(book(), lost))[0] == ()
