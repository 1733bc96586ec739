"""Columns of sources in a list of communities: added up to the streets by source, worked by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.ingest.project_tables.facts import FactsReading
from core.model.measure import Measures
from core.progress import measures
from tests.core.ingest.project_tables.test_facts import as_xlsx, facts, reading, said

D = Decimal
LEDGER: list[list[Any]] = [
    ["街镇", "小区", "户数（户）", "计划资金（万元）", None, "到位资金（万元）"],
    [None, None, None, "中央补助", "省补助", "中央补助"],
    ["甲镇", "一村", 100, 10, 5, 8],
    ["甲镇", "二村", 200, 20, 7, 16],
    ["乙镇", "三村", 300, 30, None, 24],
]
"""甲镇: 10 + 20 = 30, 5 + 7 = 12, 8 + 16 = 24. 乙镇: 30, nothing of the province, 24."""
MERGED = ("A1:A2", "B1:B2", "C1:C2", "D1:E1")


def ledger(rows: list[list[Any]], **more: Any) -> FactsReading:
    return reading("表.xlsx", as_xlsx({"台账": rows}, {"台账": MERGED}), **more)


def asked(found: FactsReading) -> str:
    return "\n".join(str(each.message) for each in found.questions)


def money(found: FactsReading) -> dict[tuple[str | None, str], tuple[Decimal | None, Decimal | None]]:
    return {(each.place, each.source): (each.planned, each.arrived) for each in facts(found).source_money}


def test_the_communities_add_up_to_the_street_by_source() -> None:
    found = ledger(LEDGER)
    assert money(found) == {
        ("甲镇", "中央补助"): (D(30), D(24)), ("甲镇", "省补助"): (D(12), None), ("乙镇", "中央补助"): (D(30), D(24)),
    }  # fmt: skip
    assert "各街镇各资金来源的数由小区明细各行相加得出" in asked(found)
    assert "列没有读取" not in "\n".join(str(each.message) for each in found.unread)
    assert [(each.source, each.planned) for each in facts(found).funding] == [("中央补助", D(60)), ("省补助", D(12))]
    assert '"E:计划资金（万元）|省补助": "7"' in found.communities[1].raw


def test_a_street_where_some_communities_are_silent_is_not_reported_and_neither_is_the_project() -> None:
    rows = [list(row) for row in LEDGER]
    rows[3][4] = None
    found = ledger(rows)
    assert money(found)["甲镇", "省补助"] == (None, None)
    assert "甲镇有小区没有填报省补助计划" in asked(found)
    m = Measures(measures(facts(found)))
    assert m.one("funding_planned", None, "省补助").value is None
    assert m.one("funding_planned", None, "中央补助").value == D(60)


def test_blank_cells_are_none_where_the_printed_total_is_the_sum_of_the_others() -> None:
    """5 is all that the province gives: the printed total 5 says so."""
    rows = [list(row) for row in LEDGER]
    rows[3][4] = None
    found = ledger([*rows, ["合计", None, 600, 60, 5, 48]])
    assert money(found)["甲镇", "省补助"] == (D(5), None)


def test_an_amount_of_several_communities_is_in_the_sum_of_their_street() -> None:
    rows = [list(row) for row in LEDGER]
    rows[3][4] = None
    found = reading("表.xlsx", as_xlsx({"台账": rows}, {"台账": (*MERGED, "E3:E4")}))
    assert money(found)["甲镇", "省补助"] == (D(5), None)


def test_streets_that_say_something_else_are_told_as_of_other_figures() -> None:
    streets = [["街镇", "中央补助计划（万元）"], ["甲镇", 31], ["乙镇", 30]]
    sheets = {"街镇": streets, "台账": LEDGER}
    told = said(reading("表.xlsx", as_xlsx(sheets, {"台账": MERGED})))
    assert any(
        "“甲镇”各小区的中央补助计划相加是30.00，该街镇的中央补助计划是31.00，两者不一致。" in line for line in told
    )
    streets[1][1] = 30
    agreed = reading("表.xlsx", as_xlsx(sheets, {"台账": MERGED}))
    assert money(agreed)["甲镇", "中央补助"] == (D(30), None)
    assert "小区明细里的省补助计划、中央补助到位没有计入街镇" in asked(agreed)


def test_the_next_list_states_them_anew() -> None:
    first = facts(ledger(LEDGER))
    rows = [list(row) for row in LEDGER]
    rows[2][5] = 9
    again = ledger(rows, previous=first)
    assert money(again)["甲镇", "中央补助"] == (D(30), D(25))
    assert "各来源资金" not in str(again.kept)


def test_money_granted_is_asked_about_here_too() -> None:
    rows = [["街镇", "小区", "户数", "中央补助拨付(万元)"], ["甲镇", "一村", 1, 2], ["甲镇", "二村", 1, 3]]
    found = reading("表.xlsx", as_xlsx({"表": rows}))
    assert "“拨付”也可能是已到位（拨到街镇）的数" in asked(found)
    assert [(each.source, each.paid) for each in facts(found).source_money] == [("中央补助", D(5))]
