"""What a cell of a reporting form may hold, what is doubted of it, and the facts that reports make."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core.errors import InputError
from core.ingest.project_tables.correction import Value
from core.ingest.project_tables.reported import doubts, grounds, last_rows, offered, printed, read_cell, with_rows
from core.model.project import BudgetGroup, Delivery
from tests.core.lingang import FACTS, PLACES
from tests.core.quarters import march

D = Decimal
MARCH = march(FACTS)


def told(facts=FACTS, place: str = "璜土镇", **row: Value) -> list[tuple[str, str]]:
    return [(each.field, str(each.text)) for each in doubts(grounds(facts, {place: row}), place)]


def test_every_figure_of_a_place_is_offered_where_all_places_have_its_row() -> None:
    ids = [figure.id for figure in offered(FACTS)]
    assert ids[:2] == ["invested", "paid"]
    assert {"households", "physical", "started", "contract"} < set(ids)
    without = [figure.id for figure in offered(replace(FACTS, spend=FACTS.spend[1:]))]
    assert "paid" not in without
    assert "households" in without


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("paid", "2,500.00", D(2500)), ("paid", "２５００", D(2500)), ("paid", "", None), ("physical", "60%", D("0.6")),
        ("physical", "0.6", D("0.6")), ("started", "5", 5), ("physical", "—", None), ("variation", "-12.5", D("-12.5")),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_a_person_types_it(name: str, text: str, value: Value) -> None:
    assert read_cell(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("paid", "一千", "“累计支付”：应为金额（万元，最多六位小数），读到“一千”。"),
        ("paid", "-1", "“累计支付”：金额不能为负，读到“-1”。"),
        ("paid", "—", "“累计支付”不能为空。"),
        ("started", "2.5", "“开工小区数”：应为不小于0的整数，读到“2.5”。"),
        ("physical", "120%", "“形象进度”：应为0%到100%之间的比例，读到“120%”。"),
    ],
)
def test_a_cell_that_is_no_such_figure_is_refused_with_a_sentence(name: str, text: str, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        read_cell(name, text)
    assert str(refused.value) == sentence


def test_less_than_last_time_and_another_unit_are_doubted() -> None:
    assert told(paid=D(2500)) == []
    assert told(paid=D(2100)) == [("paid", "低于上一期的2,164.00。累计数不会减少，请核对是不是本期数。")]
    assert told(paid=D(25_000_000)) == [
        ("paid", "上一期是2,164.00，相差千倍以上。请核对单位。"),
        ("paid", "同一行的已投资是2,164.00，相差千倍以上。请核对单位。"),
        ("paid", "璜土镇、夏港街道、申港街道、利港街道累计支付合计25,005,836.00万元，超过概算15,000.00万元。请核对。"),
    ]
    assert told(MARCH, physical=D("0.5")) == [("physical", "低于上一期的60.00%。累计数不会减少，请核对是不是本期数。")]
    assert told(MARCH, households=4519) == []  # the planned scope may shrink


def test_more_paid_than_approved_or_contracted_is_doubted() -> None:
    # 15,000 less 2,627, 1,900 and 1,309 of the others leaves 9,164 of the one approved amount.
    assert told(paid=D("9164")) == []
    assert told(paid=D("9164.01")) == [
        ("paid", "璜土镇、夏港街道、申港街道、利港街道累计支付合计15,000.01万元，超过概算15,000.00万元。请核对。")
    ]
    own = replace(FACTS, budget_groups=(BudgetGroup("a", D(3000), ("璜土镇",), ""),))
    assert told(own, paid=D(3001)) == [("paid", "璜土镇累计支付合计3,001.00万元，超过概算3,000.00万元。请核对。")]
    many = replace(FACTS, budget_groups=(BudgetGroup("a", D(3000), (*PLACES, "戊", "己"), ""),))
    ((_, said),) = told(many, paid=D(3001))
    assert said.startswith("璜土镇、夏港街道、申港街道、利港街道等6个街镇累计支付合计")
    assert told(contract=D(2400), variation=D(50), paid=D(2451)) == [
        ("paid", "超过合同价（含变更）2,450.00万元。请核对。")
    ]
    assert told(contract=D(2400), variation=D(50), paid=D(2450)) == []


def test_what_the_other_places_report_counts_towards_the_approved_amount() -> None:
    rows = {"璜土镇": {"paid": D(9164)}, "夏港街道": {"paid": D(2628)}}
    assert [each.field for each in doubts(grounds(FACTS, rows), "璜土镇")] == ["paid"]


def test_works_and_homes_beyond_what_there_is_are_doubted() -> None:
    assert told(started=5, finished=3, accepted=2, homes_finished=4520) == []
    assert told(started=6) == [("started", "读到6，而“璜土镇”只有5个小区。请核对。")]
    assert told(homes_finished=4521) == [("homes_finished", "读到4521，而“璜土镇”只有4520户。请核对。")]
    assert told(started=3, finished=4, accepted=5) == [
        ("finished", "多于开工小区数（3）。请核对。"),
        ("accepted", "多于完工小区数（4）。请核对。"),
    ]
    assert told(MARCH, finished=6) == [
        ("finished", "读到6，而“璜土镇”只有5个小区。请核对。"),
        ("finished", "多于开工小区数（5）。请核对。"),
    ]


def test_rows_make_facts_and_leave_the_others_as_they_were() -> None:
    made = with_rows(FACTS, {"璜土镇": {"paid": D(2364), "physical": D("0.6")}, "申港街道": {"started": 8}}, "街镇填报")
    first, second, *_ = made.spend
    assert (first.paid, first.paid_raw, first.invested, first.source) == (D(2364), "2364", D(2164), "街镇填报")
    assert second == FACTS.spend[1]
    assert made.renovation == FACTS.renovation
    assert made.deliveries == (
        Delivery("璜土镇", "街镇填报", physical=D("0.6")),
        Delivery("申港街道", "街镇填报", started=8),
    )


def test_a_place_keeps_what_it_is_not_asked_for() -> None:
    made = with_rows(MARCH, {place: {"physical": D("0.9")} for place in PLACES}, "街镇填报")
    assert [line.started for line in made.deliveries] == [5, 9, 8, 3]
    assert {line.physical for line in made.deliveries} == {D("0.9")}


def test_the_last_row_of_a_place_is_printed() -> None:
    row = last_rows(MARCH)["璜土镇"]
    assert [printed(row[name], name) for name in ("paid", "physical", "started", "area", "contract")] == [
        "2,500.00", "60.00%", "5", "39.00", "—",
    ]  # fmt: skip
