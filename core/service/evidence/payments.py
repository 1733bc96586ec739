"""资金查验: the ledger's payments that are to be looked at, one reason at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.checks.payments import source_name
from core.errors import Message
from core.model.context import Context
from core.model.payments import Payment, PaymentDoubt
from core.model.rights import Deed
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.ledger import ledger_of, rules
from core.store import payments, read
from core.text import render, word
from core.text.amounts import cell, exact, headed
from core.text.file_text import file_stem
from core.text.numbers import MISSING, count

PAGE = 50
"""Payments on a page of the list."""
REASONS: Mapping[PaymentDoubt, str] = {
    "later": word("截止日之后"),
    "twice": word("疑似重复"),
    "round": word("整数大额"),
    "no_contract": word("没有合同"),
    "over_contract": word("超过合同价"),
    "outside": word("用途在改造内容之外"),
}
HEADINGS: tuple[str | Message, ...] = (
    word("付款日期"), word("街镇"), word("收款单位"), headed(word("金额")), word("资金来源"), word("凭证号"),
    word("合同编号"), headed(word("合同价")), word("用途"), word("出处"),
)  # fmt: skip


@dataclass(frozen=True)
class PaymentsView:
    """What the ledger shows, and one page of the payments to be looked at for one reason."""

    headline: Message
    reasons: Mapping[PaymentDoubt, int]
    """Reasons that there are, each with its number of payments; none: nothing is to be looked at."""
    reason: PaymentDoubt | None
    """The one that is shown."""
    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    found: int
    pages: int
    page: int
    file: str
    """What the download is called."""


@asks(Deed.SEE, until="data")
def payments_to_look_at(ctx: Context, project: str, reason: str | None, page: int) -> PaymentsView | None:
    """The payments to be looked at for `reason` (else the first that there is); None: there is no ledger.

    A page beyond the last shows the last. Raises UnknownName.
    """
    store = open_store.of(ctx)
    facts = read.facts(store, project, ctx.version)
    ledger = ledger_of(store, facts)
    if ledger is None:
        return None
    there = {kind: found.payments for kind, found in ledger.doubts.items()}
    chosen = next((kind for kind in there if kind == reason), next(iter(there), None))
    count_ = there[chosen] if chosen else 0
    pages = max(1, -(-count_ // PAGE))
    at = min(max(1, page), pages)
    found = payments.doubted(store, facts, rules(), chosen, (at - 1) * PAGE, PAGE).first if chosen else ()
    params = {"count": count(ledger.payments), "amount": exact(ledger.amount), "day": facts.as_of}
    title = render(word("资金查验"), ctx.language)
    return PaymentsView(
        headline=Message("付款台账{count}笔，截至{day}合计{amount}", params),
        reasons=there,
        reason=chosen,
        headings=tuple(render(heading, ctx.language, ctx.unit) for heading in HEADINGS),
        lines=tuple(tuple(render(one, ctx.language, ctx.unit) for one in _cells(each)) for each in found),
        found=count_,
        pages=pages,
        page=at,
        file=file_stem(facts.project.name, title, f"{facts.as_of:%Y%m%d}"),
    )


def _cells(payment: Payment) -> tuple[str | Message | date, ...]:
    said: tuple[str | Message | date, ...] = (
        payment.paid_on or "",
        payment.place or "",
        payment.payee,
        cell(payment.amount),
        source_name(payment.funding),
        payment.voucher,
        payment.contract_no,
        cell(payment.contract) if payment.contract is not None else "",
        payment.purpose,
        payment.source,
    )
    return tuple(each or MISSING for each in said)
