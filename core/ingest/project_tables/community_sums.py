"""A list of communities as the only source: what its rows add up to is what the places have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args

from core.errors import Message
from core.ingest.project_tables.rows import TOLERANCE, number_text
from core.ingest.project_tables.source_tables import own_name
from core.ingest.project_tables.table_checks import Shared, by_place
from core.model.fields import FIELDS, TABLES, TableId, of_communities, source_of
from core.model.project import FUNDING_NAMES, BudgetGroup, Facts, RenovationLine, SourceMoney, SpendLine
from core.progress.facts_by_place import Flow
from core.text import word

if TYPE_CHECKING:
    import pyarrow

ADDED = word("小区明细各行相加")
"""The source of such a line."""
_MOST_PLACES = 8
_MOST_LISTED = 10
_SOME = Message("{places}有小区没有填报{name}：这些街镇和全项目的{name}按未填报处理，显示为“—”。请核对。")


def is_added(lines: Iterable[RenovationLine | SpendLine | SourceMoney | BudgetGroup]) -> bool:
    """True when nobody but a list of communities has stated these: another list states them anew."""
    return all((line.section if isinstance(line, SourceMoney) else line.source) == ADDED for line in lines)


def homes(detail: pyarrow.Table, shared: Shared) -> tuple[RenovationLine, ...]:
    """The planned scope of each place; a figure that not every community of the place reports is not reported."""
    return tuple(
        RenovationLine(communities=count, communities_second=None, **figures)
        for count, figures in _lines(detail, shared, "renovation")
    )


def money(detail: pyarrow.Table, shared: Shared) -> tuple[SpendLine, ...]:
    """The money of each place; none where no community reports any. `shared`: amounts of several communities."""
    reported = any(detail[name].null_count < detail.num_rows for name in of_communities("spend")) or any(
        shared.values()
    )
    return tuple(SpendLine(budget_group="", **figures) for _, figures in _lines(detail, shared, "spend") if reported)


def _lines(detail: pyarrow.Table, shared: Shared, table: TableId) -> list[tuple[int, dict[str, Any]]]:
    """The number of communities of each place, and the attributes of its row."""
    raws = dict.fromkeys((name for name in TABLES[table].attributes if name.endswith("_raw")), "")
    return [
        (
            count,
            {**raws, "place": place, "place_raw": place, "source": ADDED}
            | dict.fromkeys(of_communities(table))
            | {
                name: sums[name] if FIELDS[name].measured else int(sums[name])
                for name in of_communities(table)
                if name in sums
            },
        )
        for place, (count, sums) in by_place(detail, shared).items()
    ]


def gaps(
    detail: pyarrow.Table,
    shared: Shared,
    lines: Iterable[RenovationLine | SpendLine],
    fields: Collection[str] | None = None,
) -> Iterator[Message]:
    """Name the figures that some communities do not report: their places, and the project, go without them.

    `fields`: of which figures; None: of all.
    """
    silent: dict[str, list[str]] = {}
    for line in lines:
        table: TableId = "spend" if isinstance(line, SpendLine) else "renovation"
        for name in of_communities(table):
            if (fields is None or name in fields) and getattr(line, name) is None:
                silent.setdefault(name, []).append(line.place)
    reported = {name for name in silent if detail[name].null_count < detail.num_rows}
    reported |= {name for _, name in shared}
    if absent := tuple(FIELDS[name].name for name in silent if name not in reported):
        yield Message("小区明细里没有{names}，按未填报处理，显示为“—”。请核对。", {"names": absent})
    for name in silent:
        if name in reported:
            yield Message(_SOME.text, {"name": FIELDS[name].name, "places": tuple(silent[name][:_MOST_PLACES])})


def estimates(detail: pyarrow.Table, shared: Shared) -> Mapping[str, Decimal | None]:
    """What the communities of each place call their 概算, added up, 万元; None with one that has none. Empty: no list.

    They are no approved amounts: where a project has these, they are held against them only.
    """
    if detail["own_estimate"].null_count == detail.num_rows and not any(name == "own_estimate" for _, name in shared):
        return {}
    return {place: sums.get("own_estimate") for place, (_, sums) in by_place(detail, shared, ("own_estimate",)).items()}


def without_estimate(facts: Facts, added: Mapping[str, Decimal | None]) -> tuple[str, ...]:
    """The places whose communities do not all state one: while there are any, the sums are no estimates of places."""
    known = (*added, *(line.place for line in facts.spend), *(line.place for line in facts.renovation))
    return tuple(place for place in dict.fromkeys(known) if added.get(place) is None)


def no_estimate(silent: Sequence[str]) -> Message:
    """Say that the communities' estimates are none of their places, for these places."""
    return Message(
        "{places}没有各小区的概算（总投资），小区的概算不作为街镇的概算，只在小区明细中显示。请核对。",
        {"places": tuple(silent[:_MOST_LISTED])},
    )


def with_estimates(facts: Facts, added: Mapping[str, Decimal | None]) -> Facts:
    """The facts with what the communities add up to as the estimate of each place."""
    amounts = [(place, amount) for place, amount in added.items() if amount is not None]
    groups = tuple(
        BudgetGroup("estimate" if len(amounts) == 1 else f"estimate-{number}", amount, (place,), ADDED)
        for number, (place, amount) in enumerate(amounts, start=1)
    )
    group_of = {group.places[0]: group.id for group in groups}
    spend = tuple(replace(line, budget_group=group_of.get(line.place, "")) for line in facts.spend)
    return replace(facts, budget_groups=groups, spend=spend)


def estimate_doubts(facts: Facts, added: Mapping[str, Decimal | None]) -> Iterator[Message]:
    """Say where the communities add up to another amount than the one that was approved for their places."""
    for group in facts.budget_groups:
        amounts = [added.get(place) for place in group.places]
        known = [amount for amount in amounts if amount is not None]
        found = sum(known, Decimal(0))
        if len(known) == len(amounts) and abs(found - group.amount) > TOLERANCE:
            params = {
                "places": group.places,
                "found": number_text(found, "own_estimate"),
                "approved": number_text(group.amount, "estimate"),
            }
            yield Message(
                "{places}各小区的概算（总投资）相加是{found}万元，批复的概算是{approved}万元：以批复的为准，小区的只在小区明细中显示。请核对。",
                params,
            )


def by_source(
    amounts: Iterable[tuple[str, Mapping[str, Decimal]]], shared: Shared
) -> Mapping[tuple[str, str], Decimal | None]:
    """Place and column of a source -> what its communities add up to; None where not every one of them reports it.

    `amounts`: the place of each community and its money by column. Of which no community of a place reports anything,
    that place has no such money.
    """
    counts, filled = Counter[str](), Counter[tuple[str, str]]()
    sums: dict[tuple[str, str], Decimal] = {}
    for place, values in amounts:
        counts[place] += 1
        for name, value in values.items():
            sums[place, name] = sums.get((place, name), Decimal(0)) + value
            filled[place, name] += 1
    for key, (amount, number) in shared.items():
        if source_of(key[1]) is not None:
            sums[key] = sums.get(key, Decimal(0)) + amount
            filled[key] += number
    return {key: added if filled[key] == counts[key[0]] else None for key, added in sums.items()}


def source_money(added: Mapping[tuple[str, str], Decimal | None], facts: Facts) -> tuple[SourceMoney, ...]:
    """The money by place and source; a source that not all of a place's communities report is there without it."""
    flows: dict[tuple[str, str], dict[str, Decimal | None]] = {}
    for (place, name), amount in added.items():
        flow, source = source_of(name) or ("", "")
        flows.setdefault((place, own_name(source, facts)), {})[flow] = amount
    return tuple(
        SourceMoney(place, source, FUNDING_NAMES.get(source, source), ADDED, **amounts)
        for (place, source), amounts in flows.items()
    )


def source_gaps(added: Mapping[tuple[str, str], Decimal | None]) -> Iterator[Message]:
    """Name the money of sources that some communities do not report: their places, and the project, go without it."""
    silent: dict[str, list[str]] = {}
    for (place, name), amount in added.items():
        if amount is None:
            silent.setdefault(name, []).append(place)
    for name, places in silent.items():
        yield Message(_SOME.text, {"name": FIELDS[name].name, "places": tuple(places[:_MOST_PLACES])})


def sources_beside(added: Mapping[tuple[str, str], Decimal | None], facts: Facts) -> Iterator[Message]:
    """Name the money of sources that the communities report and the places, which state theirs, do not."""
    stated = {
        (flow, row.source) for row in facts.source_money for flow in get_args(Flow) if getattr(row, flow) is not None
    }
    names = {name: source_of(name) or ("", "") for _, name in added}
    silent = [name for name, (flow, source) in names.items() if (flow, own_name(source, facts)) not in stated]
    if silent:
        params = {"names": tuple(FIELDS[name].name for name in silent)}
        yield Message(
            "小区明细里的{names}没有计入街镇：各街镇的资金来源另有填报，其中没有这些。请核对，或者补进各街镇的表。",
            params,
        )
