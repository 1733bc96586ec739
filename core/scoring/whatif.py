"""Margin of a grade as a sentence, the smallest set of changes that flips it, and points tried out.

Everything is exact: points are whole hundredths, and a grade is decided as in `core.scoring.tally`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from core.errors import Message, RenewalError, UnknownName
from core.model.scorecard import GradeScheme, Status
from core.scoring.computed_item import ComputedItem
from core.scoring.entry import plain, read_points
from core.scoring.tally import HUNDRED, ScoredItem, Tally, grade_at, tally
from core.text.numbers import points as print_points

STEP = Decimal("0.01")
"""Smallest change of points (分)."""


def margin_sentence(sums: Tally, grades: GradeScheme) -> Message:
    """Word the margin: 优(≥90):再扣超过3.00分降为良;当前93.00分。 An incomplete sheet gives the range of its total."""
    if sums.grade is None:
        return open_words(
            scored=sums.scored,
            items=sums.items,
            points=print_points(sums.total),
            weight=print_points(sums.scored_weight),
            low=print_points(sums.low),
            high=print_points(sums.high),
        )
    if sums.veto is not None:
        known = {"ground": sums.veto.ground, "grade": sums.grade}
        return Message("一票否决（{ground}）：不论总分，等级定为{grade}。", known)
    down, up = (None if each is None else print_points(each) for each in (sums.margin_down, sums.margin_up))
    return margin_words(grades, _index(sums.grade, grades), print_points(sums.decisive), down, up)


def open_words(**figures: object) -> Message:
    """Word what the total of an incomplete sheet can still be."""
    return Message(
        "已评{scored}/{items}项，已评部分{points}/{weight}分，总分区间{low}～{high}；全部评完后定等级。", figures
    )


def margin_words(grades: GradeScheme, index: int, total: object, down: object, up: object) -> Message:
    """Word the margin of the grade at `index`; `down` and `up` are None where there is no grade beyond."""
    params: dict[str, object] = {"grade": grades.grades[index].name, "total": total}
    if down is not None:
        lower = grades.grades[index + 1].name
        params |= {"floor": plain(grades.grades[index].floor), "down": down, "lower": lower}
    if up is not None:
        above = grades.grades[index - 1]
        params |= {"ceiling": plain(above.floor), "up": up, "higher": above.name}
    # The grid's script words these three sentences too, while somebody types.
    if up is not None and down is not None:
        return Message(
            "{grade}（≥{floor}）：再扣超过{down}分降为{lower}，再得{up}分升为{higher}；当前{total}分。", params
        )
    if down is not None:
        return Message("{grade}（≥{floor}）：再扣超过{down}分降为{lower}；当前{total}分。", params)
    if up is not None:
        return Message("{grade}（<{ceiling}）：再得{up}分升为{higher}；当前{total}分。", params)
    return Message("{grade}；当前{total}分。", params)


@dataclass(frozen=True)
class Move:
    """An item's points (分) before and after a change that nobody has made."""

    code: str
    name: str
    before: Decimal | None
    """None: not scored."""
    after: Decimal

    @property
    def change(self) -> Decimal | None:
        """After less before; None where there was nothing before."""
        return None if self.before is None else self.after - self.before


@dataclass(frozen=True)
class Flip:
    """Smallest set of changes that takes a sheet to another grade."""

    grade: str
    """Grade it then has."""
    moves: tuple[Move, ...]
    points: Decimal
    """Points (分) changed in all, without sign; plain points, also where the grade follows 折算得分."""
    up: bool

    @property
    def sentence(self) -> Message:
        """Word the flip: 最少给1项减3.01分,降为良。 The items themselves are rows (`moves`)."""
        params = {"count": len(self.moves), "points": print_points(self.points), "grade": self.grade}
        if self.up:
            return Message("最少给{count}项加{points}分，升为{grade}。", params)
        return Message("最少给{count}项减{points}分，降为{grade}。", params)


def flip_up(items: Sequence[ScoredItem], grades: GradeScheme) -> Flip | None:
    """Find the fewest items, then the fewest points, that lift the sheet to the next better grade.

    None at the best grade, without a grade, or if full marks everywhere would not do.
    """
    sums = tally(items, grades)
    if sums.grade is None or sums.margin_up is None:
        return None
    better = grades.grades[_index(sums.grade, grades) - 1]
    return _flip(items, grades, sums, _least_total(better.floor, sums) - sums.total, up=True)


def flip_down(items: Sequence[ScoredItem], grades: GradeScheme) -> Flip | None:
    """Find the fewest items, then the fewest points, that take the sheet to the next lower grade.

    None at the last grade or without a grade.
    """
    sums = tally(items, grades)
    if sums.grade is None or sums.margin_down is None:
        return None
    floor = grades.grades[_index(sums.grade, grades)].floor
    return _flip(items, grades, sums, sums.total - _least_total(floor, sums) + STEP, up=False)


def _index(grade: str, grades: GradeScheme) -> int:
    return next(i for i, known in enumerate(grades.grades) if known.name == grade)


def _least_total(floor: Decimal, sums: Tally) -> Decimal:
    """Least plain sum of points, in hundredths, that reaches a grade's floor.

    Plain: the floor. Normalised: half up(t / w × 100, 2) ≥ f is t ≥ (f - 0.005) × w / 100, for f in hundredths.
    """
    wanted = floor.quantize(STEP, rounding=ROUND_CEILING)
    if sums.normalised is None:
        return wanted
    least = (wanted - STEP / 2) * sums.weight / HUNDRED
    return least.quantize(STEP, rounding=ROUND_CEILING)


def _flip(items: Sequence[ScoredItem], grades: GradeScheme, sums: Tally, need: Decimal, *, up: bool) -> Flip | None:
    """Take the `need` points from the items that can move most, the last one only as far as it must.

    Why that is the smallest set. Each item's points can move, on their own and in steps of 0.01, by anything from 0 to
    its room: its deduction upwards, downwards its points (of a 扣分项: to the most that it takes off). The sum
    follows one to one, and no item enters or leaves the sum; so a set of items can flip the grade exactly if its rooms
    add up to `need`, and moving some items the other way only asks more of the rest. No k items have more room together
    than the k roomiest: if those do not reach, no k items do, and the first k at which they reach is the fewest. Less
    than `need` points never flips, and just `need` can be moved within that set: so it is the fewest points, too. A
    grade further away lies behind the next one (or at one hundredth of a point, where grades are that close: the sheet
    then has the further one).
    """
    rooms = [
        (item.indicator.weight - item.points if up else item.points - item.indicator.least, item.points, item.indicator)
        for item in items
        if item.points is not None
    ]
    moves: list[Move] = []
    left = need
    # Equal rooms go by code, so that the order of the items changes nothing.
    for room, points, indicator in sorted(rooms, key=lambda entry: (-entry[0], entry[2].code)):
        step = min(room, left)
        if not step:
            break
        left -= step
        moves.append(Move(indicator.code, indicator.l3, points, points + step if up else points - step))
    if left:
        return None
    total = sums.total + need if up else sums.total - need
    decisive = total if sums.normalised is None else total / sums.weight * HUNDRED
    return Flip(grades.grades[grade_at(decisive, grades)].name, tuple(moves), need, up)


@dataclass(frozen=True)
class Trial:
    """试算: a sheet with some points supposed. Nothing of it is stored."""

    items: tuple[ScoredItem, ...]
    before: Tally
    after: Tally
    moves: tuple[Move, ...]
    """Items that differ, in the sheet's order."""

    @property
    def flips(self) -> bool:
        """True where the grade changes, also from or to none."""
        return self.before.grade != self.after.grade


def trial(items: Sequence[ScoredItem], grades: GradeScheme, changes: Mapping[str, Decimal]) -> Trial:
    """Add the sheet up with hypothetical points (分) by item code; also for items that had none.

    Supposed items stand as 待确认. Raises UnknownName for a code that the sheet does not have, and RenewalError for
    points below 0, above full marks or finer than 0.01.
    """
    known = {item.indicator.code for item in items}
    for code in changes:
        if code not in known:
            raise UnknownName(Message("本表没有编号为“{code}”的指标，未计入。", {"code": code[:20]}))
    tried: list[ScoredItem] = []
    moves: list[Move] = []
    for item in items:
        code = item.indicator.code
        if code not in changes:
            tried.append(item)
            continue
        points = read_points(f"{changes[code]:f}", item.indicator.weight, item.points, item.indicator.least)
        if isinstance(points, Message):
            raise RenewalError(points)
        if points == item.points:
            tried.append(item)
            continue
        tried.append(ComputedItem(item.indicator, item.event, points, Status.EXAMPLE, veto=item.veto))
        moves.append(Move(code, item.indicator.l3, item.points, points))
    return Trial(tuple(tried), tally(items, grades), tally(tried, grades), tuple(moves))
