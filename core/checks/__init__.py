"""Checks: one pure function each, facts (and a reference) -> finding, or None where it does not apply."""

from __future__ import annotations

from collections.abc import Callable

from core.checks import approval, cost, document, goals, money, payments, periods, rates, scope, score, sums, tables
from core.checks.finding import STATUS_NAMES, Finding, Status
from core.model.payments import Ledger
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
"""Checks that hold the facts against a threshold or against others' figures."""

_USUAL = Reference()


def run(facts: Facts, reference: Reference = _USUAL, ledger: Ledger | None = None) -> tuple[Finding, ...]:
    """Run every check that applies, in the order of their numbers; those of the ledger where there is one."""
    found = [check(facts) for check in PLAIN] + [check(facts, reference) for check in COMPARING]
    if ledger is not None:
        found += [check(facts, ledger, reference) for check in payments.VERIFYING]
    return tuple(sorted((finding for finding in found if finding is not None), key=lambda finding: int(finding.id)))
