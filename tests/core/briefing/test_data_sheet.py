"""The workbook of a project's figures: what stands in its cells, and that text stays text."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook, load_workbook

from core.briefing.data_sheet import data_xlsx
from core.model.project import Arrival, BudgetGroup, Community, Delivery, Facts, Milestone
from tests.core.lingang import FACTS

D = Decimal


def book(facts: Facts, communities: tuple[Community, ...] = ()) -> Workbook:
    return load_workbook(io.BytesIO(data_xlsx(facts, communities)))


def test_the_shipped_project_as_its_tables_print_it() -> None:
    made = book(FACTS)
    assert made.sheetnames == ["资金明细表", "受益明细表", "资金筹措", "填写说明"]
    money = made["资金明细表"]
    assert [cell.value for cell in money[1]] == ["数据截至2024年12月31日。", None, None, None]
    assert [cell.value for cell in money[2]] == ["街镇", "概算（万元）", "已投资（万元）", "累计支付（万元）"]
    assert [cell.value for cell in money[3]] == ["璜土镇", 15000, 2164, 2164]
    assert [cell.value for cell in money[6]] == ["利港街道", None, 1309, 1309]
    assert [cell.value for cell in money[7]] == ["合计", 15000, 8000, 8000]
    # One approved amount is one cell, over the four places and not over their sum.
    assert [str(area) for area in money.merged_cells.ranges] == ["B3:B6"]
    homes = made["受益明细表"]
    assert [cell.value for cell in homes[4]] == ["夏港街道", "（总）9-9", 254, 8400, 112.38]
    assert [cell.value for cell in homes[7]] == ["合计", None, 780, 26310, 330.67]


def test_places_of_one_amount_stand_together() -> None:
    groups = (
        BudgetGroup("a", D(10), ("璜土镇", "申港街道"), ""),
        BudgetGroup("b", D("5.5"), ("夏港街道", "利港街道"), ""),
    )
    lines = tuple(replace(line, budget_group="ab"[n % 2]) for n, line in enumerate(FACTS.spend))
    money = book(replace(FACTS, budget_groups=groups, spend=lines))["资金明细表"]
    assert [(row[0].value, row[1].value) for row in money["A3:B7"]] == [
        ("璜土镇", 10), ("申港街道", None), ("夏港街道", 5.5), ("利港街道", None), ("合计", 15.5),
    ]  # fmt: skip


def test_optional_tables_come_with_what_is_in_them() -> None:
    facts = replace(
        FACTS,
        deliveries=(Delivery("璜土镇", "", physical=D("0.655"), started=5, satisfaction=D("0.9")),),
        arrivals=(Arrival("bond", date(2025, 1, 15), D("9000.123456"), ""),),
        milestones=(
            Milestone("开工", date(2023, 6, 1), None, "", owner="城建公司"),
            Milestone("竣工", None, None, "", "璜土镇"),
        ),
    )
    made = book(facts, (Community("璜土镇", "一村", "", 2, 100, None, None, D("0.000001")),))
    heads, work = ([cell.value for cell in made["实施进度"][row]] for row in (2, 3))
    assert {head: value for head, value in zip(heads, work, strict=True) if value is not None} == {
        "街镇": "璜土镇", "形象进度": 0.655, "开工小区数": 5, "满意度": 0.9,
    }  # fmt: skip
    assert made["实施进度"].cell(3, heads.index("形象进度") + 1).number_format.endswith("%")
    assert [cell.value for cell in made["资金到位"][3]] == ["专项债", datetime(2025, 1, 15), 9000.123456]
    assert [[cell.value for cell in row] for row in made["里程碑"]["A3:E4"]] == [
        ["开工", datetime(2023, 6, 1), None, "城建公司", None], ["竣工", None, None, None, "璜土镇"],
    ]  # fmt: skip
    assert [cell.value for cell in made["小区明细"][3]] == [
        "璜土镇", "一村", 2, 100, None, None, 0.000001, *[None] * 6,
    ]  # fmt: skip


def test_text_stays_text_and_no_digit_is_lost() -> None:
    evil = '=HYPERLINK("http://x")\x07'
    detail = tuple(
        Community(evil, name, "", paid=D("123456789012.123456")) for name in ("+1", "@x", "-2", "2024-01-01")
    )
    made = book(FACTS, detail)["小区明细"]
    for row, name in zip(made["A3:G6"], ("+1", "@x", "-2", "2024-01-01"), strict=True):
        assert [(cell.value, cell.data_type) for cell in row[:2]] == [(evil[:-1], "s"), (name, "s")]
        assert row[6].value == "123456789012.123456"
