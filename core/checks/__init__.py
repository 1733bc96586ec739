"""Pure: one function a check, facts -> finding, or None where the facts give it nothing to look at."""

from __future__ import annotations

from collections.abc import Callable

from core.checks import money, score, sums, tables
from core.checks.finding import STATUS_NAMES, Finding, Status
from core.model.project import Facts

__all__ = ["CHECKS", "STATUS_NAMES", "Finding", "Status", "run"]

CHECKS: tuple[Callable[[Facts], Finding | None], ...] = (
    sums.columns,
    sums.funding,
    tables.serials,
    tables.merged_estimate,
    money.sources,
    money.title_places,
    score.reported,
)
"""In the order of their numbers."""


def run(facts: Facts) -> tuple[Finding, ...]:
    """Every check that has something to look at, in the order of their numbers."""
    return tuple(finding for check in CHECKS if (finding := check(facts)) is not None)
