"""Pure: one function a check, facts (and what they are compared with) -> finding, or None with nothing to look at."""

from __future__ import annotations

from collections.abc import Callable

from core.checks import approval, cost, document, goals, money, periods, rates, scope, score, sums, tables
from core.checks.finding import STATUS_NAMES, Finding, Status
from core.model.project import Facts
from core.model.reference import Reference

__all__ = ["COMPARING", "PLAIN", "STATUS_NAMES", "Finding", "Status", "run"]

PLAIN: tuple[Callable[[Facts], Finding | None], ...] = (
    tables.serials,
    tables.merged_estimate,
    goals.achieved,
    rates.utilisation,
    approval.approval,
    money.invested,
    money.title_places,
    periods.periods,
    periods.start,
    scope.second_number,
    scope.planned_scope,
    scope.precision,
    score.reported,
    score.problems,
    goals.stage,
    document.bond,
    periods.deadline,
    document.residue,
    document.signed,
)
COMPARING: tuple[Callable[[Facts, Reference], Finding | None], ...] = (
    sums.columns,
    sums.funding,
    money.sources,
    rates.in_hand,
    scope.home_area,
    cost.unit_cost,
    cost.spread,
)
"""Those that hold the facts against a threshold or against others' figures."""

_USUAL = Reference()


def run(facts: Facts, reference: Reference = _USUAL) -> tuple[Finding, ...]:
    """Every check that has something to look at, in the order of their numbers."""
    found = [check(facts) for check in PLAIN] + [check(facts, reference) for check in COMPARING]
    return tuple(sorted((finding for finding in found if finding is not None), key=lambda finding: int(finding.id)))
