"""The shipped project three months later, invented: a second snapshot with all that is optional. Typed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.model.project import Arrival, Delivery, Facts, Milestone
from tests.core.lingang import PLACES, spend

D = Decimal
MARCH = date(2025, 3, 31)
PAID = ("2500.00", "3000.00", "2400.00", "1600.00")
"""9,500 of 15,000."""
PHYSICAL = ("0.6", "0.5", "0.4", "0.2")

DELIVERIES = tuple(
    Delivery(place, f"填报表 第{row}行", D(physical), started, finished, accepted, D(pleased), asked)
    for row, (place, physical, started, finished, accepted, pleased, asked) in enumerate(
        zip(
            PLACES,
            PHYSICAL,
            (5, 9, 8, 3),
            (3, 4, 2, 0),
            (2, 2, 0, 0),
            ("0.9", "0.8", "0.85", "0.7"),
            (65, 121, 94, 100),
            strict=True,
        ),
        start=1,
    )
)
ARRIVALS = (
    Arrival("bond", date(2023, 7, 1), D(6000), "到位表 第1行"),
    Arrival("bond", date(2024, 6, 1), D(4000), "到位表 第2行"),
    Arrival("bond", date(2025, 6, 1), D(2000), "到位表 第3行"),
    Arrival("budget", date(2025, 1, 15), D(500), "到位表 第4行"),
)
"""By 31 March 10,000 + 500: what arrives on 1 June does not count yet."""
MILESTONES = (
    Milestone("批复", date(2022, 10, 18), date(2022, 10, 18), "里程碑表 第1行"),
    Milestone("开工", date(2023, 4, 15), date(2023, 6, 30), "里程碑表 第2行"),
    Milestone("首批完工", date(2025, 3, 1), None, "里程碑表 第3行", "夏港街道"),
    Milestone("竣工", date(2025, 12, 31), None, "里程碑表 第4行"),
)


def march(december: Facts) -> Facts:
    """The second snapshot after the first: paid and delivery, arrivals, milestones."""
    of = dict(zip(PLACES, PAID, strict=True))
    bond, budget = december.funding
    return replace(
        december,
        funding=(replace(bond, paid=D(9100)), replace(budget, paid=D(400))),
        batch="2025q1",
        as_of=MARCH,
        spend=tuple(
            replace(spend(line.place, of[line.place], line.serial_raw), budget_group=line.budget_group)
            for line in december.spend
        ),
        deliveries=DELIVERIES,
        arrivals=ARRIVALS,
        milestones=MILESTONES,
    )
