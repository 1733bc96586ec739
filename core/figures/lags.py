"""Money, works and time of each street that has an estimate of its own: how far payment is behind the planned time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.errors import Message
from core.figures.figure import BarRow, Bars, ChartAmount, Words
from core.figures.palette import MONEY, TIME, TINT
from core.model.measure import RATIO, Measures
from core.model.project import Facts
from core.text import word
from core.text.numbers import percent, pp


@dataclass(frozen=True)
class Lag:
    """One street, or (None) the project: shares of 1; None: not known."""

    place: str | None
    rate: Decimal
    """Paid of its estimate."""
    behind: Decimal
    """Time gone less paid; below 0 payment is ahead."""
    physical: Decimal | None


@dataclass(frozen=True)
class Lags:
    """Those of the streets, the furthest behind first, then the project's."""

    of_places: tuple[Lag, ...]
    whole: Lag | None
    elapsed: Decimal

    @property
    def rows(self) -> tuple[Lag, ...]:
        """All of them."""
        return (*self.of_places, *((self.whole,) if self.whole is not None else ()))

    @property
    def works(self) -> bool:
        """Whether anybody reports physical progress."""
        return any(each.physical is not None for each in self.rows)


def lags(facts: Facts, m: Measures) -> Lags | None:
    """None: the estimate is not split by street, or there is no planned time, so that nothing can be behind it."""
    elapsed = m.one("time_elapsed").number
    if not facts.divided or elapsed is None:
        return None
    physical = {x.place: x.number for x in m.all if x.id == "physical_progress"}
    rates = {x.place: x.number for x in m.each("allocated_rate") if not x.is_estimate}
    rates[None] = m.one("paid_rate", None, "estimate").number
    found = [Lag(place, rate, elapsed - rate, physical.get(place)) for place, rate in rates.items() if rate is not None]
    places = sorted((each for each in found if each.place is not None), key=lambda each: -each.behind)
    if not places:
        return None
    return Lags(tuple(places), next((each for each in found if each.place is None), None), elapsed)


def finding(found: Lags, limit: Decimal) -> Message:
    """Say how many streets are below the limit of payment, and which is furthest behind the planned time."""
    first, low = found.of_places[0], sum(each.rate < limit for each in found.of_places)
    params = {"count": low, "line": percent(limit, 0), "place": first.place or "", "points": pp(first.behind, 1)}
    if first.behind <= 0:
        return Message("各街镇支付都不慢于工期")
    if not low:
        return Message("{place}支付比工期慢{points}个百分点，为各街镇最多", params)
    return Message("{count}个街镇支付率低于{line}，{place}比工期慢{points}个百分点", params)


def first_and_last(found: Lags) -> Message:
    """Name the street that is furthest behind, and the one that is nearest to the planned time."""
    first, last = found.of_places[0], found.of_places[-1]
    params = {"first": first.place or "", "last": last.place or "", "points": pp(abs(last.behind), 1)}
    if first.behind <= 0:
        return Message("各街镇支付都不慢于工期")
    if len(found.of_places) < 2 or last.behind <= 0:
        return Message("{first}落后最多，比工期慢{points}个百分点", params | {"points": pp(first.behind, 1)})
    return Message("{first}落后最多，{last}最接近工期但也慢{points}个百分点", params)


def named(place: str | None) -> Words:
    """A street, or the project."""
    return place or word("全项目")


def rate_bars(found: Lags) -> Bars:
    """Paid of the estimate, up to the whole."""
    rows = tuple(BarRow(named(x.place), (ChartAmount(x.rate, RATIO, MONEY),)) for x in found.rows)
    return Bars(word("支付率"), rows, series=(word("执行率"),), end=Decimal(1), ordered=False)


def works_bars(found: Lags) -> Bars:
    """Physical progress, up to the whole."""
    rows = tuple(BarRow(named(x.place), (ChartAmount(x.physical, RATIO, TINT),)) for x in found.rows)
    return Bars(word("形象进度"), rows, series=(word("形象进度"),), end=Decimal(1), ordered=False)


def lag_bars(found: Lags) -> Bars:
    """Points behind the planned time; none where payment is ahead."""
    rows = tuple(BarRow(named(x.place), (ChartAmount(max(x.behind, Decimal(0)), RATIO, TIME),)) for x in found.rows)
    return Bars(word("支付比工期慢"), rows, series=(word("支付比工期慢"),), ordered=False)


def printed(each: Lag) -> tuple[str, str, str]:
    """The rate, the physical progress and the points behind (below 0: ahead), exact."""
    return percent(each.rate), percent(each.physical), f"{'-' if each.behind < 0 else ''}{pp(each.behind)}"
