"""Standards of a renovation (改造标准), and what was found at each of their points, in a street or a community. Pure.

A standard is a list of points. A point of the kind `content` is a part of the works that was approved (改造内容): those
carried out are what 改造内容符合率 counts. A check is an event, and says all that is known of its point from then on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from core.model.rectification import Proof

PointKind = Literal["standard", "content"]
POINT_KINDS: tuple[PointKind, ...] = ("standard", "content")
PointResult = Literal["met", "not_met", "not_applicable", "unchecked"]
POINT_RESULTS: tuple[PointResult, ...] = ("met", "not_met", "not_applicable", "unchecked")


@dataclass(frozen=True)
class StandardPoint:
    """A point of a standard."""

    code: str
    group: str
    text: str
    section: str
    """Section of the document that it stands in; "" where nobody said."""
    kind: PointKind


@dataclass(frozen=True)
class Standard:
    """A version of a standard, its points in their order."""

    id: str
    version: int
    name: str
    points: tuple[StandardPoint, ...]

    def point(self, code: str) -> StandardPoint | None:
        """The point of that code; None: there is none."""
        return next((each for each in self.points if each.code == code), None)

    @property
    def contents(self) -> tuple[StandardPoint, ...]:
        """The points that are contents of the works."""
        return tuple(each for each in self.points if each.kind == "content")


@dataclass(frozen=True, order=True)
class CheckedArea:
    """A checklist's subject: a street as a whole (`community` ""), or one of its communities."""

    place: str
    community: str = ""


@dataclass(frozen=True)
class StandardCheck:
    """What was found at a point."""

    area: CheckedArea
    code: str
    seq: int
    """1, 2, 3 … at its point."""
    result: PointResult
    checked_on: date | None
    checked_by: str
    """Who was there, which need not be who put it down."""
    note: str
    picture: Proof
    actor: str
    actor_name: str
    made_at: datetime
    """Naive UTC."""


Found = Mapping[tuple[CheckedArea, str], StandardCheck]
"""The newest check of each point (by area and code) that has any."""


@dataclass(frozen=True)
class PointCounts:
    """How many of the checklists have found what, at a point or at several."""

    met: int = 0
    not_met: int = 0
    not_applicable: int = 0
    unchecked: int = 0

    def __add__(self, other: PointCounts) -> PointCounts:
        """Add up two."""
        return PointCounts(
            self.met + other.met,
            self.not_met + other.not_met,
            self.not_applicable + other.not_applicable,
            self.unchecked + other.unchecked,
        )


def areas(places: Sequence[str], found: Found) -> tuple[CheckedArea, ...]:
    """List the checklists: those that were begun, and each street without any; a street's own before its communities'.

    A checklist on which everything was taken back is none.
    """
    begun = {area for (area, _), check in found.items() if check.result != "unchecked"}
    empty = {CheckedArea(place) for place in places if all(area.place != place for area in begun)}
    order = {place: number for number, place in enumerate(places)}
    return tuple(sorted(begun | empty, key=lambda area: (order.get(area.place, len(order)), area)))


def result_at(found: Found, area: CheckedArea, code: str) -> PointResult:
    """Tell what was found at a point of a checklist."""
    check = found.get((area, code))
    return "unchecked" if check is None else check.result


def counts(found: Found, lists: Iterable[CheckedArea], code: str) -> PointCounts:
    """Count what the checklists have found at a point."""
    times = Counter(result_at(found, area, code) for area in lists)
    return PointCounts(times["met"], times["not_met"], times["not_applicable"], times["unchecked"])


def carried_out(points: Iterable[StandardPoint], found: Found, lists: Sequence[CheckedArea]) -> int | None:
    """Count the contents that were carried out: found so on some checklist, and missed on none.

    None while there are none, or a checklist leaves one of them open: a content that nobody has looked at is not "no".
    """
    each = [counts(found, lists, point.code) for point in points]
    if not each or any(count.unchecked for count in each):
        return None
    return sum(count.met > 0 and not count.not_met for count in each)
