"""Payment against the planned time (计划工期): pace, needed pace, finish at the pace so far.

Days: both end days of the planned time count. Before its first day nothing of it has passed that payments could be
measured against: every figure here is undefined (None), not 0. After its last day time_elapsed stays at 100 %
(a planned time cannot be used up more than wholly), so that the planned value is the whole estimate; nothing is left
to spread payments over, and needed_per_month and what would be paid by the finish are undefined.

Months: whole months only, from the first day through the as-of day (2023-06-01 through 2024-12-31 are 19). They go
on after the planned finish, because payments do.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from core.errors import Message
from core.model.measure import POINTS_OF_RATIO, RATIO, Measure
from core.model.project import Baseline
from core.progress.arithmetic import minus, nearest, over, rounded, times
from core.progress.facts_by_place import PAID, FactsByPlace, as_amount, joined, percent
from core.text import numbers, word


def add_months(day: date, months: int) -> date | None:
    """Add months to a day: that day or the month's last; None beyond the calendar (year 9999)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_months(first: date, last: date) -> int:
    """Count whole months from `first` through `last`, both days included; `last` must not lie before `first`."""
    end = min(last.toordinal() + 1, date.max.toordinal())
    after = date.fromordinal(end)
    months = (after.year - first.year) * 12 + after.month - first.month
    reached = add_months(first, months)
    return months - 1 if reached is None or reached > after else months


@dataclass(frozen=True)
class Pace:
    """Part of the planned time that has run. None where it has not begun, or makes no sense (end before start)."""

    days_passed: int | None = None
    """At most `days_total`."""
    days_total: int | None = None
    months_passed: int | None = None
    months_total: int | None = None
    months_left: int | None = None
    """Whole months after the as-of day through the planned finish; None once that is reached."""


def pace(baseline: Baseline | None, as_of: date) -> Pace:
    """Measure the part of the planned time that has run on the as-of day."""
    if baseline is None or not baseline.start <= min(as_of, baseline.end):
        return Pace()
    start, end = baseline.start, baseline.end
    return Pace(
        days_passed=(min(as_of, end) - start).days + 1,
        days_total=(end - start).days + 1,
        months_passed=whole_months(start, as_of),
        months_total=whole_months(start, end),
        months_left=whole_months(as_of + timedelta(days=1), end) if as_of < end else None,
    )


def finish(start: date, as_of: date, months: Fraction | None) -> date | None:
    """Find the day on which that many months from `start` are full: 35.625 from 1 June 2023 is 19 May 2026.

    The fraction counts in days of the month it falls in (0.625 × 31 = 19.375, day 19). Not before the as-of day:
    whole months passed can leave out some weeks in which there was payment too.
    """
    if months is None:
        return None
    whole = floor(months)
    anchor, following = add_months(start, whole), add_months(start, whole + 1)
    if anchor is None or following is None:
        return None
    days = nearest((months - whole) * (following - anchor).days)
    return max(anchor + timedelta(days=days - 1), as_of)


def measures(sums: FactsByPlace) -> Iterator[Measure]:
    """Make time_elapsed, pace_index, pace_gap, planned_value … short_at_finish, in the order of the table."""
    baseline, as_of, scenario = sums.baseline, sums.facts.as_of, sums.scenario
    time = pace(baseline, as_of)
    planned = baseline.source if baseline else sums.facts.project.source
    source = joined([sums.source(PAID), sums.estimate_source, planned])
    paid, estimate = sums.amount(PAID), sums.estimate
    rate, elapsed = over(paid, estimate), over(time.days_passed, time.days_total)

    yield sums.quotient(
        "time_elapsed",
        word("工期已过"),
        (time.days_passed, time.days_total),
        RATIO,
        planned,
        Message(
            "已过{passed}天 ÷ 计划工期{total}天（{start}至{end}，首尾两天都算）",
            {
                "passed": numbers.count(time.days_passed),
                "total": numbers.count(time.days_total),
                "start": baseline.start if baseline else numbers.MISSING,
                "end": baseline.end if baseline else numbers.MISSING,
            },
        ),
        scenario=scenario,
    )
    both = {"rate": percent(rate), "elapsed": percent(elapsed)}
    formula = Message("累计支付占概算{rate} ÷ 工期已过{elapsed}", both)
    yield sums.quotient(
        "pace_index", word("支付进度比"), (rate, elapsed), "", source, formula, basis="estimate", scenario=scenario
    )
    formula = Message("累计支付占概算{rate} - 工期已过{elapsed}；负数为慢，正数为快", both)
    gap = minus(rate, elapsed)
    yield sums.measure(
        "pace_gap", word("快慢"), gap, POINTS_OF_RATIO, source, formula, basis="estimate", scenario=scenario
    )

    due = times(estimate, elapsed)
    formula = Message(
        "概算{estimate} × 工期已过{elapsed}", {"estimate": as_amount(estimate), "elapsed": percent(elapsed)}
    )
    yield sums.measure("planned_value", word("应支付（按工期）"), due, "万元", source, formula, scenario=scenario)
    formula = Message("累计支付{paid} - 按工期应支付{due}", {"paid": as_amount(paid), "due": as_amount(due)})
    variance = minus(paid, due)
    yield sums.measure("schedule_variance", word("支付进度偏差"), variance, "万元", source, formula, scenario=scenario)
    yield from _by_month(sums, time, source)


def _by_month(sums: FactsByPlace, time: Pace, source: str) -> Iterator[Measure]:
    paid, estimate, scenario = sums.amount(PAID), sums.estimate, sums.scenario
    left = minus(estimate, paid)
    spread = left if left is not None and left >= 0 else None
    so_far, needed = over(paid, time.months_passed), over(spread, time.months_left)

    formula = Message(
        "累计支付{paid} ÷ 已过{months}个整月", {"paid": as_amount(paid), "months": numbers.count(time.months_passed)}
    )
    operands = paid, time.months_passed
    title = word("月均支付")
    yield sums.quotient("paid_per_month", title, operands, word("万元/月"), source, formula, scenario=scenario)
    formula = Message(
        "未支付{left} ÷ 剩余{months}个整月", {"left": as_amount(left), "months": numbers.count(time.months_left)}
    )
    title = word("需达月均支付")
    yield sums.quotient(
        "needed_per_month", title, (spread, time.months_left), word("万元/月"), source, formula, scenario=scenario
    )
    formula = Message("需达月均{needed} ÷ 此前月均{paid}", {"needed": as_amount(needed), "paid": as_amount(so_far)})
    title = word("需达÷此前")
    yield sums.quotient("pace_needed", title, (needed, so_far), word("倍"), source, formula, scenario=scenario)

    # Nothing paid has no speed; everything paid needs none.
    running = paid is not None and paid > 0 and left is not None and left > 0
    months = times(time.months_passed, over(estimate, paid)) if running and time.months_passed else None
    day = finish(sums.baseline.start, sums.facts.as_of, months) if sums.baseline else None
    formula = Message(
        "自{start}起{months}个月：已过{passed}个整月 × 概算{estimate} ÷ 累计支付{paid}",
        {
            "start": sums.baseline.start if sums.baseline else numbers.MISSING,
            "months": numbers.decimal(rounded(months), 3),
            "passed": numbers.count(time.months_passed),
            "estimate": as_amount(estimate),
            "paid": as_amount(paid),
        },
    )
    yield sums.measure("finish_forecast", word("按此前速度付完"), day, "", source, formula, scenario=scenario)

    by_finish = times(so_far, time.months_total) if time.months_left is not None else None
    formula = Message(
        "此前月均{paid} × 计划工期{months}个整月",
        {"paid": as_amount(so_far), "months": numbers.count(time.months_total)},
    )
    title = word("按此前速度到计划完工的支付")
    yield sums.measure("paid_by_finish", title, by_finish, "万元", source, formula, scenario=scenario)
    formula = Message(
        "概算{estimate} - 到计划完工的支付{paid}；负数为超出概算",
        {"estimate": as_amount(estimate), "paid": as_amount(by_finish)},
    )
    title = word("到计划完工尚缺")
    short = minus(estimate, by_finish)
    yield sums.measure("short_at_finish", title, short, "万元", source, formula, scenario=scenario)
