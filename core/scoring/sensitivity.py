"""Stability of a grade under slightly different weights.

Each draw multiplies every item's weight w by a factor u of its own, uniform in 1 ± 20 %, and renormalises the weights
to their old sum; the item keeps its 得分率 (points p ÷ w). The total is then

    W × Σ (p ÷ w) w u ÷ Σ w u  =  W × Σ p u ÷ Σ w u        (W: 100 with 不适用 items, else the sum of the weights)

and what 扣分项 take off (scaled by W ÷ Σ w) goes off it: they have no weight. The grade is decided as on any sheet,
half up at two decimals. There is no tolerance, because there is nothing to tolerate: p and w are whole hundredths
and u whole millionths, so both sums are whole numbers far below 2⁵³ (which float64 holds exactly, in whatever order
they are added) and the comparison with a floor is one of whole numbers.

Source: uncertainty analysis of composite indicators (OECD/JRC, Handbook on Constructing Composite Indicators, 2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

from core.errors import Message
from core.model.scorecard import GradeScheme, Status
from core.scoring.tally import ScoredItem, tally
from core.text.numbers import count, percent

SPREAD = Decimal("0.20")
DRAWS = 10_000
SEED = 20241231
"""Seed of the draws, any fixed number: two people see equal shares."""
_MILLION = 1_000_000


@dataclass(frozen=True)
class Sensitivity:
    """Shares of the draws in which a sheet gets each grade."""

    grade: str | None
    """Grade with the weights as they are; None (and no shares) for an incomplete sheet."""
    shares: tuple[tuple[str, Decimal], ...]
    """Share of the draws (0..1, together 1) of each grade, best first."""
    spread: Decimal
    """Most that a weight varies (ratio)."""
    draws: int

    @property
    def stays(self) -> Decimal | None:
        """Share of the draws in which the grade stays (0..1)."""
        return next((share for name, share in self.shares if name == self.grade), None)

    @property
    def sentence(self) -> Message:
        """Say how often the grade stays."""
        if self.grade is None:
            return Message("全部评完后定等级")
        return Message(
            "各项权重在±{spread}内随机变动{draws}次，{share}仍为{grade}。",
            {
                "spread": percent(self.spread, 0),
                "draws": count(self.draws),
                "share": percent(self.stays),
                "grade": self.grade,
            },
        )


def sensitivity(
    sheets: Sequence[Sequence[ScoredItem]],
    grades: GradeScheme,
    *,
    spread: Decimal = SPREAD,
    draws: int = DRAWS,
    seed: int = SEED,
) -> tuple[Sensitivity, ...]:
    """Draw weights once for all sheets (one, or those of a panel: all of one scheme) and grade each under them.

    The factors belong to the item codes in their order, so that the order of the items changes nothing, and come raw
    from PCG64, whose stream numpy promises never to change. Raises ValueError unless 0 ≤ spread < 1 and draws ≥ 1.
    """
    import numpy as np

    if not 0 <= spread < 1 or draws < 1:
        raise ValueError((spread, draws))
    codes = sorted({item.indicator.code for items in sheets for item in items})
    column = {code: i for i, code in enumerate(codes)}
    sums = [tally(items, grades) for items in sheets]
    points = np.zeros((len(codes), len(sheets)))
    weights = np.zeros((len(codes), len(sheets)))
    off = [0] * len(sheets)
    for k, items in enumerate(sheets):
        for item in items:
            if item.points is not None and item.indicator.minus:
                off[k] += _hundredths(item.points)
            elif item.points is not None and item.status is not Status.NOT_APPLICABLE:
                points[column[item.indicator.code], k] = _hundredths(item.points)
                weights[column[item.indicator.code], k] = _hundredths(item.indicator.weight)

    most = int(spread * _MILLION)
    raw = np.random.PCG64(seed).random_raw(draws * len(codes)).reshape(draws, len(codes))
    factors = (raw % np.uint64(2 * most + 1)).astype(np.float64) + (_MILLION - most)
    # Whole numbers all along: see above. Compared as int64, since their products outgrow float64 in odd schemes.
    reached = (factors @ points).astype(np.int64)
    possible = (factors @ weights).astype(np.int64)

    results: list[Sensitivity] = []
    for k, each in enumerate(sums):
        if each.grade is None:
            results.append(Sensitivity(None, (), spread, draws))
            continue
        if each.veto is not None:
            # No weight changes a grade that a veto has decided.
            shares = tuple((grade.name, Decimal(grade.name == each.grade)) for grade in grades.grades)
            results.append(Sensitivity(each.grade, shares, spread, draws))
            continue
        whole = 10_000 if each.normalised is not None else _hundredths(each.weight)
        # half up(whole × reached / possible) ≥ floor, in hundredths, is 2 × whole × reached ≥ (2 floor - 1) × possible
        taken = Fraction(2 * off[k] * whole, _hundredths(each.weight) or 1)
        kind = object if taken.denominator > 1 else np.int64
        mine, most_of = (column_of[:, k].astype(kind) for column_of in (reached, possible))
        at_least = [
            int(np.count_nonzero(2 * whole * taken.denominator * mine >= _edge(grade.floor, taken) * most_of))
            for grade in grades.grades
        ]
        better = [0, *at_least[:-1]]
        shares = tuple(
            (grade.name, Decimal(now - before) / draws)
            for grade, now, before in zip(grades.grades, at_least, better, strict=True)
        )
        results.append(Sensitivity(each.grade, shares, spread, draws))
    return tuple(results)


def _edge(floor: Decimal, taken: Fraction) -> int:
    """Twice the floor less a half, in hundredths, less what is `taken` off; times the denominator of that."""
    return (2 * _hundredths(floor) - 1) * taken.denominator - taken.numerator


def _hundredths(value: Decimal) -> int:
    """Count in hundredths. The store holds no more than two decimals; a finer floor is reached a step later."""
    return int((value * 100).to_integral_value(rounding=ROUND_CEILING))
