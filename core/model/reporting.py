"""填报期：a day for which places, or their communities, report their figures, what they have typed, and the steps
提交、退回、复核、生效。

填报中 filling -> 已提交 submitted -> 已复核 reviewed -> 已生效 released; 退回 returns what was submitted or reviewed,
撤回提交 takes back one's own. A place is released while the snapshot made of it counts. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from core.errors import Message

Row = tuple[str, str]
"""What a row of the form is of: a place and its community; community "": the place itself."""
State = Literal["filling", "submitted", "returned", "reviewed", "released"]
STATES: Mapping[State, Message] = {
    "filling": Message("填报中"),
    "submitted": Message("已提交"),
    "returned": Message("已退回"),
    "reviewed": Message("已复核"),
    "released": Message("已生效"),
}
"""How the state of a place reads."""
StepKind = Literal["submitted", "recalled", "returned", "reviewed", "released"]
_LEADS_TO: Mapping[StepKind, State] = {
    "submitted": "submitted", "recalled": "filling", "returned": "returned", "reviewed": "reviewed",
}  # fmt: skip
OPEN: tuple[State, ...] = ("filling", "returned")
"""States in which figures may be typed."""


@dataclass(frozen=True)
class ReportingPeriod:
    """What is asked, of whom, and until when."""

    project: str
    id: str
    """Its day, with a number behind it where there is another of that day."""
    as_of: date
    """The day that the figures are of."""
    due: date
    """The last day on which a place is in time."""
    places: tuple[str, ...]
    fields: tuple[str, ...]
    """Ids of `core.model.fields`, each a figure of a place, or of a community."""
    actor: str
    actor_name: str
    made_at: datetime
    """Naive UTC."""
    communities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Place -> its communities, whose figures are asked; empty: those of the places are."""

    def rows(self, place: str) -> tuple[Row, ...]:
        """The rows of a place."""
        if not self.communities:
            return ((place, ""),)
        return tuple((place, name) for name in self.communities.get(place, ()))


@dataclass(frozen=True)
class ReportedFigure:
    """One thing typed into a cell; the newest of a cell counts."""

    project: str
    period: str
    place: str
    field: str
    revision: int
    edit_id: str
    raw: str
    """As it was typed; "": the cell was emptied."""
    value: Decimal | None
    """In the unit of the field; None: emptied, or said to be unknown."""
    reason: str
    """Why it stands although a check doubts it; "": nothing was said."""
    actor: str
    actor_name: str
    made_at: datetime

    @property
    def there(self) -> bool:
        """True unless the cell was emptied."""
        return bool(self.raw)

    @property
    def row(self) -> Row:
        """The row that its cell is in."""
        return self.place, ""


@dataclass(frozen=True)
class CommunityFigure(ReportedFigure):
    """One thing typed into a cell of a community. A day stands in `raw` only."""

    community: str

    @property
    def row(self) -> Row:
        """The row that its cell is in."""
        return self.place, self.community


@dataclass(frozen=True)
class ReportStep:
    """A step of a place, or of the whole period (place "": its release)."""

    project: str
    period: str
    place: str
    revision: int
    kind: StepKind
    reason: str
    """Of a return."""
    batch: str
    """The snapshot that a release has made; else ""."""
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class Reporter:
    """Who reports for a place; each event says it anew."""

    project: str
    place: str
    person: str
    """Login."""
    revision: int
    given: bool
    """False: no longer."""
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class Report:
    """A period as it stands."""

    period: ReportingPeriod
    figures: Mapping[tuple[Row, str], ReportedFigure] = field(default_factory=dict)
    """The newest of each cell, by row and field."""
    steps: tuple[ReportStep, ...] = ()
    """Oldest first."""
    counting: Collection[str] = ()
    """Snapshots of its releases that count."""
    typed_by: Mapping[str, Collection[tuple[str, str]]] = field(default_factory=dict)
    """Place -> id and name of everybody who has typed a figure of it."""

    @property
    def made(self) -> frozenset[str]:
        """Snapshots that its releases have made."""
        return frozenset(step.batch for step in self.steps if step.kind == "released")

    def step(self, place: str) -> ReportStep | None:
        """The newest step of a place."""
        return next((each for each in reversed(self.steps) if each.place == place), None)

    def state(self, place: str) -> State:
        """The state of a place."""
        step = self.step(place)
        found = "filling" if step is None else _LEADS_TO[step.kind]
        if step is None or found != "reviewed":
            return found
        made = (each for each in self.steps if each.kind == "released" and each.batch in self.counting)
        return "released" if any(each.made_at > step.made_at for each in made) else found

    def in_state(self, *states: State) -> tuple[str, ...]:
        """The places that are in one of these states."""
        return tuple(place for place in self.period.places if self.state(place) in states)

    def missing(self, place: str) -> int:
        """Number of cells that the place has still to fill."""
        return sum(not self.said(row, name) for row in self.period.rows(place) for name in self.period.fields)

    def said(self, row: Row, name: str) -> str:
        """What stands in a cell; "": nothing."""
        found = self.figures.get((row, name))
        return found.raw if found is not None else ""

    def reporters(self, places: Collection[str]) -> frozenset[tuple[str, str]]:
        """Id and name of everybody who has typed a figure of these places or submitted one of them."""
        submitted = {(s.actor, s.actor_name) for s in self.steps if s.place in places and s.kind == "submitted"}
        return frozenset(submitted.union(*(self.typed_by.get(place, ()) for place in places)))

    @property
    def finished(self) -> bool:
        """True when every place is released."""
        return all(self.state(place) == "released" for place in self.period.places)
