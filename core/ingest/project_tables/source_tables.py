"""Money by source and place, from columns of a table by place: what is planned, has arrived and was paid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import get_args

from core.errors import Message
from core.ingest.project_tables.place_tables import PlaceTable, apart
from core.ingest.project_tables.rows import Notes, TableLine, number_text, tolerance_of
from core.model.fields import source_field, source_of
from core.model.project import FUNDING_NAMES, Facts, Funding, SourceMoney, SpendLine
from core.progress import quotient
from core.progress.arithmetic import sum_of
from core.progress.facts_by_place import FactsByPlace, Flow

_ALL_PAID = source_field("paid", "")
_SAME_AS = "资金"
"""Behind a name it makes no other source."""


def by_place(table: PlaceTable, facts: Facts, notes: Notes, spend: PlaceTable | None = None) -> tuple[SourceMoney, ...]:
    """What each place has of each source; a source of which a place reports nothing is not there.

    A source is called as the project calls it already. `spend`: the table of spending, whose 累计支付 beside the
    payments of each source is what was paid of all together.
    """
    beside = spend is not None and spend.section is table.section
    found: list[SourceMoney] = []
    fields = [name for name in table.rows.fields if source_of(name) is not None]
    for name in fields:
        apart(table, name, notes)
        _gaps(table, name, notes)
    of_project = [] if "place" in table.section.columns else [(None, line) for line in table.rows.lines()]
    for place, line in (*table.lines.items(), *of_project):
        amounts: dict[str, dict[str, Decimal]] = {}
        for name in fields:
            flow, source = source_of(name) or ("", "")
            if isinstance(value := line.get(name), Decimal):
                amounts.setdefault(source, {})[flow] = value
        spent = spend.lines.get(place) if beside and spend is not None and place is not None else None
        paid = spent.get("paid") if spent is not None else None
        if isinstance(paid, Decimal) and any("paid" in flows for flows in amounts.values()):
            amounts.setdefault("", {})["paid"] = paid
        at = table.rows.at(line.row, line.ordinal)
        for source, flows in amounts.items():
            own = own_name(source, facts)
            found.append(SourceMoney(place, own, FUNDING_NAMES.get(own, own), at, **flows))
    return tuple(found)


def own_name(source: str, facts: Facts) -> str:
    """The source as the project calls it already, with 资金 behind it or without; else as it is called here."""
    known = {each.removesuffix(_SAME_AS): each for each in facts.sources}
    return known.get(source.removesuffix(_SAME_AS), source)


def _gaps(table: PlaceTable, name: str, notes: Notes) -> None:
    """A printed total over blank cells: they mean nothing where it is the sum of the others."""
    printed = table.rows.total.get(name)
    values = [line.get(name) for line in table.lines.values()]
    known = [value for value in values if isinstance(value, Decimal)]
    if not isinstance(printed, Decimal) or len(known) == len(values):
        return
    added = sum_of(known)
    if abs(added - printed) > tolerance_of(name, table.rows.units[name]):
        params = {"expected": number_text(added, name), "found": number_text(printed, name)}
        text = Message("各行相加是{expected}，这里是{found}，两者不一致。", params)
        notes.wrong(table.section, table.rows.sums[-1] if table.rows.sums else table.section.row, name, text)


def plans(facts: Facts, stated: Sequence[Funding]) -> tuple[Funding, ...]:
    """The sources of the whole project with a plan: as the text states them, and as the places' plans add up.

    `facts`: with the places' money, and the sources that are known so far. What the text states of a source stays as
    it is said; that the places add up to something else is a finding.
    """
    sums = FactsByPlace(facts, None)
    said = {each.source for each in stated}
    made = {each.source: each for each in facts.funding}
    for source, name in facts.sources.items():
        if source in said:
            continue
        stated_whole = next((row for row in facts.source_money if (row.place, row.source) == (None, source)), None)
        amounts = {flow: sums.of_places(flow, source) for flow in get_args(Flow)}
        if stated_whole is not None:
            amounts = {
                flow: (getattr(stated_whole, flow), stated_whole.section) if amount[0] is None else amount
                for flow, amount in amounts.items()
            }
        planned, section = amounts["planned"]
        if planned is None:
            continue
        old = made.get(source)
        paid, arrived = (
            amounts[flow][0] if amounts[flow][0] is not None else getattr(old, flow, None)
            for flow in ("paid", "arrived")
        )
        share = old.planned_share if old is not None and old.planned == planned else Decimal(0)
        made[source] = Funding(source, name, planned, paid, arrived, share, section)
    whole = sum_of(each.planned for each in made.values())
    return tuple(
        each if each.planned_share else replace(each, planned_share=quotient(each.planned, whole) or each.planned_share)
        for each in made.values()
    )


def without_plans(rows: Sequence[SourceMoney], plans: Sequence[Funding]) -> tuple[SourceMoney, ...]:
    """The money by place and source without what a plan of the whole project holds itself."""
    held = {plan.source: plan for plan in plans}
    return tuple(row for row in rows if row.place is not None or not _is_in(row, held.get(row.source)))


def _is_in(row: SourceMoney, plan: Funding | None) -> bool:
    return plan is not None and all(getattr(row, flow) in (None, getattr(plan, flow)) for flow in get_args(Flow))


def with_paid(facts: Facts, table: PlaceTable, notes: Notes) -> Facts:
    """The facts with what each place was paid of its sources together, where no column says what it was paid in all."""
    if "paid" in table.section.columns or any(line.paid is not None for line in facts.spend):
        return facts
    paid = {place: _paid(table, line) for place, line in table.lines.items()}
    if all(amount is None for amount in paid.values()):
        return facts
    text = Message("表中没有累计支付的合计列，各街镇的累计支付由各资金来源已支付相加得出。请核对。")
    notes.ask(table.section, table.section.row, None, text)
    if not facts.spend:
        return replace(facts, spend=tuple(_lines(table, paid)))
    return replace(facts, spend=tuple(replace(line, paid=paid.get(line.place)) for line in facts.spend))


def _paid(table: PlaceTable, line: TableLine) -> Decimal | None:
    """What a place was paid in all: of its row of all sources, else the sum of its sources; None with one unknown.

    Where each row is of one source, a place has those that have a row there; else it has those of all columns.
    """
    if isinstance(whole := line.get(_ALL_PAID), Decimal):
        return whole
    in_rows = table.section.in_rows
    sources = {
        source: None
        for name in table.rows.fields
        for flow, source in [source_of(name) or ("", "")]
        if source and (line.get(name) is not None if in_rows else flow == "paid")
    }
    amounts = [line.get(source_field("paid", source)) for source in sources]
    known = [amount for amount in amounts if isinstance(amount, Decimal)]
    return sum_of(known) if known and len(known) == len(amounts) else None


def _lines(table: PlaceTable, paid: Mapping[str, Decimal | None]) -> Iterator[SpendLine]:
    for place, line in table.lines.items():
        yield SpendLine(
            place=place,
            invested=None,
            paid=paid[place],
            budget_group="",
            source=table.rows.at(line.row, line.ordinal),
            serial_raw=table.rows.raw(line.row, "serial"),
            place_raw=table.rows.raw(line.row, "place"),
            estimate_raw="",
            invested_raw="",
            paid_raw="",
        )
