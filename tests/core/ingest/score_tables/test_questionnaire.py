"""满意度问卷 from a file and as it is typed: what is read, and every problem with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.score_tables.questionnaire import HEADINGS, read_questionnaire
from core.ingest.score_tables.typed_questionnaire import pasted_column, typed_answers, typed_counts
from core.model.questionnaire import SurveyAnswer, SurveyQuestion
from core.text import render
from pages.shared.download import as_csv

D = Decimal
HEAD = list(HEADINGS)
ROADS = SurveyQuestion("道路", (SurveyAnswer("满意", D(1), 60), SurveyAnswer("不满意", D("0.25"), 20)))
LIFT = SurveyQuestion("电梯", (SurveyAnswer("是", D(1), 72), SurveyAnswer("否", D(0), None)))
ROWS = [
    ["道路", "满意", "1", "60"],
    ["", "不满意", "25%", "20"],
    ["电梯", "是", "1", "72"],
    ["", "否", "0", ""],
]


def table(*rows: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def told(*rows: Sequence[str]) -> list[str]:
    return [str(each.sentence()) for each in read_questionnaire("问卷.csv", table(*rows))[1]]


def test_a_row_is_an_answer_and_a_question_goes_on_over_blanks() -> None:
    found, wrong = read_questionnaire("入户问卷.csv", table(["2024年满意度调查", "", "", ""], HEAD, *ROWS))
    assert found is not None
    assert (found.title, found.questions, found.notes, wrong) == ("2024年满意度调查", (ROADS, LIFT), (), ())
    assert read_questionnaire("入户问卷.csv", table(HEAD, *ROWS))[0].title == "入户问卷"  # type: ignore[union-attr]


def test_a_workbook_with_merged_questions_other_headings_and_a_sum() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    rows: list[list[object]] = [
        ["序号", "调查问题", "选项", "系数", "人数"],
        [1, "道路", "满意", 1, 60],
        [None, None, "不满意", 0.25, 20],
        [None, "合计", None, None, 80],
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    content = io.BytesIO()
    book.save(content)
    found, wrong = read_questionnaire("问卷.xlsx", content.getvalue())
    assert found is not None
    assert (found.questions, wrong) == ((ROADS,), ())
    assert [str(each.message) for each in found.notes] == ["合计行，未计入。"]


def test_what_the_page_gives_out_comes_in_again_in_both_languages() -> None:
    every = [[q.text, a.text, f"{a.weight:f}", "" if a.count is None else str(a.count)] for q in (ROADS, LIFT)
             for a in q.answers]  # fmt: skip
    for language in ("zh_CN", "en"):
        head = [render(each, language) for each in HEADINGS]
        found, wrong = read_questionnaire("x.csv", as_csv(head, every))
        assert found is not None
        assert (found.questions, wrong) == ((ROADS, LIFT), ())


def test_without_a_column_of_counts_nothing_is_counted() -> None:
    found, wrong = read_questionnaire("问卷.csv", table(["题目", "答案", "权重"], ["道路", "满意", "1"]))
    assert found is not None
    assert found.questions == (SurveyQuestion("道路", (SurveyAnswer("满意", D(1), None),)),)
    assert wrong == ()


def test_every_wrong_cell_is_named() -> None:
    rows = [["", "满意", "1", "6"], ["道路", "满意", "2", "六十"], ["", "", "1", "3"], ["", "一般", "", "-1"]]
    assert told(HEAD, *rows) == [
        "《问卷.csv》A2（题目）：不能为空。",
        "《问卷.csv》C3（权重）：应为0到1之间的权重（如0.75或75%），读到“2”。",
        "《问卷.csv》D3（份数）：应为不小于0的整数，读到“六十”。",
        "《问卷.csv》B4（答案）：不能为空。",
        "《问卷.csv》C5（权重）：应为0到1之间的权重（如0.75或75%），读到“”。",
        "《问卷.csv》D5（份数）：应为不小于0的整数，读到“-1”。",
    ]


def test_a_table_without_the_heading_or_without_rows_is_a_sentence() -> None:
    assert "表头应有题目、答案、权重三列" in told(["姓名", "电话"], ["甲", "1"])[0]
    assert "表头下面没有答案。" in told(HEAD)[0]
    assert "这一列出现了不止一次。" in told([*HEAD, "份数"], ["道路", "满意", "1", "6", "7"])[0]


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_reader(content: bytes) -> None:
    found, wrong = read_questionnaire("问卷.xlsx", content)
    assert found is not None or wrong


def test_answers_are_typed_in_lines_with_their_weights() -> None:
    found, wrong = typed_answers("非常满意 1\n基本 满意　75%\n\n不满意\t0\n")
    assert found == (SurveyAnswer("非常满意", D(1)), SurveyAnswer("基本 满意", D("0.75")), SurveyAnswer("不满意", D(0)))
    assert wrong == ()
    _, wrong = typed_answers("满意\n一般 2\n0.5")
    assert [str(each)[:9] for each in wrong] == ["答案“满意”应写成", "答案“一般 2”应", "答案“0.5”应写"]


def test_a_pasted_column_has_a_number_for_each_answer() -> None:
    assert pasted_column("60\r\n20\r\n\r\n8\r\n") == ("60", "20", "", "8")
    assert pasted_column(" \n") == ()
    counts, wrong = typed_counts(("６０", "1,020", "", "8"), (ROADS, LIFT))
    assert (counts, wrong) == ((60, 1020, None, 8), ())


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("60", "20"), ["各题共有4个答案，收到2个数，未保存。"]),
        (("60", "x", "1.5", "8"), [
            "第1题“不满意”的份数应为不小于0的整数，读到“x”。", "第2题“是”的份数应为不小于0的整数，读到“1.5”。",
        ]),
    ],
)  # fmt: skip
def test_what_is_no_count_is_named_all_at_once(typed: tuple[str, ...], words: list[str]) -> None:
    assert [str(each) for each in typed_counts(typed, (ROADS, LIFT))[1]] == words
