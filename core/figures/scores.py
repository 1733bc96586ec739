"""Figures of a sheet of scores: rates of the level 1 groups, where the points went, where sheets differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from core.errors import Message
from core.figures.figure import BarRow, Bars, ChartAmount, Figure, Words, of_project
from core.figures.palette import DEDUCTED, MONEY, PAPER, RECONSTRUCTION_BAND, TIME, TINT
from core.model.measure import RATIO
from core.model.project import Facts
from core.model.scorecard import Sheet
from core.scoring import ScoredItem, Tally
from core.scoring.differences import AgendaRow
from core.scoring.whatif import Flip
from core.text import word
from core.text.numbers import MISSING, percent, points


def level1_rates(facts: Facts, sheet: Sheet, tally: Tally, source: Words) -> Figure:
    """得分率 of each level 1 group; `source`: of the points."""
    groups = tally.subtotals
    rows = []
    for name, part in groups.items():
        known = {"rate": percent(part.rate), "points": points(part.points), "weight": points(part.scored_weight)}
        shown = "" if part.rate is None else Message("{rate}（{points}/{weight}）", known)
        rows.append(BarRow(name, (ChartAmount(part.rate, RATIO, MONEY, shown=shown),)))
    figure = of_project(
        facts,
        "level1_rates",
        Message("一级指标得分率"),
        weakest(tally),
        word("%"),
        Message("得分÷已评指标的分值"),
        Bars(word("一级指标得分率"), tuple(rows), series=(word("得分率"),), end=Decimal(1), ordered=False),
        (Message("一级指标"), Message("得分"), Message("已评分值"), Message("得分率")),
        [
            (name, points(part.points), points(part.scored_weight), percent(part.rate))
            for name, part in groups.items()
        ],
        (),
        _band(sheet),
    )  # fmt: skip
    return replace(figure, source=source, alt=figure.name)


LEVEL1_HEADINGS = (word("一级指标"), word("分值"), word("得分"), word("得分率"))


def level1_table(sums: Tally) -> list[tuple[str, ...]]:
    """A row a level 1 group, then the sum: full marks that apply, points, 得分率."""
    groups = sums.subtotals.items()
    rows = [(name, points(part.weight), points(part.points), percent(part.rate)) for name, part in groups]
    total = points(sums.total if sums.scored else None)
    return [*rows, (word("合计"), points(sums.weight), total, percent(sums.rate))]


MOVE_HEADINGS = (word("指标"), word("得分"), word("变为"), word("等级"))


def move_table(flips: Iterable[Flip]) -> list[tuple[str, ...]]:
    """The fewest changes of points that change the grade, a row an item."""
    return [
        (move.name, points(move.before), points(move.after), flip.grade) for flip in flips for move in flip.moves
    ]  # fmt: skip


def weakest(tally: Tally | None) -> Message:
    """The level 1 group with the lowest 得分率."""
    groups = {} if tally is None else tally.subtotals
    known = [(part.rate, name) for name, part in groups.items() if part.rate is not None]
    if not known:
        return Message("还没有评分")
    rate, name = min(known, key=lambda each: each[0])
    return Message("{name}得分率最低，为{rate}", {"name": name, "rate": percent(rate)})


def _band(sheet: Sheet) -> str | None:
    return RECONSTRUCTION_BAND if sheet.reconstruction else None


def deducted(items: Sequence[ScoredItem]) -> list[ScoredItem]:
    """The items that lost points, the most first."""
    return sorted(
        (item for item in items if item.deduction), key=lambda item: (-(item.deduction or 0), item.indicator.code)
    )


def deductions(facts: Facts, sheet: Sheet, items: Sequence[ScoredItem], source: Words) -> Figure:
    """Lost points, the most first, each with the running total behind it; `source`: of the points."""
    lost = deducted(items)
    figure = of_project(
        facts,
        "deductions",
        Message("扣分明细"),
        lost_points(lost),
        word("分"),
        Message("分值减得分；括号内为累计"),
        Bars(
            word("扣分最多的指标"),
            tuple(BarRow(i.indicator.l3, (ChartAmount(i.deduction, "分", DEDUCTED),)) for i in lost),
            series=(word("扣分"),),
        ),
        (Message("编号"), Message("指标"), Message("扣分"), Message("原因")),
        [
            (i.indicator.code, i.indicator.l3, points(i.deduction), (i.event and i.event.reason) or MISSING)
            for i in lost
        ],
        (),
        _band(sheet),
    )  # fmt: skip
    return replace(figure, source=source, alt=figure.name)


def lost_points(lost: Sequence[ScoredItem]) -> Message:
    """Count the items that lost points, and the points."""
    whole = sum((item.deduction or Decimal(0) for item in lost), Decimal(0))
    params = {"count": len(lost), "points": points(whole)}
    return Message("{count}项扣分，共扣{points}分", params) if lost else Message("没有扣分")


def running(bars: Bars, most: int) -> Bars:
    """The deductions with their running totals; bars beyond `most` are added up in a last one."""
    rows = bars.rows
    if len(rows) > most:
        rest = rows[most - 1 :]
        whole = sum((row.amounts[0].value or Decimal(0) for row in rest), Decimal(0))
        last = BarRow(Message("其余{count}项", {"count": len(rest)}), (replace(rest[0].amounts[0], value=whole),))
        rows = (*rows[: most - 1], last)
    out, total = [], Decimal(0)
    for row in rows:
        lost = row.amounts[0]
        total += lost.value or Decimal(0)
        shown = Message("{points}（累计{sum}）", {"points": points(lost.value), "sum": points(total)})
        out.append(replace(row, amounts=(replace(lost, shown=shown),)))
    return replace(bars, rows=tuple(out))


def differences(
    agenda: Sequence[AgendaRow],
    pairs: Sequence[tuple[str, Decimal | None, Decimal | None]],
    names: tuple[str, str],
    colours: tuple[str, str] = (TIME, MONEY),
) -> Bars | None:
    """Items with the lowest and the highest points of the evaluators; where they agree, the `pairs` of two sheets.

    `names`, `colours`: of the two sheets. None where there is nothing to compare.
    """
    series: tuple[str, ...] = names
    if agenda:
        series, colours = (word("最低分"), word("最高分")), (TIME, MONEY)
        pairs = [(each.item.indicator.l3, each.item.low, each.item.high) for each in agenda]
    if not pairs:
        return None
    rows = tuple(
        BarRow(name, tuple(ChartAmount(each, "分", colour) for each, colour in zip(both, colours, strict=True)))
        for name, *both in pairs
    )
    return Bars(word("得分不同的指标"), rows, series=series, ordered=False)


def spreads(agenda: Iterable[AgendaRow], rule: Words) -> Bars:
    """From the lowest points to the highest that the evaluators gave, with what the `rule` made of them between.

    The longest bar of a row stands first: each shorter one is drawn upon it, the lowest in the colour of the paper.
    """
    rows = tuple(
        BarRow(of.indicator.l3, tuple(ChartAmount(v, "分", c) for v, c in _ends(of.high, of.points, of.low)))
        for of in (each.item for each in agenda)
    )
    return Bars(word("得分不同的指标"), rows, series=(word("最高分"), rule, word("最低分")), ordered=False)


def _ends(high: Decimal | None, middle: Decimal | None, low: Decimal | None) -> tuple[tuple[Decimal | None, str], ...]:
    return (high, TINT), (middle, MONEY), (low, PAPER)


def spread_headings(rule: Words) -> tuple[Words, ...]:
    """Those of `spread_table`."""
    return word("编号"), word("指标"), word("最低分"), rule, word("最高分"), word("分差")


def spread_table(agenda: Iterable[AgendaRow]) -> list[tuple[Words, ...]]:
    """A row an item on which evaluators differ, without their names."""
    return [
        (row.code, of.indicator.l3, *(points(each) for each in (of.low, of.points, of.high, row.spread)))
        for row, of in ((row, row.item) for row in agenda)
    ]
