"""No wrong number, C13: a row of sums or a part of others never becomes a place. Expected values are typed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.files.total_words import is_mean, is_part, is_total, without_layout
from core.ingest.project_tables.facts import FactsReading
from tests.core.ingest.project_tables.test_facts import BASE, as_csv, as_xlsx, asked, facts, reading, said

D = Decimal
HEADING = ["街镇", "概算（万元）", "已投资（万元）", "累计支付（万元）"]
ROWS: list[list[Any]] = [
    ["甲镇", 4000, 2164, 2064],
    ["乙街道", 4500, 2627, 2527],
    ["丙街道", 3500, 1900, 1800],
    ["丁街道", 3000, 1309, 1209],
]
TOTAL = [15000, 8000, 7600]
WORDS = tuple(
    "全区 全县 全市 全市区 全镇 全域 全部 全部街镇 全辖区 全项目 各街镇 各镇 各县区 所有街道 合计 总计 共计 "  # noqa: SIM905
    "总合计 合计数 合计28个 "
    "合计（万元） （合计） 【总计】 本级合计 4镇合计 本月合计数 项目合计 共计4个镇街 共4个 共四个街镇 4个街镇 "
    "汇总 全区汇总 总数 总额 总和 以上各街镇 城区小计 全市小计： 一、全区 计 Total".split()
)
PLACES = tuple(
    "戊镇 全州县 全州镇 全椒县 全南县 全福街道 各庄镇 共青镇 总寨镇 均安镇 计家墩村 五里街道 十里铺镇 三家镇 城区 "  # noqa: SIM905
    "区级 市直 统计局宿舍 综合计划科 总部经济区 设计院".split()
)


def table(*rows: Sequence[Any]) -> FactsReading:
    return reading("a.xlsx", as_xlsx({"资金": [HEADING, *rows]}))


def places(found: FactsReading) -> dict[str, list[int]]:
    groups = {group.places[0]: group.amount for group in facts(found).budget_groups}
    return {line.place: [int(groups[line.place]), int(line.invested), int(line.paid)] for line in facts(found).spend}


FOUR = {str(name): figures for name, *figures in ROWS}


@pytest.mark.parametrize("word", [*WORDS, "总 计", "合　计"])
def test_words_that_can_only_mean_all_are_no_place(word: str) -> None:
    assert is_total(word)
    assert not is_mean(word)
    for rows in ([*ROWS, [word, *TOTAL]], [[word, *TOTAL], *ROWS]):
        assert places(table(*rows)) == FOUR
        assert asked(table(*rows)) == []
    wrong = table(*ROWS, [word, 15000, 8001, 7600])
    assert [text for text in said(wrong) if "C6" in text and "8,000.00" in text and "8,001.00" in text] == said(wrong)


@pytest.mark.parametrize("name", PLACES)
def test_names_are_no_words_of_sums(name: str) -> None:
    assert not is_total(name)
    assert [line.place for line in facts(table(*ROWS, [name, 7, 5, 3])).spend][-1] == name


FIGURES = st.lists(st.tuples(*[st.integers(1000, 10**6)] * 3), min_size=2, max_size=7)
NAMES = st.text(st.sampled_from("东西南北湖山级直管"), min_size=1, max_size=5).filter(lambda name: not is_total(name))


@given(FIGURES, NAMES, st.booleans())
def test_what_equals_the_sum_of_all_others_is_a_total_whatever_it_is_called(
    figures: list[tuple[int, int, int]], name: str, first: bool
) -> None:
    rows = [[f"第{at}路街道", *each] for at, each in enumerate(figures)]
    total = [name, *(sum(column) for column in zip(*figures, strict=True))]
    found = table(*([total, *rows] if first else [*rows, total]))
    assert [line.place for line in facts(found).spend] == [row[0] for row in rows]
    (question,) = (text for text in asked(found) if f"“{name}”" in text)
    assert f"另外{len(rows)}行之和" in question
    assert f"工作表“资金”{'A2' if first else f'A{len(rows) + 2}'}" in question


@given(FIGURES, NAMES, st.integers(0, 2), st.booleans())
def test_one_figure_off_is_no_sum(figures: list[tuple[int, int, int]], name: str, column: int, first: bool) -> None:
    rows = [[f"第{at}路街道", *each] for at, each in enumerate(figures)]
    total: list[Any] = [name, *(sum(each) for each in zip(*figures, strict=True))]
    total[column + 1] += 1
    found = table(*([total, *rows] if first else [*rows, total]))
    assert len(facts(found).spend) == len(rows) + 1


def counts(*rows: Sequence[Any]) -> FactsReading:
    return reading("a.xlsx", as_xlsx({"进度": [["街镇", "开工小区数", "完工小区数"], *rows]}))


def test_one_or_two_small_counts_drop_no_street() -> None:
    found = counts(["甲镇", 2, 1], ["乙镇", 3, 2], ["丙镇", 5, 3])
    assert [each.place for each in facts(found).deliveries] == ["甲镇", "乙镇", "丙镇"]
    assert [text for text in asked(found) if "“丙镇”的各数正好是另外2行之和，按单独的一行计入" in text]
    assert asked(counts(["甲镇", 2, 1], ["乙镇", 3, 2], ["丙镇", 5, 4])) == []


def test_a_street_known_before_stays_a_street() -> None:
    rows = [
        ["街镇", "已投资（万元）", "累计支付（万元）"],
        ["甲镇", 1234, 1134],
        ["乙镇", 2345, 2245],
        ["丙镇", 3579, 3379],
    ]
    before = facts(reading("a.xlsx", as_xlsx({"资金": [*rows[:3], ["丙镇", 1, 1]]})))
    found = reading("b.xlsx", as_xlsx({"资金": rows}), previous=before, as_of=before.as_of)
    assert [line.place for line in facts(found).spend] == ["甲镇", "乙镇", "丙镇"]
    assert [text for text in asked(found) if "“丙镇”" in text and "按单独的一行计入" in text]


def test_one_row_that_equals_one_other_proves_nothing() -> None:
    assert len(facts(table(["甲镇", 100, 50, 40], ["区级", 100, 50, 40])).spend) == 2
    found = table(["甲镇", 100, 50, 40], ["乙镇", 0, 0, 0], ["区级", 100, 50, 40])
    assert len(facts(found).spend) == 3
    assert asked(found) == []


def test_sums_above_and_between_their_rows_are_held_against_them() -> None:
    first = [
        ["全区", *TOTAL],
        ["城区小计", 8000, 4527, 4327],
        *ROWS[1:3],
        ["郊区小计", 7000, 3473, 3273],
        ROWS[0],
        ROWS[3],
    ]
    assert set(places(table(*first))) == set(FOUR)
    last = [
        *ROWS[1:3],
        ["城区小计", 8000, 4527, 4327],
        ROWS[0],
        ROWS[3],
        ["郊区小计", 7000, 3473, 3273],
        ["全区", *TOTAL],
    ]
    assert set(places(table(*last))) == set(FOUR)
    first[1] = ["城区小计", 8000, 4527, 4328]
    assert len(said(table(*first))) == 1
    claims = {claim.id: claim.value for claim in facts(table(*last)).claims}
    assert claims["total_paid"] == 7600


def test_sums_of_a_block_show_by_their_figures_too() -> None:
    rows = [["城区", 8000, 4527, 4327], *ROWS[1:3], ROWS[0], ROWS[3], ["郊区", 7000, 3473, 3273], ["全区", *TOTAL]]
    found = table(*rows)
    assert set(places(found)) == set(FOUR)
    assert len([text for text in asked(found) if "按合计行读取" in text]) == 2


WITHIN = ["其中：城区", 8000, 4527, 4327]
"""乙街道 and 丙街道."""


@pytest.mark.parametrize(
    "rows",
    [
        [*ROWS, WITHIN, ["合计", *TOTAL]],
        [["全区", *TOTAL], *ROWS, WITHIN],
        [*ROWS, WITHIN, ["郊区", 7000, 3473, 3273], ["合计", *TOTAL]],
        [ROWS[0], ["其中：东村", 1000, 164, 64], ["西村", 3000, 2000, 2000], *ROWS[1:], ["合计", *TOTAL]],
        [ROWS[0], ["其中：东村", 1000, 164, 64], ["西村", 3000, 2000, 2000], *ROWS[1:]],
        [*ROWS, WITHIN],
        [*ROWS, WITHIN, ["区级", *TOTAL]],
    ],
)
def test_a_part_that_the_total_does_not_count_is_no_place(rows: list[list[Any]]) -> None:
    found = table(*rows)
    assert places(found) == FOUR
    assert [text for text in asked(found) if "其中：" in text and "不另计入" in text]


@pytest.mark.parametrize("last", [[], [["合计", *TOTAL]]])
def test_of_which_and_numbers_are_layout_where_the_rows_are_the_places(last: list[list[Any]]) -> None:
    names = ["其中:1.甲镇", "2.乙街道", "（三）丙街道", "④丁街道"]
    rows = [[name, *row[1:]] for name, row in zip(names, ROWS, strict=True)]
    assert places(table(*rows, *last)) == FOUR


def test_a_part_beside_a_total_that_does_not_hold_is_told() -> None:
    assert len(said(table(*ROWS, WITHIN, ["合计", 15000, 8000, 7601]))) == 3


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("其中:1.历下区", "历下区"), ("2、市中区", "市中区"), ("(一)甲镇", "甲镇"), ("十里铺镇", "十里铺镇"),
        ("3号街坊", "3号街坊"), ("其中", "其中"),
    ],
)  # fmt: skip
def test_a_name_is_what_is_left(label: str, name: str) -> None:
    assert without_layout(label) == name
    assert is_part(label) is label.startswith("其中")


def test_a_name_known_with_its_number_stays_as_it_is_known() -> None:
    old = replace(BASE, places=("1.甲镇", "乙镇"))
    rows = [["街镇", "开工小区数"], ["1.甲镇", 1], ["2.乙镇", 2]]
    found = facts(reading("a.xlsx", as_xlsx({"进度": rows}), previous=old))
    assert [each.place for each in found.deliveries] == ["1.甲镇", "乙镇"]


@pytest.mark.parametrize("word", ["平均", "各街镇平均", "均值"])
def test_a_mean_is_no_place(word: str) -> None:
    assert places(table(*ROWS, [word, 3750, 2000, 1900])) == FOUR
    found = table(*ROWS, [word, *TOTAL])
    assert places(found) == FOUR
    assert [text for text in asked(found) if f"“{word}”" in text and "8,000.00" in text and "2,000.00" in text]
    assert [text for text in said(table(*ROWS, [word, 3750, 2000, 2900])) if f"“{word}”" in text]


def test_the_rows_of_sums_are_named_with_what_was_understood() -> None:
    found = table(["全区", *TOTAL], *ROWS, ["合计", *TOTAL])
    told = [(each.cell, each.raw) for each in found.understood if each.meaning == "合计行，不另计入"]
    assert told == [("A2", "全区"), ("A7", "合计")]


def test_a_whole_row_stored_by_an_earlier_version_need_not_come_again() -> None:
    spend = (*BASE.spend, replace(BASE.spend[0], place="全区"))
    old = replace(BASE, places=("甲镇", "乙镇", "全区"), spend=spend)
    rows = [["街镇", "已投资（万元）", "累计支付（万元）"], ["甲镇", 30, 20], ["乙镇", 40, 40], ["全区", 70, 60]]
    found = facts(reading("a.xlsx", as_xlsx({"资金": rows}), previous=old))
    assert [line.place for line in found.spend] == ["甲镇", "乙镇"]


@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("word", ["全区", "合计5个"])
def test_a_list_of_communities_knows_the_words_too(column: int, word: str) -> None:
    rows: list[list[Any]] = [
        ["街镇", "小区", "户数"],
        *(["甲镇", f"安居{at}号院", 2] for at in range(4)),
        ["乙镇", "西苑", 3],
    ]
    total: list[Any] = ["", "", 11]
    total[column] = word
    for each in (as_xlsx({"明细": [*rows, total]}), as_xlsx({"明细": [rows[0], total, *rows[1:]]})):
        assert len(reading("a.xlsx", each).communities) == 5


@pytest.mark.parametrize("word", ["全区", "各街镇", "汇总", "合计"])
def test_a_long_list_knows_the_words_too(word: str) -> None:
    rows = [["街镇", "小区", "户数"], *(["甲镇", f"安居{at}号院", 2] for at in range(4500)), [word, "(小区)", 9000]]
    assert len(reading("a.csv", as_csv(rows)).communities) == 4500
    assert said(reading("a.csv", as_csv([*rows[:-1], [word, "(小区)", 9001]])))


def test_funds_that_arrived_have_totals_under_any_label_too() -> None:
    rows: list[list[Any]] = [
        ["序号", "资金来源", "到位日期", "到位金额（万元）"],
        [1, "专项债券", "2023-03-15", 5000],
        [2, "财政预算资金", "2023-06-30", 3300],
    ]
    for word in ("合计", "全部资金", "区级"):
        found = facts(reading("a.xlsx", as_xlsx({"到位": [*rows, ["", word, "", 8300]]})))
        assert [arrival.amount for arrival in found.arrivals] == [5000, 3300]
