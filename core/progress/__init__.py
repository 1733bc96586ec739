"""Pure: the lines of a project become measures (budget use, schedule, unit cost, equity, forecast, allocation)."""

from __future__ import annotations

from core.model.measure import Measure
from core.model.project import Facts
from core.progress import (
    allocation,
    delivery,
    equity,
    milestones,
    money,
    partly,
    places,
    schedule,
    sources,
    survey,
    unit_cost,
)
from core.progress.arithmetic import quotient
from core.progress.equity import lorenz
from core.progress.facts_by_place import FactsByPlace, planned_time

__all__ = ["lorenz", "measures", "quotient"]


def measures(facts: Facts, baseline: str | None = None) -> tuple[Measure, ...]:
    """Compute every measure of the project at that planned time (an id of its baselines; None: the default one).

    An unknown value is None; of optional data (delivery, arrivals, milestones) that nobody reports
    there is no measure. Raises UnknownName for an unknown baseline, and nothing else.
    """
    sums = FactsByPlace(facts, planned_time(facts, baseline))
    return (
        *places.amounts(sums),
        *partly.measures(sums),
        *money.measures(sums),
        *schedule.measures(sums),
        *unit_cost.measures(sums),
        *places.measures(sums),
        *equity.measures(sums),
        *survey.measures(sums),
        *allocation.measures(sums),
        *delivery.measures(sums),
        *sources.by_place(sums),
        *milestones.measures(sums),
    )
