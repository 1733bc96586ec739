"""Total of a sheet: points added up, their grade, and the margins of that grade.

Source: 财预〔2020〕10号 for the frame. Points are rounded to two decimals first and then added, so that a printed
table adds up; grades are half-open [floor, next) and decided on the total rounded half up to two decimals.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.model.panel_events import WHOLE_SHEET
from core.model.scorecard import Grade, GradeScheme, Indicator, Scheme, ScoreEvent, Status
from core.scoring.read_rule import Veto
from core.text.numbers import half_up

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class ScoredItem:
    """An indicator with its newest event on a sheet; no event: 未评."""

    indicator: Indicator
    event: ScoreEvent | None
    veto: Veto | None = field(default=None, kw_only=True)
    """One-vote veto whose ground was found on this sheet."""
    recused: bool = field(default=False, kw_only=True)
    """True where its evaluator stays out of it (回避): its event stays on record and counts nowhere."""
    unassigned: bool = field(default=False, kw_only=True)
    """True where it is others' to score (分工); as with 回避, its event counts nowhere."""

    @property
    def out(self) -> bool:
        """True where the sheet's evaluator does not score it, by 回避 or 分工."""
        return self.recused or self.unassigned

    @property
    def status(self) -> Status:
        """Status of the event, 未评 without one; what its evaluator does not score leaves the sum as 不适用 does."""
        if self.out:
            return Status.NOT_APPLICABLE
        return self.event.status if self.event else Status.UNSCORED

    @property
    def points(self) -> Decimal | None:
        """Points that count, or None."""
        return self.event.points if self.event and self.status.scored else None

    @property
    def rate(self) -> Decimal | None:
        """得分率: points ÷ full marks (0..1); None without points, and of a 扣分项, which has no full marks."""
        return None if self.points is None or self.indicator.minus else self.points / self.indicator.weight

    @property
    def deduction(self) -> Decimal | None:
        """Full marks less points, or None where there are none; of a 扣分项 what it takes off."""
        return None if self.points is None else self.indicator.weight - self.points


@dataclass(frozen=True)
class Subtotal:
    """Sums of a group of level 1 or 2, over the items that apply."""

    points: Decimal | None
    """Points (分); None while nothing is scored: it prints "—", never 0.00."""
    weight: Decimal
    """Full marks that apply (without 不适用)."""
    scored_weight: Decimal
    rate: Decimal | None
    """得分率: points ÷ scored weight, 0..1; None while nothing is scored."""

    @property
    def deduction(self) -> Decimal | None:
        """Full marks of the scored items less their points; None while nothing is scored."""
        return None if self.points is None else self.scored_weight - self.points

    @property
    def whole_rate(self) -> Decimal | None:
        """得分率 once every item that applies is scored: that of some of a few items would mislead; else None."""
        return self.rate if self.scored_weight == self.weight else None


@dataclass(frozen=True)
class Tally:
    """A sheet added up. `total` is the plain sum of the points; with 不适用 items the grade follows `normalised`."""

    total: Decimal
    scored_weight: Decimal
    weight: Decimal
    """Full marks of the items that apply."""
    items: int
    """Items that apply."""
    scored: int
    confirmed: int
    normalised: Decimal | None
    """折算得分 = points ÷ full marks that apply × 100; None while every item applies or something is unscored."""
    low: Decimal
    high: Decimal
    """Bounds that the (normalised) total can still reach."""
    grade: str | None
    """Name of the grade; None until every item that applies has points."""
    margin_up: Decimal | None
    """Points to the next better grade; None at the best one or without a grade."""
    margin_down: Decimal | None
    """Points that may be lost with the grade kept; None at the last grade or without one."""
    subtotals: Mapping[str, Subtotal]
    """Sums of the level 1 groups."""
    second: Mapping[tuple[str, str], Subtotal]
    """Sums of the level 2 groups, by the names of level 1 and level 2."""
    veto: Veto | None = None
    """Veto that decides the grade of the sheet, whatever its total."""

    @property
    def complete(self) -> bool:
        """True where every item that applies has points."""
        return self.scored == self.items and self.items > 0

    @property
    def decisive(self) -> Decimal:
        """Figure that the grade is decided on: the normalised one where there is one."""
        return self.total if self.normalised is None else self.normalised

    @property
    def rate(self) -> Decimal | None:
        """得分率 over the scored items, as that of the groups; None while none is scored."""
        return self.total / self.scored_weight if self.scored_weight else None


def items_of(
    scheme: Scheme,
    events: Mapping[str, ScoreEvent],
    vetoes: Mapping[str, Veto] | None = None,
    recused: Collection[str] = (),
    assigned: Collection[str] | None = None,
) -> tuple[ScoredItem, ...]:
    """Make the scheme's items in its order, each with its newest event and the veto found there, by code.

    `recused`: codes that the sheet's evaluator stays out of (`WHOLE_SHEET`: all of them). `assigned`: codes that they
    score (None: all). A person's total is always the tally of these items.
    """
    found, whole = vetoes or {}, WHOLE_SHEET in recused

    def item(each: Indicator) -> ScoredItem:
        out = whole or each.code in recused
        others = not out and assigned is not None and each.code not in assigned
        return ScoredItem(each, events.get(each.code), veto=found.get(each.code), recused=out, unassigned=others)

    return tuple(map(item, scheme.indicators))


def answered(items: Iterable[ScoredItem]) -> tuple[int, int]:
    """Count the items with an answer of any kind, also 不适用, and all that the sheet's evaluator scores."""
    own = [item for item in items if not item.out]
    return sum(item.status is not Status.UNSCORED for item in own), len(own)


def scaled(points: Decimal, weight: Decimal) -> Decimal:
    """折算得分: scale points of the full marks that apply to a hundred."""
    return half_up(points / weight * HUNDRED, 2)


def grade_at(total: Decimal, scheme: GradeScheme) -> int:
    """Index of the grade of a total, the best one being 0."""
    rounded = half_up(total, 2)
    # 扣分项 can take a total below 0.
    return next((i for i, grade in enumerate(scheme.grades) if rounded >= grade.floor), len(scheme.grades) - 1)


def _gravest(items: Sequence[ScoredItem], grades: GradeScheme) -> tuple[int, Veto] | None:
    """Find the veto with the lowest grade, and that grade's index; a veto without a grade means the last."""
    names = [grade.name for grade in grades.grades]
    found = [item.veto for item in items if item.veto is not None]
    falls = [(names.index(veto.grade) if veto.grade in names else len(names) - 1, veto) for veto in found]
    return max(falls, key=lambda fall: fall[0], default=None)


def _margins(total: Decimal, grades: Sequence[Grade], index: int) -> tuple[Decimal | None, Decimal | None]:
    up = grades[index - 1].floor - total if index > 0 else None
    down = total - grades[index].floor if index < len(grades) - 1 else None
    return up, down


def _subtotal(items: Sequence[ScoredItem]) -> Subtotal:
    applying = [item for item in items if item.status is not Status.NOT_APPLICABLE]
    given = [item.points for item in applying if item.points is not None]
    points = sum(given, Decimal("0.00")) if given else None
    scored = sum((item.indicator.weight for item in applying if item.points is not None), Decimal(0))
    return Subtotal(
        points=points,
        weight=sum((item.indicator.weight for item in applying), Decimal(0)),
        scored_weight=scored,
        rate=points / scored if points is not None and scored else None,
    )


def tally(items: Sequence[ScoredItem], grades: GradeScheme) -> Tally:
    """Add a sheet up. Never raises; an empty or wholly 不适用 sheet has no grade.

    A veto puts the grade down, never up, and leaves no margin: no points more or fewer change it.
    """
    whole = _subtotal(items)
    applying = [item for item in items if item.status is not Status.NOT_APPLICABLE]
    scored = [item for item in applying if item.points is not None]
    complete = bool(applying) and len(scored) == len(applying)
    partial = len(applying) < len(items)
    total = whole.points or Decimal("0.00")
    still_off = sum((item.indicator.least for item in applying if item.points is None), Decimal(0))
    low, high = total + still_off, total + whole.weight - whole.scored_weight
    if partial and whole.weight:
        low, high = (scaled(bound, whole.weight) for bound in (low, high))
    veto = _gravest(applying, grades)
    grade, up, down = None, None, None
    if complete:
        index = grade_at(low, grades)
        if veto is None:
            up, down = _margins(low, grades.grades, index)
        else:
            index = max(index, veto[0])
        grade = grades.grades[index].name
    groups: dict[str, list[ScoredItem]] = {}
    second: dict[tuple[str, str], list[ScoredItem]] = {}
    for item in items:
        groups.setdefault(item.indicator.l1, []).append(item)
        second.setdefault((item.indicator.l1, item.indicator.l2), []).append(item)
    return Tally(
        total=total,
        scored_weight=whole.scored_weight,
        weight=whole.weight,
        items=len(applying),
        scored=len(scored),
        confirmed=sum(item.status is Status.CONFIRMED for item in items),
        normalised=low if complete and partial else None,
        low=low,
        high=high,
        grade=grade,
        margin_up=up,
        margin_down=down,
        subtotals={name: _subtotal(of_group) for name, of_group in groups.items()},
        second={names: _subtotal(of_group) for names, of_group in second.items()},
        veto=None if veto is None else veto[1],
    )
