"""What was to be achieved, and what is said to have been."""

from __future__ import annotations

from core.checks.claims import given, sources, value
from core.checks.finding import Finding
from core.errors import Message
from core.model.project import Facts
from core.progress import quotient
from core.progress.book import PAID, Book, joined
from core.text import numbers, word

AGAINST = (
    ("construction_state", 0, word("工程在建")),
    ("finished", 0, word("尚未竣工")),
    ("satisfaction_below_target", 1, word("满意度低于目标")),
)
"""Claim, the value that denies that all goals are achieved, and how it reads."""


def achieved(facts: Facts) -> Finding | None:
    """5: goals said to be fully achieved, beside states that deny it. None unless both are there to compare."""
    claim = facts.claim("goals_achieved")
    beside = [(facts.claim(name), denies, reads) for name, denies, reads in AGAINST]
    known = [(other, denies, reads) for other, denies, reads in beside if other is not None and other.value is not None]
    if claim is None or claim.value != 1 or not known:
        return None
    title = Message("目标完成与工程状态")
    book = Book(facts, None)
    rate = quotient(book.amount(PAID), book.estimate)
    figures = [(word("目标全面完成"), claim.source)]
    against = [(other, reads) for other, denies, reads in known if other.value == denies]
    figures += [(reads, other.source) for other, reads in against]
    if rate is not None:
        figures.append((word("累计支付占概算"), numbers.percent(rate)))
    source = joined(sources([claim, *(other for other, _, _ in known)]))
    if not against:
        message = Message("报告称目标全面完成,所述工程状态和满意度与此相符。")
        return Finding("5", "P", title, message, tuple(figures), source)
    message = Message(
        "报告称目标全面完成,又写明{states}:两种说法不能同时成立。", {"states": tuple(reads for _, reads in against)}
    )
    return Finding("5", "E", title, message, tuple(figures), source)


def stage(facts: Facts) -> Finding | None:
    """22: a goal for the stage needs quantities. None when no stage goal is stated."""
    claim = given(facts, "stage_goal")
    if claim is None:
        return None
    quantities = value(facts, "stage_goal") or 0
    title = Message("阶段性绩效目标")
    figures = ((word("可衡量的数量指标"), numbers.count(quantities)),)
    if quantities > 0:
        message = Message("阶段性目标有{count}个可衡量的数量指标。", {"count": numbers.count(quantities)})
        return Finding("22", "P", title, message, figures, claim.source)
    message = Message("阶段性目标只写了状态({text}),数量指标0个,无法计算阶段完成率。", {"text": claim.text})
    return Finding("22", "W", title, message, figures, claim.source)
