"""Checks of printed totals and shares against their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import reduce
from typing import get_args

from core.checks.finding import Finding
from core.errors import Message
from core.model.fields import FIELDS, source_field
from core.model.project import Claim, Facts
from core.model.reference import Reference
from core.progress.arithmetic import sum_if_known, sum_of
from core.progress.facts_by_place import FactsByPlace, Flow, joined
from core.text import numbers, word
from core.text.amounts import exact, said

SHARE_TOLERANCE = Decimal("0.00005")
"""Half of the last printed digit of a share, printed as per cent with two decimals: that much still agrees."""


def _columns(facts: Facts) -> Iterable[tuple[str, str, Sequence[Decimal | int | None]]]:
    """Claim that holds the printed total, the column's name, and the values above it; None: not reported."""
    yield "total_estimate", word("概算"), [group.amount for group in facts.budget_groups]
    yield "total_invested", word("已投资"), [line.invested for line in facts.spend]
    yield "total_paid", word("累计支付"), [line.paid for line in facts.spend]
    yield "total_communities", word("小区"), [line.communities for line in facts.renovation]
    yield "total_buildings", word("栋"), [line.buildings for line in facts.renovation]
    yield "total_households", word("户"), [line.households for line in facts.renovation]
    yield "total_area", word("面积"), [line.area for line in facts.renovation]


OTHER = "_other"
"""Behind a total's id: a second value that the document's text gives for it (core/ingest/report_text/claims.py)."""


def _stated(facts: Facts, claim_id: str) -> list[tuple[Claim, Decimal]]:
    """The claims that give this total a value, the printed one first, each with its value."""
    claims = (facts.claim(claim_id), facts.claim(claim_id + OTHER))
    return [(claim, claim.value) for claim in claims if claim is not None and claim.value is not None]


def _of_sources(facts: Facts) -> Iterator[tuple[str, Decimal, Decimal, str]]:
    """Money by source: its name, what its parts add up to, what is stated of it, and where.

    The places of each source against the source, the sources of each place against the place.
    """
    sums = FactsByPlace(facts, None)
    paid = {line.place: line.paid for line in facts.spend}
    stated = {(row.source, row.place): row for row in facts.source_money}
    plans = {each.source: each for each in facts.funding}
    for flow in get_args(Flow):
        for source in ("", *facts.sources):
            added, section = sums.of_places(flow, source)
            for whole in (plans.get(source), stated.get((source, None))):
                value = getattr(whole, flow, None)
                if added is not None and value is not None:
                    yield FIELDS[source_field(flow, source)].name, added, value, section
        for place in facts.places:
            parts = [sums.of_source(flow, source, place)[0] for source in sums.counted(flow, place)]
            row = stated.get(("", place))
            value = getattr(row, flow, None)
            if value is None and flow == "paid":
                value = paid.get(place)
            if parts and None not in parts and value is not None:
                name = f"{place} {FIELDS[source_field(flow, '')].name}"
                yield name, sum_of(each for each in parts if each is not None), value, row.section if row else ""


def _printed(value: Decimal, *, whole: bool, money: bool) -> str | Message:
    """A total as its column counts: pieces, money, or an area."""
    if whole:
        return numbers.count(value)
    return said(value) if money else numbers.decimal(value, 2)


def _unequal(one: str | Message, other: str | Message) -> Message:
    return Message("{added} ≠ {stated}", {"added": one, "stated": other})


def columns(facts: Facts, reference: Reference) -> Finding | None:
    """1: the rows of each column add up to the printed total, and to what the text says of it. None without either."""
    figures: list[tuple[str, str | Message]] = []
    wrong: list[str] = []
    of_text: list[str] = []
    sources: list[str] = []
    for claim_id, name, values in _columns(facts):
        claims = _stated(facts, claim_id)
        added = sum_if_known(values)
        if not claims or not values or added is None:
            continue
        whole = claim_id in ("total_communities", "total_buildings", "total_households")
        money = claim_id in ("total_estimate", "total_invested", "total_paid")
        sources += [claim.source for claim, _ in claims]
        off = [(claim, value) for claim, value in claims if abs(added - value) > reference.tolerance]
        if not off:
            figures.append((name, _printed(added, whole=whole, money=money)))
            continue
        (wrong if off[0][0].id == claim_id else of_text).append(name)
        apart = [_printed(value, whole=whole, money=money) for value in (added, *(value for _, value in off))]
        figures.append((name, reduce(_unequal, apart)))
    for name, added, stated, section in _of_sources(facts):
        sources.append(section)
        if abs(added - stated) <= reference.tolerance:
            figures.append((name, said(added)))
            continue
        wrong.append(name)
        figures.append((name, _unequal(said(added), said(stated))))
    if not figures:
        return None
    title = Message("各列合计")
    if wrong:
        first = next(value for name, value in figures if name == wrong[0])
        message = Message(
            "{count}列各行之和与表中合计不符，首先是“{column}”（{difference}），请核对原表。",
            {"count": len(wrong), "column": wrong[0], "difference": first},
        )
    elif of_text:
        first = next(value for name, value in figures if name == of_text[0])
        message = Message(
            "{count}列各行之和与正文所写不符，首先是“{column}”（{difference}），请核对表格和正文。",
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
    figures = [(word("概算"), said(estimate)), (word("资金来源合计"), said(planned))]
    wrong_share: str | None = None
    for source in facts.funding:
        # Compared as products, so that nothing is rounded on the way.
        off = abs(source.planned - source.planned_share * estimate) > SHARE_TOLERANCE * abs(estimate)
        wrong_share = wrong_share or (source.name if off else None)
        given = {"amount": exact(source.planned), "share": numbers.percent(source.planned_share)}
        figures.append((source.name, Message("{amount}（{share}）", given)))
    title = Message("资金来源与概算")
    params: dict[str, object] = {"planned": exact(planned), "estimate": exact(estimate)}
    agrees = False
    if abs(planned - estimate) > reference.tolerance:
        message = Message("资金来源合计{planned}，概算{estimate}，两数不符，请核对。", params)
    elif wrong_share is not None:
        message = Message(
            "资金来源合计等于概算{estimate}，但{source}的占比与金额不符，请核对。", params | {"source": wrong_share}
        )
    else:
        agrees = True
        message = Message("资金来源合计等于概算{estimate}，各来源占比与金额相符。", params)
    sections = joined(source.section for source in facts.funding)
    return Finding("2", "P" if agrees else "E", title, message, tuple(figures), sections)
