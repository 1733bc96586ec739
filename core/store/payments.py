"""Reading the ledger of payments of a snapshot: SQL adds up and finds what is doubted, in 200,000 lines, too."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import get_args

from core.model.payments import Doubted, Ledger, Payment, PaymentDoubt, PaymentSum
from core.model.project import Facts
from core.store.database import Session, Store
from core.store.read import Row, plain_row

_FEW = 3
"""Payments of each reason that stand for the others."""
_OF_PAYMENT = tuple(each.name for each in fields(Payment))


@dataclass(frozen=True)
class PaymentRules:
    """Limits by which a payment is looked at."""

    multiple: Decimal
    """万元: its multiples are round sums."""
    tolerance: Decimal
    """万元 that the payments of a contract may be over its price."""
    works: str
    """Pattern of the purposes that bond money is approved for."""


def ledger(store: Store, facts: Facts, rules: PaymentRules) -> Ledger | None:
    """The payments of a snapshot, added up; None: it has no ledger."""

    def make(session: Session) -> Ledger | None:
        asked = {"batch": facts.batch, "project": facts.project.id}
        sums = tuple(PaymentSum(**plain_row(row)) for row in session.rows("payment_sums", as_of=facts.as_of, **asked))
        if not sums:
            return None
        found = _doubted(session, facts, rules, None, 1, _FEW)
        return Ledger(sums, {kind: found[kind] for kind in get_args(PaymentDoubt) if kind in found})

    return store.remembered(("ledger", facts.project.id, facts.batch, rules), make)


def doubted(store: Store, facts: Facts, rules: PaymentRules, kind: PaymentDoubt, first: int, most: int) -> Doubted:
    """`most` payments that are to be looked at for one reason, from the `first` (from 0)."""
    with store.reading() as session:
        found = _doubted(session, facts, rules, kind, first + 1, first + most)
        return found.get(kind, Doubted(0, Decimal(0), ()))


def _doubted(
    session: Session, facts: Facts, rules: PaymentRules, kind: PaymentDoubt | None, first: int, last: int
) -> dict[PaymentDoubt, Doubted]:
    rows: dict[PaymentDoubt, list[Row]] = {}
    asked = {"batch": facts.batch, "project": facts.project.id, "as_of": facts.as_of, "kind": kind}
    for row in session.rows("payment_doubts", first=first, last=last, **asked, **vars(rules)):
        rows.setdefault(row["kind"], []).append(plain_row(row))
    return {
        name: Doubted(
            here[0]["payments"],
            here[0]["whole"],
            tuple(Payment(**{each: row[each] for each in _OF_PAYMENT}) for row in here),
        )
        for name, here in rows.items()
    }


def batches_with(store: Store, batches: Collection[str]) -> frozenset[str]:
    """Those of the batches that have a ledger."""
    if not batches:
        return frozenset()
    with store.reading() as session:
        return frozenset(row["batch"] for row in session.rows_for(list(batches), "payments_there"))
