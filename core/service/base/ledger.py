"""The ledger of payments of a snapshot, by the limits that the checks go by."""

from __future__ import annotations

from core.checks.payments import APPROVED, ROUND
from core.model.payments import Ledger
from core.model.project import Facts
from core.service.base.reference import reference
from core.store import payments
from core.store.database import Store
from core.store.payments import PaymentRules


def rules() -> PaymentRules:
    """The limits."""
    return PaymentRules(ROUND, reference().tolerance, APPROVED)


def ledger_of(store: Store, facts: Facts) -> Ledger | None:
    """The payments of a snapshot, added up; None: it has no ledger."""
    return payments.ledger(store, facts, rules())
