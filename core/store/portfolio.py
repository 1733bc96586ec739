"""Every project in one statement: filtered, ordered, added up and paged where the tables are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from core.model.context import NEWEST, Version
from core.model.scorecard import MINUS
from core.scoring.leading_sheet import RoundSheets
from core.store import read
from core.store.database import Session, Store

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
    sheet: str | None
    """The name of the sheet that heads it, once somebody has confirmed an item of it. So the next three."""
    total: Decimal | None
    """Sum of the sheet's points."""
    applying: Decimal | None
    """Full marks of what applies, where the sheet is complete and some of it does not; else None."""
    confirmed: int | None
    """Items of the sheet that are confirmed."""
    findings: int
    done: int
    """Findings put right."""
    overdue: int


@dataclass(frozen=True)
class Totals:
    """Sums over the chosen projects."""

    every: int
    """Projects that there are; the rest is of those chosen."""
    projects: int
    slow: int
    """Projects whose payment runs behind their time."""
    overdue: int
    """Findings."""
    findings: int
    done: int
    known: int
    """Projects whose estimate and payments are both known."""
    estimate: Decimal | None
    """Of the projects whose payments are known; None: of none. So the next one, the other way round."""
    paid: Decimal | None
    first_day: date | None
    """As-of days from … to."""
    last_day: date | None
    sources: tuple[str, ...]
    """At most three."""


@dataclass(frozen=True)
class ProjectPoint:
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
    points: tuple[ProjectPoint, ...]
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
    sheets: Mapping[str, str] | None = None,
) -> Found:
    """The projects whose name or id contains `text`, `most` from `first` (from 0); unknown values come last.

    `contradictions`: how many checks contradict, by batch, for sorting by them. `sheets`: the id of the sheet that
    heads each project.
    """
    known, heads = contradictions or {}, sheets or {}
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
            minus=MINUS,
            batches=list(known),
            contradictions=list(known.values()),
            scored=list(heads),
            sheets=list(heads.values()),
        )
    totals, points, _ = found[0]
    return Found(
        Totals(**totals | {"sources": tuple(totals["sources"] or ())}),
        tuple(ProjectPoint(**point) for point in points),
        tuple(ProjectRow(**{name: row[name] for name in _COLUMNS}) for *_, row in found if row is not None),
    )


def rounds(store: Store, version: Version = NEWEST) -> Mapping[str, tuple[RoundSheets, ...]]:
    """The rounds of every project, oldest first, by project."""

    def make(session: Session) -> Mapping[str, tuple[RoundSheets, ...]]:
        found: dict[str, list[RoundSheets]] = {}
        for row in session.rows("round_sheets", moment=version.moment or datetime.max):
            found.setdefault(row.pop("project"), []).append(RoundSheets(**row))
        return {project: tuple(each) for project, each in found.items()}

    return store.remembered(("round_sheets", version.moment), make, until="steps")


_COLUMNS = tuple(ProjectRow.__dataclass_fields__)
