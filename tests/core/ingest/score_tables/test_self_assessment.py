"""自评表 and scorecards as offices have them: the block above, levels and weights of any kind, several on a sheet."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.ingest.score_tables.scorecard import ScorecardFile, read_scheme, read_scorecard
from core.model.scorecard import Status
from tests.core.ingest.score_tables.forms_written import Written, forms

D = Decimal
TITLE = ["项目支出绩效自评表"]
PROJECT = ["项目名称", "", "示例改造"]
BLOCK = ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
MONEY = [
    ["", "年度资金总额:", "90", "80", "60", "10", "75%", "7.5"],
    ["", "其中:本年财政拨款", "50", "45", "30", "—", "", "—"],
    ["", "其他资金", "40", "35", "30", "—", "", "—"],
]
HEADING = [
    "绩效指标",
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
]
ITEMS = [
    ["", "产出指标(50分)", "数量指标", "小区数", "≥28个", "28个", "20", "20", "—"],
    ["", "", "质量指标", "合格率", "100%", "98%", "30", "28", "一处返工"],
    ["", "效益指标(30分)", "社会效益", "居住条件", "改善", "改善", "30", "30", ""],
    ["", "满意度指标(10分)", "满意度", "居民满意度", "≥90%", "85%", "10", "9", "回收少"],
]
TOTAL = ["总分", "", "", "", "", "", "100", "94.5", ""]
FORM = [TITLE, PROJECT, BLOCK, *MONEY, HEADING, *ITEMS, TOTAL]


def as_csv(rows: list[list[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


def read(rows: list[list[str]], form: int | None = None) -> tuple[ScorecardFile, list[str], list[str]]:
    """What was read, the problems, the notes."""
    found, wrong = read_scorecard("表.csv", as_csv(rows), form=form)
    assert found is not None
    return found, [str(each.sentence()) for each in wrong], [str(each.sentence()) for each in found.notes]


def test_the_points_of_the_budget_block_are_an_item_like_the_others() -> None:
    found, wrong, notes = read(FORM)
    assert (wrong, notes) == ([], [])
    assert (found.project, found.self_assessed) == ("示例改造", True)
    assert [(row.indicator.code, row.indicator.l3, row.indicator.weight, row.points) for row in found.rows] == [
        ("1", "预算执行率", 10, D("7.5")), ("2", "小区数", 20, 20), ("3", "合格率", 30, 28), ("4", "居住条件", 30, 30),
        ("5", "居民满意度", 10, 9),
    ]  # fmt: skip
    assert [row.indicator.l1 for row in found.rows] == ["预算执行", "产出指标", "产出指标", "效益指标", "满意度指标"]


def test_targets_results_and_reasons_are_kept_in_their_own_words() -> None:
    rows = read(FORM)[0].rows
    assert [(row.target, row.actual, row.reason) for row in rows] == [
        ("", "75%", ""), ("≥28个", "28个", ""), ("100%", "98%", "一处返工"), ("改善", "改善", ""),
        ("≥90%", "85%", "回收少"),
    ]  # fmt: skip


@pytest.mark.parametrize(("unit", "all_of_it"), [("万元", "90"), ("元", "0.009"), ("亿元", "900000")])
def test_the_money_comes_by_source_in_its_unit(unit: str, all_of_it: str) -> None:
    rows = [[cell.replace("万元", unit) for cell in row] for row in FORM]
    lines = read(rows)[0].budget
    assert [line.source for line in lines] == ["年度资金总额", "本年财政拨款", "其他资金"]
    assert (lines[0].initial, lines[0].rate, lines[2].executed) == (D(all_of_it), "75%", D(30) * D(all_of_it) / 90)


def test_money_without_a_unit_is_asked_about() -> None:
    notes = read([[cell.replace("（万元）", "") for cell in row] for row in FORM])[2]
    assert notes == ["《表.csv》C3（年初预算数）：预算栏没有写明金额单位，按万元读取。对吗？"]


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("7.5", "“预算执行率”的10分在预算栏和指标中各有一处，只计指标中的一处。对吗？"),
        ("8", "“预算执行率”的10分在预算栏和指标中各有一处，得分不同（7.5、8），按指标中的8计。对吗？"),
    ],
)
def test_what_stands_in_the_block_and_among_the_items_counts_once(points: str, said: str) -> None:
    again = ["", "预算执行", "预算执行", "预算执行率", "100%", "75%", "10", points, ""]
    found, wrong, notes = read([*FORM[:-1][:7], again, *ITEMS])
    assert (wrong, len(found.rows), found.rows[0].points) == ([], 5, D(points))
    assert [note.split("：")[-1] for note in notes] == [said]


def test_a_form_that_does_not_add_up_to_100_with_its_block_is_refused() -> None:
    assert read([*FORM[:7], *ITEMS[:3]])[1] == ["《表.csv》G8:G10（分值）：分值合计应为100，现为80.00。"]


def test_a_row_without_full_marks_and_points_is_no_item_and_named() -> None:
    none = ["", "效益指标(30分)", "经济效益", "增收", "", "", "—", "/", ""]
    found, wrong, notes = read([*FORM[:8], *ITEMS[1:3], none, *ITEMS[3:]])
    assert (wrong, len(found.rows)) == ([], 5)
    assert notes == ["《表.csv》G11（分值）：没有分值和得分，不是一项指标，未读取。"]


def test_marks_in_the_place_of_points_keep_the_reason() -> None:
    items = [*ITEMS[:3], ["", "满意度指标(10分)", "满意度", "居民满意度", "≥90%", "", "10", "*", "未调查"]]
    row = read([*FORM[:7], *items])[0].rows[-1]
    assert (row.points, row.status, row.reason, row.target) == (None, Status.UNSCORED, "未调查", "≥90%")


def test_a_weight_of_a_level_that_its_items_do_not_add_up_to_is_told() -> None:
    rows = [[cell.replace("(30分)", "(35分)") for cell in row] for row in FORM]
    assert read(rows)[2] == ["《表.csv》B10（一级指标）：“效益指标”写明35分，其下各项合计30分；按各项的分值计。对吗？"]


def test_of_several_forms_on_a_sheet_one_is_chosen() -> None:
    other = [["" if row is PROJECT else cell for cell in row] for row in FORM]
    other[1] = ["项目名称", "", "另一项目"]
    other[-1] = ["总分", "", "", "", "", "", "100", "94.5", ""]
    both = [*FORM, [], *other]
    found, wrong, _ = read(both)
    assert found.forms == ("示例改造", "另一项目")
    assert wrong == [
        "《表.csv》G20（分值）：这里有2张评分表（示例改造、另一项目），第二张的表头在第20行。一次只能导入一张，请选定其中一张。"
    ]
    for number, name, rest in ((1, "示例改造", "另一项目"), (2, "另一项目", "示例改造")):
        found, wrong, notes = read(both, number)
        assert (found.project, wrong, len(found.rows)) == (name, [], 5)
        assert [rest in note for note in notes] == [True]


def test_relative_weights_are_converted_and_told() -> None:
    heading = ["一级指标", "权重", "二级指标", "三级指标", "分值", "得分"]
    items = [
        ["投入", "40", "管理", "甲", "60", "30"],
        ["", "", "", "乙", "40", "40"],
        ["产出", "60", "数量", "丙", "100", "80"],
    ]
    found, wrong, notes = read([heading, *items, ["总分", "", "", "", "", "76"]])
    assert wrong == []
    assert [(row.indicator.weight, row.points) for row in found.rows] == [(24, 12), (16, 16), (60, 48)]
    assert notes == [
        "《表.csv》E2:E4（分值）：分值是相对于上一级权重的（合计200），已按权重折算成100分：投入40分、产出60分。对吗？"
    ]


def test_weights_that_fit_no_level_are_refused() -> None:
    heading = ["一级指标", "权重", "二级指标", "三级指标", "分值", "得分"]
    items = [["投入", "40", "管理", "甲", "60", "30"], ["产出", "60", "数量", "丙", "90", "80"]]
    assert read([heading, *items])[1] == ["《表.csv》E2:E3（分值）：分值合计应为100，现为150.00。"]


MINUS_HEADING = ["一级指标", "二级指标", "三级指标", "分值", "得分"]
WHOLE = ["决策", "立项", "依据", "100", "90"]


def test_items_that_only_take_points_off_are_items_without_full_marks() -> None:
    """扣分项: told by full marks below 0, or by points below 0 or the group's name where there are none."""
    items = [
        ["扣分项", "信访", "投诉", "0", "-2"],
        ["其他", "资料", "晚报", "-5", "-1.5"],
        ["减分项", "资料", "缺件", "", "0"],
    ]
    found, wrong, told = read([MINUS_HEADING, WHOLE, *items, ["合计", "", "", "100", "86.5"]])
    assert (wrong, told) == ([], [])
    assert [(r.indicator.code, r.indicator.weight, r.indicator.least, r.points) for r in found.rows] == [
        ("1", 100, 0, 90), ("扣-1", 0, -100, -2), ("扣-2", 0, -5, Decimal("-1.5")), ("扣-3", 0, -100, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("minus", "sentence"),
    [
        (["扣分项", "信访", "投诉", "0", "2"], "“投诉”是扣分项，得分应为0到-100，读到2。"),
        (["扣分项", "信访", "投诉", "-5", "-6"], "“投诉”是扣分项，得分应为0到-5，读到-6。"),
    ],
)
def test_what_a_minus_item_cannot_take_off_is_said(minus: list[str], sentence: str) -> None:
    assert read([MINUS_HEADING, WHOLE, minus])[1] == [f"《表.csv》E3（得分）：{sentence}"]


def test_the_other_columns_of_points_are_read_beside_the_one_that_counts() -> None:
    heading = ["一级指标", "二级指标", "三级指标", "分值", "自评得分", "复核得分", "得分率"]
    items = [["决策", "立项", "依据", "40", "40", "30", "75%"], ["产出", "数量", "完成", "60", "60", "50", "83%"]]
    found, _, _ = read([heading, *items])
    assert found.read is not None
    assert (found.read.title, found.self_assessed) == ("复核得分", False)
    assert [(column.title, [row.points for row in rows]) for column, rows in found.others] == [("自评得分", [40, 60])]


def test_a_scheme_with_its_rules_makes_a_blank_sheet() -> None:
    rows = [
        ["一级指标", "二级指标", "编号", "三级指标", "分值", "规则", "参数"],
        ["产出", "数量", "C1", "率", "100", "", ""],
    ]
    found, wrong, notes = read(rows)
    assert (wrong, found.rows[0].points, found.read) == ([], None, None)
    assert notes == ["《表.csv》A1：没有得分这一列，按指标体系读取：得到一张空白的评分表。对吗？"]
    scheme, _ = read_scheme("表.csv", as_csv(rows))
    assert scheme is not None
    assert scheme.notes == ()


@settings(max_examples=60, deadline=None)
@given(forms(), st.sampled_from(["xlsx", "docx"]))
def test_any_form_is_read_back(form: Written, ending: str) -> None:
    content = form.xlsx() if ending == "xlsx" else form.docx()
    found, wrong = read_scorecard(f"表.{ending}", content)
    assert [str(each.sentence()) for each in wrong] == []
    assert found is not None
    assert [
        (row.indicator.l1, row.indicator.l2, row.indicator.l3, row.indicator.weight, row.points) for row in found.rows
    ] == [(*names, weight, points) for *names, weight, points in form.items]
    assert found.self_assessed
    told = [row for row in found.rows if row.actual.startswith("完成")]
    minus = sum(not weight for *_, weight, _ in form.items)
    assert len(told) == len(form.items) - minus - any(name == "预算执行率" for _, _, name, _, _ in form.items)


def beside(*forms: list[list[str]], between: int = 1) -> list[list[str]]:
    """The forms next to each other, with so many blank columns between."""
    widths = [max(map(len, form)) for form in forms]
    height = max(map(len, forms))
    grid: list[list[str]] = [[] for _ in range(height)]
    for at, (form, width) in enumerate(zip(forms, widths, strict=True)):
        for row, line in enumerate(grid):
            own = form[row] if row < len(form) else []
            line += [""] * (between if at else 0) + [*own, *[""] * (width - len(own))]
    return grid


def called(name: str, points: str) -> list[list[str]]:
    """The form of another project, with other points for 小区数 (20): the total is 74.5 more."""
    rows = [[points if row is ITEMS[0] and at == 7 else cell for at, cell in enumerate(row)] for row in FORM]
    rows[1] = ["项目名称", "", name]
    rows[-1] = ["总分", "", "", "", "", "", "100", f"{D('74.5') + D(points)}", ""]
    return rows


@pytest.mark.parametrize("between", [0, 1, 2])
def test_of_two_forms_beside_each_other_one_is_chosen(between: int) -> None:
    both = beside(FORM, called("另一项目", "15"), between=between)
    found, wrong, _ = read(both)
    assert found.forms == ("示例改造", "另一项目")
    # each has nine columns, 分值 is the seventh: the sixteenth where nothing is between
    assert [each.partition("：")[0] for each in wrong] == [f"《表.csv》{'PQR'[between]}7（分值）"]
    for number, name, points, total in ((1, "示例改造", D(20), D("94.5")), (2, "另一项目", D(15), D("89.5"))):
        found, wrong, notes = read(both, number)
        assert (found.project, wrong, len(found.rows)) == (name, [], 5)
        assert (found.rows[1].points, sum(row.points or 0 for row in found.rows)) == (points, total)
        assert len(found.budget) == 3, "each has the money of its own block"
        assert len(notes) == 1
        assert "未读取" in notes[0]


def test_one_title_over_both_is_of_both_and_the_block_of_one_only_of_that() -> None:
    plain_items = [["", "产出指标", "数量指标", "小区数", "≥28个", "28个", "60", "60", "—"]]
    plain_items += [["", "效益指标", "社会效益", "居住条件", "改善", "改善", "40", "35", ""]]
    alone = [[], [], *([[]] * 4), HEADING, *plain_items]
    both = beside(FORM, alone)
    second, wrong, _ = read(both, 2)
    assert (wrong, second.budget, [row.points for row in second.rows]) == ([], (), [60, 35])
    assert (second.title, second.project) == ("项目支出绩效自评表", "示例改造")


def test_halves_of_one_list_are_one_list_and_keep_their_cells() -> None:
    left = [["一级指标", "三级指标", "分值", "得分"], ["决策", "立项依据", "10", "8"], ["过程", "执行率", "20", "15"]]
    right = [left[0], ["产出", "完成率", "40", "35"], ["效益", "满意度", "30", "25"], ["合计", "", "100", "83"]]
    found, wrong = read_scorecard("表.csv", as_csv(beside(left, right)))
    assert found is not None
    assert (wrong, found.forms) == ((), ("表.csv",))
    assert [(row.indicator.l1, row.indicator.l3, row.indicator.weight, row.points) for row in found.rows] == [
        ("决策", "立项依据", 10, 8), ("过程", "执行率", 20, 15), ("产出", "完成率", 40, 35), ("效益", "满意度", 30, 25),
    ]  # fmt: skip
    right[2] = ["效益", "满意度", "30", "35"]
    wrong = read_scorecard("表.csv", as_csv(beside(left, right)))[1]
    assert str(wrong[0].sentence()) == "《表.csv》I3（得分）：本项最高30分，读到35。"


def test_two_whose_headings_are_not_both_complete_are_refused_as_one() -> None:
    half = [[cell for at, cell in enumerate(row) if at != 6] for row in called("另一项目", "15")[6:]]  # no 分值
    found, wrong = read_scorecard("表.csv", as_csv(beside(FORM[6:], half)))
    assert found is None
    assert any("这一列出现了不止一次。" in str(each.sentence()) for each in wrong)


@settings(deadline=None)
@given(forms(), forms(), st.integers(0, 2))
def test_any_two_forms_beside_each_other_read_as_each_alone(left: Written, right: Written, between: int) -> None:
    width = max(column for _, column in left.cells) + between
    moved = {(row, column + width): text for (row, column), text in right.cells.items()}
    merges = tuple((top, first + width, end, last + width) for top, first, end, last in right.merged)
    both = Written({**left.cells, **moved}, (*left.merged, *merges), ())
    assume(heading_row(left) == heading_row(right))
    for number, form in ((1, left), (2, right)):
        found, problems = read_scorecard("表.xlsx", both.xlsx(), form=number)
        assert found is not None
        assert problems == ()
        assert [
            (row.indicator.l1, row.indicator.l2, row.indicator.l3, row.indicator.weight, row.points)
            for row in found.rows
        ] == list(form.items)


def heading_row(form: Written) -> int:
    return next(row for (row, _), text in form.cells.items() if text == "一级指标")
