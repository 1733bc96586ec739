"""What slides, frames and the A4 brief are made of: the figures and sentences that the pages show, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.charts.frame import Panel
from core.checks.finding import Finding
from core.errors import Message
from core.model.context import Language
from core.model.measure import Measures
from core.model.passport import Passport
from core.model.project import Baseline, Facts
from core.model.scorecard import Sheet
from core.progress.trend import Trend
from core.scoring import Item, Tally
from core.scoring.differences import AgendaRow
from core.scoring.whatif import Flip

How = tuple[tuple[str, ...], ...]
"""怎么算: a row a measure, the first being the headings; () explains nothing."""


@dataclass(frozen=True)
class Key:
    """A figure to be read from afar, with one caveat."""

    label: Message
    value: Message
    caveat: Message
    how: How


@dataclass(frozen=True)
class Pair:
    """An item that two sheets score differently (分); None: not scored there."""

    code: str
    name: str
    left: Decimal | None
    right: Decimal | None


@dataclass(frozen=True)
class Score:
    """The sheet that the slides speak of."""

    round: str
    sheet: Sheet
    items: tuple[Item, ...]
    tally: Tally
    locked: bool
    margin: Message
    claimed: Message | None
    """The score that the document states."""
    banner: Message | None
    """What a reconstruction has to say of itself."""
    flips: tuple[Flip, ...]
    agenda: tuple[AgendaRow, ...]
    """Items on which the evaluators differ."""
    other: str = ""
    """A second sheet of the round to compare with; "": there is none."""
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Remedy:
    """A problem or a recommendation, and how far it is put right; texts as they stand, "" where nobody said."""

    kind: str
    text: str
    source: str
    state: str
    owner: str
    due: Message | None


@dataclass(frozen=True)
class Matter:
    """One project at one version."""

    language: Language
    facts: Facts
    figures: Measures
    baseline: Baseline | None
    subtitle: Message
    headline: Message | None
    """None: there is neither money nor anybody who benefits. So the next two."""
    money_headline: Message | None
    """None: no money."""
    homes_headline: Message | None
    """None: nobody who benefits."""
    pace: Message | None
    sources: Message | None
    places: Message | None
    keys: tuple[Key, ...]
    money_note: Message
    homes_caution: Message
    panels: Mapping[str, Panel]
    """The pages' own, by id: their tables and 怎么算 are used, their figures are drawn anew as native charts."""
    score: Score | None
    checks: tuple[Finding, ...] | None
    """None: not chosen."""
    remedies: tuple[Remedy, ...]
    rectified: Message | None
    """整改 1/3."""
    trend: Trend | None = None
    """None: there is one snapshot only. So the next one."""
    trend_headline: Message | None = None
    passport: Passport | None = None
    """None: nothing is put down of what is shown."""
