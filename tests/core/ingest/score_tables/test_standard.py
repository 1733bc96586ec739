"""A standard from a file: headings people use, groups over blanks and merges, and every problem with its cell."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.briefing.standard_sheet import standard_csv, standard_xlsx
from core.ingest.score_tables.standard import StandardFile, read_standard
from core.model.standard import POINT_KINDS, Standard, StandardPoint


def text_file(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def read(*rows: list[str], name: str = "本区标准.csv") -> StandardFile:
    found, problems = read_standard(name, text_file(*rows))
    assert problems == ()
    assert found is not None
    return found


def refused(*rows: list[str]) -> list[str]:
    _, problems = read_standard("标准.csv", text_file(*rows))
    return [str(problem.sentence()) for problem in problems]


def test_a_plain_list_is_read_under_the_file_s_name() -> None:
    found = read(
        ["编号", "组别", "改造标准", "出处", "性质"],
        ["1", "屋面", "不渗漏", "文件2号", "标准"],
        ["2", "", "排水畅通", "", "改造内容"],
    )
    assert found.title == "本区标准"
    assert found.points == (
        StandardPoint("1", "屋面", "不渗漏", "文件2号", "standard"),
        StandardPoint("2", "屋面", "排水畅通", "", "content"),
    )


@pytest.mark.parametrize(
    "heading",
    [
        ["序号", "类别", "内容"],
        ["条款", "分类", "标准内容"],
        ["code", "group", "text"],
        [" 编 号 ", "组别（部位）", "改造要求："],
    ],
)
def test_headings_that_people_use(heading: list[str]) -> None:
    found = read(["某区老旧小区改造标准", "", ""], heading, ["1", "屋面", "不渗漏"], ["2", "墙面", "不脱落"])
    assert found.title == "某区老旧小区改造标准"
    assert [(point.code, point.group, point.text) for point in found.points] == [
        ("1", "屋面", "不渗漏"),
        ("2", "墙面", "不脱落"),
    ]


def test_without_numbers_points_are_counted_and_it_is_told() -> None:
    found = read(["组别", "改造内容"], ["房屋", "屋面维修"], ["房屋", "外墙出新"])
    assert [point.code for point in found.points] == ["1", "2"]
    assert ["已按顺序编为1至2" in str(note.sentence()) for note in found.notes] == [True]


def test_a_row_of_one_label_is_a_group() -> None:
    found = read(
        ["编号", "标准", "出处"],
        ["", "", "一、屋面"],
        ["1", "不渗漏", ""],
        ["", "", "二、墙面"],
        ["2", "不脱落", ""],
    )
    assert [(point.group, point.text) for point in found.points] == [("一、屋面", "不渗漏"), ("二、墙面", "不脱落")]


def test_merged_groups_go_on() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    for row in (["编号", "组别", "标准"], ["1", "屋面", "不渗漏"], ["2", None, "保温"], ["3", "墙面", "不脱落"]):
        page.append(row)
    page.merge_cells("B2:B3")
    book.save(out)
    found, problems = read_standard("标准.xlsx", out.getvalue())
    assert problems == ()
    assert found is not None
    assert [point.group for point in found.points] == ["屋面", "屋面", "墙面"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["甲", "乙"], ["1", "2"]], "没有找到表头"),
        ([["编号", "标准"]], "表头下面没有条目"),
        ([["编号", "标准"], ["1", "甲"], ["1", "乙"]], "“1”与第2行重复"),
        ([["编号", "标准"], ["1", "甲"], ["", "乙"]], "不能为空"),
        ([["编号", "标准", "出处"], ["1", "甲", ""], ["2", "", "文件"]], "不能为空"),
        ([["编号", "标准", "性质"], ["1", "甲", "别的"]], "应为标准、改造内容之一"),
        ([["编号", "标准", "标准"], ["1", "甲", "乙"]], "不止一次"),
        ([["编号", "标准"], ["1", "长" * 501]], "最多500字"),
        ([["编号", "标准"], *([str(n), "条"] for n in range(301))], "条目超过300条"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(rows: list[list[str]], said: str) -> None:
    assert [said in each for each in refused(*rows)] == [True]


WORDS = st.text(st.sampled_from("屋面墙道路管网=+-@'\",;0123456789abc（）"), min_size=1, max_size=12)
GROUPS = st.lists(WORDS.map("组{}".format), min_size=1, max_size=3, unique=True)


@st.composite
def any_standard(draw: st.DrawFn) -> Standard:
    """Its groups in their order, codes in figures and letters."""
    points = [
        StandardPoint(
            code=f"{draw(st.sampled_from('NP1'))}.{group}.{number}",
            group=name,
            text=draw(WORDS.map("条{}".format)),
            section=draw(st.just("") | WORDS.map("文件 {}".format)),
            kind=draw(st.sampled_from(POINT_KINDS)),
        )
        for group, name in enumerate(draw(GROUPS))
        for number in range(draw(st.integers(1, 3)))
    ]
    return Standard("own", 2, "本区标准甲", tuple(points))


@given(any_standard())
def test_what_is_written_reads_back(standard: Standard) -> None:
    for name, content in (("甲.csv", standard_csv(standard)), ("甲.xlsx", standard_xlsx(standard))):
        found, problems = read_standard(name, content)
        assert problems == ()
        assert found is not None
        assert found.points == standard.points


@given(st.binary(max_size=200))
def test_any_file_gives_a_standard_or_sentences(content: bytes) -> None:
    found, problems = read_standard("x.csv", content)
    assert found is not None or problems
