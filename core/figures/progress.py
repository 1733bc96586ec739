"""Money and works within the planned time: three bars on one scale."""

from __future__ import annotations

from decimal import Decimal

from core.errors import Message
from core.figures.figure import BarRow, Bars, Figure, Words, amount, of_project
from core.figures.palette import MONEY, TIME
from core.model.measure import Measures
from core.model.project import Facts
from core.text import word
from core.text.how_computed import printed


def money_and_works(facts: Facts, m: Measures) -> Figure | None:
    """Draw 工期已过, 形象进度 and 累计支付占概算 (shares of 1), those that are known; None: nothing is paid or known of
    the time.
    """
    elapsed, rate = m.one("time_elapsed"), m.one("paid_rate", None, "estimate")
    physical = next((x for x in m.all if x.id == "physical_progress" and x.place is None), None)
    shown = [
        (word("工期已过"), elapsed, TIME),
        *([(word("形象进度"), physical, MONEY)] if physical is not None else []),
        (word("累计支付占概算"), rate, MONEY),
    ]
    known = [(name, x, colour) for name, x, colour in shown if x.number is not None]
    if not known:
        return None
    measures = tuple(x for _, x, _ in known)
    return of_project(
        facts,
        "money_and_works",
        word("支付、工程与工期"),
        finding(elapsed.number, rate.number, None if physical is None else physical.number),
        word("%"),
        Message("累计支付÷概算，已过天数÷计划工期天数"),
        Bars(
            word("支付、工程与工期"),
            tuple(BarRow(name, (amount(x, colour),)) for name, x, colour in known),
            end=Decimal(1),
            ordered=False,
        ),
        (word("指标"), word("数值")),
        [(x.name, printed(x)) for x in measures],
        measures,
    )


def finding(elapsed: Decimal | None, paid: Decimal | None, physical: Decimal | None) -> Message:
    """Say whether money and works keep up with the planned time."""
    if elapsed is None:
        return Message("缺计划工期，暂不能算进度快慢")
    if paid is None:
        return Message("累计支付未填报，暂不能与工期比较")
    if physical is None:
        return Message("支付{pace}工期", {"pace": _pace(paid, elapsed)})
    of_money, of_works = _pace(paid, elapsed), _pace(physical, elapsed)
    if of_money == of_works:
        return Message("支付和工程都{pace}工期", {"pace": of_money})
    return Message("支付{money}工期，工程{works}工期", {"money": of_money, "works": of_works})


def _pace(share: Decimal, elapsed: Decimal) -> Words:
    if share == elapsed:
        return word("同步于")
    return word("慢于") if share < elapsed else word("快于")
