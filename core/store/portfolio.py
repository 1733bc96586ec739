"""Every project in one statement: filtered, ordered, added up and paged where the tables are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from core.model.context import NEWEST, Version
from core.store import read
from core.store.database import Store

Sort = Literal["name", "estimate", "paid", "rate", "elapsed", "gap", "score", "checks", "findings", "overdue"]
Only = Literal["all", "slow", "late", "open"]
MOST_POINTS = 200
"""Up to as many projects are a point each in the picture; more are counted in fields."""


@dataclass(frozen=True)
class ProjectRow:
    """A project as the list has it. 万元; None: not known."""

    id: str
    name: str
    source: str
    batch: str
    as_of: date
    estimate: Decimal | None
    paid: Decimal | None
    passed: int | None
    """Days of the planned time gone; so the next one."""
    days: int | None
    reported: Decimal | None
    """The score that the report states."""
    total: Decimal | None
    """What its sheet adds up to, once somebody has confirmed an item."""
    confirmed: int | None
    """Items of that sheet that are confirmed."""
    findings: int
    done: int
    """Findings put right."""
    overdue: int


@dataclass(frozen=True)
class Totals:
    """What the chosen projects add up to."""

    every: int
    """Projects that there are; the rest is of those chosen."""
    projects: int
    slow: int
    """Projects whose payment runs behind their time."""
    overdue: int
    """Findings."""
    findings: int
    done: int
    estimate: Decimal | None
    """Of the projects whose payments are known; None: of none. So the next one, the other way round."""
    paid: Decimal | None
    first_day: date | None
    """As-of days from … to."""
    last_day: date | None
    sources: tuple[str, ...]
    """At most three."""


@dataclass(frozen=True)
class Point:
    """A project, or a field of the picture with how many there are."""

    x: float
    """Time gone, 0..1."""
    y: float
    """Paid of the estimate."""
    projects: int
    id: str
    name: str
    """Of the project; of a field: of one of its projects."""


@dataclass(frozen=True)
class Found:
    """One page of the list with what stands over it."""

    totals: Totals
    points: tuple[Point, ...]
    rows: tuple[ProjectRow, ...]


def portfolio(
    store: Store,
    version: Version = NEWEST,
    *,
    text: str | None = None,
    only: Only = "all",
    sort: Sort = "name",
    descending: bool = False,
    first: int = 0,
    most: int = 50,
    contradictions: Mapping[str, int] | None = None,
) -> Found:
    """The projects whose name or id contains `text`, `most` from `first` (from 0); unknown values come last.

    `contradictions`: how many checks contradict, by batch, for sorting by them.
    """
    known = contradictions or {}
    with store.reading() as session:
        found = session.run(
            "portfolio",
            until=read.until(session, version),
            moment=version.moment or datetime.max,
            text=text or None,
            only=only,
            sort=sort,
            descending=descending,
            first=first,
            most=most,
            most_points=MOST_POINTS,
            batches=list(known),
            contradictions=list(known.values()),
        )
    totals, points, _ = found[0]
    return Found(
        Totals(**totals | {"sources": tuple(totals["sources"] or ())}),
        tuple(Point(**point) for point in points),
        tuple(ProjectRow(**{name: row[name] for name in _COLUMNS}) for *_, row in found if row is not None),
    )


_COLUMNS = tuple(ProjectRow.__dataclass_fields__)
