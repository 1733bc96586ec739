"""What places report for a period: which figures can be asked, what is doubtful of a cell, facts made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, TypeVar

from core.errors import Message
from core.ingest.project_tables.correction import FIGURES, CorrectableFigure, Value, figure_of, read_value, refused
from core.ingest.project_tables.rows import number_text
from core.ingest.project_tables.table_checks import beyond, far
from core.model.fields import FIELDS
from core.model.project import BudgetGroup, Delivery, Facts, RenovationLine, SpendLine
from core.text.numbers import MISSING, percent

Line = TypeVar("Line", SpendLine, RenovationLine, Delivery)
Row = Mapping[str, Value]
"""What a place has reported, by field."""
_PARTS = ("spend", "renovation", "deliveries")
FIGURES_OF_PLACES: tuple[CorrectableFigure, ...] = tuple(figure for figure in FIGURES if figure.part in _PARTS)
_MOST_NAMES = 4
"""Places that a sentence names."""
_NEEDED = ("spend", "renovation")
"""Tables whose figures a place always has."""
_COMPARED = ("money", "area", "households", "buildings", "communities")
"""Kinds of which a figure a thousand times the last one is asked about."""


@dataclass(frozen=True)
class Doubt:
    """A sentence about a cell that may be right all the same."""

    field: str
    text: Message


def offered(facts: Facts) -> tuple[CorrectableFigure, ...]:
    """The figures that every place of the project can report."""
    there = {
        "spend": {line.place for line in facts.spend},
        "renovation": {line.place for line in facts.renovation},
    }
    whole = [part for part, places in there.items() if places >= set(facts.places)]
    return tuple(figure for figure in FIGURES_OF_PLACES if figure.part == "deliveries" or figure.part in whole)


def read_cell(name: str, text: str) -> Value:
    """The figure in a cell; None for a blank one and for “—”, which says that it is not known.

    Raises InputError for a text that is no such figure, and for “—” where the figure is always known.
    """
    figure = figure_of(name)
    if text.strip() != MISSING:
        return read_value(text, figure)
    if figure.part in _NEEDED:
        raise refused(Message("“{field}”不能为空。", {"field": figure.name}))
    return None


def printed(value: Value, name: str) -> str:
    """A figure as it is printed, without its unit; "—" where there is none."""
    if value is None:
        return MISSING
    return percent(Decimal(value)) if FIELDS[name].kind == "share" else number_text(value, name)


def as_typed(value: Value, name: str) -> str:
    """A figure as somebody would type it, exactly: `read_cell` reads it. "—": there is none; "": there must be one."""
    figure = figure_of(name)
    if value is None:
        return "" if figure.part in _NEEDED else MISSING
    return figure_as_typed(value, figure)


def figure_as_typed(value: Decimal | int, figure: CorrectableFigure) -> str:
    """A figure as somebody would type it, exactly."""
    if figure.kind != "share":
        return number_text(value, figure.id)
    whole, _, fraction = f"{value * 100:f}".partition(".")
    return f"{whole}.{fraction}".rstrip("0").rstrip(".") + "%" if fraction else f"{whole}%"


def last_rows(facts: Facts) -> Mapping[str, Row]:
    """The figures of each place as they stand, by field."""
    found: dict[str, dict[str, Value]] = {place: {} for place in facts.places}
    for part in _PARTS:
        figures = [figure for figure in FIGURES_OF_PLACES if figure.part == part]
        for line in getattr(facts, part):
            if line.place in found:
                found[line.place] |= {figure.id: getattr(line, figure.attribute) for figure in figures}
    return found


@dataclass(frozen=True)
class Grounds:
    """What the rows of a period are held against, added up once for all of them."""

    facts: Facts
    """The last period."""
    last: Mapping[str, Row]
    rows: Mapping[str, Row]
    """What each place reports."""
    groups: Mapping[str, BudgetGroup]
    """The approved amount that a place is in."""
    paid: Mapping[str, Decimal]
    """By the id of a group: what all its places have been paid then."""


def grounds(facts: Facts, rows: Mapping[str, Row]) -> Grounds:
    """What these rows are held against. `facts`: the last period."""
    groups: dict[str, BudgetGroup] = {}
    for group in facts.budget_groups:
        for place in group.places:
            groups.setdefault(place, group)
    of = {line.place: line.paid for line in facts.spend}
    return Grounds(
        facts, last_rows(facts), rows, groups, {group.id: _paid(of, group, rows) for group in facts.budget_groups}
    )


def doubts(on: Grounds, place: str) -> tuple[Doubt, ...]:
    """What is doubtful of the row of a place."""
    row, old = on.rows[place], on.last.get(place, {})
    whole = {**old, **row}
    found = [*against_last(row, old), *against_invested(row, whole), *_against_money(on, place, whole)]
    found += _against_work(row, whole, place)
    return tuple(found)


def with_rows(facts: Facts, rows: Mapping[str, Row], source: str) -> Facts:
    """The facts with what these places report; `source`: what is said of where a row is from."""
    return replace(
        facts,
        spend=tuple(_with_row(line, "spend", rows, source) for line in facts.spend),
        renovation=tuple(_with_row(line, "renovation", rows, source) for line in facts.renovation),
        deliveries=tuple(_deliveries(facts, rows, source)),
    )


def _with_row(line: Line, part: str, rows: Mapping[str, Row], source: str) -> Line:
    new: dict[str, Any] = {
        figure.attribute: rows[line.place][figure.id]
        for figure in FIGURES_OF_PLACES
        if figure.part == part and figure.id in rows.get(line.place, {})
    }
    if not new:
        return line
    raw = {each.name for each in fields(line)}
    new |= {f"{name}_raw": str(value) for name, value in new.items() if f"{name}_raw" in raw}
    return replace(line, **new, source=source)


def _deliveries(facts: Facts, rows: Mapping[str, Row], source: str) -> Iterator[Delivery]:
    known = {line.place: line for line in facts.deliveries}
    for place in facts.places:
        line = _with_row(known.get(place, Delivery(place, "")), "deliveries", rows, source)
        if place in known or line.source:
            yield line


def against_last(row: Row, old: Row) -> Iterator[Doubt]:
    """Less than last time of what only grows; a thousand times it."""
    for name, value in row.items():
        before, field = old.get(name), FIELDS[name]
        if value is None or before is None:
            continue
        told = {"other": printed(before, name)}
        if field.kind in _COMPARED and far(Decimal(value), Decimal(before)):
            yield Doubt(name, Message("上一期是{other}，相差千倍以上。请核对单位。", told))
        elif field.cumulative and value < before:
            yield Doubt(name, Message("低于上一期的{other}。累计数不会减少，请核对是不是本期数。", told))


def against_invested(row: Row, whole: Row) -> Iterator[Doubt]:
    """Invested and paid a thousand times apart. `whole`: with what the row had before."""
    paid, invested = row.get("paid"), whole.get("invested")
    if paid is not None and invested is not None and far(Decimal(paid), Decimal(invested)):
        told = {"other": printed(invested, "invested")}
        yield Doubt("paid", Message("同一行的已投资是{other}，相差千倍以上。请核对单位。", told))


def _against_money(on: Grounds, place: str, row: Row) -> Iterator[Doubt]:
    """More paid than approved or contracted."""
    paid, group = row.get("paid"), on.groups.get(place)
    if "paid" not in on.rows[place] or paid is None:
        return
    if group is not None:
        all_paid = on.paid[group.id]
        if all_paid > group.amount:
            params = {
                "places": _named_places(group.places),
                "paid": printed(all_paid, "paid"),
                "estimate": printed(group.amount, "paid"),
            }
            yield Doubt("paid", Message("{places}累计支付合计{paid}万元，超过概算{estimate}万元。请核对。", params))
    contract = row.get("contract")
    if contract is not None:
        most = contract + (row.get("variation") or 0)
        if paid > most:
            yield Doubt(
                "paid", Message("超过合同价（含变更）{most}万元。请核对。", {"most": printed(most, "contract")})
            )


def _named_places(places: tuple[str, ...]) -> Message:
    """A few places by name; of more the first, and how many there are."""
    names = {"names": places[:_MOST_NAMES], "count": len(places)}
    return Message("{names}等{count}个街镇", names) if len(places) > _MOST_NAMES else Message("{names}", names)


def _paid(of: Mapping[str, Decimal | None], group: BudgetGroup, rows: Mapping[str, Row]) -> Decimal:
    amounts = (rows.get(place, {}).get("paid", of.get(place)) for place in group.places)
    return sum((Decimal(amount) for amount in amounts if amount is not None), Decimal(0))


_ORDER = (("finished", "started"), ("accepted", "finished"))
"""What comes after what: there cannot be more of the later."""


def _against_work(row: Row, whole: Row, place: str) -> Iterator[Doubt]:
    """More works, homes and inspections than there can be."""
    delivery = Delivery(place, "", **_named(whole, "deliveries"))
    homes = replace(_NO_HOMES, place=place, **_named(whole, "renovation"))
    for name, text in beyond(delivery, homes):
        if name in row:
            yield Doubt(name, text)
    for later, earlier in _ORDER:
        done, begun = whole.get(later), whole.get(earlier)
        if later in row and done is not None and begun is not None and done > begun:
            params = {"earlier": FIELDS[earlier].name, "count": begun}
            yield Doubt(later, Message("多于{earlier}（{count}）。请核对。", params))


_NO_HOMES = RenovationLine("", None, None, None, None, None, "", "", "", "", "", "", "")


def _named(row: Row, part: str) -> dict[str, Any]:
    return {
        figure.attribute: row[figure.id] for figure in FIGURES_OF_PLACES if figure.part == part and figure.id in row
    }
