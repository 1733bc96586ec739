"""What is different between two snapshots of one project, figure by figure, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import UnknownName
from core.ingest.project_tables.correction import FIGURES, CorrectableFigure, Value, figures_of, value_of
from core.model.fields import FIELDS, FLOWS, source_field
from core.model.payments import Ledger
from core.model.project import BudgetGroup, Facts
from core.progress.arithmetic import sum_of
from core.text import word
from core.text.numbers import MISSING, count, decimal, money, number, percent

PARTS_OF_PLACE = ("spend", "renovation", "deliveries")


@dataclass(frozen=True)
class FigureChange:
    """A figure before and after, as it is printed; "—" where there is none. `place` None: of the whole project."""

    what: str
    place: str | None
    before: str
    after: str


def changes(before: Facts | None, after: Facts) -> tuple[FigureChange, ...]:
    """All that differs, in the order in which reports give it; against None everything is new."""
    found = [*_project(before, after), *_places(before, after), *_estimates(before, after), *_funding(before, after)]
    found += [*_arrivals(before, after), *_milestones(before, after), *_comparisons(before, after)]
    return tuple(change for change in found if change.before != change.after)


def shown(value: Value, figure: CorrectableFigure) -> str:
    """A figure as it is printed, without its unit. More decimals than are usual are shown where there are any."""
    if value is None:
        return MISSING
    if figure.kind == "count":
        return count(value)
    exact = Decimal(value)
    if figure.kind == "share":
        return percent(exact, max(2, _decimals(exact) - 2))
    return money(exact) if _decimals(exact) <= 2 else decimal(exact, _decimals(exact))


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


def _day(value: date | None) -> str:
    return MISSING if value is None else value.isoformat()


def _project(before: Facts | None, after: Facts) -> Iterator[FigureChange]:
    yield FigureChange(word("项目名称"), None, before.project.name if before else MISSING, after.project.name)
    approvals = [facts.project.approval if facts else "" for facts in (before, after)]
    yield FigureChange(word("批复文号"), None, *(each or MISSING for each in approvals))
    yield FigureChange(word("数据截至"), None, _day(before.as_of if before else None), _day(after.as_of))


def _places(before: Facts | None, after: Facts) -> Iterator[FigureChange]:
    gone = [place for place in (before.places if before else ()) if place not in after.places]
    for figure in FIGURES:
        if figure.part in PARTS_OF_PLACE:
            for place in (*after.places, *gone):
                yield FigureChange(figure.name, place, _value(before, place, figure), _value(after, place, figure))


def _funding(before: Facts | None, after: Facts) -> Iterator[FigureChange]:
    """Bond and budget, then what the other kinds are to give and have given, in all and by place."""
    both = [facts for facts in (before, after) if facts is not None]
    found = {figure.id: figure for facts in both for figure in figures_of(facts, "") if figure.funding is not None}
    for figure in found.values():
        yield FigureChange(figure.name, None, _value(before, "", figure), _value(after, "", figure))
    old, new = _of_places(before), _of_places(after)
    for what, place in dict.fromkeys([*new, *old]):
        yield FigureChange(what, place, old.get((what, place), MISSING), new.get((what, place), MISSING))


def _of_places(facts: Facts | None) -> dict[tuple[str, str], str]:
    """The money of each source by place."""
    return {
        (FIELDS[source_field(flow, row.source)].name, row.place): money(amount)
        for row in (facts.source_money if facts else ())
        for flow in FLOWS
        if row.place is not None and (amount := getattr(row, flow)) is not None
    }


def _value(facts: Facts | None, place: str, figure: CorrectableFigure) -> str:
    if facts is None:
        return MISSING
    try:
        return shown(value_of(facts, place, figure), figure)
    except UnknownName:
        return MISSING  # a row that one of the two does not have


def _estimates(before: Facts | None, after: Facts) -> Iterator[FigureChange]:
    old, new = _groups(before), _groups(after)
    for places in dict.fromkeys([*new, *old]):
        place = "、".join(places) or None
        yield FigureChange(word("概算"), place, _amount(old.get(places)), _amount(new.get(places)))


def _groups(facts: Facts | None) -> dict[tuple[str, ...], list[BudgetGroup]]:
    """By the places that they cover, in the order of the project's places."""
    found: dict[tuple[str, ...], list[BudgetGroup]] = {}
    for group in facts.budget_groups if facts else ():
        order = tuple(place for place in facts.places if place in group.places) if facts else ()
        found.setdefault(order, []).append(group)
    return found


def _amount(groups: list[BudgetGroup] | None) -> str:
    return " / ".join(money(group.amount) for group in groups) if groups else MISSING


_ARRIVED = {"bond": word("专项债到位"), "budget": word("财政预算资金到位")}


def _arrivals(before: Facts | None, after: Facts) -> Iterator[FigureChange]:
    old, new = _arrived(before), _arrived(after)
    for what, day in dict.fromkeys([*new, *old]):
        yield FigureChange(what, None, old.get((what, day), MISSING), new.get((what, day), MISSING))


def _arrived(facts: Facts | None) -> dict[tuple[str, date], str]:
    """What arrived, by source of money and day."""
    sums: dict[tuple[str, date], Decimal] = {}
    for each in facts.arrivals if facts else ():
        what = _ARRIVED.get(each.funding, f"{each.funding}到位")
        sums[what, each.arrived_on] = sums.get((what, each.arrived_on), Decimal(0)) + each.amount
    return {(what, day): f"{money(amount)} ({day})" for (what, day), amount in sums.items()}


def _milestones(before: Facts | None, after: Facts) -> Iterator[FigureChange]:
    old, new = _reached(before), _reached(after)
    for name, place in dict.fromkeys([*new, *old]):
        yield FigureChange(name, place, old.get((name, place), MISSING), new.get((name, place), MISSING))


def _reached(facts: Facts | None) -> dict[tuple[str, str | None], str]:
    """Planned and actual day of each, and who answers for it where that is said."""
    return {
        (each.name, each.place): " / ".join([_day(each.planned), _day(each.actual), *filter(None, [each.owner])])
        for each in (facts.milestones if facts else ())
    }


def _comparisons(before: Facts | None, after: Facts) -> Iterator[FigureChange]:
    old, new = _compared(before), _compared(after)
    for name, place in dict.fromkeys([*new, *old]):
        yield FigureChange(name, place, old.get((name, place), MISSING), new.get((name, place), MISSING))


def _compared(facts: Facts | None) -> dict[tuple[str, str | None], str]:
    """Figures before and after the renovation: 停车位 改造前→改造后."""
    return {
        (f"{each.community}{each.name}", each.place): f"{number(each.before)} → {number(each.after)}{each.unit}"
        for each in (facts.comparisons if facts else ())
    }


def ledger_changes(before: Ledger | None, payments: int, amount: Decimal) -> tuple[FigureChange, ...]:
    """What a ledger of so many payments and so much money (万元) changes."""
    old = (None, None) if before is None else (before.payments, sum_of(x.amount + x.later for x in before.sums))
    found = (
        FigureChange(word("付款台账笔数"), None, count(old[0]), count(payments)),
        FigureChange(word("付款台账合计（万元）"), None, money(old[1]), money(amount)),
    )
    return tuple(change for change in found if change.before != change.after)
