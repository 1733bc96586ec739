"""Headings of two and three rows: the group over a column says what it is. Cases 03, 10, 13 and B11."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ingest.files.document import read_document
from core.ingest.project_tables.headings import Spoken, TableSection, find_sections
from tests.core.ingest.project_tables.test_facts import as_csv, as_xlsx, asked, facts, reading, said

DAY = date(2024, 12, 31)


def sections(rows: Sequence[Sequence[object]], merged: Sequence[str] = (), day: date = DAY) -> list[TableSection]:
    """The tables of a sheet; without merges of a .csv."""
    content = as_xlsx({"表": rows}, {"表": merged}) if merged else as_csv(rows)
    (table,) = read_document("a.xlsx" if merged else "a.csv", content).tables
    return find_sections(table, Spoken({}, day))


def columns(rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> dict[str, str]:
    """The fields of the only table with their headings."""
    (found,) = sections(rows, merged)
    return {name: found.heading(name) for name in found.columns}


PLAN = [
    ["街镇", "小区数", "", "户数", ""],
    ["", "计划", "已开工", "计划", "已开工"],
    ["甲镇", 5, 3, 400, 300],
    ["乙镇", 7, 6, 600, 500],
]
PERIODS = [
    ["街镇", "本年度改造计划", "", "", "上期末累计", "", "", "本期", "", "", "本期末累计", "", ""],
    ["", *["小区数", "户数", "完成投资"] * 4],
    ["甲", *(f"{number}栏" for number in range(1, 13))],
    ["甲镇", 5, 4520, 4000, 2, 1500, 1200, 1, 700, 500, 3, 2200, 1700],
    ["乙镇", 9, 8400, 4500, 4, 4000, 2100, 2, 900, 527, 6, 4900, 2627],
]


@pytest.mark.parametrize("merged", [[], ["A1:A2", "B1:C1", "D1:E1"]])
def test_a_plan_is_the_scope(merged: list[str]) -> None:
    assert columns(PLAN, merged) == {
        "place": "街镇", "communities": "小区数|计划", "started": "小区数|已开工", "households": "户数|计划",
    }  # fmt: skip


@pytest.mark.parametrize("merged", [[], ["B1:D1", "E1:G1", "H1:J1", "K1:M1"]])
def test_the_plan_and_the_end_of_the_period_count(merged: list[str]) -> None:
    assert columns(PERIODS, merged) == {
        "place": "街镇", "communities": "本年度改造计划|小区数", "households": "本年度改造计划|户数",
        "invested": "本期末累计|完成投资",
    }  # fmt: skip


def test_a_heading_of_three_rows() -> None:
    rows = [
        ["序号", "街镇", "改造任务", "", "资金（万元）", "", ""],
        ["", "", "小区数", "户数", "概算", "累计支付", ""],
        ["", "", "", "", "", "本月", "累计"],
        [1, "甲镇", 5, 400, 900, 50, 300],
        [2, "乙镇", 7, 600, 800, 60, 400],
    ]
    (found,) = sections(rows)
    assert (found.top, found.row) == (1, 3)
    assert {name: found.columns[name] for name in ("communities", "households", "estimate", "paid")} == {
        "communities": 3, "households": 4, "estimate": 5, "paid": 7,
    }  # fmt: skip
    assert found.paths[7] == ("资金（万元）", "累计支付", "累计")


def test_a_subtotal_under_a_group_is_the_groups_amount() -> None:
    rows = [
        ["街镇", "概算", "累计支付", "", ""],
        ["", "", "小计", "中央财政补助", "社会筹集"],
        ["甲镇", 900, 300, 200, 100],
        ["乙镇", 800, 400, 400, 0],
    ]
    (found,) = sections(rows)
    assert found.heading("paid") == "累计支付|小计"
    assert found.twice == ()
    assert [found.paths[column] for column in (4, 5)] == [("累计支付", "中央财政补助"), ("累计支付", "社会筹集")]


def test_a_row_that_numbers_the_columns_is_no_data() -> None:
    rows = [
        ["街镇", "概算（万元）", "已投资（万元）", "累计支付（万元）"],
        ["甲", "1", "2", "3"],
        ["甲镇", 100, 30, 20],
    ]
    assert facts(reading("a.csv", as_csv(rows))).places == ("甲镇",)


def test_the_month_of_the_day_counts_and_is_told() -> None:
    rows = [
        ["街镇", "概算（万元）", "已投资（万元）", "累计支付（万元）", "", ""],
        ["", "", "", "10月", "11月", "12月"],
        ["甲镇", 4000, 2200, 1900, 2000, 2164],
        ["乙街道", 4500, 2700, 2400, 2500, 2627],
    ]
    for day, amounts in ((date(2024, 11, 30), (2000, 2500)), (DAY, (2164, 2627))):
        found = reading("a.csv", as_csv(rows), as_of=day)
        assert tuple(line.paid for line in facts(found).spend) == amounts
        assert [f"累计支付（万元）|{day.month}月" in sentence for sentence in asked(found)] == [True]
    missing = said(reading("a.csv", as_csv(rows), as_of=date(2024, 9, 30)))
    assert [sentence for sentence in missing if "没有截止日2024年9月30日所在的月份" in sentence] == missing[:1]


def test_of_two_columns_that_fit_the_cumulative_one_is_read_and_told() -> None:
    rows = [
        ["街镇", "概算（万元）", "完成投资(万元)", "累计完成投资(万元)", "累计支付（万元）"],
        ["甲镇", 900, 50, 500, 400],
        ["乙镇", 800, 60, 400, 300],
    ]
    found = reading("a.csv", as_csv(rows))
    assert [line.invested for line in facts(found).spend] == [500, 400]
    assert ["“累计完成投资(万元)”和“完成投资(万元)”都可能是已投资" in sentence for sentence in asked(found)] == [True]


def test_the_last_rows_of_a_table_are_no_groups_of_the_next() -> None:
    rows = [
        ["街镇", "小区名称", "形象进度"],
        ["甲镇", "一村", "40%"],
        ["乙镇", "二村", ""],
        ["街镇", "概算", "已投资", "累计支付"],
        ["甲镇", 100, 30, 20],
    ]
    first, second = sections(rows)
    assert (first.last, second.top, second.row) == (3, 4, 4)


def test_a_group_of_words_that_are_not_known_leaves_the_column_its_own_meaning() -> None:
    rows = [["街镇", "民生实事", ""], ["", "户数", "面积（万㎡）"], ["甲镇", 400, 3], ["乙镇", 600, 4]]
    assert columns(rows) == {"place": "街镇", "households": "民生实事|户数", "area": "民生实事|面积（万㎡）"}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_groups_in_any_order_are_read_by_their_words(data: st.DataObject) -> None:
    """The plan is the scope and the end of the period is what was invested, wherever they stand."""
    groups = {
        "本年度改造计划": ("小区数", "户数"), "上期末累计": ("户数", "完成投资"), "本期": ("户数", "完成投资"),
        "本期末累计": ("户数", "完成投资"),
    }  # fmt: skip
    order = data.draw(st.permutations(sorted(groups)))
    upper, lower = ["街镇"], [""]
    for group in order:
        under = data.draw(st.permutations(groups[group]))
        upper += [group, *[""] * (len(under) - 1)]
        lower += under
    title = data.draw(st.sampled_from([[], [["某区进展情况"]], [["填报单位:某局", "", "单位:万元"]]]))
    body = [["甲镇", *range(1, 9)], ["乙镇", *range(11, 19)]]
    found = columns([*title, upper, lower, *body])
    assert found == {
        "place": "街镇", "communities": "本年度改造计划|小区数", "households": "本年度改造计划|户数",
        "invested": "本期末累计|完成投资",
    }  # fmt: skip
