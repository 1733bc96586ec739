"""Checks of the goals: against their stated achievement, and for what they can be held against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import chain

from core.checks.claims import given, sources, value
from core.checks.finding import Finding
from core.errors import Message, Month
from core.model.measure import Measure, Measures
from core.model.project import Facts
from core.progress import quotient
from core.progress.facts_by_place import PAID, FactsByPlace, joined, span
from core.text import numbers, word
from core.text.quantities import days
from core.text.quantities import quantities as quantities_of

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
    sums = FactsByPlace(facts, None)
    rate = quotient(sums.amount(PAID), sums.estimate)
    figures = [(word("目标全面完成"), claim.source)]
    against = [(other, reads) for other, denies, reads in known if other.value == denies]
    figures += [(reads, other.source) for other, reads in against]
    if rate is not None:
        figures.append((word("累计支付占概算"), numbers.percent(rate)))
    source = joined(sources([claim, *(other for other, _, _ in known)]))
    if not against:
        message = Message("报告称目标全面完成，所述工程状态和满意度与此相符。")
        return Finding("5", "P", title, message, tuple(figures), source)
    message = Message(
        "报告称目标全面完成，又写明{states}：两种说法不能同时成立。", {"states": tuple(reads for _, reads in against)}
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
    targets = [line.stage_target for line in facts.deliveries if line.stage_target is not None]
    if targets:
        message = Message(
            "阶段性目标有数量：{places}个街镇填报截至本期应完工{count}个小区。",
            {"places": len(targets), "count": numbers.count(sum(targets))},
        )
        source = joined([claim.source, span([line.source for line in facts.deliveries])])
        return Finding("22", "P", title, message, ((word("阶段目标（小区）"), numbers.count(sum(targets))),), source)
    if quantities > 0:
        message = Message("阶段性目标有{count}个可衡量的数量指标。", {"count": numbers.count(quantities)})
        return Finding("22", "P", title, message, figures, claim.source)
    message = Message("阶段性目标只写了状态（{text}），数量指标0个，无法计算阶段完成率。", {"text": claim.text})
    return Finding("22", "W", title, message, figures, claim.source)


@dataclass(frozen=True)
class GoalCheck:
    """What a goal can be held against."""

    quantities: int
    """Figures with a unit in its words."""
    days: tuple[date | Month | str, ...]
    answers: tuple[Measure, ...]
    """Measures that answer it, those that have a value."""
    unreported: tuple[str, ...]
    """Names of measures that would answer it, which nobody reports."""

    @property
    def measurable(self) -> bool:
        """True where it says a quantity or a day, and a measure with a value answers it."""
        return bool((self.quantities or self.days) and self.answers)


_ANSWERS: tuple[tuple[re.Pattern[str], tuple[tuple[str, str], ...]], ...] = (
    (re.compile(r"满意|获得感|幸福感|安全感"), (("satisfaction", word("居民满意度")),)),
    (re.compile(r"开工|动工"), (("communities_started", word("已开工小区")),)),
    (
        re.compile(r"完成|完工|竣工|建成|交付"),
        (("communities_finished", word("已完工小区")), ("finish_forecast", word("按此前速度付完"))),
    ),
    (re.compile(r"受益|\d户"), (("households_finished", word("已完工户数")),)),
    (re.compile(r"设施|改造内容"), (("items_done", word("已实施项")),)),
    (re.compile(r"工程质量|合格|验收"), (("pass_rate", word("验收合格率")),)),
    (re.compile(r"投资|支付|资金"), (("paid", word("累计支付")),)),
)
"""Words of a goal -> measures that answer it, with their names."""


def look_at(text: str, measures: Measures) -> GoalCheck:
    """Look for quantities and days in a goal's words, and for measures of the project that answer it."""
    wanted = dict(chain.from_iterable(answers for pattern, answers in _ANSWERS if pattern.search(text)))
    known = {m.id: m for m in measures.all if m.place is None and m.id in wanted and m.value is not None}
    return GoalCheck(
        quantities_of(text),
        days(text),
        tuple(known[each] for each in wanted if each in known),
        tuple(name for each, name in wanted.items() if each not in known),
    )
