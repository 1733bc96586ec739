"""The total of a sheet: points added up, the grade they give, and how far that grade holds.

Source: 财预〔2020〕10号 for the frame. Points are rounded to two decimals first and then added, so that a printed
table adds up; grades are half-open [floor, next) and decided on the total rounded half up to two decimals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.model.scorecard import Grade, GradeScheme, Indicator, Scheme, ScoreEvent, Status
from core.scoring.read_rule import Veto
from core.text.numbers import half_up

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Item:
    """One indicator with where it stands on a sheet; no event: 未评."""

    indicator: Indicator
    event: ScoreEvent | None
    veto: Veto | None = field(default=None, kw_only=True)
    """The one-vote veto whose ground was found on this sheet."""

    @property
    def status(self) -> Status:
        """未评 until somebody has said something."""
        return self.event.status if self.event else Status.UNSCORED

    @property
    def points(self) -> Decimal | None:
        """Points that count, or None."""
        return self.event.points if self.event and self.event.status.scored else None

    @property
    def deduction(self) -> Decimal | None:
        """Full marks less points, or None where there are none."""
        return None if self.points is None else self.indicator.weight - self.points


@dataclass(frozen=True)
class Subtotal:
    """One level 1 group: what it got of what applies. `rate` is None while nothing is scored (0..1)."""

    points: Decimal
    weight: Decimal
    """Full marks that apply (without 不适用)."""
    scored_weight: Decimal
    rate: Decimal | None
    """得分率: points ÷ scored weight."""


@dataclass(frozen=True)
class Tally:
    """A sheet added up. `total` is the plain sum of the points; with 不适用 items the grade follows `normalised`."""

    total: Decimal
    scored_weight: Decimal
    weight: Decimal
    """Full marks of what applies."""
    items: int
    """Items that apply."""
    scored: int
    confirmed: int
    normalised: Decimal | None
    """折算得分 = points ÷ full marks that apply × 100; None while every item applies or something is unscored."""
    low: Decimal
    high: Decimal
    """What the (normalised) total can still be."""
    grade: str | None
    """None until every item that applies has points."""
    margin_up: Decimal | None
    """Points to the next better grade; None at the best one or without a grade."""
    margin_down: Decimal | None
    """Points that may be lost with the grade kept; None at the last grade or without one."""
    subtotals: Mapping[str, Subtotal]
    veto: Veto | None = None
    """The veto that decides the grade of the sheet, whatever its total."""

    @property
    def complete(self) -> bool:
        """Whether every item that applies has points."""
        return self.scored == self.items and self.items > 0

    @property
    def decisive(self) -> Decimal:
        """The figure that the grade is decided on: the normalised one where there is one."""
        return self.total if self.normalised is None else self.normalised

    @property
    def rate(self) -> Decimal | None:
        """得分率 over what is scored, as that of the groups; None while nothing is."""
        return self.total / self.scored_weight if self.scored_weight else None


def items_of(
    scheme: Scheme, events: Mapping[str, ScoreEvent], vetoes: Mapping[str, Veto] | None = None
) -> tuple[Item, ...]:
    """The scheme's items in its order, each with its newest event and the veto found there, by code."""
    found = vetoes or {}
    return tuple(Item(each, events.get(each.code), veto=found.get(each.code)) for each in scheme.indicators)


def grade_at(total: Decimal, scheme: GradeScheme) -> int:
    """The index of the grade of a total, the best one being 0."""
    rounded = half_up(total, 2)
    return next(i for i, grade in enumerate(scheme.grades) if rounded >= grade.floor)


def _gravest(items: Sequence[Item], grades: GradeScheme) -> tuple[int, Veto] | None:
    """The veto with the lowest grade, and that grade's index; a veto without a grade means the last."""
    names = [grade.name for grade in grades.grades]
    found = [item.veto for item in items if item.veto is not None]
    falls = [(names.index(veto.grade) if veto.grade in names else len(names) - 1, veto) for veto in found]
    return max(falls, key=lambda fall: fall[0], default=None)


def _margins(total: Decimal, grades: Sequence[Grade], index: int) -> tuple[Decimal | None, Decimal | None]:
    up = grades[index - 1].floor - total if index > 0 else None
    down = total - grades[index].floor if index < len(grades) - 1 else None
    return up, down


def _subtotal(items: Sequence[Item]) -> Subtotal:
    applying = [item for item in items if item.status is not Status.NOT_APPLICABLE]
    points = sum((item.points for item in applying if item.points is not None), Decimal("0.00"))
    scored = sum((item.indicator.weight for item in applying if item.points is not None), Decimal(0))
    return Subtotal(
        points=points,
        weight=sum((item.indicator.weight for item in applying), Decimal(0)),
        scored_weight=scored,
        rate=points / scored if scored else None,
    )


def tally(items: Sequence[Item], grades: GradeScheme) -> Tally:
    """Add a sheet up. Never raises; an empty or wholly 不适用 sheet has no grade.

    A veto puts the grade down, never up, and leaves no margin: no points more or fewer change it.
    """
    whole = _subtotal(items)
    applying = [item for item in items if item.status is not Status.NOT_APPLICABLE]
    scored = [item for item in applying if item.points is not None]
    complete = bool(applying) and len(scored) == len(applying)
    partial = len(applying) < len(items)
    low, high = whole.points, whole.points + whole.weight - whole.scored_weight
    if partial and whole.weight:
        low, high = (half_up(bound / whole.weight * HUNDRED, 2) for bound in (low, high))
    veto = _gravest(applying, grades)
    grade, up, down = None, None, None
    if complete:
        index = grade_at(low, grades)
        if veto is None:
            up, down = _margins(low, grades.grades, index)
        else:
            index = max(index, veto[0])
        grade = grades.grades[index].name
    groups = dict.fromkeys(item.indicator.l1 for item in items)
    return Tally(
        total=whole.points,
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
        subtotals={name: _subtotal([item for item in items if item.indicator.l1 == name]) for name in groups},
        veto=None if veto is None else veto[1],
    )
