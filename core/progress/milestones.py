"""Milestones (批复, 开工, 竣工 …): how late each is, and the months that rules on timeliness take points off for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from core.errors import Message
from core.model.measure import Measure
from core.model.project import Milestone
from core.progress.book import Book
from core.progress.schedule import add_months, whole_months
from core.text import numbers, word

_DELAYS = (
    ("months_late", word("迟开工"), ("开工",)),
    ("months_overdue", word("逾期完工"), ("竣工", "完工")),
)
"""The measure, its name, and what the milestone's name holds."""


@dataclass(frozen=True)
class Mark:
    """A milestone on the time axis."""

    milestone: Milestone
    days_late: Measure
    """Days after the planned day; of one that is still to come and overdue, those so far; below 0: early.
    None: not planned, or not due yet."""

    @property
    def day(self) -> date | None:
        """Where it stands: when it happened, else when it was to."""
        return self.milestone.actual or self.milestone.planned

    @property
    def late(self) -> bool:
        """Whether it happened after its day, or its day is past."""
        return isinstance(self.days_late.value, Decimal) and self.days_late.value > 0


def months_between(first: date, last: date) -> Fraction:
    """Months after the day `first` through `last`, not before it; what is over whole months in days of the month.

    2024-12-31 to 2025-03-31 are 3; to 2025-04-15 are 3 and 15/30.
    """
    start = first + timedelta(days=1)
    whole = whole_months(start, last)
    reached, following = add_months(start, whole), add_months(start, whole + 1)
    if reached is None or following is None:
        return Fraction(whole)
    return whole + Fraction((last - reached).days + 1, (following - reached).days)


def marks(book: Book) -> tuple[Mark, ...]:
    """Every milestone that has a day, in the order of time; those of a place after the project's on the same day."""
    found = [Mark(each, _days_late(book, each)) for each in book.facts.milestones]
    dated = [(mark.day, mark) for mark in found if mark.day is not None]
    return tuple(mark for _, mark in sorted(dated, key=lambda pair: (pair[0], pair[1].milestone.place or "")))


def _late_by(book: Book, milestone: Milestone) -> tuple[date, date] | None:
    """The planned day and the day to hold against it; None while nothing is late or early."""
    reached = milestone.actual or (book.facts.as_of if book.facts.as_of > (milestone.planned or date.max) else None)
    return None if milestone.planned is None or reached is None else (milestone.planned, reached)


def _days_late(book: Book, milestone: Milestone) -> Measure:
    days = _late_by(book, milestone)
    value = None if days is None else Decimal((days[1] - days[0]).days)
    planned: object = milestone.planned or numbers.MISSING
    formula = Message("计划{planned},尚未到期或没有计划日期", {"planned": planned})
    if milestone.actual is not None:
        formula = Message("实际{actual} - 计划{planned}", {"actual": milestone.actual, "planned": planned})
    elif days is not None:
        formula = Message("计划{planned},截至{day}未完成", {"planned": planned, "day": book.facts.as_of})
    return book.measure(
        "milestone_late", milestone.name, value, word("天"), milestone.source, formula, place=milestone.place
    )


def measures(book: Book) -> Iterator[Measure]:
    """months_late and months_overdue of the whole project, from the milestones of its start and its finish."""
    for name, title, words in _DELAYS:
        found = [
            each
            for each in book.facts.milestones
            if each.place is None and any(part in each.name for part in words) and _late_by(book, each)
        ]
        # Two that could be meant: it is not for us to choose.
        if len(found) != 1 or (days := _late_by(book, found[0])) is None:
            continue
        planned, reached = days
        months = months_between(planned, reached) if reached >= planned else -months_between(reached, planned)
        formula = (
            Message("计划{planned}至实际{reached}", {"planned": planned, "reached": reached})
            if found[0].actual is not None
            else Message("计划{planned}至{reached},仍未完成", {"planned": planned, "reached": reached})
        )
        yield book.measure(name, title, months, word("个月"), found[0].source, formula)
