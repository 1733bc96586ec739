"""Forecast of the full payment (测算值·非批复数), and its words, one for every screen and document.

With one snapshot the pace since the planned start is all that is known: one month. With several, the slowest and the
fastest stretch between them are its bounds: a range.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import Message, Month
from core.model.measure import Measure
from core.progress.trend import Trend
from core.text import word


@dataclass(frozen=True)
class Forecast:
    """Days on which all is paid at the fastest and at the slowest pace; one measure twice with one snapshot."""

    fastest: Measure
    slowest: Measure

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Measures behind the forecast: one, or both."""
        return (self.fastest,) if self.slowest is self.fastest else (self.fastest, self.slowest)

    @property
    def days(self) -> tuple[date, ...]:
        """Days that are known, each once, the earliest first; none: nothing is running, or all is paid."""
        return tuple(dict.fromkeys(m.value for m in self.measures if isinstance(m.value, date)))

    @property
    def is_open(self) -> bool:
        """True where the slowest pace never gets there."""
        return bool(self.days) and self.slowest.value is None

    @property
    def is_estimate(self) -> bool:
        """True where it is shown as 测算值·非批复数."""
        return any(m.is_estimate for m in self.measures)

    @property
    def rule(self) -> str:
        """Name the pace that it is reckoned by."""
        return word("按此前速度推算") if self.slowest is self.fastest else word("按各段最快、最慢的月均支付推算")


def forecast(at_the_pace_so_far: Measure, over_time: Trend | None) -> Forecast:
    """Make the forecast: `finish_forecast` with one snapshot, the band of the stretches with several."""
    if over_time is None:
        return Forecast(at_the_pace_so_far, at_the_pace_so_far)
    return Forecast(over_time.fastest, over_time.slowest)


def months(found: Forecast) -> Message | str:
    """Print the month or months alone: 约2026年5月, 约2026年2月至2026年5月; "—" where nothing can be said."""
    if not found.days:
        return "—"
    first, last = Month(found.days[0]), Month(found.days[-1])
    if found.is_open:
        return Message("最早约{first}", {"first": first})
    if _same_month(found):
        return Message("约{month}", {"month": first})
    return Message("约{first}至{last}", {"first": first, "last": last})


def sentence(found: Forecast) -> Message:
    """Say when all will be paid, and by which rule that is reckoned."""
    if not found.days:
        return Message("没有可供外推的支付速度")
    params = {"first": Month(found.days[0]), "last": Month(found.days[-1])}
    if found.is_open:
        return Message("按最快一段的月均支付约{first}付完；最慢一段没有支付，没有上限", params)
    if found.slowest is found.fastest:
        return Message("按此前速度（累计支付÷已过整月）约{first}付完", params)
    if _same_month(found):
        return Message("按各段的月均支付约{first}付完", params)
    return Message("按各段最快、最慢的月均支付约{first}至{last}付完", params)


def paid_points(paid: Measure, over_time: Trend | None) -> tuple[tuple[date, Decimal], ...]:
    """List the known payments by their as-of days: one point a snapshot. Nothing between or before is known."""
    known = [paid] if over_time is None else [point.paid for point in over_time.points]
    return tuple((m.as_of, m.number) for m in known if m.number is not None)


def _same_month(found: Forecast) -> bool:
    first, last = found.days[0], found.days[-1]
    return (first.year, first.month) == (last.year, last.month)
