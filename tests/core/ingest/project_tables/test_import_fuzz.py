"""Nothing that a file may hold gets past a clear problem: no exception, no long wait, no facts out of nonsense."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.errors import RowProblem
from core.ingest.files.document import Document, Paragraph, read_document
from core.ingest.files.table import Table
from core.ingest.project_tables.facts import Background, FactsReading, read_facts
from core.model.fields import FIELDS
from tests.core.ingest.project_tables.test_facts import BASE, DETAIL, HOUSES, MONEY, NEW, WORK, as_csv, as_xlsx
from tests.core.ingest.report_file import report

VALID = {
    "a.docx": report(),
    "a.xlsx": as_xlsx({"资金": MONEY, "受益": HOUSES, "进度": WORK}, {"资金": ["A4:B4"]}),
    "a.csv": as_csv(DETAIL),
    "a.txt": as_csv(MONEY).replace(b",", b"\t").decode().encode("utf-16"),
}
PARTS = {"a.docx": "word/document.xml", "a.xlsx": "xl/worksheets/sheet1.xml"}
NAMED = st.sampled_from(["a.docx", "a.xlsx", "a.csv", "a", "../a.docx", "a.xls", "a.txt", "a.et"])


def looked_at(name: str, content: bytes) -> FactsReading:
    """Either facts or sentences, and each sentence can be said."""
    document = read_document(name, content)
    found = of(document)
    assert document.tables or document.paragraphs or document.problems or name.endswith((".docx", ".xlsx", ".csv"))
    return found


def of(document: Document, mapping: dict[str, str] | None = None) -> FactsReading:
    found = read_facts(
        document,
        Background(
            project="p",
            batch="b",
            as_of=None,
            today=date(2025, 6, 30),
            previous=BASE,
            mapping=mapping or {},
            stated=NEW,
            claims=(),
        ),
    )
    assert (found.facts is None) == bool(found.problems)
    told: tuple[RowProblem, ...] = (*found.problems, *found.questions)
    assert all(str(problem.sentence()) for problem in told)
    assert len(told) < 2000
    return found


@given(NAMED, st.binary(max_size=300))
@example("a.csv", b"\xef\xbb\xbf")
@example("a.docx", b"PK\x05\x06" + bytes(18))
@example("a.xlsx", b"PK\x03\x04")
@settings(max_examples=300, deadline=2000)
def test_any_bytes(name: str, content: bytes) -> None:
    assert looked_at(name, content).facts is None


@given(
    st.sampled_from(sorted(VALID)), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), min_size=1, max_size=8)
)
@settings(max_examples=150, deadline=5000)
def test_valid_files_with_bytes_replaced(name: str, changes: list[tuple[float, bytes]]) -> None:
    content = bytearray(VALID[name])
    for at, new in changes:
        place = int(at * len(content))
        content[place : place + len(new)] = new
    looked_at(name, bytes(content))


def repacked(name: str, change: bytes, at: float, cut: int) -> bytes:
    """The file with a stretch of its main part replaced: it unpacks, and what comes out is odd."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(VALID[name])) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == PARTS[name]:
                place = int(at * len(part))
                part = part[:place] + change + part[place + cut :]
            new.writestr(entry.filename, part)
    return stream.getvalue()


ODD = [
    b'<w:gridSpan w:val="-1"/>', b'<w:gridSpan w:val="99999999999999999999"/>', b"<w:vMerge/>", b"<w:tc/>", b"<w:tr/>",
    b"</w:tr>", b"<w:tbl>", b"<w:tbl/>", b'<c r="ZZZZZZ9"><v>1</v></c>', b'<c r="A0" t="s"><v>99999</v></c>', b"\0",
    b'<c r="B2" t="d"><v>x</v></c>', b"<f>1</f>", b'<mergeCell ref="A1:XFD1048576"/>', b'<mergeCell ref="?"/>',
    b"1e999", b'<row r="99999999999"/>', b'<c r="C3" t="n"><v>nan</v></c>', b"&x;", b"<!--",
    b'<c t="b"><v>7</v></c>', b"-", b"",
]  # fmt: skip


@given(
    st.sampled_from(sorted(PARTS)),
    st.sampled_from(ODD) | st.binary(max_size=6),
    st.floats(0, 0.999),
    st.integers(0, 40),
)
@settings(max_examples=250, deadline=5000)
def test_valid_packages_with_odd_insides(name: str, change: bytes, at: float, cut: int) -> None:
    looked_at(name, repacked(name, change, at, cut))


HEADINGS = st.sampled_from([spelling for field in FIELDS.values() for spelling in field.spellings]) | st.text(
    max_size=8
)
CELLS = st.sampled_from(
    ["", "甲镇", "乙镇", "合计", "小计", "-1", "1", "5-5个", "100%", "40", "２０万元", "1,2", "=1", "/", "—",
     "2024-02-30", "注:", "9" * 50, "0.0000001", "#REF!", "nan", "{x}", "{", "\u202e", "专项债", "2024-01-01", "街镇",
     "累计支付"]
) | st.text(max_size=12)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(1, 7))
    rows = [draw(st.lists(HEADINGS, min_size=columns, max_size=columns))]
    rows += draw(st.lists(st.lists(CELLS, min_size=columns, max_size=columns), max_size=7))
    lines = {
        number: {column: cell.strip() for column, cell in enumerate(row, 1) if cell.strip()}
        for number, row in enumerate(rows, draw(st.integers(1, 3)))
    }
    places = st.tuples(st.integers(1, 10), st.integers(1, columns))
    merged = draw(st.dictionaries(places, places, max_size=6))
    above = tuple(draw(st.lists(st.sampled_from(["单位:元", "单位：", "单位:万元、㎡", "x"]), max_size=2)))
    return Table(
        "a", draw(st.sampled_from(["", "表1"])), lines, merged, draw(st.frozensets(places, max_size=3)), above=above
    )


@given(
    st.lists(tables(), max_size=3),
    st.dictionaries(HEADINGS, st.sampled_from(["", "nonsense", *FIELDS]), max_size=3),
)
@settings(max_examples=400, deadline=2000)
def test_any_structure(found: list[Table], mapping: dict[str, str]) -> None:
    of(Document(tuple(found), (Paragraph("", "x"),), ()), mapping)


def test_very_many_problems_are_not_all_told() -> None:
    rows = [["街镇", "小区", "户数"], *(["甲镇", f"小区{number}", "x"] for number in range(2000))]
    found = looked_at("a.csv", as_csv(rows))
    assert len(found.problems) == 501
    assert str(found.problems[-1].sentence()) == "《a.csv》：问题超过500处，其余未列出。"


HEAD = ["街镇", "小区", "户数"]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD] * 50_000,
        [HEAD, ["合计"]] * 25_000,
        [HEAD, ["甲镇", "一村", "1"], []] * 20_000,
        [["街镇", "已投资", "累计支付"], *([f"{number}镇", "1", "1"] for number in range(50_000))],
        [["街镇", "已投资", "累计支付"], *(["合计", "0", "0"] for _ in range(50_000))],
        [
            ["街镇", "已投资", "累计支付"],
            *([f"{number}镇", "1", "1"] if number % 9 else ["合计", "7", "7"] for number in range(9_000)),
        ],
        [["x", *[""] * 300, "街镇"]] * 3_000,
    ],
)
def test_what_repeats_without_end_takes_no_time_without_end(rows: list[list[str]]) -> None:
    """Each of these took minutes with one careless loop; the suite's time limit is what fails then."""
    assert looked_at("a.csv", as_csv(rows)).facts is None
