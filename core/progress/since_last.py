"""Change of the headline figures since the snapshot before, in words."""

from __future__ import annotations

from datetime import date

from core.errors import Message, Month
from core.progress.forecast import Forecast
from core.progress.trend import SnapshotChange, Trend
from core.text.amounts import Amount
from core.text.numbers import count


def of_place(changes: tuple[SnapshotChange, ...], place: str | None) -> SnapshotChange | None:
    """Find the change of a place (None: the project) that is known at both ends."""
    found = next((each for each in changes if each.place == place), None)
    return None if found is None or found.before is None or found.difference.number is None else found


def paid_since(over: Trend, place: str | None) -> Message | None:
    """Say what was paid since the snapshot before; None: that is not known."""
    found = of_place(over.paid, place)
    if found is None or found.before is None or found.difference.number is None:
        return None
    more = found.difference.number
    params = {"month": Month(found.before.as_of), "more": Amount(abs(more))}
    return Message("较{month}少{more}", params) if more < 0 else Message("较{month}多{more}", params)


def finished_since(over: Trend, place: str | None) -> Message | None:
    """Say how many more are finished than in the snapshot before; None: that is not known."""
    found = of_place(over.finished, place)
    if found is None or found.before is None or found.difference.number is None:
        return None
    more = found.difference.number
    params = {"month": Month(found.before.as_of), "more": count(abs(more)), "unit": found.difference.unit}
    return Message("较{month}少{more}{unit}", params) if more < 0 else Message("较{month}多{more}{unit}", params)


def finish_since(over: Trend, ahead: Forecast) -> Message | None:
    """Say by how many months the forecast of the full payment moved; None: one of both names no day.

    Of a range that moved unequally the later end is told, which is the one to reckon with.
    """
    before = Forecast(over.fastest_before, over.slowest_before)
    if not before.days or not ahead.days or before.is_open or ahead.is_open:
        return None
    first, last = (_months(before.days[at], ahead.days[at]) for at in (0, -1))
    params = {"month": Month(over.points[-2].as_of), "count": abs(last)}
    if first != last:
        if last == 0:
            return Message("最晚与{month}相同", params)
        said = Message("最晚较{month}推迟{count}个月", params)
        return said if last > 0 else Message("最晚较{month}提前{count}个月", params)
    if last == 0:
        return Message("与{month}的预计相同", params)
    return Message("较{month}推迟{count}个月", params) if last > 0 else Message("较{month}提前{count}个月", params)


def _months(then: date, now: date) -> int:
    return (now.year - then.year) * 12 + now.month - then.month
