"""No wrong number, C17: a source of money is known by its whole name, and another kind stays under its own name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.files.document import Paragraph
from core.ingest.project_tables.details import funding_of
from core.ingest.report_text.claims import find_stated
from core.model.context import Actor
from core.model.project import Funding
from core.progress import measures
from core.service.base.changes import changes
from core.service.manage import demo
from core.store import read, snapshots
from core.store.opening import open_store
from tests.core.ingest.project_tables.test_facts import BASE, as_xlsx, facts, reading

HEADING = ["资金来源", "到位日期", "到位金额（万元）"]
BONDS = ("专项债", "专项债券", "地方政府专项债券", "新增专项债券资金", "专 项 债（2023年）")
BUDGETS = ("财政预算资金", "财政资金", "区财政预算", "本级财政资金", "预算内资金", "财政拨款")
OTHERS = (
    "一般债券",
    "政府一般债券",
    "中央财政补助",
    "省财政补助",
    "市级财政资金",
    "居民自筹",
    "社会筹集",
    "区级配套资金",
    "债转股",
)
NAMED = ("一般债券", "中央补助资金", "省级补助", "居民自筹", "市级财政资金", "区级配套资金", "社会资本")
"""Other kinds as sentences name them."""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, "bond") for name in BONDS),
        *((name, "budget") for name in BUDGETS),
        *((name, name) for name in OTHERS),
        ("其中：中央财政补助", "中央财政补助"),
    ],
)  # fmt: skip
def test_a_kind_is_known_by_its_whole_name(name: str, kind: str) -> None:
    assert funding_of(name) == kind


@given(st.text(st.sampled_from("债券财政预算自筹配套一般中央省居民"), min_size=1, max_size=8))
def test_a_word_inside_a_name_files_it_nowhere(name: str) -> None:
    assert funding_of(f"{name}捐助") == f"{name}捐助"
    assert funding_of(f"一般{name}") not in ("bond", "budget")


def test_kinds_add_up_and_keep_their_names() -> None:
    rows: list[list[Any]] = [
        HEADING,
        ["专项债券", "2023-03-15", 5000],
        ["一般债券", "2023-06-30", 3300],
        ["中央财政补助", "2023-05-01", 2000],
        ["居民自筹", "2023-08-01", 100],
        ["居民自筹", "2023-09-01", 20],
        ["合计", "", 10420],
    ]
    found = facts(reading("a.xlsx", as_xlsx({"到位": rows}), previous=BASE))
    assert [(each.funding, each.amount) for each in found.arrivals] == [
        ("bond", 5000), ("一般债券", 3300), ("中央财政补助", 2000), ("居民自筹", 100), ("居民自筹", 20),
    ]  # fmt: skip
    arrived = {each.name: each.value for each in measures(found) if each.id == "funding_arrived"}
    assert arrived == {
        "专项债到位资金": Decimal(5000),
        "一般债券到位资金": Decimal(3300),
        "中央财政补助到位资金": Decimal(2000),
        "居民自筹到位资金": Decimal(120),
        "到位资金合计": Decimal(10420),
    }
    told = {str(each.what): each.after for each in changes(BASE, found) if "到位" in str(each.what)}
    assert told["一般债券到位"] == f"3,300.00 ({date(2023, 6, 30)})"
    assert "财政预算资金到位" not in told


# The same in sentences: what is planned, has arrived and was paid.
def stated(*texts: str) -> list[tuple[str, Decimal, Decimal | None, Decimal | None]]:
    found = find_stated(tuple(Paragraph("一", text) for text in texts), ()).funding
    return [(each.name, each.planned, each.arrived, each.paid) for each in found]


@given(st.lists(st.sampled_from(NAMED), min_size=2, max_size=4, unique=True))
def test_kinds_in_a_sentence_are_filed_under_their_own_names_and_nowhere_else(kinds: list[str]) -> None:
    text = "、".join(f"{kind}{100 * number}万元" for number, kind in enumerate(kinds, start=1))
    found = stated(f"项目资金来源为{text}。")
    assert found == [(kind, 100 * number, None, None) for number, kind in enumerate(kinds, start=1)]


def test_beside_bond_and_budget_other_kinds_stay_apart() -> None:
    found = stated(
        "项目概算总投资15000万元，其中专项债券10000万元、一般债券2000万元、财政预算资金2500万元、居民自筹资金500万元。",
        "专项债券资金已支付6000万元，一般债券已支付1000万元，居民自筹已支付200万元，财政预算资金已支付800万元。",
    )
    assert found == [
        ("专项债", 10000, None, 6000),
        ("财政预算资金", 2500, None, 800),
        ("一般债券", 2000, None, 1000),
        ("居民自筹资金", 500, None, 200),
    ]


def test_a_bond_of_no_kind_is_the_only_one_that_the_text_names() -> None:
    paid = "财政资金已支付100万元，债券资金已支付4000万元。"
    assert stated("专项债券9000万元，财政资金3000万元。", paid)[0] == ("专项债", 9000, None, 4000)
    assert stated("一般债券9000万元，财政资金3000万元。", paid)[1] == ("一般债券", 9000, None, 4000)
    both = stated("专项债券9000万元，一般债券5000万元，财政资金3000万元。", paid)
    assert [each[3] for each in both] == [None, 100, None]


def test_what_is_no_source_of_money_is_none() -> None:
    assert stated("配套设施改造300万元，小区资金账户余额说明见附件，实际支出资金200万元。") == []


def test_kinds_have_measures_of_their_own_and_a_sum() -> None:
    kinds = (
        Funding("bond", "专项债", Decimal(5000), Decimal(3000), None, Decimal("0.5"), "报告 一"),
        Funding("中央补助资金", "中央补助资金", Decimal(4000), Decimal(1000), None, Decimal("0.4"), "报告 一"),
        Funding("居民自筹", "居民自筹", Decimal(1000), None, None, Decimal("0.1"), "报告 一"),
    )
    found = measures(replace(BASE, funding=kinds))
    planned = {each.name: each.value for each in found if each.id == "funding_planned"}
    paid = {each.name: each.value for each in found if each.id == "funding_paid"}
    assert planned == {
        "专项债计划资金": Decimal(5000),
        "财政预算计划资金": None,
        "中央补助资金计划资金": Decimal(4000),
        "居民自筹计划资金": Decimal(1000),
        "计划资金合计": Decimal(10000),
    }
    # What residents have paid is not known, so the sum is not either: never 4000.
    assert paid == {
        "专项债已支付": Decimal(3000),
        "财政预算资金已支付": None,
        "中央补助资金已支付": Decimal(1000),
        "居民自筹已支付": None,
        "各来源已支付合计": None,
    }
    told = {str(each.what): each.after for each in changes(BASE, replace(BASE, funding=kinds))}
    assert (told["中央补助资金计划"], told["居民自筹计划"]) == ("4,000.00", "1,000.00")


def test_kinds_are_kept_by_the_store_in_their_order(tmp_path: Path) -> None:
    kinds = (
        Funding("居民自筹", "居民自筹", Decimal(1000), None, None, Decimal("0.1"), "报告 一"),
        Funding("bond", "专项债", Decimal(5000), Decimal(3000), None, Decimal("0.5"), "报告 一"),
        Funding("budget", "财政预算资金", Decimal(4000), None, Decimal(10), Decimal("0.4"), "报告 一"),
    )
    demo.make(tmp_path / "a.duckdb")
    store = open_store(tmp_path / "a.duckdb")
    facts = replace(demo.facts(0), batch="kinds", as_of=date(2030, 1, 1), funding=kinds)
    snapshots.add(store, facts, Actor("w", "王工"))
    assert read.facts(store, facts.project.id).funding == kinds
    assert read.facts_of_batches(store, {"kinds": facts.as_of})["kinds"].funding == kinds
    store.close()
