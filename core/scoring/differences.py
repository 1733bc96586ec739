"""待议差异项: what a meeting has to talk about, what could move the grade most first.

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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.model.scorecard import GradeScheme, Status
from core.scoring.consensus import Consensus, PanelItem
from core.scoring.standing import Standing
from core.scoring.tally import Item, Tally, tally
from core.scoring.whatif import STEP


@dataclass(frozen=True)
class Outcome:
    """What the sheet would come to if the panel agreed on these points (None: on 不适用)."""

    points: Decimal | None
    total: Decimal
    """The figure that the grade is decided on (分)."""
    grade: str | None


@dataclass(frozen=True)
class AgendaRow:
    """One item to discuss."""

    item: PanelItem
    lowest: tuple[str, ...]
    """Names of those who gave the lowest points; empty where all gave the same."""
    highest: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    """At the lowest points, at the highest, and without the item where that is disputed."""
    flips: bool
    """Whether this item alone can change the grade."""
    reach: Decimal | None
    """Share of the margin that the item can take (1: all of it); None without a grade."""

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.item.indicator.code

    @property
    def spread(self) -> Decimal:
        """分差 (分)."""
        return self.item.spread or Decimal(0)


def differences(result: Consensus) -> tuple[AgendaRow, ...]:
    """The agenda of a panel: its differing items, those first that could move the grade most."""
    rows = [_row(result, item) for item in result.items if item.spread or item.disputed]
    return tuple(sorted(rows, key=_order))


def _order(row: AgendaRow) -> tuple[bool, Decimal, Decimal, Decimal, str]:
    share = row.spread / row.item.indicator.weight
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


def _cases(item: PanelItem) -> Iterator[Standing]:
    if item.spread:
        for points in (item.low, item.high):
            yield Standing(item.indicator, None, points, Status.EXAMPLE)
    if item.disputed:
        yield Standing(item.indicator, None, None, Status.NOT_APPLICABLE)


def _outcome(items: Sequence[Item], item: Item, other: Standing, grades: GradeScheme) -> Outcome:
    sums = tally([other if each is item else each for each in items], grades)
    return Outcome(other.points, sums.decisive, sums.grade)


def _reach(now: Tally, outcome: Outcome) -> Decimal:
    change = outcome.total - now.decisive
    margin = now.margin_up if change > 0 else now.margin_down
    if outcome.grade is None or margin is None:
        return Decimal(0)
    return abs(change) / (margin if change > 0 else margin + STEP)
