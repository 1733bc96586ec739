"""Development of a project over its snapshots: paid against the planned line, pace between them, forecast.

Months between two as-of days count as in `milestones.months_between`. The stretch before the first snapshot runs from
the planned start, when nothing was paid. The forecast lays each pace on what is left: the slowest and the fastest
stretch make its band, the mean over the snapshots its middle; all of them 测算值·非批复数 (scenario `pace:…`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from core.errors import Message
from core.model.measure import POINTS_OF_RATIO, RATIO, Measure, Measures
from core.model.project import Baseline, Facts
from core.progress import delivery, milestones, money, outcome, places, schedule
from core.progress.arithmetic import minus, over, rounded
from core.progress.facts_by_place import PAID, FactsByPlace, as_amount, joined, planned_time
from core.progress.milestones import months_between
from core.text import numbers, word


@dataclass(frozen=True)
class TrendPoint:
    """One snapshot on the curve. `earned` is None where physical progress is not reported."""

    as_of: date
    paid: Measure
    planned: Measure
    """Amount due by the planned time on that day."""
    gap: Measure
    earned: Measure | None


@dataclass(frozen=True)
class Stretch:
    """Time after the day `first` through the day `last`."""

    first: date
    last: date
    from_start: bool
    """Before the first snapshot."""
    pace: Measure
    """Pace in 万元/月; negative where a later snapshot has less."""


@dataclass(frozen=True)
class SnapshotChange:
    """One figure of a place (None: the project) in the last two snapshots; None: that snapshot does not have it."""

    place: str | None
    before: Measure | None
    after: Measure | None
    difference: Measure


@dataclass(frozen=True)
class Trend:
    """Development over two or more snapshots."""

    points: tuple[TrendPoint, ...]
    stretches: tuple[Stretch, ...]
    """In the order of time."""
    slowest: Measure
    """Last day of the band: at the pace of the slowest stretch. None: never, or paid in full; so the next two."""
    mean: Measure
    fastest: Measure
    paid: tuple[SnapshotChange, ...]
    """Changes of the project, then of each place; so the next two."""
    share: tuple[SnapshotChange, ...]
    """Paid of the estimate."""
    physical: tuple[SnapshotChange, ...]
    """Empty where neither snapshot reports physical progress."""
    finished: tuple[SnapshotChange, ...]
    """Households that are finished; where nobody counts these, communities. Empty where neither snapshot does."""
    slowest_before: Measure
    """What `slowest` and `fastest` were with the snapshot before; with a single one, at the pace since the start."""
    fastest_before: Measure
    baseline: Baseline | None
    estimate: Decimal | None
    """Estimate of the newest snapshot, 万元; the planned line leads to it."""


def trend(series: Sequence[Facts], baseline: str | None = None) -> Trend | None:
    """Compare the snapshots (in the order of time) by a planned time of the newest; None for fewer than two.

    Raises UnknownName for an unknown planned time.
    """
    if len(series) < 2:
        return None
    plan = planned_time(series[-1], baseline)
    snapshots = [FactsByPlace(facts, plan) for facts in series]
    found = [_measures(sums) for sums in snapshots]
    stretches = tuple(_stretches(snapshots))
    slowest, mean, fastest = _forecast(snapshots, stretches)
    before, after = found[-2:]
    earlier = (before.one("finish_forecast"),) * 3
    if len(snapshots) > 2:
        earlier = _forecast(snapshots[:-1], tuple(_stretches(snapshots[:-1])))
    where = snapshots[-1].places
    return Trend(
        points=tuple(_point(sums, each) for sums, each in zip(snapshots, found, strict=True)),
        stretches=stretches,
        slowest=slowest,
        mean=mean,
        fastest=fastest,
        paid=tuple(_changes(snapshots, "paid", before, after, (None, *where))),
        share=(
            *_changes(snapshots, "paid_rate", before, after, (None,)),
            *_changes(snapshots, "share_of_estimate", before, after, where),
        ),
        physical=tuple(_changes(snapshots, "physical_progress", before, after, (None, *where))),
        finished=_finished(snapshots, before, after, (None, *where)),
        slowest_before=earlier[0],
        fastest_before=earlier[2],
        baseline=plan,
        estimate=snapshots[-1].estimate,
    )


def _measures(sums: FactsByPlace) -> Measures:
    parts = (places.amounts, money.measures, schedule.measures, delivery.measures, outcome.measures)
    return Measures(each for part in parts for each in part(sums))


def _find(found: Measures, name: str, place: str | None = None) -> Measure | None:
    basis = "estimate" if name in {"paid_rate", "share_of_estimate"} else None
    rows = [m for m in found.all if m.id == name and m.place == place and basis in (None, m.basis)]
    return rows[0] if rows else None


def _point(sums: FactsByPlace, found: Measures) -> TrendPoint:
    return TrendPoint(
        as_of=sums.facts.as_of,
        paid=found.one("paid"),
        planned=found.one("planned_value"),
        gap=found.one("schedule_variance"),
        earned=_find(found, "earned_value"),
    )


def _stretches(snapshots: Sequence[FactsByPlace]) -> Iterator[Stretch]:
    plan, first = snapshots[0].baseline, snapshots[0]
    if plan is not None and plan.start <= first.facts.as_of:
        day = plan.start - timedelta(days=1)
        yield Stretch(plan.start, first.facts.as_of, True, _pace(first, Decimal(0), day, plan.source, first.scenario))
    for earlier, later in pairwise(snapshots):
        pace = _pace(later, earlier.amount(PAID), earlier.facts.as_of, earlier.source(PAID))
        yield Stretch(earlier.facts.as_of, later.facts.as_of, False, pace)


def _pace(later: FactsByPlace, before: Decimal | None, day: date, source: str, scenario: str | None = None) -> Measure:
    """Divide the payments between the day and the later snapshot by the months between them."""
    paid, months = later.amount(PAID), months_between(day, later.facts.as_of)
    since = minus(paid, before)
    formula = Message(
        "（{after} - {before}） ÷ {months}个月（{first}之后至{last}）",
        {
            "after": as_amount(paid),
            "before": as_amount(before),
            "months": _months(months),
            "first": day,
            "last": later.facts.as_of,
        },
    )
    title = word("期间月均支付")
    return later.quotient(
        "stretch_pace",
        title,
        (since, months),
        word("万元/月"),
        joined([later.source(PAID), source]),
        formula,
        scenario=scenario,
    )


def _months(months: Fraction) -> str:
    return numbers.count(int(months)) if months.denominator == 1 else numbers.decimal(rounded(months), 2)


def _forecast(snapshots: Sequence[FactsByPlace], stretches: Sequence[Stretch]) -> tuple[Measure, Measure, Measure]:
    """Forecast the days of full payment: at the slowest pace, at the mean over the snapshots, at the fastest."""
    paces = [stretch.pace.number for stretch in stretches if stretch.pace.number is not None]
    known = len(paces) == len(stretches)
    first, last = snapshots[0], snapshots[-1]
    mean = _pace(last, first.amount(PAID), first.facts.as_of, first.source(PAID))
    sources = joined([each.source(PAID) for each in snapshots] + [last.estimate_source])
    return (
        _finish(last, min(paces) if known else None, "slowest", word("按最慢一段速度付完"), sources),
        _finish(last, mean.number if known else None, "mean", word("按各期平均速度付完"), sources),
        _finish(last, max(paces) if known else None, "fastest", word("按最快一段速度付完"), sources),
    )


def _finish(sums: FactsByPlace, pace: Decimal | None, kind: str, title: str, source: str) -> Measure:
    left = minus(sums.estimate, sums.amount(PAID))
    running = pace is not None and pace > 0 and left is not None and left > 0
    months = over(left, pace) if running else None
    as_of = sums.facts.as_of
    day = schedule.finish(as_of + timedelta(days=1), as_of, months) if months is not None else None
    params: dict[str, object] = {
        "left": as_amount(left),
        "pace": as_amount(pace),
        "as_of": as_of,
    }
    formula = Message("未支付{left}，月均支付{pace}：没有在进行的支付可供外推", params)
    if months is not None:
        params["months"] = numbers.decimal(rounded(months), 2)
        formula = Message("{as_of}起{months}个月：未支付{left} ÷ 月均{pace}", params)
    return sums.measure("paid_up", title, day, "", source, formula, scenario=f"pace:{kind}")


def _changes(
    snapshots: Sequence[FactsByPlace], name: str, before: Measures, after: Measures, where: Sequence[str | None]
) -> Iterator[SnapshotChange]:
    """Take the last two values of a measure and their difference; nothing where neither has any."""
    pairs = [(place, _find(before, name, place), _find(after, name, place)) for place in where]
    if all(old is None and new is None for _, old, new in pairs):
        return
    for place, old, new in pairs:
        yield SnapshotChange(place, old, new, _difference(snapshots[-1], name, place, old, new))


def _finished(
    snapshots: Sequence[FactsByPlace], before: Measures, after: Measures, where: Sequence[str | None]
) -> tuple[SnapshotChange, ...]:
    of_homes = tuple(_changes(snapshots, "households_finished", before, after, where))
    return of_homes or tuple(_changes(snapshots, "communities_finished", before, after, where))


def _difference(sums: FactsByPlace, name: str, place: str | None, old: Measure | None, new: Measure | None) -> Measure:
    titles = {
        "paid": word("本期支付"), "physical_progress": word("形象进度变化"), "households_finished": word("本期完工"),
        "communities_finished": word("本期完工"),
    }  # fmt: skip
    known = [each for each in (new, old) if each is not None]
    unit = known[0].unit if known else ""
    formula = Message(
        "{after} - {before}（{day}）",
        {
            "after": numbers.measure(new) if new else numbers.MISSING,
            "before": numbers.measure(old) if old else numbers.MISSING,
            "day": old.as_of if old else numbers.MISSING,
        },
    )
    return sums.measure(
        f"{name}_change",
        titles.get(name, word("占概算变化")),
        minus(new.number if new else None, old.number if old else None),
        POINTS_OF_RATIO if unit == RATIO else unit,
        joined(each.source for each in known) or sums.facts.project.source,
        formula,
        place=place,
        scenario=next((each.scenario for each in known if each.scenario), None),
    )


def marks(facts: Facts) -> tuple[milestones.MilestoneMark, ...]:
    """List the milestones of a snapshot, for the time axis."""
    return milestones.marks(FactsByPlace(facts, None))
