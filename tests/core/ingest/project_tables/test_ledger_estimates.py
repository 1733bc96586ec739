"""概算, 总投资 in a list of communities: kept of each; the estimate of the streets only where nothing else says it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.ingest.project_tables.facts import FactsReading
from core.model.measure import Measures
from core.progress import measures
from tests.core.ingest.project_tables.test_facts import as_csv, as_xlsx, facts, reading

D = Decimal
LEDGER: list[list[Any]] = [
    ["街镇", "小区", "户数（户）", "总投资(万元)"],
    ["甲镇", "一村", 100, 10.5],
    ["甲镇", "二村", 200, 20],
    ["乙镇", "三村", 300, 30],
    ["合计", None, 600, 60.5],
]
"""甲镇: 10.5 + 20 = 30.5. 乙镇: 30."""


def asked(found: FactsReading) -> str:
    return "\n".join(str(each.message) for each in found.questions)


def groups(found: FactsReading) -> list[tuple[tuple[str, ...], Decimal]]:
    return [(each.places, each.amount) for each in facts(found).budget_groups]


def of_the_streets(*amounts: object) -> list[list[Any]]:
    return [
        ["街镇", "概算（万元）"],
        *([place, amount] for place, amount in zip(("甲镇", "乙镇"), amounts, strict=True)),
    ]


def test_each_community_keeps_its_own_and_its_street_takes_the_sum_which_is_asked() -> None:
    found = reading("表.xlsx", as_xlsx({"台账": LEDGER}))
    assert [each.own_estimate for each in found.communities] == [D("10.5"), D(20), D(30)]
    assert groups(found) == [(("甲镇",), D("30.5")), (("乙镇",), D(30))]
    assert "各街镇的概算由小区明细各行的“总投资(万元)”相加得出，合计60.50万元" in asked(found)
    assert Measures(measures(facts(found))).one("estimate").value == D("60.5")
    assert "列没有读取" not in "\n".join(str(each.message) for each in found.unread)


def test_a_column_that_is_left_out_is_no_estimate() -> None:
    found = reading("表.xlsx", as_xlsx({"台账": LEDGER}), mapping={"总投资(万元)": ""})
    assert (groups(found), found.communities[0].own_estimate) == ([], None)


def test_what_was_approved_for_the_streets_stays_and_a_difference_is_told() -> None:
    sheets = {"街镇": of_the_streets(31, 30), "台账": LEDGER}
    found = reading("表.xlsx", as_xlsx(sheets))
    assert groups(found) == [(("甲镇",), D(31)), (("乙镇",), D(30))]
    assert "甲镇各小区的概算（总投资）相加是30.50万元，批复的概算是31.00万元" in asked(found)
    assert "乙镇各小区" not in asked(found)


def test_one_amount_over_several_streets_is_held_against_all_of_them() -> None:
    sheets = {"街镇": [["街镇", "概算（万元）"], ["甲镇", 60.5], ["乙镇", None]], "台账": LEDGER}
    found = reading("表.xlsx", as_xlsx(sheets, {"街镇": ("B2:B3",)}))
    assert groups(found) == [(("甲镇", "乙镇"), D("60.5"))]
    assert "相加是" not in asked(found)


def test_with_one_silent_community_there_is_no_estimate_of_the_streets() -> None:
    rows = [list(row) for row in LEDGER[:4]]
    rows[2][3] = None
    found = reading("表.xlsx", as_xlsx({"台账": rows}))
    assert groups(found) == []
    assert "甲镇没有各小区的概算（总投资），小区的概算不作为街镇的概算" in asked(found)


def test_the_next_list_states_it_anew() -> None:
    first = facts(reading("表.xlsx", as_xlsx({"台账": LEDGER})))
    rows = [list(row) for row in LEDGER[:4]]
    rows[1][3] = 11.5
    assert groups(reading("表.xlsx", as_xlsx({"台账": rows}), previous=first))[0] == (("甲镇",), D("31.5"))


def test_a_long_list_is_read_alike() -> None:
    """300 communities of 2 each in one street: 600."""
    rows = [LEDGER[0], *(["甲镇", f"小区{number}", 10, 2] for number in range(300))]
    found = reading("台账.csv", as_csv(rows))
    assert groups(found) == [(("甲镇",), D(600))]
    assert found.communities[299].own_estimate == D(2)
