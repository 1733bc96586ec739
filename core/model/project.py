"""A renovation project as its documents give it: places, money, homes, planned times and claims."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

FundingSource = Literal["bond", "budget"]
"""The two kinds of money that have figures of their own; any other kind is known by its own name."""
FUNDING_NAMES: Mapping[str, str] = {"bond": "专项债", "budget": "财政预算资金"}


@dataclass(frozen=True)
class Project:
    """One project."""

    id: str
    name: str
    title_places: tuple[str, ...]
    """Places that the official title names (they need not be all that got money)."""
    approval: str
    """Number of the approval document; "": not known."""
    approved_on: date | None
    """Day of the approval; None: not known."""
    source: str
    """The document that the figures come from, as it is called on pictures."""


@dataclass(frozen=True)
class BudgetGroup:
    """One approved amount over one or many places: a merged cell is one amount, never one for each row."""

    id: str
    amount: Decimal
    """万元."""
    places: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Funding:
    """The plan of one source of money, and what is known of its use. 万元."""

    source: str
    """bond, budget, or the name of another kind."""
    name: str
    planned: Decimal
    paid: Decimal | None
    """None: not reported by source."""
    arrived: Decimal | None
    """Funds arrived; None: not reported."""
    planned_share: Decimal
    """The share of the estimate as printed, 0..1."""
    section: str
    """Section of the document."""


@dataclass(frozen=True)
class SourceMoney:
    """Money of one source at one place, or of the whole project where no plan is known. 万元; None: not reported."""

    place: str | None
    """None: of the whole project."""
    source: str
    """bond, budget, or the name of another kind; "": of all sources together."""
    name: str
    """As the document calls the source; "" for all together."""
    section: str
    """Table and row."""
    planned: Decimal | None = None
    arrived: Decimal | None = None
    paid: Decimal | None = None


@dataclass(frozen=True)
class SpendLine:
    """A row of the table of spending, 万元; the raw cells beside the parsed values. None: not reported."""

    place: str
    invested: Decimal | None
    paid: Decimal | None
    budget_group: str
    source: str
    """Table and row."""
    serial_raw: str
    place_raw: str
    estimate_raw: str
    invested_raw: str
    paid_raw: str


@dataclass(frozen=True)
class RenovationLine:
    """A row of the table of beneficiaries: the planned scope; the raw cells beside the parsed values.

    None: not reported.
    """

    place: str
    communities: int | None
    communities_second: int | None
    """The second number in 5-5: its meaning is not stated (含义待确认); never drawn as completion."""
    buildings: int | None
    households: int | None
    area: Decimal | None
    """万㎡."""
    source: str
    serial_raw: str
    place_raw: str
    communities_raw: str
    buildings_raw: str
    households_raw: str
    area_raw: str


@dataclass(frozen=True)
class Baseline:
    """A planned time (计划工期). Both end days count."""

    id: str
    """Id in the URL and in `--baseline`: 2306-2512."""
    start: date
    end: date
    default: bool
    source: str


@dataclass(frozen=True)
class Claim:
    """Something the document states, kept apart from what can be computed.

    A claim that the document does not make is not there. Ids in use, with their values:

    - totals: total_estimate total_invested total_paid (万元), total_communities total_buildings total_households,
      total_area (万㎡), each also with _other behind it: a second value, that the text gives for it;
      title_places (how many places the title names)
    - money: share_bond share_budget utilisation arrival_rate approval_funding (the share that the budget bears by
      the approval), each 0..1; approval_stage plan_stage estimate_stage (万元; text: what the stage is called)
    - time: title_period scope_period planned_finish policy_deadline (the last year meant, through its end),
      start_precision (0: known to the month, 1: to the day)
    - state: goals_achieved, construction_state finished (0: being built, 1: done), satisfaction_below_target (0, 1)
    - stage_goal problem_count problem_quantified: how many quantities, problems, problems with a figure
    - residue_words residue_bookmarks residue_numbering: how many places in the text
    - details, no value needed: satisfaction_value satisfaction_target satisfaction_sample satisfaction_method,
      bond_interest bond_issued bond_maturity bond_revenue, evaluator evaluated_on signatures version
    - reported_score
    """

    id: str
    value: Decimal | None
    text: str
    """The words or the raw cell."""
    source: str


@dataclass(frozen=True)
class Milestone:
    """批复, 开工, 竣工 and the like."""

    name: str
    planned: date | None
    actual: date | None
    source: str
    place: str | None = None
    """None: of the whole project."""
    owner: str = ""
    """Who answers for it, unit or person, as 责任单位 or 责任人; "": not said."""

    @property
    def key(self) -> str:
        """What tells it from the others of its project, without the signs that a name may have."""
        return hashlib.sha256(f"{self.name}\n{self.place or ''}".encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Delivery:
    """Report of a place on its work; None: not reported."""

    place: str
    source: str
    physical: Decimal | None = None
    """Physical progress (形象进度), 0..1."""
    started: int | None = None
    """Communities started; so the next two."""
    finished: int | None = None
    accepted: int | None = None
    satisfaction: Decimal | None = None
    """0..1."""
    surveyed: int | None = None
    """Valid answers to the survey."""
    homes_finished: int | None = None
    """Households whose homes are finished."""
    inspected: int | None = None
    """Inspections held (分部分项验收)."""
    qualified: int | None = None
    """Inspections passed; where nobody counts inspections: communities accepted that passed."""
    stage_target: int | None = None
    """Communities that were to be finished by the as-of day."""
    contract: Decimal | None = None
    """Contract price, 万元."""
    variation: Decimal | None = None
    """Amount that changes have added to it, 万元; may be below 0."""
    raw: str = "{}"
    """The cells by heading, a JSON object."""


@dataclass(frozen=True)
class Arrival:
    """Funds that arrived (到位), 万元."""

    funding: str
    """bond, budget, or the name of another kind of money."""
    arrived_on: date
    amount: Decimal
    source: str


@dataclass(frozen=True)
class Community:
    """One 小区 under its place, optional detail; None: not reported. 万元, 万㎡."""

    place: str
    name: str
    source: str
    """Sheet and row."""
    buildings: int | None = None
    households: int | None = None
    area: Decimal | None = None
    invested: Decimal | None = None
    paid: Decimal | None = None
    physical: Decimal | None = None
    """0..1."""
    built: str | None = None
    """The year or decade, as the file has it: 1985, 80年代."""
    renewal: str | None = None
    """基础类, 完善类, 提升类 and the like."""
    begun_on: date | None = None
    done_on: date | None = None
    own_estimate: Decimal | None = None
    """What the list calls its 概算 or 总投资; the approved amounts are by place."""
    said: str | None = None
    """The cells that say less than a value, as they were typed, a JSON object by field: a month, 约5000, 主体施工."""
    raw: str = "{}"
    """The cells by heading, a JSON object."""


@dataclass(frozen=True)
class CommunitySums:
    """Sums of a place's detail; None where not every row reports it. 万元, 万㎡."""

    place: str
    communities: int
    buildings: int | None
    households: int | None
    area: Decimal | None
    invested: Decimal | None
    paid: Decimal | None


@dataclass(frozen=True)
class Comparison:
    """A figure before and after the renovation (改造前后), of the whole project, a place or a community."""

    place: str | None
    """None: the whole project."""
    community: str
    """"": the whole place."""
    name: str
    """Parking places, green area, complaints, satisfaction, anything named."""
    unit: str
    """As it is printed; "": none stated."""
    before: Decimal | None
    after: Decimal | None
    source: str


@dataclass(frozen=True)
class Facts:
    """Facts of one project at one version: the ground of measures and checks.

    `spend` and `renovation` have one row a place, in the order of `places`; each may be empty.
    """

    project: Project
    batch: str
    as_of: date
    places: tuple[str, ...]
    budget_groups: tuple[BudgetGroup, ...]
    funding: tuple[Funding, ...]
    spend: tuple[SpendLine, ...]
    renovation: tuple[RenovationLine, ...]
    baselines: tuple[Baseline, ...]
    claims: tuple[Claim, ...]
    deliveries: tuple[Delivery, ...] = ()
    """At most one a place, those that report something."""
    arrivals: tuple[Arrival, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    source_money: tuple[SourceMoney, ...] = ()
    """At most one a place and source; `funding` has the sources of the whole project that are planned."""

    def claim(self, name: str) -> Claim | None:
        """The claim of that id, or None."""
        return next((claim for claim in self.claims if claim.id == name), None)

    @property
    def sources(self) -> Mapping[str, str]:
        """The sources of money that are planned or that anything is reported of, and their names."""
        found = {each.source: each.name for each in self.funding}
        found |= {each.source: each.name for each in self.source_money if each.source and each.source not in found}
        late = (each.funding for each in self.arrivals if each.funding not in found)
        return found | {source: FUNDING_NAMES.get(source, source) for source in late}

    @property
    def divided(self) -> bool:
        """True where every place has approved amounts of its own, so that its rate of use is a fact."""
        shared = {place for group in self.budget_groups if len(group.places) != 1 for place in group.places}
        own = {group.places[0] for group in self.budget_groups if len(group.places) == 1}
        return bool(self.places) and own >= set(self.places) and not shared

    @property
    def default_baseline(self) -> Baseline:
        """The planned time that counts unless another is asked for."""
        return next(baseline for baseline in self.baselines if baseline.default)
