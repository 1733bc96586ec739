"""支付进度 in one sentence: behind or ahead of the planned time, when all will be paid, and how late that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.errors import Message
from core.model.measure import Measure, Measures
from core.progress.arithmetic import nearest, rounded
from core.progress.forecast import Forecast, months
from core.progress.milestones import months_between
from core.text import word
from core.text.amounts import Amount
from core.text.numbers import pp


def months_late(found: Forecast, planned: date) -> tuple[Measure, ...]:
    """Measure how many months after the planned end each known day of the forecast lies; below 0: before it."""
    return tuple(
        replace(
            m,
            id="finish_late",
            name=word("付完晚于计划"),
            value=rounded(_months(planned, m.value)),
            unit=word("个月"),
            formula=Message("{day}与计划完工{planned}相差的月数", {"day": m.value, "planned": planned}),
        )
        for m in found.measures
        if isinstance(m.value, date)
    )


def _months(planned: date, day: date) -> Fraction:
    return months_between(planned, day) if day >= planned else -months_between(day, planned)


def lateness(found: Forecast, planned: date) -> Message | None:
    """Say how late that is in whole months: 约5个月, or a range; None: the forecast names no day."""
    late = [nearest(Fraction(m.number)) for m in months_late(found, planned) if m.number is not None]
    if not late:
        return None
    first, last = min(late), max(late)
    if found.is_open:
        return Message("至少晚约{count}个月", {"count": first}) if first > 0 else Message("晚多久没有上限")
    if first == last:
        return _one(first)
    if first >= 0:
        return Message("晚约{first}～{last}个月", {"first": first, "last": last})
    if last <= 0:
        return Message("早约{first}～{last}个月", {"first": -last, "last": -first})
    return Message("早约{early}个月至晚约{late}个月", {"early": -first, "late": last})


def _one(count: int) -> Message:
    if count == 0:
        return Message("与计划相差不到半个月")
    return Message("晚约{count}个月", {"count": count}) if count > 0 else Message("早约{count}个月", {"count": -count})


def pace_words(gap: Decimal) -> Message:
    """Say how far payment is behind the planned time or ahead of it; `gap`: the difference of the two rates."""
    params = {"gap": pp(gap, 1)}
    if Decimal(params["gap"].replace(",", "")) == 0:
        return Message("支付进度与工期同步")
    return (
        Message("支付进度滞后工期{gap}个百分点", params)
        if gap < 0
        else Message("支付进度快于工期{gap}个百分点", params)
    )


def verdict(m: Measures, ahead: Forecast, planned: date | None) -> Message | None:
    """Judge the payment at a planned time that ends on that day; None: what that takes is not known."""
    gap = m.one("pace_gap").number
    if gap is None or planned is None:
        return None
    params: dict[str, object] = {"pace": pace_words(gap), "months": months(ahead)}
    if m.one("remaining", None, "estimate").number == 0:
        estimate = Amount(m.one("estimate").number)
        return Message("{pace}；概算{estimate}已付清", params | {"estimate": estimate})
    late = lateness(ahead, planned)
    if late is None:
        return Message("{pace}", params)
    params |= {"late": late}
    if len(ahead.measures) > 1:
        return Message("{pace}；按各段速度{months}付完，比计划{late}", params)
    return Message("{pace}；按此前速度{months}付完，比计划{late}", params)


def short_verdict(m: Measures, ahead: Forecast, planned: date | None) -> Message | None:
    """Judge it in one line of a document: the lag, and how late all will be paid; None as `verdict`."""
    gap = m.one("pace_gap").number
    if gap is None or planned is None:
        return None
    late = lateness(ahead, planned)
    params: dict[str, object] = {"pace": pace_words(gap), "late": late}
    if m.one("remaining", None, "estimate").number == 0:
        return Message("{pace}，概算已付清", params)
    return Message("{pace}", params) if late is None else Message("{pace}，付清比计划{late}", params)
