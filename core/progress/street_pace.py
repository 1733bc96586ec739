"""What one street has to pay a month up to the planned end, what it paid so far, and when all is paid at that pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.model.measure import Measures
from core.model.project import Baseline, Facts
from core.progress.arithmetic import minus, over, rounded, times
from core.progress.schedule import finish, pace


@dataclass(frozen=True)
class StreetPace:
    """Amounts in 万元，None where it is not known, or there is nothing of it."""

    estimate: Decimal
    """概算 of the street, as approved."""
    paid: Decimal
    left: Decimal
    """Below 0: more was paid than approved."""
    behind: Decimal | None
    """Estimate × 工期已过 − paid."""
    needed: Decimal | None
    """Left ÷ whole months up to the planned end."""
    so_far: Decimal | None
    """Paid ÷ whole months since the planned start."""
    finish: date | None
    """Planned start + whole months passed × estimate ÷ paid."""


def street_pace(facts: Facts, m: Measures, baseline: Baseline | None, place: str) -> StreetPace | None:
    """Reckon the pace of a street by the formulas of `core.progress.schedule`.

    None: the estimate is not split by street, or nothing is known of its payment.
    """
    estimate = next((x.number for x in m.each("estimate") if x.place == place), None) if facts.divided else None
    paid = next((x.number for x in m.each("paid") if x.place == place), None)
    if estimate is None or paid is None:
        return None
    time, left = pace(baseline, facts.as_of), estimate - paid
    due = times(estimate, over(time.days_passed, time.days_total))
    running = baseline is not None and time.months_passed and paid > 0 and left > 0
    months = times(time.months_passed, over(estimate, paid)) if running else None
    return StreetPace(
        estimate,
        paid,
        left,
        rounded(minus(due, paid)),
        rounded(over(left, time.months_left)) if left >= 0 else None,
        rounded(over(paid, time.months_passed)),
        finish(baseline.start, facts.as_of, months) if baseline is not None else None,
    )
