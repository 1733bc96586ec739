"""What slides, frames, brief, report and workbook are made of: the figures and sentences that the pages show.

Gathered once by `core.service.briefing.content`; nothing in `core.briefing` computes a figure of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from core.checks.finding import Finding
from core.errors import Message
from core.figures.figure import FigurePanel
from core.model.context import AmountUnit, Language
from core.model.key_figure import KeyFigure
from core.model.measure import Measure, Measures
from core.model.panel_events import EvidenceFile
from core.model.project import Baseline, Community, Facts
from core.model.reference import Limits
from core.model.scorecard import Sheet
from core.model.view_code import ViewCode
from core.progress.forecast import Forecast, forecast, paid_points
from core.progress.trend import Trend
from core.render.photo import Photo
from core.scoring import ScoredItem, Tally
from core.scoring.consensus import Consensus, Rule
from core.scoring.differences import AgendaRow, Difference
from core.scoring.sheet_source import sheet_source
from core.scoring.whatif import Flip
from core.text import render
from core.text.marks import listed

IN_DOCUMENTS = ("paid", "time_elapsed", "households", "score")
"""The cards of 总览, by id, that slides, frames and the brief show; any other stands on the page alone."""


@dataclass(frozen=True)
class RoundScore:
    """The sheet that the documents speak of: the panel's or, while there is none, the shared one of the round."""

    round: Message
    kind: str
    """自评, 初评 or 终评."""
    rule: Rule
    """By which several scores become one."""
    rule_name: str
    sheet: Sheet
    items: Sequence[ScoredItem]
    tally: Tally
    margin: Message
    """How far the grade holds, or what is still open."""
    claimed: Message | None
    """The score that the document states."""
    banner: Message | None
    """What a reconstruction has to say of itself."""
    flips: tuple[Flip, ...]
    combined: Consensus | None
    """What the rule makes of the evaluators' points; None: of nobody's, or the one who asks may not see them."""
    agenda: tuple[AgendaRow, ...]
    """Items on which the evaluators differ."""
    other: str = ""
    """A second sheet of the round to compare with; "": there is none."""
    pairs: tuple[Difference, ...] = ()
    own: tuple[tuple[Message, tuple[Difference, ...]], ...] = ()
    """Each 自评 with its title: all items in the order of `items`, left 自评, right the sheet's points; then others."""
    locked_by: str = ""
    """"" while the round is open: then the documents are a draft."""
    locked_at: str = ""
    changed: Message | None = None
    """锁定后有变（n处）, with the first of them; None: nothing, or it is open."""
    changes: tuple[Message, ...] = ()
    """All of them."""

    @property
    def locked(self) -> bool:
        """Whether somebody has signed it."""
        return bool(self.locked_by)

    @property
    def source(self) -> Message:
        """Where its points come from."""
        return sheet_source(self.sheet, self.round)

    def remark_in(self, language: Language) -> str:
        """What a reconstruction, or a veto, has to say of itself; ""."""
        vetoed = self.tally.veto is not None and self.tally.grade is not None
        said = (self.banner, self.margin if vetoed else None)
        return " ".join(render(each, language) for each in said if each is not None)

    @property
    def remark(self) -> str:
        """What it has to say of itself, in Chinese; ""."""
        return self.remark_in("zh_CN")

    def every_change_in(self, language: Language) -> str:
        """锁定后有变（2处）：… with all of them; ""."""
        if not self.changes:
            return ""
        changes = listed((render(each, language) for each in self.changes), language)
        params = {"count": len(self.changes), "changes": changes}
        return render(Message("锁定后有变（{count}处）：{changes}。本文各数仍为锁定时的数。", params), language)

    @property
    def every_change(self) -> str:
        """锁定后有变 with all of them, in Chinese; ""."""
        return self.every_change_in("zh_CN")


@dataclass(frozen=True)
class OpenFinding:
    """A problem or a recommendation, and how far it is put right; texts as they stand, "" where nobody said."""

    problem: bool
    """False: a recommendation."""
    kind_name: str
    text: str
    source: str
    state: str
    owner: str
    due: Message | None
    noted_at: datetime
    late: int = 0
    """Days that it is overdue at the data's as-of day; 0: it is not, or is done."""


@dataclass(frozen=True)
class Expert:
    """A sheet of one evaluator, or of the unit itself, that the one who asks may see."""

    name: str
    sheet: Sheet
    kind: str
    """评价人 or 自评."""
    state: str
    items: Mapping[str, ScoredItem] = field(hash=False)
    """By code."""
    tally: Tally
    """Without what they stay out of."""


@dataclass(frozen=True)
class Signer:
    """Somebody who takes part in a round, as the table of signatures has them."""

    name: str
    assigned: str
    """分工 in words."""
    state: str
    """How far they are: 已提交, 草稿, 未开始, 回避."""
    expert: Expert | None
    """Their sheet; None: nobody else may see it, or there is none."""


@dataclass(frozen=True)
class Opinion:
    """What the unit said of an item, and what the panel answered; "" while unanswered."""

    code: str
    name: str
    text: str
    said_by: str
    """Who has put it down."""
    said_at: str
    unit: str = ""
    """"" where nobody had been asked."""
    decision: str = ""
    answer: str = ""
    answered_by: str = ""


@dataclass(frozen=True)
class Filed:
    """A document that backs an item."""

    name: str
    """The item's."""
    file: EvidenceFile
    filed_at: str
    withdrawn: str = ""
    """By whom, when and why it was; "": it counts."""

    @property
    def title(self) -> str:
        """The file's name, with its withdrawal."""
        return f"{self.file.name}（{self.withdrawn}）" if self.withdrawn else self.file.name


@dataclass(frozen=True)
class Wanted:
    """Something that a rule waits for: to be asked of the unit."""

    code: str
    name: str
    input: str
    evidence: str


@dataclass(frozen=True)
class ToDecide:
    """Something that waits for a decision, and why."""

    what: Message
    why: Message | None = None
    """None: it would name those who score."""


MOST_PAIRS = 2
"""Pairs of pictures that a document shows."""


@dataclass(frozen=True)
class ShownPicture:
    """A picture of a place before or after, made small; `caption`: where, which, and its day."""

    photo: Photo
    caption: Message


@dataclass(frozen=True)
class PicturePair:
    """A place before and after its renovation."""

    before: ShownPicture
    after: ShownPicture


@dataclass(frozen=True)
class BriefingContent:
    """One project at one version, for one asker."""

    language: Language
    unit: AmountUnit
    """In which amounts of the panels are printed, and those of slides."""
    facts: Facts
    figures: Measures
    """At the planned time that was chosen."""
    subtitle: Message
    money_note: Message
    homes_caution: Message
    baseline: Baseline | None = None
    headline: Message | None = None
    """None: there is neither money nor anybody who benefits. So the next two."""
    money_headline: Message | None = None
    """None: no money."""
    homes_headline: Message | None = None
    """None: nobody who benefits."""
    sentences: Mapping[str, Message] = field(default_factory=dict, hash=False)
    """Those of 总览 by what each is about: pace, money, places; {} where `headline` is None."""
    keys: tuple[KeyFigure, ...] = ()
    """The cards that are `IN_DOCUMENTS`; () where `headline` is None."""
    panels: Mapping[str, FigurePanel] = field(default_factory=dict, hash=False)
    """The pages' own, by id: their tables and 怎么算 are used, their figures are drawn anew as native charts."""
    limits: Limits = field(default_factory=Limits)
    """From which on a rate of payment raises an alarm."""
    score: RoundScore | None = None
    """None: the project has no round, or it was not asked for."""
    checks: tuple[Finding, ...] | None = None
    """None: not chosen."""
    remedies: tuple[OpenFinding, ...] = ()
    decisions: tuple[ToDecide, ...] = ()
    """今天要定 of 总览, as far as a document may say it; gathered for slides alone."""
    rectified: Message | None = None
    """整改 1/3."""
    trend: Trend | None = None
    """None: there is one snapshot only. So the next one."""
    trend_headline: Message | None = None
    view_code: ViewCode | None = None
    """None: nothing is put down of what is shown."""
    confidentiality: str = ""
    """Line on every page that says who may read it; "": none."""
    watermark: str = ""
    """Words across every page: who asked for it, and the day; "": none."""
    parts: tuple[str, ...] = ()
    """Ids of the slides or frames that were chosen, in order; (): all in their own order. Of the report: the parts that
    begin on a new page.
    """
    pictures: tuple[PicturePair, ...] = ()
    """Before and after, as slides and report show them; at most `MOST_PAIRS`."""

    # What only report and workbook show; gathered for them alone.
    planned_times: tuple[tuple[Baseline, tuple[Measure, ...]], ...] = ()
    """The measures of the schedule at each planned time."""
    experts: tuple[Expert, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    filed: tuple[Filed, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What named persons found out about checks, by the check's id."""
    communities: tuple[Community, ...] = ()
    communities_told: tuple[str, ...] = ()
    """The things that few lists of communities tell, as far as this one does."""

    @property
    def title(self) -> str:
        """The project's name, as documents carry it."""
        return self.facts.project.name

    @property
    def forecast(self) -> Forecast:
        """When all will be paid, as the pages say it."""
        return forecast(self.figures.one("finish_forecast"), self.trend)

    @property
    def paid_points(self) -> tuple[tuple[date, Decimal], ...]:
        """The payments that are known, one a snapshot."""
        return paid_points(self.figures.one("paid"), self.trend)
