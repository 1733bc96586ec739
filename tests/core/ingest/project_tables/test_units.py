"""The unit of a figure wherever it stands, and figures that are off by a power of ten. No wrong number, C15."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.ingest.project_tables.values import FACTORS
from core.model.project import Claim
from tests.core.ingest.files.test_number_format import workbook
from tests.core.ingest.project_tables.test_facts import (
    BASE,
    HOUSES,
    MONEY,
    as_csv,
    as_xlsx,
    asked,
    changed,
    facts,
    reading,
    said,
)
from tests.core.ingest.report_file import docx, paragraph
from tests.core.ingest.report_file import table as word_table

D = Decimal
HEAD = ["街镇", "概算", "已投资", "累计支付"]


def rows_in(factor: Decimal) -> list[list[object]]:
    """Two places with 100 and 200 万元 approved, in another unit."""
    return [["甲镇", *(f"{each / factor:f}" for each in (D(100), D(30), D(20)))],
            ["乙镇", *(f"{each / factor:f}" for each in (D(200), D(40), D(40)))]]  # fmt: skip


NAMED = st.sampled_from(["元", "千元", "万元", "百万元", "亿元"])
LINES = st.sampled_from([
    "{unit}", "单位：{unit}", "金额单位:{unit}", "(单位:人民币{unit})", "单位：人民币（{unit}）", "计量单位 {unit}",
    "资金明细表（{unit}）", "资金明细表  单位：{unit}、㎡", "以{unit}为单位",
])  # fmt: skip


@given(NAMED, LINES, st.sampled_from(["above", "title", "below", "group", "unit row"]))
def test_a_unit_counts_wherever_it_stands(unit: str, line: str, where: str) -> None:
    assume(where != "below" or "表" not in line)  # a title stands over its table
    text, body = line.format(unit=unit), rows_in(FACTORS["money"][unit])
    rows = {
        "above": [["某某项目情况"], [text], HEAD, *body],
        "title": [[text], ["截至2024年12月31日"], HEAD, *body],
        "below": [HEAD, *body, [text]],
        "group": [["", text, "", ""], HEAD, *body],
        "unit row": [HEAD, ["", *([f"({unit})"] * 3)], *body],
    }[where]
    found = reading("a.csv", as_csv(rows))
    assert [(line.invested, line.paid) for line in facts(found).spend] == [(30, 20), (40, 40)]
    assert [group.amount for group in facts(found).budget_groups] == [100, 200]
    assert asked(found) == []


@pytest.mark.parametrize("unit", ["元", "亿元"])
def test_a_unit_in_the_heading_of_a_group_is_of_that_group_only(unit: str) -> None:
    money = rows_in(FACTORS["money"][unit])
    rows = [
        ["街镇", f"资金情况({unit})", None, None, "受益情况(㎡)", None, "小区数", "栋数"],
        [None, "概算", "已投资", "累计支付", "户数", "建筑面积", None, None],
        [*map(number, money[0]), 400, 35000, 2, 10],
        [*map(number, money[1]), 500, 40000, 3, 20],
    ]
    merged = {"表": ["A1:A2", "B1:D1", "E1:F1", "G1:G2", "H1:H2"]}
    found = facts(reading("a.xlsx", as_xlsx({"表": rows}, merged)))
    assert [(line.invested, line.paid) for line in found.spend] == [(30, 20), (40, 40)]
    assert [line.area for line in found.renovation] == [D("3.5"), D(4)]


def number(text: object) -> object:
    try:
        return float(str(text))
    except ValueError:
        return text


def test_a_line_under_a_table_of_a_report_is_its_unit_and_one_over_the_next_is_not() -> None:
    money = [[*map(str, row)] for row in [HEAD, *rows_in(D("0.0001"))]]
    homes = [[*map(str, row)] for row in HOUSES[:3]]
    under = docx(
        word_table(homes), paragraph("受益情况如上。"), word_table(money), paragraph("单位：元"), paragraph("完")
    )
    found = reading("a.docx", under)
    assert [line.paid for line in facts(found).spend] == [20, 40]
    assert asked(found) == []
    wan = [[*map(str, row)] for row in [HEAD, *MONEY[1:3]]]
    over = docx(word_table(wan), paragraph("单位：㎡"), word_table([[*homes[0][:4], "面积"], *[
        [*row[:4], f"{D(row[4]) * 10000:f}"] for row in homes[1:]]]))  # fmt: skip
    found = facts(reading("a.docx", over))
    assert [line.area for line in found.renovation] == [D("3.5"), D(4)]
    assert [line.paid for line in found.spend] == [20, 40]


@pytest.mark.parametrize(
    "sentence",
    [
        "累计完成投资 0.8 亿元，累计支出 8000 元", "总投资 1.5（亿元）",
        "概算总投资为1.5亿元（人民币），专项债12000 万元。",
        "项目由街道实施，居民出资 30 元。资金由区财政局统一拨付（万元），各街镇按月报送，年底前完成全部支付并报决算",
    ],
)  # fmt: skip
def test_the_figures_of_a_sentence_over_a_table_are_no_unit_of_it(sentence: str) -> None:
    rows = [[*map(str, row)] for row in [HEAD, *MONEY[1:3]]]
    found = reading("a.docx", docx(paragraph(sentence), word_table(rows)))
    assert asked(found)[0] == ("《a.docx》工作表“表1”B1（概算）：“概算、已投资、累计支付”没有注明单位，按万元读取。")


def test_the_nearest_unit_counts_and_differing_ones_are_told() -> None:
    rows = [
        ["单位:元"],
        ["街镇", "概算（万元）", "已投资", "累计支付"],
        ["甲镇", 100, 300000, 200000],
        ["乙镇", 200, 400000, 400000],
    ]
    found = reading("a.csv", as_csv(rows))
    assert [(line.invested, line.paid) for line in facts(found).spend] == [(30, 20), (40, 40)]
    assert asked(found) == ["《a.csv》B2（概算（万元））：表头写“概算（万元）”，表外写“单位:元”，按表头的单位读取。"]
    rows = [["街镇", "已投资（万元）", "累计支付(元)"], ["甲镇", 30, "20万元"], ["乙镇", 40, 400000]]
    found = reading("a.csv", as_csv(rows))
    assert [line.paid for line in facts(found).spend] == [20, 40]
    assert asked(found) == ["《a.csv》C2（累计支付(元)）：格内写的单位和这一列的不同（“20万元”），按格内的读取。"]


def test_two_units_that_cannot_both_hold_are_a_problem() -> None:
    both = [["单位:元"], *MONEY]
    heads = ["概算（万元）", "已投资（万元）", "累计支付（万元）"]
    assert said(reading("a.csv", as_csv(both))) == [
        f"《a.csv》{at}2（{head}）：单位不一致：表头写“{head}”，表外写“单位:元”。请改成一致，或删去不对的一个。"
        for at, head in zip("BCD", heads, strict=True)
    ]
    lines = [["单位:元"], HEAD, *MONEY[1:3], ["单位：万元"]]
    assert said(reading("a.csv", as_csv(lines))) == [
        f"《a.csv》{at}2（{head}）：单位不一致：“单位:元”和“单位：万元”。请只保留正确的一个。"
        for at, head in zip("BCD", HEAD[1:], strict=True)
    ]
    # The line is of the contract price.
    work = [["单位:元"], [*MONEY[0], "合同价"], [*MONEY[1], 900000], [*MONEY[2], 1800000]]
    assert [line.contract for line in facts(reading("a.csv", as_csv(work))).deliveries] == [90, 180]
    homes = [["单位:元、户、㎡"], *[[*row, "x"] for row in HOUSES]]
    homes[1][3:5] = ["户数(万户)", "面积(㎡)"]
    for row, (households, area) in zip(homes[2:], [("0.04", 35000), ("0.05", 40000), ("0.09", 75000)], strict=True):
        row[3:5] = [households, area]
    assert [line.households for line in facts(reading("a.csv", as_csv(homes))).renovation] == [400, 500]


def test_a_unit_in_the_cell_is_a_unit() -> None:
    cells = [[*HOUSES[0][:4], "面积"], ["甲镇", 2, 10, 400, "3.5万m²"], ["乙镇", 3, 20, 500, "40000m2"]]
    found = reading("a.csv", as_csv(cells))
    assert [line.area for line in facts(found).renovation] == [D("3.5"), D(4)]
    assert asked(found) == []


def test_it_says_that_no_unit_is_stated_only_where_none_is() -> None:
    assert asked(reading("a.csv", as_csv([HEAD, *MONEY[1:3]]))) == [
        "《a.csv》B1（概算）：“概算、已投资、累计支付”没有注明单位，按万元读取。"
    ]
    assert asked(reading("a.csv", as_csv([["人民币万元"], HEAD, *MONEY[1:3]]))) == []


# Off by a power of ten


def test_what_a_format_shows_otherwise_than_it_is_stored_is_told_once_a_column() -> None:
    shown = [
        ("街镇", "已投资（万元）", "累计支付（万元）"),
        ("甲镇", (300000, "0!.0000"), 20),
        ("乙镇", (400000, "0!.0000"), 40),
    ]
    found = reading("a.xlsx", workbook(shown))
    assert [(line.invested, line.paid) for line in facts(found).spend] == [(30, 20), (40, 40)]
    assert asked(found) == [
        "《a.xlsx》工作表“Sheet”B2（已投资（万元））："
        "格内存的是300000，数字格式显示为30，按显示的读取（本列2格如此）。请核对单位。"
    ]


def test_an_area_without_a_unit_is_read_in_the_one_that_is_possible() -> None:
    rows = [[*HOUSES[0][:4], "建筑面积"], ["甲镇", 2, 10, 400, 35000], ["乙镇", 3, 20, 500, 40000]]
    found = reading("a.csv", as_csv(rows))
    assert [line.area for line in facts(found).renovation] == [D("3.5"), D(4)]
    # 75000 万㎡ for 900 households: 833,333 ㎡ each.
    assert asked(found) == [
        "《a.csv》E1（建筑面积）：“建筑面积”没有注明单位：按万㎡读，每户833,333㎡，不可能，所以按㎡读取。请核对。"
    ]


@pytest.mark.parametrize(("factor", "unit", "each"), [
    ("0.0001", "元", "33,333,333元"),  # 3,000,000 万元 for 900 households
    ("10000", "亿元", "0.3333元"),  # 0.03 万元 for them
])  # fmt: skip
def test_money_without_a_unit_is_read_in_the_one_that_is_possible(factor: str, unit: str, each: str) -> None:
    money = [HEAD, *rows_in(D(factor))]
    rows = [[*left, *right[1:]] for left, right in zip(money, HOUSES[:3], strict=True)]
    found = reading("a.csv", as_csv(rows))
    assert [(line.invested, line.paid) for line in facts(found).spend] == [(30, 20), (40, 40)]
    assert asked(found) == [
        "《a.csv》B1（概算）：“概算、已投资、累计支付”没有注明单位："
        f"按万元读，每户{each}，不可能，所以按{unit}读取。请核对。"
    ]


def test_what_is_possible_in_no_unit_is_not_stored() -> None:
    rows = [[*HOUSES[0][:4], "建筑面积"], ["甲镇", 2, 10, 400, "0.000001"], ["乙镇", 3, 20, 500, "0.000001"]]
    (sentence,) = said(reading("a.csv", as_csv(rows)))
    assert "没有注明单位" in sentence
    assert "请在表头注明单位" in sentence


def test_without_households_there_is_still_a_most() -> None:
    # 3,000,000,000 万元 are 300,000 亿元.
    rows = [HEAD, ["甲镇", 10**9, 3 * 10**8, 10**8], ["乙镇", 2 * 10**9, 4 * 10**8, 4 * 10**8]]
    found = reading("a.csv", as_csv(rows))
    assert [(line.invested, line.paid) for line in facts(found).spend] == [(30000, 10000), (40000, 40000)]
    assert asked(found) == [
        "《a.csv》B1（概算）：“概算、已投资、累计支付”没有注明单位：按万元读，合计300,000亿元，不可能，所以按元读取。请核对。"
    ]
    stated = [MONEY[0], *rows[1:]]
    assert asked(reading("a.csv", as_csv(stated)))[0] == (
        "《a.csv》B1（概算（万元））：各行合计3,000,000,000.00，合计300,000亿元，不可能。请核对单位。"
    )


def test_a_stated_unit_that_gives_the_impossible_is_asked() -> None:
    found = reading("a.csv", as_csv([HOUSES[0], ["甲镇", 2, 10, 400, 35000], ["乙镇", 3, 20, 500, 40000]]))
    assert asked(found) == ["《a.csv》E1（面积（万㎡））：各行合计75,000.00，每户833,333㎡，不可能。请核对单位。"]


def test_off_the_last_period_or_a_known_sum_is_asked() -> None:
    times = [MONEY[0], ["甲镇", 1000000, 30, 20], ["乙镇", 2000000, 40, 40]]
    assert asked(reading("a.csv", as_csv(times), previous=replace(BASE, renovation=()))) == [
        "《a.csv》B1（概算（万元））：各行合计3,000,000.00，上一期合计是300.00，相差千倍以上。请核对单位。"
    ]
    claim = Claim("total_paid", D(600000), "60亿元", "报告 一")
    assert asked(reading("a.csv", as_csv(MONEY), claims=[claim])) == [
        "《a.csv》：表中累计支付合计60，文中写的是60亿元，相差千倍以上。请核对单位。"
    ]
    falls = changed(changed(MONEY[:3], 1, 3, 10), 2, 3, 39)
    assert asked(reading("a.csv", as_csv(falls), previous=BASE)) == [
        "《a.csv》D2（累计支付（万元））：读到10.00，低于上一期“甲镇”的20.00。累计数不会减少，请核对是不是本期数。",
        "《a.csv》D3（累计支付（万元））：读到39.00，低于上一期“乙镇”的40.00。累计数不会减少，请核对是不是本期数。",
    ]


# Numbers as typed


def test_brackets_are_a_minus_and_a_day_of_1900_a_number() -> None:
    rows = [["街镇", "合同价（万元）", "变更额(万元)"], ["甲镇", 100, "(20.00)"], ["乙镇", 100, "（5.50）"]]
    assert [line.variation for line in facts(reading("a.csv", as_csv(rows))).deliveries] == [D(-20), D("-5.5")]
    days = [
        HOUSES[0],
        ["甲镇", 2, "1900-05-07", 400, "1900-02-08"],
        ["乙镇", 3, "1900-09-10", 500, "1900-04-21T09:07:12"],
    ]
    found = facts(reading("a.csv", as_csv(days))).renovation
    # 7 May 1900 is day 128 of a spreadsheet, 10 September 254, 8 February 39; 21 April 9:07:12 is 112.38.
    assert [(line.buildings, line.area) for line in found] == [(128, 39), (254, D("112.38"))]


def test_a_number_in_a_column_of_days_is_the_day_that_a_spreadsheet_counts() -> None:
    rows = [["里程碑", "计划日期", "实际日期"], ["开工", 44682, 44683], ["竣工", "2023-06-30", 45107]]
    found = facts(reading("a.csv", as_csv(rows))).milestones
    assert [str(each.actual) for each in found] == ["2022-05-02", "2023-06-30"]
    assert str(found[0].planned) == "2022-05-01"
