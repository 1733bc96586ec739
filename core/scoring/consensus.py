"""Result of a panel from the sheets of its evaluators: one rule, item by item, the raw sheets kept as they are.

Source: the practice of review panels, which use the mean, the trimmed mean, the median or the chief evaluator's word.
Points are rounded half up to two decimals item by item and then added, so that a printed table adds up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from statistics import mean, median

from core.model.scorecard import GradeScheme, Indicator, Scheme, ScoreEvent, Status
from core.scoring.computed_item import ComputedItem
from core.scoring.tally import ScoredItem, Tally, items_of, tally
from core.text.numbers import half_up

FEWEST_TO_TRIM = 3
"""Scores of an item from which one highest and one lowest can be dropped with one left."""


class Rule(StrEnum):
    """Rules that make one score of several."""

    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED_MEAN = "trimmed_mean"
    CHIEF = "chief"
    """主评人定: the chief evaluator's score, whatever the others gave."""


@dataclass(frozen=True)
class Ballot:
    """One evaluator's sheet: the newest event of each item, and the items they stay out of (回避)."""

    evaluator: str
    """An id, unique in the panel."""
    name: str
    events: Mapping[str, ScoreEvent] = field(hash=False)
    recused: frozenset[str] = frozenset()
    """Codes of items; for a whole sheet, all of them."""
    assigned: frozenset[str] | None = None
    """Codes of the items that they score (分工); None: all."""

    def items(self, scheme: Scheme) -> tuple[ScoredItem, ...]:
        """Items of the evaluator's own sheet; those that they do not score leave its sum, as 不适用 does."""
        return items_of(scheme, self.events, recused=self.recused, assigned=self.assigned)


@dataclass(frozen=True)
class Panel:
    """Ballots of a panel, and the rule that makes one result of them."""

    scheme: Scheme
    grades: GradeScheme
    ballots: tuple[Ballot, ...]
    rule: Rule
    chief: Ballot | None = None
    """Ballot that decides under `Rule.CHIEF`: one of the ballots, or the panel's own sheet. Unused by other rules."""


@dataclass(frozen=True)
class Score:
    """Score of an item by one evaluator. Points under 回避 or outside 分工 stay on record, but count nowhere."""

    evaluator: str
    name: str
    points: Decimal | None
    status: Status
    reason: str
    recused: bool
    unassigned: bool = False

    @property
    def out(self) -> bool:
        """True where the evaluator does not score the item, by 回避 or 分工."""
        return self.recused or self.unassigned

    @property
    def counts(self) -> bool:
        """True where it takes part in the panel's result."""
        return self.points is not None and not self.out


@dataclass(frozen=True)
class PanelItem(ComputedItem):
    """An item with the panel's points (`points`, None: 未评) and every evaluator's score."""

    scores: tuple[Score, ...] = ()
    """Scores in the order of the ballots, also those that do not count."""

    @property
    def counted(self) -> tuple[Decimal, ...]:
        """Points (分) that take part, in the order of the ballots."""
        return _counted(self.scores)

    @property
    def count(self) -> int:
        """Number of scores that take part."""
        return len(self.counted)

    @property
    def low(self) -> Decimal | None:
        """Lowest points given, or None."""
        return min(self.counted, default=None)

    @property
    def high(self) -> Decimal | None:
        """Highest points given, or None."""
        return max(self.counted, default=None)

    @property
    def spread(self) -> Decimal | None:
        """分差 = highest - lowest (分); None without scores, 0 with one."""
        points = self.counted
        return max(points) - min(points) if points else None

    @property
    def disputed(self) -> bool:
        """True where some scored the item while others hold it to be 不适用."""
        return self.count > 0 and any(score.status is Status.NOT_APPLICABLE and not score.out for score in self.scores)


@dataclass(frozen=True)
class Consensus:
    """Result of a panel: its items in the scheme's order, added up."""

    panel: Panel
    items: tuple[PanelItem, ...]
    tally: Tally

    @property
    def by_totals(self) -> Decimal | None:
        """Combine the sheets' totals by the rule (分), beside the sum of the items that were rounded one by one.

        None where the chief decides, while a sheet is not complete (its total is no total), or where somebody scores
        some groups only (分工): their 折算得分 says nothing of the rest.
        """
        sheets = [ballot.items(self.panel.scheme) for ballot in self.panel.ballots]
        if any(item.unassigned for items in sheets for item in items):
            return None
        sums = [tally(items, self.panel.grades) for items in sheets]
        given = [each for each in sums if each.items]
        if self.panel.rule is Rule.CHIEF or not all(each.complete for each in given):
            return None
        return combine([each.decisive for each in given], self.panel.rule)


def combine(points: Sequence[Decimal], rule: Rule) -> Decimal | None:
    """Combine several scores into one (分, two decimals, half up); None of none.

    mean: Σx / n. median: the middle one, of an even number the mean of the middle two. trimmed_mean: the mean without
    one highest and one lowest (the 去掉一个最高分和一个最低分 of review panels and juries); of fewer than three scores
    nothing would be left, so that it is the plain mean there. Raises ValueError for `Rule.CHIEF`, which is a decision
    and no arithmetic.
    """
    if rule is Rule.CHIEF:
        raise ValueError(rule)
    if not points:
        return None
    ordered = sorted(points)
    if rule is Rule.MEDIAN:
        return half_up(median(ordered), 2)
    if rule is Rule.TRIMMED_MEAN and len(ordered) >= FEWEST_TO_TRIM:
        ordered = ordered[1:-1]
    return half_up(mean(ordered), 2)


def _counted(scores: Sequence[Score]) -> tuple[Decimal, ...]:
    return tuple(score.points for score in scores if score.counts and score.points is not None)


def _score(ballot: Ballot, indicator: Indicator) -> Score:
    event = ballot.events.get(indicator.code)
    item = ScoredItem(indicator, event)
    recused = indicator.code in ballot.recused
    return Score(
        evaluator=ballot.evaluator,
        name=ballot.name,
        points=item.points,
        status=item.status,
        reason=event.reason if event else "",
        recused=recused,
        unassigned=not recused and ballot.assigned is not None and indicator.code not in ballot.assigned,
    )


def _status(deciding: Sequence[Score]) -> Status:
    """Combine the statuses of these scores: points win over statuses, 不适用 needs everybody.

    Points that are only an example's make the result an example: a panel confirms nothing that nobody confirmed.
    """
    counting = [score.status for score in deciding if score.counts]
    if counting:
        return Status.EXAMPLE if Status.EXAMPLE in counting else Status.CONFIRMED
    said = {score.status for score in deciding if not score.out}
    if said == {Status.NOT_APPLICABLE}:
        return Status.NOT_APPLICABLE
    return Status.EVIDENCE_MISSING if Status.EVIDENCE_MISSING in said else Status.UNSCORED


def _item(panel: Panel, indicator: Indicator) -> PanelItem:
    scores = tuple(_score(ballot, indicator) for ballot in panel.ballots)
    if panel.rule is Rule.CHIEF:
        chief = (_score(panel.chief, indicator),) if panel.chief else ()
        return PanelItem(indicator, None, next(iter(_counted(chief)), None), _status(chief), scores)
    return PanelItem(indicator, None, combine(_counted(scores), panel.rule), _status(scores), scores)


def consensus(panel: Panel) -> Consensus:
    """Work out the panel's result, item by item over those who score it; without a score it is unscored (never 0).

    An item that some scored and others call 不适用 is decided by the points and marked `disputed`. Under
    `Rule.CHIEF` without a chief everything is unscored. The order of the ballots changes nothing but `scores`.
    """
    items = tuple(_item(panel, indicator) for indicator in panel.scheme.indicators)
    return Consensus(panel, items, tally(items, panel.grades))


def by_each_rule(panel: Panel) -> Mapping[Rule, Consensus]:
    """Work out the panel's result by each of the rules, whichever it goes by; nothing is changed by it."""
    return {rule: consensus(replace(panel, rule=rule)) for rule in Rule}
