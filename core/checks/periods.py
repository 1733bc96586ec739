"""Checks of the times that the document names."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from fractions import Fraction

from core.checks.claims import given, sources, value
from core.checks.finding import Finding
from core.errors import Message, Month
from core.model.project import Baseline, Facts
from core.progress.arithmetic import over, rounded
from core.progress.facts_by_place import PAID, FactsByPlace, joined, percent, planned_time
from core.progress.schedule import pace
from core.text import numbers, word

START = "开工"
"""Milestone that a planned time begins with."""
PERIODS = ("title_period", "scope_period", "planned_finish")


def _elapsed(baseline: Baseline, as_of: date) -> Fraction | None:
    time = pace(baseline, as_of)
    return over(time.days_passed, time.days_total)


def _span(baseline: Baseline) -> Message:
    return Message("{start}—{end}", {"start": f"{baseline.start:%Y.%m}", "end": f"{baseline.end:%Y.%m}"})


def periods(facts: Facts) -> Finding | None:
    """12: compare the times, and the verdicts on the pace by each of them.

    None when there are not two to compare.
    """
    claims = [claim for claim in (given(facts, name) for name in PERIODS) if claim is not None]
    spans = tuple(dict.fromkeys(_span(baseline) for baseline in facts.baselines))
    said = tuple(claim.text for claim in claims) if len(claims) > 1 else spans
    if len(said) < 2:
        return None
    sums = FactsByPlace(facts, None)
    rate = over(sums.amount(PAID), sums.estimate)
    verdicts: list[tuple[Message, Message]] = []
    signs: set[bool] = set()
    for baseline in facts.baselines:
        elapsed = _elapsed(baseline, facts.as_of)
        if rate is None or elapsed is None:
            continue
        gap = rate - elapsed
        signs.add(gap >= 0)
        points = {"points": numbers.pp(rounded(gap))}
        words = Message("快{points}个百分点", points) if gap >= 0 else Message("慢{points}个百分点", points)
        verdicts.append((_span(baseline), words))
    title = Message("年度与工期")
    figures: list[tuple[str | Message, str | Message]] = [(claim.text, claim.source) for claim in claims]
    # Before any payment, or before the first day, there is no verdict; the times still differ.
    figures += verdicts or [(_span(baseline), numbers.MISSING) for baseline in facts.baselines]
    source = joined([*sources(claims), *(baseline.source for baseline in facts.baselines)])
    params: dict[str, object] = {
        "said": said,
        "verdicts": tuple(Message("{span}{verdict}", {"span": span, "verdict": v}) for span, v in verdicts),
    }
    if len(signs) > 1:
        message = Message("时间有几种说法（{said}），支付快慢的结论随之翻转：{verdicts}。", params)
        return Finding("12", "E", title, message, tuple(figures), source)
    if len({claim.value for claim in claims}) > 1 or len(spans) > 1:
        message = Message("时间有几种说法（{said}），请统一；支付快慢的结论不因此翻转。", params)
        return Finding("12", "W", title, message, tuple(figures), source)
    return Finding("12", "P", title, Message("各处所写时间相符（{said}）。", params), tuple(figures), source)


def start(facts: Facts) -> Finding | None:
    """13: a start known to its month leaves the elapsed time open by days. None without the claim or a planned time."""
    claim, known, baseline = given(facts, "start_precision"), value(facts, "start_precision"), planned_time(facts, None)
    if claim is None or known is None or baseline is None:
        return None
    last_day = monthrange(baseline.start.year, baseline.start.month)[1]
    first, last = (replace(baseline, start=baseline.start.replace(day=day)) for day in (1, last_day))
    early, late = _elapsed(first, facts.as_of), _elapsed(last, facts.as_of)
    title = Message("开工日期")
    source = joined([claim.source, baseline.source])
    if known >= 1:
        elapsed = _elapsed(baseline, facts.as_of)
        message = Message("开工日期写到日：{day}。", {"day": baseline.start})
        return Finding("13", "P", title, message, ((word("工期已过"), percent(elapsed)),), source)
    if early is None or late is None:
        return None
    params = {"month": Month(first.start), "early": percent(early), "late": percent(late)}
    figures = (
        (word("从月初起算"), percent(early)),
        (word("从月末起算"), percent(late)),
    )
    begun = next((each for each in facts.milestones if each.name == START and each.place is None and each.actual), None)
    if begun is not None:
        message = Message(
            "文字只写到{month}，里程碑写明{day}开工：从月初起算工期已过{early}，从月末起算{late}；本系统从月初起算。",
            params | {"day": begun.actual},
        )
        return Finding("13", "W", title, message, figures, joined([source, begun.source]))
    message = Message("开工只写到{month}：从月初起算工期已过{early}，从月末起算{late}；本系统从月初起算。", params)
    return Finding("13", "W", title, message, figures, source)


def deadline(facts: Facts) -> Finding | None:
    """24: measure the time between the planned finish and the policy's date. None without either."""
    claim, year, baseline = given(facts, "policy_deadline"), value(facts, "policy_deadline"), planned_time(facts, None)
    if claim is None or year is None or baseline is None or not date.min.year <= year <= date.max.year:
        return None
    day = date(int(year), 12, 31)
    days = (day - baseline.end).days
    title = Message("政策时限与计划完工")
    params: dict[str, object] = {"policy": claim.text, "day": day, "finish": baseline.end, "days": abs(days)}
    figures = (
        (word("政策时限"), Message("{day}", {"day": day})),
        (word("计划完工"), Message("{day}", {"day": baseline.end})),
        (word("余量（天）"), numbers.count(days)),
    )
    source = joined([claim.source, baseline.source])
    if days > 0:
        message = Message("计划{finish}完工，比政策时限（{policy}）早{days}天。", params)
        return Finding("24", "P", title, message, figures, source)
    if days < 0:
        message = Message("计划{finish}完工，比政策时限（{policy}，{day}）晚{days}天。", params)
        return Finding("24", "E", title, message, figures, source)
    message = Message("计划完工日就是政策时限（{policy}，{day}），余量0天：一有拖延就超过时限。", params)
    return Finding("24", "W", title, message, figures, source)
