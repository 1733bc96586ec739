"""Agreement of a panel: its result without each evaluator, evaluators far from it, Kendall's W."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from core.errors import Message
from core.model.reference import Far
from core.scoring.consensus import Ballot, Consensus, Panel, PanelItem, consensus
from core.scoring.tally import Tally
from core.text.numbers import half_up, of_fraction, percent
from core.text.numbers import points as print_points


@dataclass(frozen=True)
class LeftOut:
    """Result of the panel without one evaluator."""

    evaluator: str
    name: str
    before: Tally
    """With everybody."""
    tally: Tally
    """Without this one."""

    @property
    def holds(self) -> bool | None:
        """True where the grade stays; None where there is no grade with everybody or without this one."""
        if self.before.grade is None or self.tally.grade is None:
            return None
        return self.before.grade == self.tally.grade

    @property
    def sentence(self) -> Message:
        """Say if the grade stays without this evaluator."""
        params = {
            "name": self.name,
            "total": print_points(self.tally.decisive),
            "before": self.before.grade or "",
            "after": self.tally.grade or "",
        }
        if self.holds is None:
            return Message("不计{name}，本表未评完，不能定等级。", params)
        if self.holds:
            return Message("不计{name}，为{total}分，等级仍为{after}。", params)
        return Message("不计{name}，为{total}分，等级由{before}变为{after}。", params)


def leave_one_out(panel: Panel) -> tuple[LeftOut, ...]:
    """Work out the result without each evaluator in turn, in the order of the ballots.

    Under `Rule.CHIEF` the others decide nothing, so that only leaving out the chief changes anything: then nobody
    has decided, and there is no grade.
    """
    before = consensus(panel).tally
    return tuple(LeftOut(b.evaluator, b.name, before, consensus(_without(panel, b)).tally) for b in panel.ballots)


def _without(panel: Panel, ballot: Ballot) -> Panel:
    rest = tuple(other for other in panel.ballots if other.evaluator != ballot.evaluator)
    chief = panel.chief if panel.chief and panel.chief.evaluator != ballot.evaluator else None
    return replace(panel, ballots=rest, chief=chief)


@dataclass(frozen=True)
class FarItem:
    """An item on which an evaluator is far from the panel."""

    code: str
    name: str
    points: Decimal
    """Points that the evaluator gave (分)."""
    panel: Decimal
    """The panel's result (分)."""
    share: Decimal
    """|points - panel| ÷ full marks (0..1); of a 扣分项 ÷ the most that it takes off."""
    sigmas: Decimal
    """|points - mean| ÷ σ of the item's scores; 0 where all are equal."""
    by_share: bool
    by_sigmas: bool


@dataclass(frozen=True)
class Distance:
    """Distance of an evaluator from the panel: the items beyond a threshold, in the scheme's order."""

    evaluator: str
    name: str
    items: tuple[FarItem, ...]
    limits: Far

    @property
    def far(self) -> bool:
        """True where the items are enough to speak about."""
        return len(self.items) >= self.limits.items

    @property
    def sentence(self) -> Message:
        """Say on how many items."""
        return Message(
            "{name}有{count}项与专家组相差超过满分的{share}或{sigmas}σ。",
            {
                "name": self.name,
                "count": len(self.items),
                "share": percent(self.limits.share, 0),
                "sigmas": f"{self.limits.sigmas.normalize():f}",
            },
        )


def far_from_panel(result: Consensus, limits: Far) -> tuple[Distance, ...]:
    """Measure every evaluator's distance from the panel, in the order of the ballots.

    An item counts if |x - panel's points| > 20 % of full marks, or |x - mean| > 2σ (as `limits` say); mean and
    σ = √(Σ(x - mean)² / n) are those of the scores that count, this one among them (the panel is the whole population).
    Both are decided exactly, on squares of fractions. n scores lie at most √(n-1) σ from their mean: with five
    evaluators or fewer only the 20 % can speak. Items with one score, or without a result, are passed over.
    Source: an alarm threshold in use among evaluators: 2σ or 20 % of full marks on 3 items or more.
    """
    found: dict[str, list[FarItem]] = {ballot.evaluator: [] for ballot in result.panel.ballots}
    for item in result.items:
        for evaluator, far in _far_on(item, limits):
            found[evaluator].append(far)
    return tuple(Distance(b.evaluator, b.name, tuple(found[b.evaluator]), limits) for b in result.panel.ballots)


def _far_on(item: PanelItem, limits: Far) -> Iterator[tuple[str, FarItem]]:
    if item.points is None or item.count < 2:
        return
    exact = [Fraction(points) for points in item.counted]
    middle = sum(exact, Fraction(0)) / len(exact)
    variance = sum(((points - middle) ** 2 for points in exact), Fraction(0)) / len(exact)
    for score in item.scores:
        if score.points is None or not score.counts:
            continue
        off = Fraction(abs(score.points - item.points)) / Fraction(item.indicator.span)
        squares = (Fraction(score.points) - middle) ** 2 / variance if variance else Fraction(0)
        by_share, by_sigmas = off > Fraction(limits.share), squares > Fraction(limits.sigmas) ** 2
        if by_share or by_sigmas:
            yield (
                score.evaluator,
                FarItem(
                    code=item.indicator.code,
                    name=item.indicator.l3,
                    points=score.points,
                    panel=item.points,
                    share=of_fraction(off),
                    sigmas=of_fraction(squares).sqrt(),
                    by_share=by_share,
                    by_sigmas=by_sigmas,
                ),
            )


@dataclass(frozen=True)
class Deviation:
    """How far an evaluator lies above or below the means of the items that they and others scored."""

    points: Decimal
    """Σ(x - mean) over these items (分)."""
    weight: Decimal
    """Their full marks (分)."""
    items: int

    @property
    def share(self) -> Decimal:
        """Share of these full marks."""
        return self.points / self.weight


def deviations(result: Consensus) -> dict[str, Deviation]:
    """Measure every evaluator's deviation from the means of the scores that count, by evaluator.

    Only items that at least two scored, and of these only the evaluator's own: whoever scores a part of the items is
    held against that part. Who has none is left out. Exact, and rounded once at the end.
    """
    sums: dict[str, tuple[Fraction, Decimal, int]] = {}
    for item in result.items:
        if item.count < 2:
            continue
        middle = sum(map(Fraction, item.counted), Fraction(0)) / item.count
        for score in item.scores:
            if score.points is None or not score.counts:
                continue
            off, weight, count = sums.get(score.evaluator, (Fraction(0), Decimal(0), 0))
            off += Fraction(score.points) - middle
            sums[score.evaluator] = off, weight + item.indicator.weight, count + 1
    return {who: Deviation(half_up(of_fraction(off), 2), weight, count) for who, (off, weight, count) in sums.items()}


@dataclass(frozen=True)
class Agreement:
    """Kendall's W and what it was made of."""

    w: Decimal | None
    """0 (none) .. 1 (all rank the items alike); None where it is undefined."""
    evaluators: int
    items: int
    """Items that all of them scored."""


def agreement(result: Consensus) -> Agreement:
    """Kendall's coefficient of concordance of the evaluators' rankings of the items by 得分率, corrected for ties.

        W = 12 S / (m² (n³ - n) - m Σ(t³ - t))

    m evaluators, n items, ranks (ties share their mean rank) of points ÷ full marks within each evaluator, S = Σ(R -
    m(n+1)/2)² over the items' rank sums R, t the sizes of all ties. Only items that every evaluator scored are ranked;
    an evaluator with no score at all is not asked. Undefined with fewer than two evaluators or two items, or where
    everybody ranks all items alike. 扣分项 have no 得分率 and are not ranked. Source: Kendall, Rank Correlation
    Methods, ch. 6; W = χ² of Friedman ÷ m(n-1).
    """
    rows = [
        {
            item.indicator.code: Fraction(score.points) / Fraction(item.indicator.weight)
            for item in result.items
            if not item.indicator.minus and (score := item.scores[place]).points is not None and score.counts
        }
        for place in range(len(result.panel.ballots))
    ]
    asked = [row for row in rows if row]
    common = sorted(set.intersection(*map(set, asked))) if asked else []
    return Agreement(kendall_w([[row[code] for code in common] for row in asked]), len(asked), len(common))


def kendall_w(rates: Sequence[Sequence[Fraction]]) -> Decimal | None:
    """Work out W of m rows (evaluators) of n values (items), exact but for the last division; None where undefined."""
    m, n = len(rates), len(rates[0]) if rates else 0
    if m < 2 or n < 2:
        return None
    ties = sum(t**3 - t for row in rates for t in Counter(row).values())
    most = m * m * (n**3 - n) - m * ties
    if not most:
        return None
    doubled = [_doubled_ranks(row) for row in rates]
    # Twice the rank sums less twice their mean: whole numbers, their squares four times as large.
    squares = sum((sum(column) - m * (n + 1)) ** 2 for column in zip(*doubled, strict=True))
    return of_fraction(Fraction(12 * squares, 4 * most))


def _doubled_ranks(row: Sequence[Fraction]) -> list[int]:
    """Double the rank of each value, 1 being the lowest, ties at their mean: a whole number."""
    counts = Counter(row)
    ranks: dict[Fraction, int] = {}
    below = 0
    for value in sorted(counts):
        ranks[value] = 2 * below + counts[value] + 1
        below += counts[value]
    return [ranks[value] for value in row]
