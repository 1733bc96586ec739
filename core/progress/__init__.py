"""Pure: the lines of a project become measures (budget use, schedule, unit cost, equity, forecast, allocation)."""

from __future__ import annotations

from core.errors import Message, UnknownName
from core.model.measure import Measure
from core.model.project import Baseline, Facts
from core.progress import allocation, equity, money, places, schedule, survey, unit_cost
from core.progress.arithmetic import quotient
from core.progress.book import Book
from core.progress.equity import lorenz

__all__ = ["lorenz", "measures", "quotient"]


def measures(facts: Facts, baseline: str | None = None) -> tuple[Measure, ...]:
    """Every measure of the project at that planned time (an id of its baselines; None: the default one).

    What cannot be known has the value None. Raises UnknownName for an unknown baseline, and nothing else.
    """
    book = Book(facts, _chosen(facts, baseline))
    return (
        *places.amounts(book),
        *money.measures(book),
        *schedule.measures(book),
        *unit_cost.measures(book),
        *places.measures(book),
        *equity.measures(book),
        *survey.measures(book),
        *allocation.measures(book),
    )


def _chosen(facts: Facts, baseline: str | None) -> Baseline | None:
    known = facts.baselines
    if baseline is None:
        return next((each for each in known if each.default), known[0] if known else None)
    for each in known:
        if each.id == baseline:
            return each
    ids = tuple(each.id for each in known)
    raise UnknownName(Message("没有计划工期“{baseline}”。可用:{ids}。", {"baseline": baseline, "ids": ids}))
