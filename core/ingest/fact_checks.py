"""What is looked at once the tables are read: whether they fit each other, and figures that ask a question.

A question is no problem: a figure 1,000 times its neighbours or more, or of the snapshot before, is most often one in
another unit (元 for 万元 is 10,000 times).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median_low
from typing import TYPE_CHECKING

from core.errors import Message, RowProblem
from core.ingest.fact_headings import PARTS, Section
from core.ingest.fact_rows import TOLERANCE, Notes, name_of, number_text
from core.ingest.fact_tables import PlaceTable
from core.ingest.fact_values import KINDS
from core.model.project import Delivery, Facts, RenovationLine, SpendLine

if TYPE_CHECKING:
    import pyarrow

FAR = Decimal(1000)
"""Times another figure: 10^3 and more is asked about."""
_ASKED = ("invested", "paid", "area", "buildings", "households")
_SUMMED = {"spend": ("invested", "paid"), "renovation": ("buildings", "households", "area")}


def _far(value: Decimal, other: Decimal) -> bool:
    return value > 0 and other > 0 and max(value / other, other / value) >= FAR


def ask(table: PlaceTable, previous: Facts | None, notes: Notes) -> None:
    """Questions about the figures of a table by place."""
    before = _before(previous)
    asked: set[str] = set()
    for name in PARTS[table.rows.part]:
        if name in table.section.columns and name in _ASKED:
            asked.update(_ask_column(table, name, before, notes))
    _ask_row(table, asked, notes)
    _ask_unit(table, notes)


def _before(previous: Facts | None) -> Mapping[tuple[str, str], Decimal]:
    lines: Sequence[SpendLine | RenovationLine] = (*previous.spend, *previous.renovation) if previous else ()
    return {
        (line.place, name): Decimal(getattr(line, name)) for line in lines for name in _ASKED if hasattr(line, name)
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
        if old is not None and _far(value, old):
            beside = Message("上一期“{place}”是{other}", {"place": place, "other": number_text(old, name)})
        elif near is not None and _far(value, near):
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


def _ask_row(table: PlaceTable, asked: Container[str], notes: Notes) -> None:
    """Invested beside paid: a whole column in 元 shows here."""
    for place, line in table.lines.items():
        invested, paid = line.get("invested"), line.get("paid")
        if not isinstance(invested, Decimal) or not isinstance(paid, Decimal) or place in asked:
            continue
        if _far(paid, invested):
            beside = Message("同一行的已投资是{other}", {"other": number_text(invested, "invested")})
            _ask(table, place, "paid", paid, beside, notes)


def _ask(table: PlaceTable, place: str, name: str, value: Decimal, beside: Message, notes: Notes) -> None:
    params = {"found": number_text(value, name), "beside": beside}
    text = Message("读到{found},{beside},相差千倍以上。请核对单位。", params)
    notes.ask(table.section, table.lines[place].row, name, text)


def _ask_unit(table: PlaceTable, notes: Notes) -> None:
    """Amounts without a unit anywhere are read as 万元, areas as 万㎡; said once a table."""
    rows = table.rows
    for kind, unit in (("money", "万元"), ("change", "万元"), ("area", "万㎡")):
        names = [name for name in rows.fields if KINDS.get(name) == kind and not rows.units[name].stated]
        bare = [
            name
            for name in names
            if any(rows.raw(line.row, name).strip()[-1:].isdigit() for line in table.lines.values())
        ]
        if bare:
            text = Message(
                "“{names}”没有注明单位,按{unit}读取。",
                {"names": tuple(rows.section.heading(name) for name in bare), "unit": unit},
            )
            notes.ask(rows.section, rows.section.row, bare[0], text)


def same_places(tables: Mapping[str, PlaceTable], notes: Notes) -> None:
    """Money and homes are of the same places when a file holds both tables."""
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
    absent = tuple(line.place for line in before if line.place not in table.lines)
    if absent:
        text = Message("上一期有{places},这张表里没有。没有变化的街镇也请列出。", {"places": absent})
        notes.wrong(table.section, table.section.row, "place", text)


def work(table: PlaceTable, found: Iterable[Delivery], homes: Mapping[str, RenovationLine], notes: Notes) -> None:
    """More communities or homes started, finished or accepted than there are is a question; so is more passed."""
    for delivery in found:
        line, total = table.lines[delivery.place], homes.get(delivery.place)
        done, held = delivery.homes_finished, delivery.inspected
        if total is not None and done is not None and done > total.households:
            params = {"found": done, "place": delivery.place, "total": total.households}
            text = Message("读到{found},而“{place}”只有{total}户。请核对。", params)
            notes.ask(table.section, line.row, "homes_finished", text)
        held = delivery.accepted if held is None else held
        if delivery.qualified is not None and held is not None and delivery.qualified > held:
            params = {"found": delivery.qualified, "place": delivery.place, "total": held}
            text = Message("读到合格{found},而“{place}”已验收的只有{total}。请核对。", params)
            notes.ask(table.section, line.row, "qualified", text)
        for name in ("started", "finished", "accepted", "stage_target"):
            count = getattr(delivery, name)
            if total is not None and count is not None and count > total.communities:
                text = Message(
                    "读到{found},而“{place}”只有{total}个小区。请核对。",
                    {"found": count, "place": delivery.place, "total": total.communities},
                )
                notes.ask(table.section, line.row, name, text)


def detail(
    found: pyarrow.Table,
    spend: Mapping[str, SpendLine],
    homes: Mapping[str, RenovationLine],
    sections: Sequence[Section],
) -> Iterator[RowProblem]:
    """The communities of a place must add up to its row: how many, and each figure that all of them report."""
    file, sheet = sections[0].table.file, sections[0].table.sheet
    for place, (count, sums) in _by_place(found).items():
        home = homes.get(place)
        if home is not None and home.communities != count:
            params = {"place": place, "expected": home.communities, "found": count}
            text = Message("“{place}”应有{expected}个小区,明细有{found}个。", params)
            yield RowProblem(file, None, sheet or None, text)
        for line, names in ((spend.get(place), _SUMMED["spend"]), (home, _SUMMED["renovation"])):
            if line is None:
                continue
            for name in names:
                yield from _adds_up(place, name, sums.get(name), Decimal(getattr(line, name)), file, sheet)


def _by_place(found: pyarrow.Table) -> Mapping[str, tuple[int, Mapping[str, Decimal]]]:
    """Of each place how many communities it has, and the sums of the figures that all of them report."""
    names = [name for several in _SUMMED.values() for name in several]
    asked = [("name", "count"), *((name, kind) for name in names for kind in ("sum", "count"))]
    added = found.group_by("place", use_threads=False).aggregate(asked).to_pylist()
    return {
        row["place"]: (
            row["name_count"],
            {name: Decimal(row[f"{name}_sum"]) for name in names if row[f"{name}_count"] == row["name_count"]},
        )
        for row in added
    }


def _adds_up(
    place: str, name: str, added: Decimal | None, expected: Decimal, file: str, sheet: str
) -> Iterator[RowProblem]:
    if added is not None and abs(added - expected) > (TOLERANCE if KINDS[name] in ("money", "area") else 0):
        text = Message(
            "“{place}”各小区的{name}相加是{found},该街镇的{name}是{expected},两者不一致。",
            {
                "place": place,
                "name": name_of(name),
                "found": number_text(added, name),
                "expected": number_text(expected, name),
            },
        )
        yield RowProblem(file, None, sheet or None, text)
