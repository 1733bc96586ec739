"""Checks of a stated rate of use, and of the money that had arrived by it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from core.checks.claims import value
from core.checks.finding import Finding, Status
from core.checks.sums import SHARE_TOLERANCE
from core.errors import Message
from core.model.project import Facts
from core.model.reference import Reference
from core.progress.arithmetic import Number, over, sum_of
from core.progress.facts_by_place import PAID, FactsByPlace, as_amount, joined, percent
from core.text import numbers, word


def _planned(facts: Facts) -> Decimal:
    """Add up the plans of all sources."""
    return sum_of(funding.planned for funding in facts.funding)


def _by_rate(facts: Facts, planned: Decimal) -> Decimal | None:
    """Infer the funds arrived from a stated rate of arrival (到位率 = 到位 ÷ 计划); None without one."""
    rate = value(facts, "arrival_rate")
    return None if rate is None or planned <= 0 else rate * planned


def _said(value: Number) -> Message:
    return Message("{amount}", {"amount": as_amount(value)})


def utilisation(facts: Facts) -> Finding | None:
    """6: find the denominators that give the stated rate of use. None without the claim or a planned amount."""
    claim = facts.claim("utilisation")
    if claim is None or not claim.value:
        return None
    sums = FactsByPlace(facts, None)
    bond = sums.funding("bond")
    paid = sums.amount(PAID)
    # A rate of use is said of the special bond where there is one (报告: 专项债资金使用率), else of all that is paid.
    used = bond.paid if bond else paid
    arrived, _ = sums.arrived("bond" if bond else None)
    bases: list[tuple[str, Number | None, Number | None]] = []
    by_rate = _by_rate(facts, bond.planned if bond else _planned(facts)) if arrived is None else None
    if by_rate is not None:
        bases.append((word("到位资金（按到位率推算）"), used, by_rate))
    elif arrived is None:
        # What had arrived is not reported: it is what the claim implies, and so agrees with it by construction.
        bases.append((word("到位资金（按使用率推算）"), used, over(used, claim.value)))
    else:
        bases.append((word("到位资金"), used, arrived))
    planned = [(word("专项债计划资金"), used, bond.planned)] if bond else []
    bases += [*planned, (word("概算"), paid, sums.estimate)]
    rates = [(name, over(part, whole), part, whole) for name, part, whole in bases]
    known = [(name, rate, part, whole) for name, rate, part, whole in rates if rate is not None]
    if len(known) < 2:
        return None
    said = Fraction(claim.value)
    agree = [name for name, rate, *_ in known if abs(rate - said) <= Fraction(SHARE_TOLERANCE)]
    others = tuple(
        Message("以{base}为分母是{rate}", {"base": name, "rate": percent(rate)})
        for name, rate, *_ in known
        if name not in agree
    )
    params: dict[str, object] = {"rate": numbers.percent(claim.value), "agree": tuple(agree), "others": others}
    status: Status = "W"
    if not agree:
        status = "E"
        message = Message("报告的使用率{rate}用哪种分母都得不出：{others}。", params)
    elif others:
        message = Message("使用率{rate}随分母而变：以{agree}为分母才是{rate}，{others}。", params)
    else:
        status = "P"
        message = Message("使用率{rate}以{agree}为分母都成立。", params)
    figures = tuple(
        (
            name,
            Message(
                "{part} ÷ {whole} = {rate}",
                {"part": as_amount(part), "whole": as_amount(whole), "rate": percent(rate)},
            ),
        )
        for name, rate, part, whole in known
    )
    section = bond.section if bond else ""
    return Finding("6", status, Message("使用率的分母"), message, figures, joined([claim.source, section]))


def in_hand(facts: Facts, reference: Reference) -> Finding | None:
    """10: money that has arrived and is not yet paid, and what must still arrive.

    None before any payment, without an estimate, or when nothing says how much had arrived.
    """
    sums = FactsByPlace(facts, None)
    paid, estimate, claim = sums.amount(PAID), sums.estimate, value(facts, "utilisation")
    if paid is None or paid <= 0 or estimate is None:
        return None
    arrived: Number | None = sums.arrived()[0]
    reported = arrived is not None
    by_rate = None if reported else _by_rate(facts, _planned(facts))
    if by_rate is not None:
        arrived = by_rate
    elif arrived is None:
        bond = sums.funding("bond")
        used = bond.paid if bond else paid
        implied = over(used, claim)
        arrived = None if implied is None or used is None else implied + Fraction(paid - used)
    if arrived is None:
        return None
    left, to_come = Fraction(arrived) - Fraction(paid), max(Fraction(estimate) - Fraction(arrived), Fraction(0))
    basis = word("到位资金（按使用率推算）")
    if reported or by_rate is not None:
        basis = word("到位资金") if reported else word("到位资金（按到位率推算）")
    params: dict[str, object] = {
        "basis": basis,
        "arrived": as_amount(arrived),
        "paid": as_amount(paid),
        "left": as_amount(left),
        "to_come": as_amount(to_come),
    }
    status: Status = "P"
    tolerance = Fraction(reference.tolerance)
    if left < -tolerance:
        status = "E"
        message = Message("累计支付{paid}多于{basis}{arrived}，请核对。", params)
    elif left <= tolerance < to_come:
        status = "W"
        message = Message("{basis}{arrived}已全部支付，在手为零；概算中还有{to_come}须待到位。", params)
    else:
        message = Message("{basis}{arrived}，累计支付{paid}，在手{left}，尚待到位{to_come}。", params)
    figures = (
        (basis, _said(arrived)),
        (word("累计支付"), _said(paid)),
        (word("在手"), _said(left)),
        (word("尚待到位"), _said(to_come)),
    )
    stated = None if reported else facts.claim("utilisation" if by_rate is None else "arrival_rate")
    source = joined([sums.source(PAID), sums.estimate_source, stated.source if stated else ""])
    return Finding("10", status, Message("到位与在手资金"), message, figures, source)
