"""Milestones (批复, 开工, 竣工 …): delay of each, and the months late that rules on timeliness use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from core.errors import Message
from core.model.measure import Measure
from core.model.project import Milestone
from core.progress.facts_by_place import FactsByPlace
from core.progress.schedule import add_months, whole_months
from core.text import numbers, word

_DELAYS = (
    ("months_late", word("迟开工"), ("开工",)),
    ("months_overdue", word("逾期完工"), ("竣工", "完工")),
)
"""Measure, its name, and parts of the milestone's name."""


@dataclass(frozen=True)
class MilestoneMark:
    """A milestone on the time axis."""

    milestone: Milestone
    days_late: Measure
    """Days after the planned day; of one that is still to come and overdue, those so far; below 0: early.
    None: not planned, or not due yet."""

    @property
    def day(self) -> date | None:
        """Actual day, else the planned one."""
        return self.milestone.actual or self.milestone.planned

    @property
    def late(self) -> bool:
        """True where the actual day lies after the planned one, or the planned one has passed."""
        return isinstance(self.days_late.value, Decimal) and self.days_late.value > 0


def months_between(first: date, last: date) -> Fraction:
    """Count the months after the day `first` through `last`; the rest over whole months in days of the month.

    2024-12-31 to 2025-03-31 are 3; to 2025-04-15 are 3 and 15/30.
    """
    start = first + timedelta(days=1)
    whole = whole_months(start, last)
    reached, following = add_months(start, whole), add_months(start, whole + 1)
    if reached is None or following is None:
        return Fraction(whole)
    return whole + Fraction((last - reached).days + 1, (following - reached).days)


def marks(sums: FactsByPlace) -> tuple[MilestoneMark, ...]:
    """List the milestones that have a day, in the order of time; a place's after the project's on one day."""
    found = [MilestoneMark(each, _days_late(sums, each)) for each in sums.facts.milestones]
    dated = [(mark.day, mark) for mark in found if mark.day is not None]
    return tuple(mark for _, mark in sorted(dated, key=lambda pair: (pair[0], pair[1].milestone.place or "")))


def _late_by(sums: FactsByPlace, milestone: Milestone) -> tuple[date, date] | None:
    """Planned day and the day to compare it with; None while nothing is late or early."""
    reached = milestone.actual or (sums.facts.as_of if sums.facts.as_of > (milestone.planned or date.max) else None)
    return None if milestone.planned is None or reached is None else (milestone.planned, reached)


def _days_late(sums: FactsByPlace, milestone: Milestone) -> Measure:
    days = _late_by(sums, milestone)
    value = None if days is None else Decimal((days[1] - days[0]).days)
    planned: object = milestone.planned or numbers.MISSING
    formula = Message("计划{planned}，尚未到期或没有计划日期", {"planned": planned})
    if milestone.actual is not None:
        formula = Message("实际{actual} - 计划{planned}", {"actual": milestone.actual, "planned": planned})
    elif days is not None:
        formula = Message("计划{planned}，截至{day}未完成", {"planned": planned, "day": sums.facts.as_of})
    return sums.measure(
        "milestone_late", milestone.name, value, word("天"), milestone.source, formula, place=milestone.place
    )


def measures(sums: FactsByPlace) -> Iterator[Measure]:
    """Make months_late and months_overdue of the whole project, from the milestones of its start and its finish."""
    for name, title, words in _DELAYS:
        found = [
            each
            for each in sums.facts.milestones
            if each.place is None and any(part in each.name for part in words) and _late_by(sums, each)
        ]
        # Where two could be meant, nobody has said which.
        if len(found) != 1 or (days := _late_by(sums, found[0])) is None:
            continue
        planned, reached = days
        months = months_between(planned, reached) if reached >= planned else -months_between(reached, planned)
        formula = (
            Message("计划{planned}至实际{reached}", {"planned": planned, "reached": reached})
            if found[0].actual is not None
            else Message("计划{planned}至{reached}，仍未完成", {"planned": planned, "reached": reached})
        )
        yield sums.measure(name, title, months, word("个月"), found[0].source, formula)
