"""Pure: the lines of a project become measures (budget use, schedule, unit cost, equity, forecast, allocation)."""

from __future__ import annotations

from core.model.measure import Measure
from core.model.project import Facts
from core.progress import allocation, delivery, equity, milestones, money, places, schedule, survey, unit_cost
from core.progress.arithmetic import quotient
from core.progress.book import Book, planned_time
from core.progress.equity import lorenz

__all__ = ["lorenz", "measures", "quotient"]


def measures(facts: Facts, baseline: str | None = None) -> tuple[Measure, ...]:
    """Every measure of the project at that planned time (an id of its baselines; None: the default one).

    What cannot be known has the value None; of optional data (delivery, arrivals, milestones) that nobody reports
    there is no measure. Raises UnknownName for an unknown baseline, and nothing else.
    """
    book = Book(facts, planned_time(facts, baseline))
    return (
        *places.amounts(book),
        *money.measures(book),
        *schedule.measures(book),
        *unit_cost.measures(book),
        *places.measures(book),
        *equity.measures(book),
        *survey.measures(book),
        *allocation.measures(book),
        *delivery.measures(book),
        *milestones.measures(book),
    )
