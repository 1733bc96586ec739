"""No wrong number, C14: of several columns of points never the first that fits: the one that counts, or a question."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from core.ingest.score_tables.scorecard import ScorecardFile, read_scorecard
from core.model.scorecard import Status

D = Decimal
WEIGHTS = (10, 20, 40, 30)
NAMES = ("立项依据", "预算执行率", "完成率", "居民满意度")
HEAD = ("一级指标", "二级指标", "三级指标", "分值")

EARLIER_AND_LATER = [
    ("自评得分", "复核得分"), ("自评", "复核"), ("自评分", "复评分"), ("单位自评得分", "主管部门复核得分"),
    ("初评得分", "终评得分"), ("初评", "终评"), ("初审得分", "终审得分"), ("自评得分", "得分"),
    ("自评得分", "专家评分"),
    ("得分", "最终得分"), ("得分(自评)", "得分(复核)"), ("自查得分", "核查得分"), ("初评得分", "复评得分"),
    ("自评得分", "财政评价得分"), ("复核得分", "审定得分"), ("评分", "核定分数"),
]  # fmt: skip
UNDECIDED = [
    ("甲单位评分", "乙单位评分"), ("专家1", "专家2"), ("张工评分", "李工评分"), ("得分", "复核得分"),
    ("初评得分", "评审得分"), ("终评得分", "核定得分"), ("得分", "评分"), ("评价得分", "实际得分"),
]  # fmt: skip
NO_POINTS = [
    "得分率",
    "得分率(%)",
    "上年得分",
    "评分标准",
    "评分说明",
    "扣分",
    "满分值",
    "目标得分",
    "评分人",
    "得分占比%",
]

points = st.tuples(*(st.integers(0, weight * 100).map(lambda cents: D(cents) / 100) for weight in WEIGHTS))


def table(columns: Sequence[tuple[str, Sequence[object]]], totals: Sequence[object] = ()) -> list[list[str]]:
    """Four items with these columns behind their full marks; `totals`: what is printed under the columns."""
    rows = [[*HEAD, *(title for title, _ in columns)]]
    for n, (name, weight) in enumerate(zip(NAMES, WEIGHTS, strict=True)):
        rows.append([f"第{n}类", "二级", name, str(weight), *(str(values[n]) for _, values in columns)])
    if totals:
        rows.append(["合计", "", "", "100", *map(str, totals)])
    return rows


def read(rows: Sequence[Sequence[str]], asked: str | None = None) -> tuple[ScorecardFile | None, list[str], list[str]]:
    """(what was read, problems, questions) of a table."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    found, problems = read_scorecard("表.csv", stream.getvalue().encode(), asked)
    told = found.notes if found else ()
    return found, [str(each.message) for each in problems], [str(each.message) for each in told]


def given_points(found: ScorecardFile | None) -> list[Decimal | None]:
    assert found is not None
    return [row.points for row in found.rows]


@given(pair=st.sampled_from(EARLIER_AND_LATER), earlier=points, later=points, swapped=st.booleans())
def test_the_later_stage_counts_wherever_it_stands(
    pair: tuple[str, str], earlier: tuple[Decimal, ...], later: tuple[Decimal, ...], swapped: bool
) -> None:
    columns = list(zip(pair, (earlier, later), strict=True))
    found, problems, told = read(table(columns[::-1] if swapped else columns))
    assert problems == []
    assert given_points(found) == list(later)
    assert found is not None
    assert found.read is not None
    assert found.read.title == pair[1]
    (question,) = [each for each in told if "列得分" in each]
    assert pair[0] in question
    assert f"按“{pair[1]}" in question


@given(pair=st.sampled_from(UNDECIDED), first=points, second=points)
def test_where_words_do_not_decide_it_is_asked(
    pair: tuple[str, str], first: tuple[Decimal, ...], second: tuple[Decimal, ...]
) -> None:
    rows = table(list(zip(pair, (first, second), strict=True)))
    found, problems, _ = read(rows)
    letters = "（E列）", "（F列）"
    assert problems == [f"有2列得分：{pair[0]}{letters[0]}、{pair[1]}{letters[1]}，看不出以哪一列为准。"]
    assert found is not None
    assert found.read is None
    for asked, wanted in ((pair[0], first), (pair[1], second), ("E", first), ("f", second)):
        chosen, wrong, told = read(rows, asked)
        assert (wrong, given_points(chosen)) == ([], list(wanted))
        assert any("列得分" in each for each in told)


def half_up(exact: Decimal) -> Decimal:
    return exact.quantize(D("0.01"), ROUND_HALF_UP)


@given(
    st.integers(2, 6).flatmap(lambda n: st.tuples(st.lists(points, min_size=n, max_size=n), st.integers(0, n))),
    st.sampled_from(["平均得分", "平均分", "专家平均得分", "均分"]),
    st.booleans(),
)
def test_a_mean_counts_over_its_parts(
    given: tuple[list[tuple[Decimal, ...]], int], title: str, with_self: bool
) -> None:
    judges, at = given
    means = [half_up(sum((judge[n] for judge in judges), D(0)) / len(judges)) for n in range(4)]
    columns: list[tuple[str, Sequence[object]]] = [(f"专家{n}", judge) for n, judge in enumerate(judges, start=1)]
    columns.insert(at, (title, means))
    if with_self:
        columns.insert(0, ("自评得分", WEIGHTS))
    found, problems, _ = read(table(columns))
    assert problems == []
    assert given_points(found) == means


def test_a_mean_that_is_not_the_mean_is_asked_about() -> None:
    columns = [("专家1", (10, 18, 38, 30)), ("专家2", (8, 16, 34, 26)), ("平均得分", (9, 17, 36, 20))]
    _, problems, _ = read(table(columns))
    assert problems == ["有3列得分：专家1（E列）、专家2（F列）、平均得分（G列），看不出以哪一列为准。"]


def test_a_mean_without_the_highest_and_the_lowest_is_one() -> None:
    columns = [
        ("评委一", (10, 18, 40, 30)),
        ("评委二", (8, 12, 20, 26)),
        ("评委三", (9, 17, 36, 27)),
        ("均分", (9, 17, 36, 27)),
    ]
    found, problems, _ = read(table(columns))
    assert (problems, given_points(found)) == ([], [9, 17, 36, 27])


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        # 80 of 100 by the item's 10 marks are 8.
        ([("评分(百分制)", (80, 75, 88, 83)), ("加权得分", ("8", "15", "35.2", "24.9"))], ("8", "15", "35.2", "24.9")),
        # 定量 and 定性 are halves of an item; together they are its points.
        ([("定量得分", (4, 10, 20, 15)), ("定性得分", (3, 8, 15, 10)), ("总得分", (7, 18, 35, 25))], (7, 18, 35, 25)),
        # 30 % of one's own and 70 % of the review: 0.3 × 10 + 0.7 × 8 = 8.6 …
        (
            [
                ("自评得分", (10, 20, 40, 30)),
                ("复核得分", (8, 16, 35, 25)),
                ("综合得分", ("8.6", "17.2", "36.5", "26.5")),
            ],
            ("8.6", "17.2", "36.5", "26.5"),
        ),
    ],
)
def test_what_is_made_of_others_counts(columns: list[tuple[str, Sequence[object]]], wanted: Sequence[object]) -> None:
    found, problems, _ = read(table(columns))
    assert (problems, given_points(found)) == ([], [D(str(each)) for each in wanted])


def test_points_out_of_100_are_not_read_as_points() -> None:
    _, problems, _ = read(table([("评分(百分制)", (80, 75, 88, 83))]))
    assert problems[0] == "本项最高10分，读到80。"


@given(later=points, shift=st.sampled_from([D("-0.5"), D(1)]))
def test_a_printed_sum_is_met_or_it_is_asked(later: tuple[Decimal, ...], shift: Decimal) -> None:
    columns = [("自评得分", WEIGHTS), ("复核得分", later)]
    met, problems, _ = read(table(columns, (100, sum(later))))
    assert (problems, given_points(met)) == ([], list(later))
    _, problems, _ = read(table(columns, (100, sum(later) + shift)))
    assert problems == ["有2列得分：自评得分（E列）、复核得分（F列），看不出以哪一列为准。"]
    chosen, problems, told = read(table(columns, (100, sum(later) + shift)), "复核得分")
    assert (problems, given_points(chosen)) == ([], list(later))
    assert [each for each in told if each.startswith("合计印为")] != []


def test_a_later_column_that_is_not_filled_is_asked_about() -> None:
    _, problems, _ = read(table([("自评得分", WEIGHTS), ("复核得分", ("", "", "", ""))]))
    assert problems == ["有2列得分：自评得分（E列）、复核得分（F列），看不出以哪一列为准。"]
    _, problems, _ = read(table([("自评得分", WEIGHTS), ("复核得分", (8, "", 35, 25))]))
    assert problems == ["有2列得分：自评得分（E列）、复核得分（F列），看不出以哪一列为准。"]
    blank, problems, _ = read(table([("自评得分", [""] * 4), ("复核得分", [""] * 4)]))
    assert (problems, given_points(blank)) == ([], [None] * 4)


@given(st.lists(st.sampled_from(NO_POINTS), min_size=1, max_size=3, unique=True), st.booleans(), points)
def test_a_rate_a_rule_or_another_year_is_no_score(
    titles: list[str], before: bool, values: tuple[Decimal, ...]
) -> None:
    others: list[tuple[str, Sequence[object]]] = [(title, (1, 2, 3, 4)) for title in titles]
    columns = [*others, ("得分", values)] if before else [("得分", values), *others]
    found, problems, told = read(table(columns))
    assert (problems, given_points(found)) == ([], list(values))
    assert [each for each in told if "列得分" in each] == []
    _, problems, _ = read(table(others))
    assert "表头缺少“得分”这一列。" in problems


GROUPED_OVER = [
    ["", "", "", "", "自评", "", "复核", ""],
    [*HEAD, "得分", "扣分原因", "得分", "扣分原因"],
]
GROUPED_UNDER = [
    [*HEAD, "得分", "", "扣分原因", ""],
    ["", "", "", "", "自评", "复核", "自评", "复核"],
]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    ("heading", "points_at", "reason_at"), [(GROUPED_OVER, (5, 7), (6, 8)), (GROUPED_UNDER, (5, 6), (7, 8))]
)
def test_a_group_over_or_under_the_heading_says_the_stage(
    heading: list[list[str]], points_at: tuple[int, int], reason_at: tuple[int, int], merged: bool
) -> None:
    book = Workbook()
    sheet = book.active
    for row in heading:
        sheet.append([each or None for each in row])
    if merged:
        group = 1
        areas = ["E1:F1", "G1:H1"]
        areas += [f"{letter}{group}:{letter}{group + 1}" for letter in "ABCD"] if heading is GROUPED_UNDER else []
        for area in areas:
            sheet.merge_cells(area)
    for n, (name, weight) in enumerate(zip(NAMES, WEIGHTS, strict=True), start=3):
        for column, value in enumerate((f"第{n}类", "二级", name, weight), start=1):
            sheet.cell(n, column, value)
        for stage, value in enumerate((weight, weight - 2)):
            sheet.cell(n, points_at[stage], value)
            sheet.cell(n, reason_at[stage], f"{('自评', '复核')[stage]}第{n}行")
    stream = io.BytesIO()
    book.save(stream)
    found, problems = read_scorecard("表.xlsx", stream.getvalue())
    assert [str(each.message) for each in problems] == []
    assert given_points(found) == [8, 18, 38, 28]
    assert found is not None
    assert [row.reason for row in found.rows] == [f"复核第{n}行" for n in range(3, 7)]
    chosen, _ = read_scorecard("表.xlsx", stream.getvalue(), found.columns[0].letter)
    assert given_points(chosen) == [10, 20, 40, 30]
    assert chosen is not None
    assert [row.reason for row in chosen.rows] == [f"自评第{n}行" for n in range(3, 7)]


def test_a_heading_that_comes_again_is_no_item() -> None:
    rows = table([("专家1", (10, 18, 38, 30)), ("专家2", (8, 16, 34, 26)), ("平均得分", (9, 17, 36, 28))])
    found, problems, _ = read([*rows[:3], rows[0], *rows[3:]])
    assert (problems, given_points(found)) == ([], [9, 17, 36, 28])


def test_a_column_that_nobody_has_is_named_with_those_there_are() -> None:
    rows = table([("自评得分", WEIGHTS), ("复核得分", WEIGHTS)])
    _, problems, _ = read(rows, "终评得分")
    assert problems == ["没有一列叫“终评得分”，可选：自评得分（E列）、复核得分（F列）。"]


def test_evaluators_called_by_name_can_be_chosen() -> None:
    rows = table([("张三", (10, 18, 38, 30)), ("李四", (8, 16, 34, 26))])
    _, problems, _ = read(rows)
    assert problems == ["表头缺少“得分”这一列。"]
    found, problems, _ = read(rows, "李四")
    assert (problems, given_points(found)) == ([], [8, 16, 34, 26])


@pytest.mark.parametrize("mark", ["/", "*", "／", "＊", "——"])
def test_a_mark_is_no_score(mark: str) -> None:
    found, problems, told = read(table([("得分", (8, mark, 35, mark))]))
    assert (problems, given_points(found)) == ([], [8, None, 35, None])
    assert found is not None
    assert [row.status for row in found.rows] == [Status.CONFIRMED, Status.UNSCORED] * 2
    assert told == [f"“{mark}”不是得分，本项按未评读取。"] * 2
