"""What a community may report, what is doubted of it, and the list and the places' figures that reports make.

The figures are those of tests.core.detail: the five communities of 璜土镇 add up to 2,164 万元 paid.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.errors import InputError
from core.ingest.project_tables.community_sums import ADDED
from core.ingest.project_tables.reported_communities import (
    Entry,
    community_doubts,
    entry_as_typed,
    entry_printed,
    figure_of_community,
    last_entries,
    read_entry,
    with_communities,
)
from core.model.detail import in_rows
from core.model.project import Community
from tests.core.detail import DETAIL
from tests.core.lingang import FACTS

D = Decimal
MARCH = date(2025, 3, 31)
VILLAGES = tuple(("璜土镇", f"璜土镇第{number}村") for number in range(1, 6))


def told(last: Community = DETAIL[0], **row: Entry) -> list[tuple[str, str]]:
    return [(each.field, str(each.text)) for each in community_doubts(row, last_entries(last), MARCH)]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("paid", "2,500.00", D(2500)), ("households", "12", 12), ("physical", "60%", D("0.6")), ("paid", "—", None),
        ("begun_on", "2024-03-01", date(2024, 3, 1)), ("begun_on", " — ", None), ("begun_on", "", None),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_a_person_types_it(name: str, text: str, value: Entry) -> None:
    assert read_entry(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("paid", "一千", "“累计支付”：应为金额（万元，最多六位小数），读到“一千”。"),
        ("begun_on", "2024-02-30", "“开工日期”：应为日期（如2024-12-31），读到“2024-02-30”。"),
    ],
)
def test_a_cell_that_is_no_such_figure_is_refused_with_a_sentence(name: str, text: str, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        read_entry(name, text)
    assert str(refused.value) == sentence


def test_what_stands_is_printed_and_typed_again() -> None:
    assert [figure_of_community(name).kind for name in ("paid", "households", "physical", "done_on")] == [
        "money", "count", "share", "day",
    ]  # fmt: skip
    day = date(2024, 3, 1)
    assert (entry_printed(day, "begun_on"), entry_as_typed(day, "begun_on")) == ("2024-03-01", "2024-03-01")
    assert (entry_printed(None, "paid"), entry_as_typed(None, "paid")) == ("—", "—")
    assert (entry_printed(D("0.9"), "physical"), entry_as_typed(D("0.9"), "physical")) == ("90.00%", "90%")


def test_figures_are_held_against_last_time_and_the_own_estimate() -> None:
    assert told(paid=D(510)) == []
    assert told(paid=D(499)) == [("paid", "低于上一期的500.00。累计数不会减少，请核对是不是本期数。")]
    assert told(paid=D(5_000_000)) == [
        ("paid", "上一期是500.00，相差千倍以上。请核对单位。"),
        ("paid", "同一行的已投资是500.00，相差千倍以上。请核对单位。"),
    ]
    own = replace(DETAIL[0], own_estimate=D(600))
    assert told(own, paid=D(600)) == []
    assert told(own, paid=D("600.01")) == [("paid", "超过小区概算600.00万元。请核对。")]
    assert told(own, paid=D(650), own_estimate=D(700)) == []


def test_days_stand_in_their_order_and_have_come() -> None:
    begun, done = date(2024, 3, 1), date(2024, 12, 1)
    assert told(begun_on=begun, done_on=done) == []
    assert told(begun_on=done, done_on=begun) == [
        ("done_on", "完工日期2024年3月1日早于开工日期2024年12月1日。请核对。")
    ]
    assert told(begun_on=None, done_on=done) == [("done_on", "有完工日期，没有开工日期。请核对。")]
    assert told(replace(DETAIL[0], done_on=done), begun_on=date(2024, 12, 2)) == [
        ("begun_on", "完工日期2024年12月1日早于开工日期2024年12月2日。请核对。")
    ]
    assert told(begun_on=date(2025, 4, 1)) == [("begun_on", "晚于数据截止日2025年3月31日。请核对。")]
    assert told(replace(DETAIL[0], done_on=done), paid=D(510)) == []  # nothing was asked of its days


def test_a_place_has_what_its_communities_add_up_to() -> None:
    # 510 + 500 + 464 + 400 + 310 of the five.
    paid = dict(zip(VILLAGES, (D(510), D(500), D(464), D(400), D(310)), strict=True))
    made = with_communities(FACTS, DETAIL, {row: {"paid": each} for row, each in paid.items()}, ("paid",), "街镇填报")
    huangtu, xiagang, *_ = made.facts.spend
    assert (huangtu.paid, huangtu.invested, huangtu.source) == (D(2184), D(2164), "街镇填报")
    assert xiagang == FACTS.spend[1]
    assert made.facts.renovation == FACTS.renovation
    assert made.facts.budget_groups == FACTS.budget_groups
    assert made.doubts == ()
    assert made.detail is not None
    rows = in_rows(made.detail)
    assert {(each.place, each.name): each.paid for each in rows[:5]} == paid
    first = rows[0]
    assert (first.invested, first.households, first.source, first.raw) == (
        D(500), 1000, "街镇填报", '{"累计支付": "510.00"}',
    )  # fmt: skip
    assert rows[5:] == DETAIL[5:]


def test_a_figure_that_not_every_community_has_is_unknown_of_the_place_and_told() -> None:
    rows = {row: {"paid": D(500) if row[1] != "璜土镇第5村" else None} for row in VILLAGES}
    made = with_communities(FACTS, DETAIL, rows, ("paid",), "街镇填报")
    assert made.facts.spend[0].paid is None
    assert [str(each) for each in made.doubts] == [
        "璜土镇有小区没有填报累计支付：这些街镇和全项目的累计支付按未填报处理，显示为“—”。请核对。"
    ]


def test_estimates_of_communities_are_those_of_places_where_nobody_else_states_any() -> None:
    rows = {(each.place, each.name): {"own_estimate": D(1000)} for each in DETAIL}
    beside = with_communities(FACTS, DETAIL, rows, ("own_estimate",), "街镇填报")
    assert beside.facts.budget_groups == FACTS.budget_groups
    some = with_communities(replace(FACTS, budget_groups=()), DETAIL, rows, ("own_estimate",), "街镇填报")
    assert some.facts.budget_groups == ()
    assert [str(each) for each in some.doubts] == [
        "夏港街道、申港街道没有各小区的概算（总投资），小区的概算不作为街镇的概算，只在小区明细中显示。请核对。"
    ]
    bare = replace(
        FACTS, budget_groups=(), places=("璜土镇", "利港街道"), spend=(FACTS.spend[0], FACTS.spend[3]),
        renovation=(FACTS.renovation[0], FACTS.renovation[3]),
    )  # fmt: skip
    made = with_communities(bare, DETAIL, rows, ("own_estimate",), "街镇填报").facts
    assert [(group.places, group.amount, group.source) for group in made.budget_groups] == [
        (("璜土镇",), D(5000), ADDED), (("利港街道",), D(2000), ADDED),
    ]  # fmt: skip


def test_a_community_that_has_left_the_list_is_no_silent_loss() -> None:
    with pytest.raises(InputError) as refused:
        with_communities(FACTS, DETAIL[1:], {VILLAGES[0]: {"paid": D(510)}}, ("paid",), "街镇填报")
    assert str(refused.value) == "小区明细里已没有“璜土镇”的“璜土镇第1村”。请退回后核对。"
