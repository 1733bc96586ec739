"""What an evaluation's documents are made of: gathered once by `core.service`, written by `report` and `workbook`.

Everything here is as the pages show it, in Chinese; nothing in `core.briefing` computes a figure of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.charts.frame import RECONSTRUCTION_BAND
from core.model.measure import Measure, Measures
from core.model.passport import Passport
from core.model.project import Baseline, Facts
from core.model.scorecard import Sheet
from core.scoring import Item, Tally

Row = tuple[str, ...]
DRAFT = "草稿"


@dataclass(frozen=True)
class Line:
    """A measure in words: a row of 计算底稿."""

    measure: Measure
    value: str
    """With its unit; — for what is undefined."""
    formula: str
    basis: str
    condition: str
    """Under which planned time or assumption it holds; "—"."""


@dataclass(frozen=True)
class Grid:
    """The table behind a chart of a page, as printed there."""

    id: str
    title: str
    headings: Row
    rows: tuple[Row, ...]
    estimate: bool
    """Whether any of its figures rests on an assumption (测算值·非批复数)."""


@dataclass(frozen=True)
class Result:
    """The sheet that the documents report: the panel's or, while there is none, the shared one of the round."""

    round: str
    kind: str
    """自评, 初评 or 终评."""
    rule: str
    """How several scores become one."""
    sheet: Sheet
    items: Sequence[Item]
    tally: Tally
    remark: str
    """What a reconstruction, or a veto, has to say of itself; ""."""
    margin: str
    """How far the grade holds, or what is still open."""
    claimed: str
    """The score that the report states; ""."""
    locked_by: str
    """"" while the round is open: then the documents are a draft."""
    locked_at: str


@dataclass(frozen=True)
class Expert:
    """A sheet of one evaluator, or of the unit itself, that the one who asks may see."""

    name: str
    kind: str
    """评价人 or 自评."""
    state: str
    cells: Mapping[str, Decimal | str] = field(hash=False)
    """By code: points, or the word that stands for them."""
    total: Decimal


@dataclass(frozen=True)
class Opinion:
    """What the unit said of an item, and what the panel answered; "" while unanswered."""

    code: str
    name: str
    text: str
    said_by: str
    said_at: str
    decision: str
    answer: str
    answered_by: str


@dataclass(frozen=True)
class Filed:
    """A document that backs an item."""

    code: str
    name: str
    kind: str
    file: str
    size: int
    """Bytes."""
    digest: str
    """SHA-256."""
    filed_by: str
    filed_at: str


@dataclass(frozen=True)
class Wanted:
    """Something that a rule waits for: to be asked of the unit."""

    code: str
    name: str
    input: str
    evidence: str


@dataclass(frozen=True)
class Doubt:
    """A check that found a contradiction or a question."""

    id: str
    status: str
    title: str
    message: str
    source: str
    answer: str
    """What a named person found out; ""."""


@dataclass(frozen=True)
class Remedy:
    """A problem or a recommendation, and what became of it."""

    problem: bool
    text: str
    source: str
    state: str
    owner: str
    due: str


@dataclass(frozen=True)
class Evaluation:
    """A project in one round, for one asker."""

    facts: Facts
    figures: Measures
    """At the default planned time."""
    lines: tuple[Line, ...]
    """Of `figures`, then what another planned time changes."""
    planned_times: tuple[tuple[Baseline, tuple[Line, ...]], ...]
    """The measures of the schedule at each planned time."""
    headline: str
    sentences: tuple[str, ...]
    scope: str
    """Who is to benefit, as a sentence."""
    grids: tuple[Grid, ...]
    result: Result | None
    """None: the project has no round."""
    experts: tuple[Expert, ...] = ()
    by_rule: Mapping[str, tuple[Decimal | None, Decimal | None]] = field(default_factory=dict, hash=False)
    """By code: what the round's rule makes of the experts' points, and their spread."""
    opinions: tuple[Opinion, ...] = ()
    filed: tuple[Filed, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    passport: Passport | None = None
    """None: nothing is put down of what is shown."""

    @property
    def title(self) -> str:
        """The project's name, as documents carry it."""
        return self.facts.project.name

    @property
    def running(self) -> tuple[str, ...]:
        """What stands on every page: the bands and the 查验码."""
        return (*self.bands, *((f"查验码 {self.passport.code}",) if self.passport else ()))

    @property
    def bands(self) -> tuple[str, ...]:
        """What has to stand on every page: 还原稿·非原表, 草稿."""
        found = []
        if self.result is not None and self.result.sheet.reconstruction:
            found.append(RECONSTRUCTION_BAND)
        if self.result is None or not self.result.locked_by:
            found.append(DRAFT)
        return tuple(found)
