"""Checks of the tables once they are read: of each other, and of figures that ask a question.

A question is no problem: a figure 1,000 times its neighbours or more, or of the snapshot before, is most often one in
another unit (元 for 万元 is 10,000 times).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median_low
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from core.errors import Message, RowProblem
from core.ingest.files.total_words import is_total
from core.ingest.project_tables.place_tables import PlaceTable
from core.ingest.project_tables.plausible import how_much, too_little, too_much
from core.ingest.project_tables.rows import TOLERANCE, Notes, number_text
from core.ingest.project_tables.section import TableSection
from core.ingest.project_tables.source_tables import own_name
from core.model.fields import COLUMNS, FIELDS, TableId, of_communities, source_of
from core.model.project import Delivery, Facts, RenovationLine, SpendLine

if TYPE_CHECKING:
    import pyarrow

FAR = Decimal(1000)
"""Times another figure: 10^3 and more is asked about."""
_ASKED = tuple(field.id for field in FIELDS.values() if field.kind in ("money", "area") or "renovation" in field.tables)
"""Fields of which a figure far from the others is asked about."""
_WHOLE = ("estimate", "area")
"""Known from the start: a part of them would be odd."""
_SUMMED = (*of_communities("spend"), *of_communities("renovation"))
Shared = Mapping[tuple[str, str], tuple[Decimal, int]]
"""Place and field -> what stands once for several communities together, and how many these are."""


def far(value: Decimal, other: Decimal) -> bool:
    """True when one is a thousand times the other, or more."""
    return value > 0 and other > 0 and max(value / other, other / value) >= FAR


def ask(table: PlaceTable, previous: Facts | None, notes: Notes) -> None:
    """Questions about the figures of a table by place."""
    before = _before(previous)
    asked: set[str] = set()
    for name in COLUMNS[table.rows.part]:
        if name in table.section.columns and name in _ASKED:
            asked.update(_ask_column(table, name, before, notes))
    if not (_ask_row(table, asked, notes) or asked):
        _ask_whole(table, previous, notes)
    table.rows.tell_units()


def _before(previous: Facts | None) -> Mapping[tuple[str, str], Decimal]:
    if previous is None:
        return {}
    lines: Sequence[SpendLine | RenovationLine | Delivery] = (
        *previous.spend, *previous.renovation, *previous.deliveries,
    )  # fmt: skip
    return {
        (line.place, name): Decimal(value)
        for line in lines
        for name in _ASKED
        if (value := getattr(line, name, None)) is not None
    }


def _ask_column(table: PlaceTable, name: str, before: Mapping[tuple[str, str], Decimal], notes: Notes) -> Iterator[str]:
    """Asks about figures of a column; gives the places whose figure was asked about."""
    values = {
        place: Decimal(value)
        for place, line in table.lines.items()
        if isinstance(value := line.get(name), Decimal | int) and value > 0
    }
    ordered = sorted(values.values())
    for place, value in values.items():
        old, near = before.get((place, name)), _middle(ordered, value)
        if old is not None and FIELDS[name].cumulative and value < old and not far(value, old):
            params = {"found": number_text(value, name), "place": place, "other": number_text(old, name)}
            text = Message("读到{found}，低于上一期“{place}”的{other}。累计数不会减少，请核对是不是本期数。", params)
            notes.ask(table.section, table.lines[place].row, name, text)
            continue
        if old is not None and far(value, old):
            beside = Message("上一期“{place}”是{other}", {"place": place, "other": number_text(old, name)})
        elif near is not None and far(value, near):
            beside = Message("其他街镇在{other}左右", {"other": number_text(near, name)})
        else:
            continue
        _ask(table, place, name, value, beside, notes)
        yield place


def _middle(ordered: Sequence[Decimal], value: Decimal) -> Decimal | None:
    """The middle of the others: one odd figure must not move what it is held against. Of two, the larger is asked."""
    at = ordered.index(value)
    others = [*ordered[:at], *ordered[at + 1 :]]
    if not others or (len(others) == 1 and value < others[0]):
        return None
    return median_low(others)


def _ask_row(table: PlaceTable, asked: Container[str], notes: Notes) -> bool:
    """Invested beside paid: a whole column in 元 shows here. Gives whether anything was asked."""
    any_asked = False
    for place, line in table.lines.items():
        invested, paid = line.get("invested"), line.get("paid")
        if not isinstance(invested, Decimal) or not isinstance(paid, Decimal) or place in asked:
            continue
        if far(paid, invested):
            beside = Message("同一行的已投资是{other}", {"other": number_text(invested, "invested")})
            _ask(table, place, "paid", paid, beside, notes)
            any_asked = True
    return any_asked


def _ask_whole(table: PlaceTable, previous: Facts | None, notes: Notes) -> None:
    """Whole columns that are of another power of ten: against the households, the approved amount, the last period."""
    sums = _column_sums(table)
    homes, estimate = table.rows.homes, sums.get("estimate", Decimal(0))
    approved = sum((group.amount for group in (previous.budget_groups if previous else ())), Decimal(0))
    for name, value in sums.items():
        kind, beside = FIELDS[name].kind, None
        if too_much(kind, value, homes) or (name in _WHOLE and too_little(kind, value, homes)):
            beside = Message("{much}，不可能", {"much": how_much(kind, value, homes)})
        elif name == "estimate" and far(value, approved):
            beside = Message("上一期合计是{other}，相差千倍以上", {"other": number_text(approved, name)})
        elif FIELDS[name].cumulative and value > estimate and far(value, estimate):
            beside = Message("概算合计是{other}，相差千倍以上", {"other": number_text(estimate, name)})
        if beside is not None:
            text = Message(
                "各行合计{found}，{beside}。请核对单位。", {"found": number_text(value, name), "beside": beside}
            )
            notes.ask(table.section, table.section.row, name, text)


def _column_sums(table: PlaceTable) -> dict[str, Decimal]:
    """The sums of the columns of amounts and areas."""
    names = [name for name in table.rows.fields if FIELDS[name].kind in ("money", "area")]
    return {
        name: sum((value for line in table.lines.values() if isinstance(value := line.get(name), Decimal)), Decimal(0))
        for name in names
    }


def _ask(table: PlaceTable, place: str, name: str, value: Decimal, beside: Message, notes: Notes) -> None:
    params = {"found": number_text(value, name), "beside": beside}
    text = Message("读到{found}，{beside}，相差千倍以上。请核对单位。", params)
    notes.ask(table.section, table.lines[place].row, name, text)


def same_places(tables: Mapping[TableId, PlaceTable], notes: Notes) -> None:
    """Tell of places that only one of the tables of money and homes has, where a file holds both."""
    spend, homes = tables.get("spend"), tables.get("renovation")
    if spend is None or homes is None or spend.section is homes.section:
        return
    for one, other in ((spend, homes), (homes, spend)):
        for place in one.lines:
            if place not in other.lines:
                text = Message("“{source}”中没有“{place}”这一行。", {"source": other.rows.source, "place": place})
                notes.wrong(one.section, one.lines[place].row, "place", text)


def whole(table: PlaceTable, previous: Facts | None, notes: Notes) -> None:
    """A table of spending or homes has all places that it had before."""
    if previous is None or table.rows.part not in ("spend", "renovation"):
        return
    before = previous.spend if table.rows.part == "spend" else previous.renovation
    absent = tuple(line.place for line in before if line.place not in table.lines and not is_total(line.place))
    if absent:
        text = Message("上一期有{places}，这张表里没有。没有变化的街镇也请列出。", {"places": absent})
        notes.wrong(table.section, table.section.row, "place", text)


_FEW_HOMES = Message("读到{found}，而“{place}”只有{total}户。请核对。")
_FEW_HELD = Message("读到合格{found}，而“{place}”已验收的只有{total}。请核对。")
_FEW_COMMUNITIES = Message("读到{found}，而“{place}”只有{total}个小区。请核对。")


def beyond(delivery: Delivery, planned: RenovationLine | None) -> Iterator[tuple[str, Message]]:
    """More communities or homes started, finished or accepted than there are, and more passed: field and sentence."""
    homes, communities = (planned.households, planned.communities) if planned is not None else (None, None)
    held = delivery.accepted if delivery.inspected is None else delivery.inspected
    counted = ((name, communities, _FEW_COMMUNITIES) for name in ("started", "finished", "accepted", "stage_target"))
    limits = (("homes_finished", homes, _FEW_HOMES), ("qualified", held, _FEW_HELD), *counted)
    for name, most, text in limits:
        count = getattr(delivery, name)
        if most is not None and count is not None and count > most:
            yield name, Message(text.text, {"found": count, "place": delivery.place, "total": most})


def work(table: PlaceTable, found: Iterable[Delivery], facts: Facts, notes: Notes) -> None:
    """Ask about more communities or homes started, finished or accepted than there are, and about more passed."""
    planned = {line.place: line for line in facts.renovation}
    for delivery in found:
        for name, text in beyond(delivery, planned.get(delivery.place)):
            notes.ask(table.section, table.lines[delivery.place].row, name, text)


def detail(
    found: pyarrow.Table, facts: Facts, sections: Sequence[TableSection], shared: Shared = MappingProxyType({})
) -> Iterator[RowProblem]:
    """The communities of a place must add up to its row: how many, and each figure that all of them report."""
    file, sheet = sections[0].table.file, sections[0].table.sheet
    spend, homes = {line.place: line for line in facts.spend}, {line.place: line for line in facts.renovation}
    for place, (count, sums) in by_place(found, shared).items():
        home = homes.get(place)
        if home is not None and home.communities not in (None, count):
            params = {"place": place, "expected": home.communities, "found": count}
            text = Message("“{place}”应有{expected}个小区，明细有{found}个。", params)
            yield RowProblem(file, None, sheet or None, text)
        for line, names in ((spend.get(place), of_communities("spend")), (home, of_communities("renovation"))):
            for name in names if line is not None else ():
                if (own := getattr(line, name)) is not None:
                    yield from _adds_up(place, name, sums.get(name), Decimal(own), file, sheet)


def sources(
    added: Mapping[tuple[str, str], Decimal | None], facts: Facts, sections: Sequence[TableSection]
) -> Iterator[RowProblem]:
    """The money of the communities of a place must add up to that of the place, for each source that both report.

    `added`: place and column of a source -> the sum of the communities.
    """
    file, sheet = sections[0].table.file, sections[0].table.sheet
    stated = {(row.place, row.source): row for row in facts.source_money}
    for (place, name), amount in added.items():
        flow, source = source_of(name) or ("", "")
        own = getattr(stated.get((place, own_name(source, facts))), flow, None)
        if own is not None:
            yield from _adds_up(place, name, amount, own, file, sheet)


def by_place(
    found: pyarrow.Table, shared: Shared = MappingProxyType({}), figures: Sequence[str] = _SUMMED
) -> Mapping[str, tuple[int, Mapping[str, Decimal]]]:
    """Of each place how many communities it has, and the sums of the figures that all of them report.

    `shared`: what several of them report together.
    """
    asked = [("name", "count"), *((name, kind) for name in figures for kind in ("sum", "count"))]
    added = found.group_by("place", use_threads=False).aggregate(asked).to_pylist()

    def sums(row: Mapping[str, Any]) -> Iterator[tuple[str, Decimal]]:
        for name in figures:
            amount, together = shared.get((row["place"], name), (Decimal(0), 0))
            if row[f"{name}_count"] + together == row["name_count"]:
                yield name, Decimal(row[f"{name}_sum"] or 0) + amount

    return {row["place"]: (row["name_count"], dict(sums(row))) for row in added}


def _adds_up(
    place: str, name: str, added: Decimal | None, expected: Decimal, file: str, sheet: str
) -> Iterator[RowProblem]:
    if added is not None and abs(added - expected) > (TOLERANCE if FIELDS[name].measured else 0):
        text = Message(
            "“{place}”各小区的{name}相加是{found}，该街镇的{name}是{expected}，两者不一致。",
            {
                "place": place,
                "name": FIELDS[name].name,
                "found": number_text(added, name),
                "expected": number_text(expected, name),
            },
        )
        yield RowProblem(file, None, sheet or None, text)
