"""Whether what is printed adds up."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from core.checks.finding import Finding
from core.errors import Message
from core.model.project import Claim, Facts
from core.model.reference import Reference
from core.progress.arithmetic import sum_of
from core.progress.book import joined
from core.text import numbers, word

SHARE_TOLERANCE = Decimal("0.00005")
"""Half of the last printed digit of a share, printed as per cent with two decimals: that much still agrees."""


def _columns(facts: Facts) -> Iterable[tuple[str, str, list[Decimal]]]:
    """Claim that holds the printed total, the column's name, and the values above it."""
    yield "total_estimate", word("概算"), [group.amount for group in facts.budget_groups]
    yield "total_invested", word("已投资"), [line.invested for line in facts.spend]
    yield "total_paid", word("累计支付"), [line.paid for line in facts.spend]
    yield "total_communities", word("小区"), [Decimal(line.communities) for line in facts.renovation]
    yield "total_buildings", word("栋"), [Decimal(line.buildings) for line in facts.renovation]
    yield "total_households", word("户"), [Decimal(line.households) for line in facts.renovation]
    yield "total_area", word("面积"), [line.area for line in facts.renovation]


OTHER = "_other"
"""Behind a total's id: a second value that the document's text gives for it (core/ingest/claims.py)."""


def _stated(facts: Facts, claim_id: str) -> list[tuple[Claim, Decimal]]:
    """The claims that give this total a value, the printed one first, each with its value."""
    claims = (facts.claim(claim_id), facts.claim(claim_id + OTHER))
    return [(claim, claim.value) for claim in claims if claim is not None and claim.value is not None]


def columns(facts: Facts, reference: Reference) -> Finding | None:
    """1: the rows of each column add up to the printed total, and to what the text says of it. None without either."""
    figures: list[tuple[str, str]] = []
    wrong: list[str] = []
    of_text: list[str] = []
    sources: list[str] = []
    for claim_id, name, values in _columns(facts):
        claims = _stated(facts, claim_id)
        if not claims or not values:
            continue
        added = sum_of(values)
        whole = claim_id in ("total_communities", "total_buildings", "total_households")
        printed = numbers.count if whole else numbers.money
        sources += [claim.source for claim, _ in claims]
        off = [(claim, value) for claim, value in claims if abs(added - value) > reference.tolerance]
        if not off:
            figures.append((name, printed(added)))
            continue
        (wrong if off[0][0].id == claim_id else of_text).append(name)
        figures.append((name, " ≠ ".join(printed(value) for value in [added, *(value for _, value in off)])))
    if not figures:
        return None
    title = Message("各列合计")
    if wrong:
        first = next(value for name, value in figures if name == wrong[0])
        message = Message(
            "{count}列各行之和与表中合计不符,首先是“{column}”({difference}),请核对原表。",
            {"count": len(wrong), "column": wrong[0], "difference": first},
        )
    elif of_text:
        first = next(value for name, value in figures if name == of_text[0])
        message = Message(
            "{count}列各行之和与正文所写不符,首先是“{column}”({difference}),请核对表格和正文。",
            {"count": len(of_text), "column": of_text[0], "difference": first},
        )
    else:
        message = Message("{count}列各行之和都等于表中合计。", {"count": len(figures)})
    return Finding("1", "E" if wrong or of_text else "P", title, message, tuple(figures), joined(sources))


def funding(facts: Facts, reference: Reference) -> Finding | None:
    """2: planned sources add up to the estimate, and the printed shares are theirs. None without either."""
    if not facts.funding or not facts.budget_groups:
        return None
    estimate = sum_of(group.amount for group in facts.budget_groups)
    planned = sum_of(funding.planned for funding in facts.funding)
    figures = [(word("概算"), numbers.money(estimate)), (word("资金来源合计"), numbers.money(planned))]
    wrong_share: str | None = None
    for source in facts.funding:
        # Compared as products, so that nothing is rounded on the way.
        off = abs(source.planned - source.planned_share * estimate) > SHARE_TOLERANCE * abs(estimate)
        wrong_share = wrong_share or (source.name if off else None)
        figures.append((source.name, f"{numbers.money(source.planned)} ({numbers.percent(source.planned_share)})"))
    title = Message("资金来源与概算")
    params: dict[str, object] = {"planned": numbers.money(planned), "estimate": numbers.money(estimate)}
    agrees = False
    if abs(planned - estimate) > reference.tolerance:
        message = Message("资金来源合计{planned}万元,概算{estimate}万元,两数不符,请核对。", params)
    elif wrong_share is not None:
        message = Message(
            "资金来源合计等于概算{estimate}万元,但{source}的占比与金额不符,请核对。", params | {"source": wrong_share}
        )
    else:
        agrees = True
        message = Message("资金来源合计等于概算{estimate}万元,各来源占比与金额相符。", params)
    sections = joined(source.section for source in facts.funding)
    return Finding("2", "P" if agrees else "E", title, message, tuple(figures), sections)
