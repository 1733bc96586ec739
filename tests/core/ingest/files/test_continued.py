"""Tables that go on in the next one, tables in tables, deleted rows; nothing is dropped without a line.

No wrong number, C16.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.files.document import read_document
from core.ingest.project_tables.facts import FactsReading
from tests.core.ingest.project_tables.test_facts import HOUSES, MONEY, as_csv, as_xlsx, asked, facts, reading, said
from tests.core.ingest.report_file import docx, paragraph, table

HEAD = [str(cell) for cell in MONEY[0]]
PLACES = ["甲镇", "乙镇", "丙街道", "丁街道", "戊镇", "己镇"]
ROWS = [[place, str(100 * at), str(10 * at), str(5 * at)] for at, place in enumerate(PLACES, start=1)]
TOTAL = ["合计", "2100", "210", "105"]
"""100 to 600, 10 to 60, 5 to 30."""
HOMES = [[str(cell) for cell in row] for row in HOUSES]


def paid(found: FactsReading) -> list[tuple[str, Decimal]]:
    return [(line.place, line.paid) for line in facts(found).spend]


WHOLE = [(place, Decimal(5 * at)) for at, place in enumerate(PLACES, start=1)]


@given(
    st.integers(1, 4),
    st.integers(1, 4),
    st.booleans(),
    st.booleans(),
    st.sampled_from(
        [(), ("续表1",), ("表1（续）",), ("单位：万元",), ("接上表", "单位：万元"), ("第 3 页",), ("资金明细表",)]
    ),
)
def test_a_table_that_goes_on_is_one_table(
    first: int, second: int, again: bool, total: bool, between: Sequence[str]
) -> None:
    last = [TOTAL] if total else []
    pieces = [ROWS[:first], ROWS[first : first + second], [*ROWS[first + second :], *last]]
    blocks = [paragraph("资金明细表"), table([HEAD, *pieces[0]])]
    for piece in pieces[1:]:
        if piece:
            blocks += [*map(paragraph, between), table([HEAD, *piece] if again else piece)]
    found = reading("r.docx", docx(*blocks, paragraph("二、其他"), table(HOMES_OF_ALL)))
    assert paid(found) == WHOLE


HOMES_OF_ALL = [HOMES[0], *[[place, "2", "10", "400", "3.5"] for place in PLACES]]


def test_rows_without_a_heading_that_no_total_proves_are_asked_about() -> None:
    found = reading("r.docx", docx(table([HEAD, *ROWS[:2]]), table(ROWS[2:4]), table(ROWS[4:])))
    assert paid(found) == WHOLE
    assert asked(found) == [
        "《r.docx》工作表“表2”A1：没有表头，作为“表1”的续表读取（2行，第一行是“丙街道 300 30 15”）。请核对。",
        "《r.docx》工作表“表3”A1：没有表头，作为“表1”的续表读取（2行，第一行是“戊镇 500 50 25”）。请核对。",
    ]
    proved = reading("r.docx", docx(table([HEAD, *ROWS[:2]]), table([*ROWS[2:], TOTAL])))
    assert paid(proved) == WHOLE
    assert asked(proved) == []


def test_a_subtotal_at_the_end_of_a_page_is_no_end_of_the_table() -> None:
    # 100 + 200, 10 + 20, 5 + 10.
    part = ["小计", "300", "30", "15"]
    for piece in ([*ROWS[2:], TOTAL], [HEAD, *ROWS[2:], TOTAL]):
        found = reading("r.docx", docx(table([HEAD, *ROWS[:2], part]), paragraph("续表"), table(piece)))
        assert paid(found) == WHOLE


def test_a_total_that_does_not_hold_over_both_is_a_problem_of_its_row() -> None:
    wrong = [*TOTAL[:3], "106"]
    assert said(reading("r.docx", docx(table([HEAD, *ROWS[:2]]), table([*ROWS[2:], wrong])))) == [
        "《r.docx》工作表“表1”D8（累计支付（万元））：各行相加是105.00，这里是106.00，两者不一致。"
    ]


@pytest.mark.parametrize(
    ("between", "lower"),
    [
        (("各街镇的支付情况见下。",), ROWS[2:]),  # text between
        ((), [row[:3] for row in ROWS[2:]]),  # fewer columns
        ((), [["甲", "乙", "丙", "丁"], ["1", "2", "3", "4"]]),  # a heading of its own
    ],
)
def test_another_table_is_not_joined_and_never_dropped_without_a_line(
    between: Sequence[str], lower: list[list[str]]
) -> None:
    upper = [HEAD, *ROWS[:2]]
    found = reading("r.docx", docx(table(upper), *map(paragraph, between), table(lower)))
    assert paid(found) == WHOLE[:2]
    lines = [str(each.sentence()) for each in (*found.questions, *found.unread)]
    first = " ".join(lower[0])
    assert lines == [
        f"《r.docx》工作表“表2”A1：这张表没有读取：没有可以识别的表头（共{len(lower)}行，第一行是“{first}”）。"
    ]
    assert bool(found.questions) == lower[0][1].isdigit()


def test_a_table_after_its_total_is_another_one() -> None:
    whole = [HEAD, *ROWS, TOTAL]
    assert said(reading("r.docx", docx(table(whole), table(whole)))) == [
        "《r.docx》工作表“表2”A1：“资金明细表”出现了不止一次，前一张在“表1”第1行。请只保留一张。"
    ]


def test_what_is_no_data_is_listed() -> None:
    rows = [["甲", "乙", "丙"], ["1", "2", "3"], [], *MONEY, ["注:数据来源于各街镇"], ["制表人:某某"]]
    found = reading("a.xlsx", as_xlsx({"资金": rows, "其他": [["一", "二"], ["三", "四"]]}))
    facts(found)
    assert [str(each.sentence()) for each in found.unread] == [
        "《a.xlsx》工作表“资金”A8：第8行等2行没有作为数据读取（开头是“注:数据来源于各街镇”）。",
        "《a.xlsx》工作表“资金”A1：第1行等2行没有作为数据读取（开头是“甲 乙 丙”）。",
        "《a.xlsx》工作表“其他”A1：这张表没有读取：没有可以识别的表头（共2行，第一行是“一 二”）。",
    ]
    assert reading("a.csv", as_csv([*MONEY[:2], MONEY[0], MONEY[2]])).unread == ()
    more = [[*row, each, each] for row, each in zip(MONEY, ("责任人", "某", "某", "某"), strict=True)]
    assert [str(each.sentence()) for each in reading("a.csv", as_csv(more)).unread] == [
        "《a.csv》E1：有2列没有读取：责任人、责任人。"
    ]


# Tables in tables, tracked changes


def test_tables_in_the_cells_of_a_layout_are_read_with_their_lines() -> None:
    yuan = [[row[0], *(f"{each}0000" for each in row[1:])] for row in ROWS[:2]]
    inner = paragraph("表1 资金（单位：元）") + table([["街镇", "概算", "已投资", "累计支付"], *yuan])
    outer = _layout([[inner, paragraph("批复文号：江政投〔2022〕41号") + table(HOMES[:3])]])
    document = read_document("r.docx", docx(outer))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "表1 资金（单位：元）",
        "批复文号：江政投〔2022〕41号",
    ]
    assert paid(reading("r.docx", docx(outer))) == WHOLE[:2]
    deep = outer
    for _ in range(4):
        deep = _layout([[deep]])
    assert paid(reading("r.docx", docx(deep))) == WHOLE[:2]
    assert len(read_document("r.docx", docx(deep)).tables) == 2


def _layout(rows: Sequence[Sequence[str]]) -> str:
    cells = ("".join(f"<w:tc>{cell}<w:p/></w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


@pytest.mark.parametrize("mark", ["<w:trPr><w:del w:id='1'/></w:trPr>", "<w:trPr><w:moveFrom w:id='1'/></w:trPr>"])
def test_rows_that_are_marked_as_deleted_are_not_there(mark: str) -> None:
    whole = table([HEAD, *ROWS, TOTAL])
    rows = table([["庚镇", "1", "1", "1"], ["辛镇", "2", "2", "2"]])
    start, end = rows.index("<w:tr>"), rows.rindex("</w:tr>") + len("</w:tr>")
    deleted = rows[start:end].replace("<w:tr>", f"<w:tr>{mark}")
    at = whole.rindex("<w:tr>")
    found = reading("r.docx", docx(whole[:at] + deleted + whole[at:]))
    assert paid(found) == WHOLE
