"""Figures before and after the renovation: read from any table that has them, drawn, and carried through a template."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.briefing.data_sheet import data_xlsx
from core.figures.comparison import before_and_after
from core.figures.figure import FigureLook, Pairs
from core.ingest.project_tables.facts import FactsReading
from core.model.fields import FIELDS
from core.model.project import Comparison
from core.render.plotly import draw
from tests.core.ingest.project_tables.test_facts import as_csv, as_xlsx, asked, facts, reading
from tests.core.lingang import FACTS, PLACES

D = Decimal
DAY = date(2024, 12, 31)
HEADING = ["街镇", "小区", "指标", "单位", "改造前", "改造后"]


def read(rows: list[list[Any]]) -> FactsReading:
    return reading("对比.csv", as_csv(rows), as_of=DAY, previous=FACTS)


def test_streets_communities_and_the_whole_project() -> None:
    found = read(
        [
            HEADING,
            ["全项目", "", "满意度", "%", "71.5", "92"],
            ["璜土镇", "甲小区", "停车位", "个", "120", "1,180"],
            ["", "乙小区", "停车位", "", "60个", "60个"],
            ["利港街道", "", "投诉", "件", "35", "—"],
        ]
    )
    at = "改造前后对比 第{}行"
    assert facts(found).comparisons == (
        Comparison(None, "", "满意度", "%", D("71.5"), D(92), at.format(2)),
        Comparison("璜土镇", "甲小区", "停车位", "个", D(120), D(1180), at.format(3)),
        Comparison("璜土镇", "乙小区", "停车位", "个", D(60), D(60), at.format(4)),
        Comparison("利港街道", "", "投诉", "件", D(35), None, at.format(5)),
    )
    assert facts(found).spend == FACTS.spend
    assert asked(found) == []


def test_what_cannot_be_read_is_told_and_nothing_is_taken() -> None:
    rows = [
        HEADING,
        ["沙港镇", "", "停车位", "个", "1", "2"],
        ["璜土镇", "", "", "个", "1", "2"],
        ["璜土镇", "", "绿地", "㎡", "约100", "2"],
        ["璜土镇", "", "绿地", "㎡", "100㎡", "2亩"],
        ["璜土镇", "", "投诉", "件", "9", "1"],
        ["璜土镇", "", "投 诉", "件", "9", "1"],
        ["璜土镇", "", "噪声", "", "", ""],
    ]
    found = read(rows)
    assert [str(each.sentence()) for each in found.problems] == [
        "《对比.csv》A2（街镇）：项目中没有街镇“沙港镇”。请检查名称。",
        "《对比.csv》C3（指标）：没有填写对比指标的名称。",
        "《对比.csv》E4（改造前）：应为数（如120；单位写在“计量单位”一列），读到“约100”。",
        "《对比.csv》F5（改造后）：应为数（如120；单位写在“计量单位”一列），读到“2亩”。",
        "《对比.csv》C7（指标）：“投诉”与第6行重复。",
    ]
    assert asked(read([rows[0], rows[5], rows[7]])) == [
        "《对比.csv》C3（指标）：“噪声”的改造前和改造后都没有填写，没有读取。"
    ]
    mixed = read([HEADING, ["璜土镇", "", "绿地", "㎡", "100个", "2"]])
    assert [str(each.message) for each in mixed.problems] == ["单位不一致：“m2”和“个”。请改成一致。"]


def test_a_table_of_streets_with_a_column_of_units_stays_one() -> None:
    found = read([["街镇", "单位", "累计支付（万元）"], *([place, "某公司", paid] for place, paid in PAID.items())])
    assert (facts(found).comparisons, len(facts(found).spend)) == ((), 4)
    assert str(found.unread[0].message) == "有1列没有读取：单位。"
    assert not any("计量单位" in str(each.message) for each in found.unread)


WIDE = [
    ["改造前后对比表"],
    ["街镇", "小区", "停车位（个）", "", "绿地（不含水面）", ""],
    ["", "", "改造前", "改造后", "改造前", "改造后"],
    ["璜土镇", "甲小区", "120", "180", "1,000", "1500"],
    ["", "乙小区", "40", "60", "", ""],
    ["合计", "", "160", "240", "1000", "1500"],
    ["注：绿地为实测。"],
]


def test_measures_side_by_side_are_a_row_each() -> None:
    """Row 5 says nothing of 绿地: it is asked about at its own cell, E5. 不含水面 is no unit and stays in the name."""
    at, green = "改造前后对比 第{}行", "绿地（不含水面）"
    merged = {"对比": ["A2:A3", "B2:B3", "C2:D2", "E2:F2", "A4:A5"]}
    for name, content in (("对比.csv", as_csv(WIDE)), ("改造前后对比.xlsx", as_xlsx({"对比": WIDE}, merged))):
        found = reading(name, content, as_of=DAY, previous=FACTS)
        source = at if name.endswith("csv") else "对比 第{}行"
        assert facts(found).comparisons == (
            Comparison("璜土镇", "甲小区", "停车位", "个", D(120), D(180), source.format(4)),
            Comparison("璜土镇", "甲小区", green, "", D(1000), D(1500), source.format(4)),
            Comparison("璜土镇", "乙小区", "停车位", "个", D(40), D(60), source.format(5)),
            Comparison(None, "", "停车位", "个", D(160), D(240), source.format(6)),
            Comparison(None, "", green, "", D(1000), D(1500), source.format(6)),
        )
        assert [each.cell.rpartition("!")[2] for each in found.columns] == ["A2", "B2", "C3", "D3", "C2", "C2"]
        (asked_of,) = asked(found)
        assert "E5（对比指标）：“绿地（不含水面）”的改造前和改造后都没有填写，没有读取。" in asked_of


def test_problems_of_measures_side_by_side_stand_once_at_their_own_cells() -> None:
    """The unknown street of row 4 is read with each of its two measures, and told once."""
    wrong = [*WIDE[:3], ["沙港镇", "", "120", "约180", "1000", "1500"], ["璜土镇", "", "1", "2", "1", "x"]]
    assert [str(each.sentence()) for each in read(wrong).problems] == [
        "《对比.csv》A4（街镇）：项目中没有街镇“沙港镇”。请检查名称。",
        "《对比.csv》D4（改造后）：应为数（如120；单位写在“计量单位”一列），读到“约180”。",
        "《对比.csv》F5（改造后）：应为数（如120；单位写在“计量单位”一列），读到“x”。",
    ]


PAID = {"璜土镇": 2164, "夏港街道": 2627, "申港街道": 1900, "利港街道": 1309}
ROWS = (
    Comparison(None, "", "满意度", "%", D("71.5"), D(92), "表 第2行"),
    Comparison("璜土镇", "甲小区", "停车位", "个", D(120), D(180), "表 第3行"),
    Comparison("利港街道", "", "投诉", "件", D(40), D(10), "表 第4行"),
    Comparison("利港街道", "", "绿地", "㎡", None, D(10), "表 第5行"),
)


def test_the_figure_says_how_many_rose_and_fell_and_has_all_in_its_table() -> None:
    """满意度 and 停车位 rise, 投诉 fall; of 绿地 the day before is not known, so that it is in the table only."""
    figure = before_and_after(replace(FACTS, comparisons=ROWS), None)
    assert figure is not None
    assert str(figure.finding) == "4项改造前后对比：2项增加，1项减少；图中3项，其余见表"
    assert figure.source == "表 第2行～5行"
    assert isinstance(figure.marks, Pairs)
    assert [str(row.said) for row in figure.marks.rows] == ["71.5 → 92%", "120 → 180个", "40 → 10件"]
    assert [row[-3:] for row in figure.rows] == [
        ("71.5", "92", "+20.5"), ("120", "180", "+60"), ("40", "10", "-30"), ("—", "10", "—"),
    ]  # fmt: skip
    drawn = draw(figure, FigureLook("zh_CN"))
    before, after = drawn.data
    assert [round(x, 4) for x in before.x] == [0.7772, 0.6667, 1.0]  # 71.5 ÷ 92, 120 ÷ 180, 40 ÷ 40
    assert list(after.x) == [1.0, 1.0, 0.25]


def test_one_street_alone_and_none_at_all() -> None:
    reported = replace(FACTS, comparisons=ROWS)
    one = before_and_after(reported, "璜土镇")
    assert one is not None
    assert str(one.finding) == "1项改造前后对比：1项增加，0项减少"
    assert before_and_after(reported, "申港街道") is None
    assert before_and_after(FACTS, None) is None


def test_the_template_reads_back_the_same() -> None:
    before = replace(FACTS, comparisons=ROWS)
    again = facts(reading("模板.xlsx", data_xlsx(before), as_of=DAY, previous=before)).comparisons
    assert [replace(each, source="") for each in again] == [replace(each, source="") for each in ROWS]


NUMBERS = st.none() | st.decimals(0, 10**6, places=2)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("全项目", *PLACES)),
            st.sampled_from(("", "甲小区", "乙小区")),
            st.sampled_from(("停车位", "绿地面积", "投诉件数", "电梯（部）")),
            st.sampled_from(("", "个", "㎡", "%")),
            NUMBERS,
            NUMBERS,
        ).filter(lambda row: row[4] is not None or row[5] is not None),
        unique_by=lambda row: row[:3],
        min_size=1,
        max_size=8,
    ),
    st.data(),
)
@settings(max_examples=40)
def test_any_table_reads_back_whatever_its_layout(rows: list[tuple[Any, ...]], data: st.DataObject) -> None:
    fields = ("place", "community", "compared", "unit", "before", "after")
    order = data.draw(st.permutations(range(6)))
    heading = [data.draw(st.sampled_from(FIELDS[fields[at]].spellings)) for at in order]
    cells = [["" if row[at] is None else f"{row[at]}" for at in order] for row in rows]
    form = data.draw(st.sampled_from(("csv", "xlsx")))
    table = [["改造前后对比表"], heading, *cells]
    content = as_csv(table) if form == "csv" else as_xlsx({"对比": table})
    found = facts(reading(f"对比.{form}", content, as_of=DAY, previous=FACTS)).comparisons
    assert [tuple(vars(each).values())[:-1] for each in found] == [
        (None if row[0] == "全项目" else row[0], *row[1:]) for row in rows
    ]
