"""No wrong number, C18: an amount that is merged over several communities is theirs together, and no one's own."""

from __future__ import annotations

from typing import Any

import pytest

from core.ingest.project_tables.facts import FactsReading
from tests.core.ingest.project_tables.test_facts import HOUSES, MONEY, D, as_xlsx, asked, facts, reading

LEDGER: list[list[Any]] = [
    ["街镇", "小区", "户数", "已投资（万元）", "累计支付（万元）"],
    ["甲镇", "东苑", 100, 30, 20],
    ["", "西苑", 100, "", ""],
    ["乙镇", "南苑", 100, 40, 10],
    ["乙镇", "北苑", 400, "", 30],
    ["乙镇", "中苑", "", "", ""],
    ["合计", "", "", 70, 60],
]


def ledger(*merged: str, places: bool) -> FactsReading:
    sheets = {"明细": LEDGER, **({"资金": MONEY} if places else {})}
    return reading("a.xlsx", as_xlsx(sheets, {"明细": merged}))


def test_it_is_told_and_no_one_s_own_where_the_places_report_theirs() -> None:
    found = ledger("D2:D3", "D4:D6", places=True)
    assert {each.name: each.invested for each in found.communities} == dict.fromkeys(
        ["东苑", "西苑", "南苑", "北苑", "中苑"]
    )
    assert [each.paid for each in found.communities] == [20, None, 10, 30, None]
    told = [text for text in asked(found) if "合并" in text]
    assert len(told) == 2
    assert "工作表“明细”D2" in told[0]
    assert "2个小区（东苑、西苑）" in told[0]
    assert "3个小区（南苑、北苑、中苑）" in told[1]
    meanings = {each.cell: each.meaning for each in found.understood if each.sheet == "明细"}
    assert meanings["D2"] == "已投资 · 东苑、西苑"
    assert meanings["E2"] == "累计支付 · 东苑"


@pytest.mark.parametrize(
    ("area", "names"), [("E2:E3", "2个小区（东苑、西苑）"), ("D4:D6", "3个小区（南苑、北苑、中苑）")]
)
def test_it_counts_once_for_the_place_where_the_list_is_the_only_source(area: str, names: str) -> None:
    """The row of sums holds with each amount once: 30 + 40 = 70, 20 + 10 + 30 = 60."""
    found = ledger(area, places=False)
    assert [(each.place, each.invested, each.paid) for each in facts(found).spend] == [
        ("甲镇", 30, 20),
        ("乙镇", 40, 40),
    ]
    (told,) = [text for text in asked(found) if "合并" in text]
    assert (f"工作表“明细”{area[:2]}" in told, names in told) == (True, True)


def test_a_count_is_no_one_s_own_either() -> None:
    rows = [[*row[:3]] for row in LEDGER[:-1]]
    found = reading("a.xlsx", as_xlsx({"受益": HOUSES, "明细": rows}, {"明细": ["C2:C3"]}))
    assert len([text for text in asked(found) if "合并了2个小区（东苑、西苑）" in text]) == 1
    assert [each.households for each in found.communities] == [None, None, 100, 400, None]


def test_a_list_of_communities_alone_adds_up_to_its_places() -> None:
    heading = ["街镇", "小区", "栋数", "户数", "面积(㎡)", "已投资（万元）", "累计支付（万元）"]
    rows: list[list[Any]] = [
        heading,
        ["甲镇", "东苑", 2, 48, 4000, 30, 20],
        ["", "西苑", 3, 96, 8000, 10, 5],
        ["乙镇", "南苑", 4, 128, 10000, 40, 10],
    ]
    found = reading("a.xlsx", as_xlsx({"明细": rows}))
    assert [text for text in asked(found) if "由小区明细各行相加" in text]
    known = facts(found)
    homes = [(each.place, each.communities, each.buildings, each.households, each.area) for each in known.renovation]
    assert homes == [("甲镇", 2, 5, 144, D("1.2")), ("乙镇", 1, 4, 128, D(1))]
    assert [(each.place, each.invested, each.paid) for each in known.spend] == [("甲镇", 40, 25), ("乙镇", 40, 10)]
    rows[3][6] = 15
    later = facts(reading("b.xlsx", as_xlsx({"明细": rows}), previous=known))
    assert [each.paid for each in later.spend] == [25, 15]
    rows[3][6] = ""
    partly = facts(reading("c.xlsx", as_xlsx({"明细": rows})))
    assert [(each.place, each.invested, each.paid) for each in partly.spend] == [("甲镇", 40, 25), ("乙镇", 40, None)]
    assert len(partly.renovation) == 2
