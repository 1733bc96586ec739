"""预警: figures of one snapshot that cross a limit, and their changes since the snapshot before.

    执行率 below 80 % or above 120 %: paid ÷ estimate and paid ÷ arrived of the project; of each place its own rate or,
    where the estimate was never split, the rates under the four keys (测算)
    payment and physical progress over 20 个百分点 apart: of the project, and of each place that reports it

A figure that is undefined raises nothing, and neither does one that just reaches a limit. An alarm is a reason to look,
not a verdict. Source: alarm limits in use in performance monitoring (data/reference.csv).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from core.errors import Message
from core.model.measure import Measure, Measures
from core.model.project import Facts
from core.model.reference import Limits
from core.progress import measures as measures_of
from core.progress.facts_by_place import KEYS
from core.text.numbers import percent, pp

Rule = Literal["rate_low", "rate_high", "physical"]
State = Literal["first", "new", "standing", "ended"]


@dataclass(frozen=True)
class Alarm:
    """Limit that a figure has crossed."""

    rule: Rule
    place: str | None
    """None: the whole project."""
    basis: str
    """Basis of the rate: estimate, arrived, place."""
    message: Message
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class AlarmSince:
    """An alarm and its change: `first` (there is no snapshot before), `new`, `standing`, `ended`."""

    state: State
    alarm: Alarm


def alarms(found: Measures, limits: Limits) -> tuple[Alarm, ...]:
    """List the alarms of a project's measures: the project's own first, then each place's in order."""
    return (
        *_rates_of_project(found, limits),
        *_rates_of_places(found, limits),
        *_physical(found, limits),
    )


def since(series: Sequence[Facts], limits: Limits) -> tuple[AlarmSince, ...]:
    """Compare the alarms of the newest of these snapshots (in the order of time) with those of the one before.

    An alarm is known again by its rule, place and basis. Those that have ended come last, as they were.
    """
    if not series:
        return ()
    now = of_snapshot(series[-1], limits)
    if len(series) < 2:
        return tuple(AlarmSince("first", alarm) for alarm in now)
    before = {_key(alarm): alarm for alarm in of_snapshot(series[-2], limits)}
    keys = {_key(alarm) for alarm in now}
    return (
        *(AlarmSince("standing" if _key(alarm) in before else "new", alarm) for alarm in now),
        *(AlarmSince("ended", _past(alarm)) for key, alarm in before.items() if key not in keys),
    )


def _past(alarm: Alarm) -> Alarm:
    """An alarm that has ended, with the word that its figure is of the snapshot before."""
    return replace(alarm, message=Message("上期{said}", {"said": alarm.message}))


def of_snapshot(facts: Facts, limits: Limits) -> tuple[Alarm, ...]:
    """List the alarms of a snapshot."""
    return alarms(Measures(measures_of(facts)), limits)


def _key(alarm: Alarm) -> tuple[str, str | None, str]:
    return alarm.rule, alarm.place, alarm.basis


def _crossed(value: Decimal | None, limits: Limits) -> Rule | None:
    if value is None:
        return None
    if value < limits.rate_low:
        return "rate_low"
    return "rate_high" if value > limits.rate_high else None


def _named(found: Measures, name: str) -> Iterable[Measure]:
    """Find the project's own measures of that id; of what nobody reports there are none."""
    return (m for m in found.all if m.id == name and m.place is None)


def _rates_of_project(found: Measures, limits: Limits) -> Iterator[Alarm]:
    elapsed = next((m.number for m in _named(found, "time_elapsed")), None)
    for m in _named(found, "paid_rate"):
        rule = _crossed(m.number, limits)
        if rule is None or m.basis not in ("estimate", "arrived"):
            continue
        params = {"name": m.name, "rate": percent(m.number), "line": _line(rule, limits), "elapsed": percent(elapsed)}
        if elapsed is None:
            low, high = Message("{name}为{rate}，低于{line}", params), Message("{name}为{rate}，高于{line}", params)
        else:
            low = Message("{name}为{rate}，低于{line}（工期已过{elapsed}）", params)
            high = Message("{name}为{rate}，高于{line}（工期已过{elapsed}）", params)
        message = low if rule == "rate_low" else high
        yield Alarm(rule, None, m.basis, message, (m,))


def _line(rule: Rule, limits: Limits) -> str:
    return percent(limits.rate_low if rule == "rate_low" else limits.rate_high, 0)


def _rates_of_places(found: Measures, limits: Limits) -> Iterator[Alarm]:
    nouns = {key.basis: key.noun for key in KEYS}
    of_places: dict[str, list[Measure]] = {}
    for m in found.each("allocated_rate"):
        of_places.setdefault(m.place or "", []).append(m)
    for place, rates in of_places.items():
        if not any(m.is_estimate for m in rates):
            rates = rates[:1]  # its own approved amount, which no key changes
        rules: tuple[Rule, ...] = ("rate_low", "rate_high")
        for rule in rules:
            over = tuple(m for m in rates if _crossed(m.number, limits) == rule)
            if not over:
                continue
            crossing = [m.number for m in over if m.number is not None]
            low, high = percent(min(crossing)), percent(max(crossing))
            params = {
                "place": place,
                "name": over[0].name,
                "keys": tuple(nouns[m.basis or ""] for m in over),
                "rates": low if low == high else Message("{low}～{high}", {"low": low, "high": high}),
                "line": _line(rule, limits),
                "crossed": len(over),
                "every": len(rates),
            }
            yield Alarm(rule, place, "place", _rate_of_place(rule, over[0].is_estimate, params), over)


def _rate_of_place(rule: Rule, estimate: bool, params: Mapping[str, object]) -> Message:
    if not estimate:
        if rule == "rate_low":
            return Message("{place}{name}为{rates}，低于{line}", params)
        return Message("{place}{name}为{rates}，高于{line}", params)
    if rule == "rate_low":
        return Message("{place}{name}按{keys}为{rates}，低于{line}（{every}种口径中的{crossed}种）", params)
    return Message("{place}{name}按{keys}为{rates}，高于{line}（{every}种口径中的{crossed}种）", params)


def _physical(found: Measures, limits: Limits) -> Iterator[Alarm]:
    """Compare payment with physical progress: the project by the estimate, a place by its own (or 户数分摊的) rate."""
    progress = [m for m in found.all if m.id == "physical_progress"]
    for m in sorted(progress, key=lambda m: m.place is not None):  # stable: places keep their order
        name, basis = ("paid_rate", "estimate") if m.place is None else ("allocated_rate", KEYS[0].basis)
        rate = next((r for r in found.all if (r.id, r.place, r.basis) == (name, m.place, basis)), None)
        if rate is None or rate.number is None or m.number is None:
            continue
        apart = rate.number - m.number
        if abs(apart) <= limits.physical_apart:
            continue
        params = {
            "place": m.place or "",
            "paid": percent(rate.number),
            "physical": percent(m.number),
            "apart": pp(apart),
            "line": percent(limits.physical_apart, 0).rstrip("%"),
            "name": rate.name,
        }
        yield Alarm("physical", m.place, basis, _apart(m.place, params), (rate, m))


def _apart(place: str | None, params: Mapping[str, object]) -> Message:
    if place is None:
        return Message("{name}为{paid}，形象进度为{physical}，相差{apart}个百分点，超过{line}个百分点", params)
    return Message("{place}{name}为{paid}，形象进度为{physical}，相差{apart}个百分点，超过{line}个百分点", params)
