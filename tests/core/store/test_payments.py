"""A ledger of payments in the store: added up, and looked through by each reason, as is done here by hand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.context import Actor
from core.model.payments import Payment, PaymentDoubt, PaymentSum
from core.model.project import Facts
from core.store import payments, read, snapshots
from core.store.database import Store
from core.store.opening import open_store
from core.store.payments import PaymentRules

D = Decimal
PROJECT = "lingang-2023"
WANG = Actor("browser-w", "王工")
RULES = PaymentRules(D(10), D("0.005"), "屋面|设计")
PLAIN = Payment("璜土镇", date(2024, 5, 6), "甲公司", D("7.5"), "bond", "", "HT-1", D(100), "屋面", "台账 第2行")


def line(payee: str, amount: str, **more: object) -> Payment:
    return replace(PLAIN, payee=payee, amount=D(amount), **more)  # type: ignore[arg-type]


def added(store: Store, lines: Sequence[Payment], batch: str) -> Facts:
    facts = replace(read.facts(store, PROJECT), batch=batch)
    snapshots.add(store, facts, WANG, payments=lines)
    return facts


LINES = (
    line("甲公司", "60", voucher="记-1"),  # round, and twice with the next
    line("甲公司", "60", voucher="记-2"),
    line("甲公司", "7.25", paid_on=date(2024, 5, 7), voucher="记-3"),  # twice by its voucher
    line("甲公司", "7.25", paid_on=None, voucher="记-3"),
    line("乙公司", "3.1", paid_on=date(2025, 1, 1), contract_no="HT-2", contract=D(5)),  # a day late
    line("乙公司", "3.2", paid_on=date(2024, 12, 31), contract_no="HT-2", contract=None),  # 6.3 of 5
    line("丙公司", "1.5", contract_no="", contract=None, purpose="食堂", funding="budget"),
    line("丙公司", "-1.5", contract_no="", contract=None, purpose="食堂", place=None),
    line("乙公司", "2.5", contract_no="", contract=None, purpose="设计费"),  # 乙 has a contract elsewhere
    line("", "4.5", contract_no="", contract=None, purpose="", place=None, funding=""),
)
"""甲's contract: 60 + 60 + 7.25 + 7.25 = 134.5 of 100."""


def test_a_ledger_is_added_up_by_street_and_source(store: Store) -> None:
    facts = added(store, LINES, f"{PROJECT}@2")
    found = payments.ledger(store, facts, RULES)
    assert found is not None
    first, last, new_year = date(2024, 5, 6), date(2024, 12, 31), date(2025, 1, 1)
    assert found.sums == (
        # 134.5 + 3.2 + 2.5 up to the day, 3.1 after it
        PaymentSum("璜土镇", "bond", 7, D("140.2"), D("3.1"), first, new_year, 6, 5, 7, 6),
        PaymentSum("璜土镇", "budget", 1, D("1.5"), D(0), first, first, 0, 0, 1, 1),
        PaymentSum(None, "bond", 1, D("-1.5"), D(0), first, first, 0, 0, 1, 1),
        PaymentSum(None, "", 1, D("4.5"), D(0), first, first, 0, 0, 0, 1),
    )
    assert last <= facts.as_of
    assert (found.payments, found.amount, found.counted("with_price")) == (10, D("144.7"), 5)


def test_each_reason_finds_its_payments(store: Store) -> None:
    found = payments.ledger(store, added(store, LINES, f"{PROJECT}@2"), RULES)
    assert found is not None
    assert {kind: (each.payments, each.amount) for kind, each in found.doubts.items()} == {
        "later": (1, D("3.1")),
        "twice": (4, D("134.5")),
        "round": (2, D(120)),
        "no_contract": (2, D(6)),  # 1.5 and 4.5; 2.5 went to 乙, who has one
        "over_contract": (6, D("140.8")),
        "outside": (1, D("-1.5")),
    }
    assert [each.payee for each in found.doubts["no_contract"].first] == ["", "丙公司"]
    assert [each.voucher for each in found.doubts["twice"].first] == ["记-1", "记-2", "记-3"]


def test_a_page_of_one_reason(store: Store) -> None:
    facts = added(store, LINES, f"{PROJECT}@2")
    found = payments.doubted(store, facts, RULES, "over_contract", 4, 2)
    assert (found.payments, found.first) == (6, (LINES[4], LINES[5]))
    assert payments.doubted(store, facts, RULES, "over_contract", 6, 2).first == ()


def test_a_snapshot_without_a_ledger_has_none_and_two_have_their_own(store: Store) -> None:
    seed = read.facts(store, PROJECT)
    assert payments.ledger(store, seed, RULES) is None
    one, two = added(store, LINES[:1], f"{PROJECT}@2"), added(store, LINES[:2], f"{PROJECT}@3")
    assert payments.batches_with(store, [seed.batch, one.batch, two.batch]) == {one.batch, two.batch}
    sums = [found.amount if (found := payments.ledger(store, each, RULES)) else None for each in (one, two)]
    assert sums == [D(60), D(120)]


def test_a_snapshot_may_take_a_ledger_over(store: Store) -> None:
    one = added(store, LINES, f"{PROJECT}@2")
    two = replace(one, batch=f"{PROJECT}@3")
    snapshots.add(store, two, WANG, payments_of=one.batch)
    assert payments.ledger(store, two, RULES) == payments.ledger(store, one, RULES)


# -- any ledger ------------------------------------------------------------------------------


def looked_through(lines: Sequence[Payment], as_of: date) -> dict[PaymentDoubt, list[Payment]]:
    """The doubts, line by line as the words say."""

    def of_contract(name: str) -> list[Payment]:
        return [each for each in lines if each.contract_no == name]

    def doubts(at: int) -> Iterator[PaymentDoubt]:
        one = lines[at]
        if one.paid_on is not None and one.paid_on > as_of:
            yield "later"
        others = [each for place, each in enumerate(lines) if place != at and each.payee and one.amount > 0]
        same = [each for each in others if (each.payee, each.amount) == (one.payee, one.amount)]
        if any(each.paid_on and each.paid_on == one.paid_on for each in same) or any(
            each.voucher and each.voucher == one.voucher for each in same
        ):
            yield "twice"
        if one.amount >= 10 and one.amount / 10 == int(one.amount / 10):
            yield "round"
        known = one.payee and any(each.contract_no for each in lines if each.payee == one.payee)
        if one.amount > 0 and not one.contract_no and not known:
            yield "no_contract"
        prices = [each.contract for each in of_contract(one.contract_no) if each.contract is not None]
        paid = sum((each.amount for each in of_contract(one.contract_no)), D(0))
        if one.contract_no and prices and paid > max(prices) + D("0.005"):
            yield "over_contract"
        if one.funding == "bond" and one.purpose and not re.search("屋面|设计", one.purpose):
            yield "outside"

    found: dict[PaymentDoubt, list[Payment]] = defaultdict(list)
    for at, one in enumerate(lines):
        for kind in doubts(at):
            found[kind].append(one)
    return found


ANY = st.builds(
    Payment,
    st.sampled_from(("璜土镇", "利港街道", None)),
    st.sampled_from((date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 1), None)),
    st.sampled_from(("", "甲公司", "乙公司")),
    st.sampled_from(("0", "-10", "5", "9.999999", "10", "10.01", "20")).map(D),
    st.sampled_from(("bond", "budget", "")),
    st.sampled_from(("", "记-1", "记-2")),
    st.sampled_from(("", "HT-1", "HT-2")),
    st.none() | st.sampled_from(("5", "9.995", "15")).map(D),
    st.sampled_from(("", "屋面", "食堂", "设计费")),
    st.just("台账 第2行"),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, built_store: Path) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("ledgers") / "renewal.duckdb"
    path.write_bytes(built_store.read_bytes())
    store = open_store(path)
    yield store
    store.close()


_made = iter(range(10**6))


@given(st.lists(ANY, min_size=1, max_size=10))
@settings(max_examples=60, deadline=None)
def test_sql_finds_what_a_careful_reader_finds(kept: Store, lines: list[Payment]) -> None:
    facts = added(kept, lines, f"{PROJECT}@any-{next(_made)}")
    expected = looked_through(lines, facts.as_of)
    found = payments.ledger(kept, facts, RULES)
    assert found is not None
    assert {kind: (each.payments, each.amount) for kind, each in found.doubts.items()} == {
        kind: (len(each), sum(one.amount for one in each)) for kind, each in expected.items()
    }
    for kind, several in expected.items():
        page = payments.doubted(kept, facts, RULES, kind, 0, 100).first
        assert sorted(map(repr, page)) == sorted(map(repr, several))
