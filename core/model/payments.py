"""Payments one by one (付款台账): what a line says, what the lines add up to, and which of them are to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

PaymentDoubt = Literal["later", "twice", "round", "no_contract", "over_contract", "outside"]
"""Reason to look at a payment: after the as-of day, the same twice, a round sum, nobody's contract, more than the
contract, bond money for something that is none of the approved contents."""


@dataclass(frozen=True)
class Payment:
    """One line of the ledger; None, "": not stated. 万元."""

    place: str | None
    paid_on: date | None
    payee: str
    amount: Decimal
    """Below 0: taken back (红字冲销)."""
    funding: str
    """bond, budget, or the name of another kind of money."""
    voucher: str
    contract_no: str
    contract: Decimal | None
    """Price of that contract."""
    purpose: str
    source: str
    """Sheet and row."""
    raw: str = "{}"
    """The cells by heading, a JSON object."""


@dataclass(frozen=True)
class PaymentSum:
    """Sum of the payments of one place and one source of money, 万元."""

    place: str | None
    funding: str
    payments: int
    amount: Decimal
    """Amount up to the as-of day; payments without a day are in it."""
    later: Decimal
    """Amount after the as-of day."""
    first: date | None
    last: date | None
    with_contract: int
    """Payments that name a contract; so the next three."""
    with_price: int
    with_purpose: int
    with_day: int


@dataclass(frozen=True)
class Doubted:
    """Payments that are to be looked at for one reason."""

    payments: int
    amount: Decimal
    """万元."""
    first: tuple[Payment, ...]
    """The first few of them; the same twice, and those of one contract, stand together."""


@dataclass(frozen=True)
class Ledger:
    """The payments of a snapshot, added up."""

    sums: tuple[PaymentSum, ...]
    doubts: Mapping[PaymentDoubt, Doubted]
    """No entry: none."""

    @property
    def payments(self) -> int:
        """Number of lines."""
        return sum(each.payments for each in self.sums)

    @property
    def amount(self) -> Decimal:
        """Amount up to the as-of day, 万元."""
        return sum((each.amount for each in self.sums), Decimal(0))

    def counted(self, what: Literal["with_contract", "with_price", "with_purpose", "with_day"]) -> int:
        """Number of lines that state it."""
        return sum(int(getattr(each, what)) for each in self.sums)
