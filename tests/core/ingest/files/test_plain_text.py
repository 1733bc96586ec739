"""The same table, however its text was written, is read as the same cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.ingest.files.document import read_document
from core.ingest.files.table_file import read_tables
from tests.core.ingest.project_tables.test_facts import MONEY, as_csv, facts, reading, said

ROWS = [
    ["项目名称:示例区老旧小区改造项目。批复文号：示例发改投〔2022〕41号,2022年10月18日批复。"],
    ["数据截至2024年12月31日"],
    ["街镇", "概算（万元）", "已投资（万元）", "累计支付（万元）", "备注"],
    ["甲镇", "4,000", "2164", "2164", "含一村;二村"],
    ["乙街道", "4500", "2,627.5", "2627", "甲,乙"],
    ["合计", "8,500", "4791.5", "4791", ""],
]


def written(rows: Sequence[Sequence[str]], separator: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return stream.getvalue()


def cells(name: str, content: bytes) -> dict[int, dict[int, str]]:
    (table,), problems = read_tables(name, content)
    assert problems == ()
    return {row: dict(line) for row, line in table.lines.items()}


def expected(rows: Sequence[Sequence[str]]) -> dict[int, dict[int, str]]:
    found = {at: {n: cell for n, cell in enumerate(row, 1) if cell} for at, row in enumerate(rows, 1)}
    return {at: row for at, row in found.items() if row}


ENCODINGS = st.sampled_from(
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("gb18030", b""), ("gb18030", b"\x84\x31\x95\x33"),
     ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-16-le", b""), ("utf-16-be", b"")]
)  # fmt: skip
SEPARATORS = st.sampled_from([",", ";", "\t", "|"])
NAMES = st.sampled_from(["a.csv", "a.txt", "a.tsv", "a.CSV", "a.xls", "a.xlsx"])


@given(ENCODINGS, SEPARATORS, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from("\r\n"), NAMES)
@example(("gb18030", b"\x84\x31\x95\x33"), ",", csv.QUOTE_ALL, "\n", "a.csv")
def test_one_table_in_every_dress(
    encoding: tuple[str, bytes], separator: str, quoting: int, end: str, name: str
) -> None:
    text = written(ROWS, separator, quoting)
    if end == "\n":
        text = text.replace("\r\n", "\n")
    assert cells(name, encoding[1] + text.encode(encoding[0])) == expected(ROWS)


WORDS = st.text(st.sampled_from("甲乙镇村1234567890.%,;|，；\t\"' -"), max_size=8).map(str.strip)


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=2, max_size=8), SEPARATORS, ENCODINGS)
def test_any_table_whose_first_line_names_its_separator(
    rows: list[list[str]], separator: str, encoding: tuple[str, bytes]
) -> None:
    rows = [[f"甲{cell}乙" for cell in row] for row in rows]  # no cell is blank, or guarded by an apostrophe
    text = f"sep={separator}\r\n{written(rows, separator)}"
    assert cells("a.csv", encoding[1] + text.encode(encoding[0])) == expected(rows)


@pytest.mark.parametrize("line", ["sep=;\n", '"sep=;"\r\n', "SEP=;\r\n", "sep=;;;;\r\n"])
def test_the_line_that_names_the_separator_is_no_row(line: str) -> None:
    assert cells("a.csv", (line + written(ROWS, ";")).encode()) == expected(ROWS)


def test_the_named_separator_goes_before_the_likely_one() -> None:
    assert cells("a.csv", b"sep=\t\r\na,b\tc\r\nd,e\tf\r\n") == {1: {1: "a,b", 2: "c"}, 2: {1: "d,e", 2: "f"}}


def test_commas_in_figures_and_titles_are_no_separators() -> None:
    text = "甲区,乙区改造项目\n批复,2022\n街镇;已投资;累计支付\n甲镇;1,234;1,234\n乙镇;2,345;2,345\n合计;3,579;3,579\n"
    assert cells("a.csv", text.encode())[4] == {1: "甲镇", 2: "1,234", 3: "1,234"}


def test_two_tables_of_several_widths_with_remarks_keep_their_commas() -> None:
    rows = [["街镇", "户数"], ["甲镇", "1", "a;b;c"], [], ["街镇", "已投资", "累计支付"], ["甲镇", "1", "2;3"]]
    assert cells("a.csv", as_csv(rows)) == expected([[str(cell) for cell in row] for row in rows])


@pytest.mark.parametrize(
    ("mark", "name"),
    [("，", "全角逗号“，”"), ("；", "全角分号“；”"), ("、", "顿号“、”"), ("   ", "空格"), ("\u3000", "空格")],
)
def test_a_file_that_comes_out_as_one_column_is_a_question_of_the_separator(mark: str, name: str) -> None:
    text = "".join(mark.join(map(str, row)) + "\n" for row in MONEY)
    assert said(reading("a.csv", text.encode())) == [
        f"《a.csv》：各栏之间是{name}，文件读出来只有一列。请改用半角逗号“,”分隔后重新导入。"
    ]


def test_no_mark_at_all_is_said_as_well() -> None:
    assert said(reading("a.txt", "街镇\n甲镇\n乙镇\n".encode())) == [
        "《a.txt》：文件读出来只有一列，没有找到各栏之间的分隔符。请用半角逗号“,”、分号或制表符分隔，或另存为.xlsx。"
    ]


def test_a_line_quoted_whole_is_one_column_too() -> None:
    text = "".join(f'"{",".join(map(str, row))}"\n' for row in MONEY)
    (sentence,) = said(reading("a.csv", text.encode()))
    assert "各栏之间是逗号“,”，文件读出来只有一列" in sentence


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_the_figures_are_the_same(separator: str, encoding: str) -> None:
    text = written([[str(cell) for cell in row] for row in MONEY], separator)
    found = facts(reading("a.csv", text.encode(encoding)))
    assert [(line.place, line.invested, line.paid) for line in found.spend] == [("甲镇", 30, 20), ("乙镇", 40, 40)]


def test_a_long_file_with_semicolons_is_folded_as_one_with_commas() -> None:
    rows = [["街镇", "小区", "户数"], *(["甲镇", f"小区{at}", str(at)] for at in range(5000))]
    comma, other = (read_document("a.csv", written(rows, mark).encode()).tables[0] for mark in ",;")
    assert len(other.folds) == len(comma.folds) == 1
    assert other.unfolded().lines == comma.unfolded().lines == expected(rows)
