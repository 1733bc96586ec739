"""资金查验: sums of a ledger against the reported ones, and what each doubt says; worked by hand on FACTS 1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.checks import Finding, run
from core.checks.payments import APPROVED, CONTENTS
from core.model.payments import Doubted, Ledger, Payment, PaymentDoubt, PaymentSum
from core.model.project import Facts
from tests.core.lingang import CHECKED, FACTS, REFERENCE, spend

D = Decimal
PAID = {"璜土镇": D(2164), "夏港街道": D(2627), "申港街道": D(1900), "利港街道": D(1309)}
NUMBERS = ("27", "28", "29", "30", "31", "32", "33")


def summed(place: str | None, amount: Decimal, funding: str = "bond", **more: int | Decimal) -> PaymentSum:
    """Two payments that state everything, unless `more` says otherwise."""
    usual = PaymentSum(place, funding, 2, amount, D(0), date(2023, 7, 1), date(2024, 12, 1), 2, 2, 2, 2)
    return replace(usual, **more)  # type: ignore[arg-type]


def ledger(*sums: PaymentSum, doubts: Mapping[PaymentDoubt, Doubted] | None = None) -> Ledger:
    return Ledger(sums or tuple(summed(place, amount) for place, amount in PAID.items()), doubts or {})


def payment(payee: str, amount: int, day: date | None = date(2024, 5, 6), voucher: str = "记-7") -> Payment:
    return Payment("璜土镇", day, payee, D(amount), "bond", voucher, "HT-1", D(100), "屋面", "台账 第2行")


def found(of: Ledger, facts: Facts = FACTS) -> dict[str, Finding]:
    return {each.id: each for each in run(facts, REFERENCE, of) if each.id in NUMBERS}


def told(finding: Finding) -> tuple[str, str]:
    return finding.status, str(finding.message)


def test_without_a_ledger_there_is_none_of_them_and_the_others_stay() -> None:
    assert {each.id for each in run(FACTS, REFERENCE)} == set(CHECKED)
    with_ledger = run(FACTS, REFERENCE, ledger())
    assert tuple(each for each in with_ledger if each.id not in NUMBERS) == run(FACTS, REFERENCE)


def test_a_ledger_that_adds_up_to_the_reported_sums_agrees() -> None:
    """8 payments, 2,164 + 2,627 + 1,900 + 1,309 = 8,000; all of it bond money."""
    finding = found(ledger())["27"]
    assert told(finding) == ("P", "付款台账8笔，截至2024年12月31日合计8,000.00万元，与填报的累计支付一致。")
    assert [(str(name), str(value)) for name, value in finding.figures] == [
        ("累计支付", "台账8,000.00万元 / 填报8,000.00万元"),
        *((place, f"台账{amount:,.2f}万元 / 填报{amount:,.2f}万元") for place, amount in PAID.items()),
        ("专项债", "台账8,000.00万元 / 填报8,000.00万元"),
        ("财政预算资金", "台账0.00万元 / 填报0.00万元"),
    ]


@pytest.mark.parametrize(("cents", "status"), [("0.005", "P"), ("0.006", "E")])
def test_a_difference_of_half_a_printed_digit_still_agrees(cents: str, status: str) -> None:
    sums = [summed(place, amount + (D(cents) if place == "璜土镇" else 0)) for place, amount in PAID.items()]
    assert found(ledger(*sums))["27"].status == status


def test_money_of_another_street_and_another_source_is_named() -> None:
    """The same 8,000, but 100 of 璜土's in 利港, and 500 of 申港's out of the budget."""
    finding = found(
        ledger(
            summed("璜土镇", D(2064)),
            summed("夏港街道", D(2627)),
            summed("申港街道", D(1400)),
            summed("申港街道", D(500), "budget"),
            summed("利港街道", D(1409)),
        )
    )["27"]
    assert told(finding) == (
        "E",
        "付款台账截至2024年12月31日合计8,000.00万元，填报的累计支付8,000.00万元；"
        "与填报不符的有璜土镇、利港街道、专项债、财政预算资金，请核对。",
    )


def test_a_ledger_without_streets_and_sources_is_compared_as_a_whole() -> None:
    finding = found(ledger(summed(None, D(7990), "", later=D(30))))["27"]
    assert told(finding) == (
        "E",
        "付款台账截至2024年12月31日合计7,990.00万元，填报的累计支付8,000.00万元，两数不符，请核对。",
    )
    assert [(str(name), str(value)) for name, value in finding.figures] == [
        ("累计支付", "台账7,990.00万元 / 填报8,000.00万元"),
        ("台账未注明街镇", "7,990.00万元"),
        ("台账未注明资金来源", "7,990.00万元"),
        ("截止日之后", "30.00万元"),
    ]


def test_three_sources_each_by_its_own_name() -> None:
    bond, budget = FACTS.funding
    plans = (replace(bond, paid=D(5000)), replace(budget, paid=D(1000)))
    plans += (replace(budget, source="中央补助资金", name="中央补助资金", paid=D(2000)),)
    facts = replace(FACTS, funding=plans, spend=(spend("璜土镇", "8000", "1"),))
    sums = [summed("璜土镇", D(5000)), summed("璜土镇", D(1000), "budget"), summed("璜土镇", D(2000), "中央补助资金")]
    assert found(ledger(*sums), facts)["27"].status == "P"
    wrong = found(ledger(*sums[:2], summed("璜土镇", D(2000), "省补助资金")), facts)["27"]
    assert str(wrong.message).endswith("与填报不符的有中央补助资金，请核对。")


def test_nothing_reported_is_nothing_to_compare_with() -> None:
    silent = tuple(replace(plan, paid=None) for plan in FACTS.funding)
    facts = replace(FACTS, spend=(), budget_groups=(), funding=silent)
    assert "27" not in found(ledger(), facts)
    assert found(ledger(), replace(facts, funding=FACTS.funding))["27"].status == "P"


def test_what_the_streets_do_not_report_is_compared_by_source_alone() -> None:
    """7,990 of bond money in the ledger, 8,000 reported; no street reports what it has paid."""
    facts = replace(FACTS, spend=tuple(replace(line, paid=None) for line in FACTS.spend))
    assert told(found(ledger(summed("璜土镇", D(7990))), facts)["27"]) == (
        "E",
        "付款台账截至2024年12月31日合计7,990.00万元；与填报不符的有专项债，请核对。",
    )


def test_a_ledger_without_doubts_agrees_with_each() -> None:
    assert {number: each.status for number, each in found(ledger()).items()} == dict.fromkeys(NUMBERS, "P")


DOUBTS: dict[PaymentDoubt, tuple[str, str, str]] = {
    "later": ("28", "W", "付款台账有5笔付款晚于2024年12月31日，合计300.00万元，没有计入上面的比较。"),
    "twice": ("29", "Q", "付款台账有5笔付款，收款单位、金额相同，日期或凭证号也相同，合计300.00万元，是否重复？"),
    "round": ("30", "W", "付款台账有5笔是10万元的整数倍，合计300.00万元，请查看计量和结算依据。"),
    "no_contract": ("31", "Q", "付款台账有5笔付给没有合同编号的收款单位，合计300.00万元，请补合同或说明。"),
    "over_contract": (
        "32", "Q", "付款台账有5笔属于付款合计超过合同价的合同，这些付款合计300.00万元，是否有批准的变更？",
    ),
    "outside": ("33", "Q", "付款台账有5笔专项债付款的用途不在批复的11项改造内容之内，合计300.00万元，请说明。"),
}  # fmt: skip


@pytest.mark.parametrize("kind", DOUBTS)
def test_each_doubt_says_how_many_and_shows_the_first(kind: PaymentDoubt) -> None:
    number, status, sentence = DOUBTS[kind]
    first = (payment("甲公司", 100), payment("", 200, None, ""))
    finding = found(ledger(doubts={kind: Doubted(5, D(300), first)}))[number]
    assert told(finding) == (status, sentence)
    assert [(str(name), str(value)) for name, value in finding.figures] == [
        ("甲公司 记-7，2024年5月6日", "100.00万元"),
        ("台账 第2行", "200.00万元"),
    ]


def test_a_column_that_the_ledger_does_not_have_is_said_instead_of_silence() -> None:
    bare = ledger(*(summed(None, D(4000), with_contract=0, with_price=0, with_purpose=0, with_day=0) for _ in "ab"))
    assert {number: told(each) for number, each in found(bare).items() if number not in ("27", "29", "30")} == {
        "28": ("W", "付款台账没有付款日期，不能核对是否晚于截止日。"),
        "31": ("W", "付款台账没有合同编号，不能核对收款单位有没有合同。"),
        "32": ("W", "付款台账没有合同价，不能核对付款是否超过合同价。"),
        "33": ("W", "付款台账没有写专项债各笔的用途，不能核对是否在批复的改造内容之内。"),
    }
    assert "33" not in found(ledger(summed(None, D(8000), "budget")))


def test_the_eleven_contents_and_what_names_them() -> None:
    assert len(CONTENTS) == 11
    inside = [*CONTENTS, "付3#楼屋面防水款", "雨污分流管网", "沥青路面", "工程进度款", "设计费、监理费", "停车位划线"]
    outside = ["办公设备采购", "职工食堂餐费", "公务用车租赁", "归还银行贷款"]
    assert [text for text in [*inside, *outside] if not re.search(APPROVED, text)] == outside
