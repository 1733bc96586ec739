"""待议差异项: items that a meeting has to talk about, first those that could move the grade most.

An item comes up when its evaluators differ. How much it could move the grade is asked directly: suppose that the panel
agreed on the lowest points anybody gave, or on the highest, or (where some say so) that the item is 不适用; add the
sheet up again each time.

    reach = change of the total ÷ points that would change the grade in that direction     (the largest of the cases)

The divisor is the margin: upwards the points to the next grade, downwards the points that may be lost plus 0.01, the
first loss that costs the grade. So reach ≥ 1 says that this item alone can change the grade, 0.5 that it takes half of
the margin. Items that can change the grade come first, then the largest reach; equal ones by spread, spread in full
marks, and code. Without a grade (items open) there is no margin, and the spread decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from core.model.scorecard import GradeScheme, Status
from core.scoring.computed_item import ComputedItem
from core.scoring.consensus import Consensus, PanelItem
from core.scoring.tally import ScoredItem, Tally, tally
from core.scoring.whatif import STEP


class GapSize(StrEnum):
    """Sizes of a 分差, as they are coloured."""

    NONE = "none"
    SMALL = "small"
    MIDDLE = "middle"
    """More than half of the limit."""
    LARGE = "large"
    """More than the limit."""


@dataclass(frozen=True)
class Difference:
    """An item that two sheets score differently; None: not scored there."""

    code: str
    name: str
    left: Decimal | None
    right: Decimal | None
    span: Decimal
    """Points between the fewest and the most that the item can have."""

    @property
    def gap(self) -> Decimal | None:
        """Right less left; None where either has no points."""
        return None if self.left is None or self.right is None else self.right - self.left

    def size(self, limit: Decimal) -> GapSize:
        """Size of its 分差, whichever way it goes; `limit` is a part of full marks (0..1)."""
        size = abs(self.gap or Decimal(0))
        if not size:
            return GapSize.NONE
        if size > limit * self.span:
            return GapSize.LARGE
        return GapSize.MIDDLE if 2 * size > limit * self.span else GapSize.SMALL


@dataclass(frozen=True)
class Outcome:
    """Result of the sheet if the panel agreed on these points (None: on 不适用)."""

    points: Decimal | None
    total: Decimal
    """Figure that the grade is decided on (分)."""
    grade: str | None


@dataclass(frozen=True)
class AgendaRow:
    """One item to discuss."""

    item: PanelItem
    lowest: tuple[str, ...]
    """Names of the evaluators who gave the lowest points; empty where all gave equal ones."""
    highest: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    """At the lowest points, at the highest, and without the item where that is disputed."""
    flips: bool
    """True where this item alone can change the grade."""
    reach: Decimal | None
    """Share of the margin that the item can take (1: all of it); None without a grade."""

    @property
    def code(self) -> str:
        """Code of the indicator."""
        return self.item.indicator.code

    @property
    def spread(self) -> Decimal:
        """分差 (分)."""
        return self.item.spread or Decimal(0)


def compared(
    left: Sequence[ScoredItem], right: Sequence[ScoredItem], *, by_code: bool = True
) -> tuple[Difference, ...]:
    """List the items that two sheets score differently, in the order of the left one, then those of the right alone.

    `by_code`: both are of one scheme, whose codes tell what an item is. Else it is its name, where each sheet has it
    once: codes of two schemes say nothing of each other.
    """
    return tuple(row for row in side_by_side(left, right, by_code=by_code) if row.left != row.right)


def beside_self(
    review: Sequence[ScoredItem], own: Sequence[ScoredItem], *, by_code: bool = True
) -> tuple[Difference, ...]:
    """Set 自评 (left) beside a review (right), so that `gap` is 分差 = review - 自评 (分).

    All items: those of the review in its order, then those of the 自评 alone. `by_code`: see `compared`.
    """
    rows = side_by_side(review, own, by_code=by_code)
    return tuple(replace(row, left=row.right, right=row.left) for row in rows)


def by_size(rows: Iterable[Difference]) -> tuple[Difference, ...]:
    """Sort items by the size of their 分差, the largest first, whichever way; those without one come last."""
    return tuple(sorted(rows, key=lambda row: (row.gap is None, -abs(row.gap or Decimal(0)))))


def side_by_side(left: Sequence[ScoredItem], right: Sequence[ScoredItem], *, by_code: bool = True) -> list[Difference]:
    """Set two sheets side by side: all items of the left one in its order, then those of the right alone.

    `by_code`: see `compared`.
    """
    other = _keyed(right, by_code=by_code)
    own = _keyed(left, by_code=by_code)
    rows = [_difference(item, item.points, other[key].points if key in other else None) for key, item in own.items()]
    rows += [_difference(item, None, item.points) for key, item in other.items() if key not in own]
    return rows


def _difference(item: ScoredItem, left: Decimal | None, right: Decimal | None) -> Difference:
    of = item.indicator
    return Difference(of.code, of.l3, left, right, of.span)


def _keyed(items: Sequence[ScoredItem], *, by_code: bool) -> dict[tuple[str, ...], ScoredItem]:
    names = Counter(item.indicator.l3 for item in items)
    found: dict[tuple[str, ...], ScoredItem] = {}
    for item in items:
        of = item.indicator
        key = (of.code,) if by_code else (of.l3,) if names[of.l3] == 1 else (of.l1, of.l2, of.l3, of.code)
        found[key] = item
    return found


def differences(result: Consensus) -> tuple[AgendaRow, ...]:
    """List the differing items of a panel, those first that could move the grade most."""
    rows = [_row(result, item) for item in result.items if item.spread or item.disputed]
    return tuple(sorted(rows, key=_order))


def _order(row: AgendaRow) -> tuple[bool, Decimal, Decimal, Decimal, str]:
    share = row.spread / row.item.indicator.span
    return not row.flips, -(row.reach or Decimal(0)), -row.spread, -share, row.code


def _row(result: Consensus, item: PanelItem) -> AgendaRow:
    outcomes = tuple(_outcome(result.items, item, other, result.panel.grades) for other in _cases(item))
    now = result.tally
    return AgendaRow(
        item=item,
        lowest=_who(item, item.low) if item.spread else (),
        highest=_who(item, item.high) if item.spread else (),
        outcomes=outcomes,
        flips=now.grade is not None and any(outcome.grade not in (now.grade, None) for outcome in outcomes),
        reach=None if now.grade is None else max(_reach(now, outcome) for outcome in outcomes),
    )


def _who(item: PanelItem, points: Decimal | None) -> tuple[str, ...]:
    return tuple(score.name for score in item.scores if score.counts and score.points == points)


def _cases(item: PanelItem) -> Iterator[ComputedItem]:
    if item.spread:
        for points in (item.low, item.high):
            yield ComputedItem(item.indicator, None, points, Status.EXAMPLE)
    if item.disputed:
        yield ComputedItem(item.indicator, None, None, Status.NOT_APPLICABLE)


def _outcome(items: Sequence[ScoredItem], item: ScoredItem, other: ComputedItem, grades: GradeScheme) -> Outcome:
    sums = tally([other if each is item else each for each in items], grades)
    return Outcome(other.points, sums.decisive, sums.grade)


def _reach(now: Tally, outcome: Outcome) -> Decimal:
    change = outcome.total - now.decisive
    margin = now.margin_up if change > 0 else now.margin_down
    if outcome.grade is None or margin is None:
        return Decimal(0)
    return abs(change) / (margin if change > 0 else margin + STEP)
