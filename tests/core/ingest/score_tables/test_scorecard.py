"""Filled scorecards: what is read, what is said about what cannot be."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ingest.score_tables.headings import SPELLINGS
from core.ingest.score_tables.scorecard import ScorecardFile, read_scheme, read_scorecard
from core.model.scorecard import Status
from core.scoring.read_rule import KINDS
from tests.core.ingest.filled import FIRST, GROUPS, HEADING, lines, row_of, workbook

D = Decimal
WEIGHT, POINTS, REASON = 5, 6, 7
B2 = row_of("B2")
CALLED = "、".join(kind.called for kind in KINDS.values())
"""Kinds of rules as files name them."""


def as_csv(rows: list[list[str]], encoding: str = "utf-8") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode(encoding)


def good(name: str, content: bytes) -> ScorecardFile:
    found, problems = read_scorecard(name, content)
    assert [str(problem.sentence()) for problem in problems] == []
    assert found is not None
    return found


def problems(changes: dict[tuple[int, int], Any], **more: Any) -> list[str]:
    return [str(p.sentence()) for p in read_scorecard("表.xlsx", workbook(changes, **more))[1]]


def notes(changes: dict[tuple[int, int], Any]) -> list[str]:
    return [str(note.sentence()) for note in good("表.xlsx", workbook(changes)).notes]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("表.xlsx", workbook()),
        ("表.csv", as_csv(lines())),
        ("表.csv", as_csv(lines(), "utf-8-sig")),
        ("表.csv", as_csv(lines(), "gb18030")),
    ],
)
def test_28_items_with_zeros_come_in_whole(name: str, content: bytes) -> None:
    found = good(name, content)
    assert (found.title, str(found.as_of)) == ("临港片区老旧小区改造项目绩效评价评分表", "2024-12-31")
    assert found.notes == ()
    assert len(found.rows) == 28
    given = [(g, l2, D(w), D(p)) for g, items in GROUPS.items() for l2, w, p in items]
    assert [(r.indicator.l1, r.indicator.l2, r.indicator.weight, r.points) for r in found.rows] == given
    assert {r.status for r in found.rows} == {Status.CONFIRMED}
    assert sum(r.points == 0 for r in found.rows) == 4
    assert [r.reason for r in found.rows if r.indicator.code == "A4"] == ["A4的扣分原因"]
    assert sum(r.points or 0 for r in found.rows) == D("82.25")


def test_labels_that_are_blank_and_not_merged_go_on_from_above() -> None:
    book = workbook(unmerge=("A4:A9", "B4:B5", "B6:B7"))
    assert [r.indicator.l2 for r in good("表.xlsx", book).rows[:5]] == ["项目立项"] * 2 + ["绩效目标"] * 2 + [
        "资金投入"
    ]


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        (
            {(FIRST, WEIGHT): 3, (FIRST, POINTS): 3},
            ["《表.xlsx》工作表“评分表”E4:E34（分值）：分值合计应为100，现为99.00。"],
        ),
        ({(B2, POINTS): 2.75}, [f"《表.xlsx》工作表“评分表”F{B2}（得分）：本项最高2.5分，读到2.75。"]),
        ({(B2, POINTS): -1}, [f"《表.xlsx》工作表“评分表”F{B2}（得分）：应在0到100之间，读到“-1”。"]),
        ({(B2, 3): None}, [f"《表.xlsx》工作表“评分表”C{B2}（编号）：缺少编号，每项指标须有自己的编号。"]),
        ({(B2, 3): "A1"}, [f"《表.xlsx》工作表“评分表”C{B2}（编号）：“A1”与第4行重复。"]),
        (
            {(B2, POINTS): "四分半"},
            [f"《表.xlsx》工作表“评分表”F{B2}（得分）：应为数字（最多两位小数），读到“四分半”。"],
        ),
        ({(B2, POINTS): 1.005}, [f"《表.xlsx》工作表“评分表”F{B2}（得分）：应为数字（最多两位小数），读到“1.005”。"]),
        (
            {(B2, WEIGHT): "两分半"},
            [f"《表.xlsx》工作表“评分表”E{B2}（分值）：应为数字（最多两位小数），读到“两分半”。"],
        ),
        ({(B2, WEIGHT): None}, [f"《表.xlsx》工作表“评分表”E{B2}（分值）：缺少分值，应为大于0的数字。"]),
        ({(B2, WEIGHT): 0}, [f"《表.xlsx》工作表“评分表”E{B2}（分值）：分值应大于0。"]),
        ({(B2, 4): None}, [f"《表.xlsx》工作表“评分表”D{B2}（三级指标）：缺少三级指标，不能为空。"]),
        ({(B2, REASON): "长" * 501}, [f"《表.xlsx》工作表“评分表”G{B2}（扣分原因）：最多500字，现有501字。"]),
        (
            {(B2, POINTS): "=1+1"},
            [f"《表.xlsx》工作表“评分表”F{B2}（得分）：是公式，但文件里没有算出的值。请在Excel中打开并保存后再导入。"],
        ),
        ({(3, POINTS): "分数线"}, ["《表.xlsx》工作表“评分表”A3：表头缺少“得分”这一列。"]),
        ({(3, 8): "得分"}, ["《表.xlsx》工作表“评分表”H3（得分）：这一列出现了不止一次。"]),
    ],
)
def test_what_is_wrong_is_named_with_its_cell(changes: dict[tuple[int, int], Any], sentences: list[str]) -> None:
    assert problems(changes) == sentences


def test_all_problems_come_at_once() -> None:
    found, wrong = read_scorecard(
        "表.xlsx",
        workbook({(4, POINTS): 9, (5, 3): None, (6, POINTS): "无", (7, 3): "A1", (8, WEIGHT): 3, (8, POINTS): 3}),
    )
    assert found is not None
    assert [p.cell for p in wrong] == ["F4", "C5", "F6", "C7", "E4:E34"]  # type: ignore[attr-defined]


def test_points_that_are_merged_belong_to_no_item() -> None:
    rows = lines()
    assert rows[FIRST - 1][2] == "A1"
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook()))
    book.active.merge_cells("F4:F5")
    stream = io.BytesIO()
    book.save(stream)
    _, wrong = read_scorecard("表.xlsx", stream.getvalue())
    assert [str(p.message) for p in wrong] == ["得分与上一行合并了。每项指标须有自己的得分。"]


def test_a_printed_sum_that_is_not_the_sum_is_said_and_not_adopted() -> None:
    total = row_of("D6") + 2
    assert notes({(total, POINTS): 83.25}) == [
        f"《表.xlsx》工作表“评分表”F{total}（得分）：合计印为83.25，各项相加是82.25；未采用印出的数。"
    ]
    assert notes({(9, POINTS): 16}) == [
        "《表.xlsx》工作表“评分表”F9（得分）：小计印为16.00，各项相加是15.00；未采用印出的数。"
    ]


def test_a_deduction_that_does_not_fit_is_said_and_not_adopted() -> None:
    found = good("表.xlsx", workbook({(3, 8): "扣分", (4, 8): 0, (5, 8): 1, (7, 8): -4, (6, 8): 0.5}))
    assert [str(note.sentence()) for note in found.notes] == [
        "《表.xlsx》工作表“评分表”H6（扣分）：满分4.00减扣分0.50不等于得分4.00；按得分计。"
    ]
    assert found.rows[2].points == 4


@pytest.mark.parametrize(
    ("cell", "points", "status"),
    [
        ("４.００", D(4), Status.CONFIRMED),
        (" 4 ", D(4), Status.CONFIRMED),
        ("3.5分", D("3.5"), Status.CONFIRMED),
        (0, D(0), Status.CONFIRMED),
        (0.1 + 0.2, D("0.3"), Status.CONFIRMED),
        (None, None, Status.UNSCORED),
        ("—", None, Status.UNSCORED),
        ("未评", None, Status.UNSCORED),
        ("不适用", None, Status.NOT_APPLICABLE),
        ("待补佐证", None, Status.EVIDENCE_MISSING),
    ],
)
def test_what_stands_as_points(cell: object, points: Decimal | None, status: Status) -> None:
    row = good("表.xlsx", workbook({(4, POINTS): cell})).rows[0]
    assert (row.points, row.status) == (points, status)


def test_words_near_the_usual_ones_are_known() -> None:
    other = ["一级\n指标", "二级指标", "指标编号", "指标名称", "分 值（100分）", "评价得分(分)", "扣分理由", "说明"]
    changes: dict[tuple[int, int], Any] = {(3, column): text for column, text in enumerate(other, start=1)}
    changes |= {(4, 1): "决\n策（20分）", (4, WEIGHT): "４分"}
    found = good("表.xlsx", workbook(changes))
    assert (found.rows[0].indicator.l1, found.rows[0].indicator.weight) == ("决策", 4)
    assert sum(r.points or 0 for r in found.rows) == D("82.25")


def test_full_marks_beside_each_level_are_those_after_the_third() -> None:
    rows = [["一级指标", "分值", "二级指标", "分值", "编号", "三级指标", "分值", "得分"]]
    rows += [["决策", "100", "立项", "100", "A1", "甲", "40", "40"], ["", "", "", "", "A2", "乙", "60", "30"]]
    assert [r.indicator.weight for r in good("表.csv", as_csv(rows)).rows] == [40, 60]


def test_items_of_a_table_without_codes_are_numbered() -> None:
    rows = [["一级指标", "三级指标", "权重", "得分"], ["决策", "甲", "40%", "40"], ["产出", "乙", "60%", "30"]]
    found = good("表.csv", as_csv(rows))
    assert [(r.indicator.code, r.indicator.l2, r.indicator.weight) for r in found.rows] == [
        ("1", "决策", 40),
        ("2", "产出", 60),
    ]


def test_items_after_the_total_are_not_passed_over() -> None:
    total = row_of("D6") + 2
    assert problems({(total + 2, 3): "E1", (total + 2, 4): "加分项", (total + 2, WEIGHT): 5}) == [
        f"《表.xlsx》工作表“评分表”E{total + 2}（分值）：“合计”一行之后还有指标。请移到合计之前。"
    ]


def test_results_that_weigh_little_are_a_warning() -> None:
    rows = [HEADING, ["决策", "立项", "A1", "甲", "50", "50", "", ""], ["产出", "数量", "B1", "乙", "50", "50", "", ""]]
    (note,) = good("表.csv", as_csv(rows)).notes
    assert (
        str(note.sentence()) == "《表.csv》E2:E3（分值）：产出与效益合计50.00分，通常不低于60分（财预〔2020〕10号）。"
    )


def test_a_scheme_is_the_same_table_without_points() -> None:
    rows = [["新的指标体系"], ["一级指标", "二级指标", "编号", "三级指标", "分值", "规则", "参数", "评分标准"]]
    rows += [
        [
            "产出",
            "数量",
            "C1",
            "完成率",
            "60",
            "有下限的比率",
            '{"numerator": "a", "denominator": "b", "floor": 0.6}',
            "按比例",
        ]
    ]
    rows += [["效益", "社会", "D1", "效益", "40", "", "", "评判"], ["合计", "", "", "", "100", "", "", ""]]
    found, wrong = read_scheme("表.csv", as_csv(rows))
    assert wrong == ()
    assert found is not None
    assert found.title == "新的指标体系"
    assert [(r.indicator.kind, dict(r.indicator.params), r.indicator.rule) for r in found.rows] == [
        ("ratio_floor", {"numerator": "a", "denominator": "b", "floor": D("0.6")}, "按比例"),
        ("judgement", {}, "评判"),
    ]


@pytest.mark.parametrize(
    ("kind", "params", "cell", "sentence"),
    [
        ("magic", "{}", "F2", f"应为{CALLED}之一，读到“magic”。"),
        ("ratio", "[1]", "G2", '应为JSON对象（如{"points": 5}），读到“[1]”。'),
        ("ratio", "{}", "G2", "计分规则“比率”缺少分子（numerator）。"),
        ("checklist", '{"points": 31}', "G2", "要点最多30个，读到31个。"),
        ("judgement", '{"bands": [["高", 1, 0.8], ["低", 0.7, 0]]}', "G2", "各档须从1到0首尾相接，中间不留空档。"),
        *(
            ("interval", f'{{"input": "x", "bands_min": {bands}}}', "G2", "计分规则“分段”有误：分档（bands_min）。")
            for bands in ("[[80, 1], [90, 0.5], [null, 0]]", "[[80, 1]]", "[]")
        ),
        *(
            ("deduct_per_fault", params, "G2", f'应为JSON对象（如{{"points": 5}}），读到“{params}”。')
            for params in ('{"per_fault": 1e999999999}', '{"per_fault": "1e999999999"}', '{"per_fault": NaN}')
        ),
    ],
)
def test_a_rule_that_cannot_compute_is_refused(kind: str, params: str, cell: str, sentence: str) -> None:
    rows = [
        ["一级指标", "二级指标", "编号", "三级指标", "分值", "规则", "参数"],
        ["产出", "数量", "C1", "率", "100", kind, params],
    ]
    _, wrong = read_scheme("表.csv", as_csv(rows))
    column = "规则" if cell == "F2" else "参数"
    assert [str(p.sentence()) for p in wrong] == [f"《表.csv》{cell}（{column}）：{sentence}"]


def test_a_file_without_a_heading_says_what_one_is() -> None:
    _, wrong = read_scorecard("表.csv", "街镇,金额\n璜土镇,2164\n".encode())
    assert [str(p.sentence()) for p in wrong] == [
        "《表.csv》：没有找到表头。表头应有这些列：一级指标、三级指标、分值、得分。"
    ]


WORDS = [
    *(spellings[0] for spellings in SPELLINGS.values()),
    "合计",
    "小计",
    "决策",
    "产出",
    "10",
    "100",
    "0",
    "A1",
    "１",
    "1,000",
    "",
    "",
]
CELL = st.sampled_from(WORDS) | st.text(max_size=6) | st.integers(-5, 120).map(str)


@settings(max_examples=150)
@given(st.lists(st.lists(CELL, min_size=3, max_size=9), max_size=12), st.booleans())
def test_no_table_breaks_the_reader(rows: list[list[str]], headed: bool) -> None:
    found, wrong = read_scorecard("表.csv", as_csv([HEADING, *rows] if headed else rows, "utf-8-sig"))
    assert all(str(problem.sentence()) for problem in wrong)
    if found is not None and not wrong:
        assert sum(row.indicator.weight for row in found.rows) == 100
        assert len({row.indicator.code for row in found.rows}) == len(found.rows) > 0
        assert all(row.points is None or 0 <= row.points <= row.indicator.weight for row in found.rows)


@settings(max_examples=150)
@given(
    st.binary(max_size=300) | st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
    st.sampled_from(["a.xlsx", "a.csv"]),
)
def test_no_bytes_break_the_reader(content: bytes, name: str) -> None:
    found, wrong = read_scorecard(name, content)
    assert found is not None or wrong


# No wrong number: a second form behind the first is no row out of place.
def test_two_forms_on_one_sheet_are_counted_and_named() -> None:
    heading = ["一级指标", "三级指标", "分值", "得分"]
    one = [["项目名称", "甲项目"], heading, ["决策", "甲", 40, 40], ["产出", "乙", 60, 30], ["总分", "", 100, 70]]
    two = [["项目名称", "乙项目"], heading, ["决策", "丙", 50, 50], ["产出", "丁", 50, 9], ["总分", "", 100, 59]]
    _, wrong = read_scorecard("表.csv", as_csv([*one, *two]))
    (problem,) = wrong
    assert "有2张评分表（甲项目、乙项目），第二张的表头在第7行" in str(problem.sentence())
    assert good("表.csv", as_csv([*one, heading])).rows[1].points == 30
