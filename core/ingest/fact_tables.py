"""The tables with one row a place: money, homes, work done, and how the approved amount was split.

Labels are filled down, amounts never are: an amount that stands once for many rows is one `BudgetGroup` over their
places; any other amount that stands for many rows is a problem.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, cast

from core.errors import Message
from core.ingest.claims import estimate_stage
from core.ingest.fact_headings import PARTS, Section
from core.ingest.fact_rows import TOLERANCE, Line, Notes, Rows, Understood, name_of, number_text
from core.ingest.fact_values import KINDS
from core.ingest.headings import plain
from core.ingest.table_file import address
from core.model.project import BudgetGroup, Claim, Delivery, Facts, RenovationLine, SpendLine

MOST_UNDERSTOOD = 50
"""Rows of a table that are told cell by cell; a table of communities may have 200,000."""
MOST_PLACES = 1000
"""Rows of a table by place."""
_TOTALS = {
    "estimate": "total_estimate",
    "invested": "total_invested",
    "paid": "total_paid",
    "communities": "total_communities",
    "buildings": "total_buildings",
    "households": "total_households",
    "area": "total_area",
}
_UNITS = {"money": "万元", "change": "万元", "area": "万㎡"}


class Places:
    """The places that there may be: those of the snapshot before; any when there is none."""

    def __init__(self, previous: Facts | None) -> None:
        self._known = {} if previous is None else {key_of(place): place for place in previous.places}

    def find(self, section: Section, line: Line, notes: Notes) -> str | None:
        """The place of a row as it is called in the project; None with a problem."""
        text = line.get("place")
        if line.bad("place"):
            return None
        if not isinstance(text, str) or not text:
            notes.wrong(section, line.row, "place", Message("没有填写街镇。"))
            return None
        found = self.known(text)
        if found is None:
            message = Message(
                "项目中没有街镇“{name}”,已有:{known}。请检查名称。",
                {"name": text, "known": tuple(self._known.values())},
            )
            notes.wrong(section, line.row, "place", message)
        return found

    def known(self, text: str) -> str | None:
        """The place that a text names, as it is called in the project."""
        return self._known.get(key_of(text)) if self._known else text


def key_of(place: str) -> str:
    """What two spellings of a place have in common: full width and spaces make no other place."""
    if not unicodedata.is_normalized("NFKC", place):
        place = unicodedata.normalize("NFKC", place)
    return "".join(place.split())


@dataclass
class PlaceTable:
    """A table by place: its rows in their order."""

    rows: Rows
    lines: dict[str, Line] = field(default_factory=dict)

    @property
    def section(self) -> Section:
        """Where it stands."""
        return self.rows.section


def read_places(section: Section, part: str, places: Places, notes: Notes) -> PlaceTable:
    """The rows of a table by place; one that comes twice, is unknown or has none is a problem."""
    found = PlaceTable(Rows(section, part, notes, ("place", *PARTS[part])))
    told: dict[str, int] = {}
    if len(found.rows.data) > MOST_PLACES:
        limits = {"most": MOST_PLACES, "found": len(found.rows.data)}
        text = Message("街镇最多{most}行,读到{found}行。各小区的明细表要有“小区”这一列。", limits)
        notes.wrong(section, section.row, "place", text)
        return found
    for line in found.rows.lines():
        place = places.find(section, line, notes)
        if place is None:
            continue
        if key_of(place) in told:
            params = {"name": place, "first": told[key_of(place)]}
            notes.wrong(section, line.row, "place", Message("街镇“{name}”与第{first}行重复。", params))
            continue
        told[key_of(place)] = line.row
        found.lines[place] = line
        tell(found.rows, line, place, notes)
    return found


def tell(rows: Rows, line: Line, of: str, notes: Notes) -> None:
    """Add what was understood of a row's figures, cell by cell."""
    if line.ordinal > MOST_UNDERSTOOD:
        return
    for name in rows.fields:
        column = rows.section.columns[name]
        value = line.get(name)
        raw = rows.table.raw(line.row, column)
        if name in KINDS and (raw or value is not None):
            cell, heading = address(line.row, column), rows.section.words[column]
            meaning = f"{name_of(name)} · {of}"
            notes.understood.append(
                Understood(rows.table.file, rows.table.sheet, cell, heading, raw, meaning, shown(name, value))
            )


def shown(name: str, value: object) -> str:
    """A value with its unit; "—" for what is not reported."""
    if value is None:
        return "—"
    if isinstance(value, tuple):
        return "-".join(str(each) for each in value if each is not None)
    if KINDS[name] == "share" and isinstance(value, Decimal):
        return f"{value * 100:.2f}%"
    if isinstance(value, Decimal | int):
        unit = _UNITS.get(KINDS[name], "")
        return f"{number_text(value, name)} {unit}".strip()
    return str(value)


def needed(table: PlaceTable, fields: Sequence[str], carried: Mapping[str, object], notes: Notes) -> None:
    """Every row has a figure in each of the fields, or the snapshot before it has one: the rest are problems."""
    missing = [name for name in fields if name not in table.section.columns]
    if missing and any(place not in carried for place in table.lines):
        for name in missing:
            text = Message("表头缺少“{name}”这一列。", {"name": name_of(name)})
            notes.wrong(table.section, table.section.row, None, text)
    for name in fields:
        if name in table.section.columns:
            _filled(table, name, notes)


def _filled(table: PlaceTable, name: str, notes: Notes) -> None:
    column = table.section.columns[name]
    merged = table.section.table.merged
    together: dict[tuple[int, int], list[str]] = {}
    for place, line in table.lines.items():
        top = merged.get((line.row, column))
        if top is not None:
            together.setdefault(top, []).append(place)
        elif line.get(name) is None and not line.bad(name):
            text = Message("没有填写。没有发生请填0;金额和数量不能留空。")
            notes.wrong(table.section, line.row, name, text)
    for top, covered in together.items():
        first = [place for place, line in table.lines.items() if line.row == top[0]]
        last = max(table.lines[place].row for place in covered)
        text = Message(
            "这个数合并了{count}行({places}),无法分到每个街镇。请取消合并,分别填写。",
            {"count": len(first) + len(covered), "places": (*first, *covered)},
        )
        notes.wrong(table.section, top[0], name, text, last=last)


@dataclass(frozen=True)
class Spending:
    """The rows of the table of spending, the approved amounts, and what its row of sums states."""

    lines: tuple[SpendLine, ...]
    groups: tuple[BudgetGroup, ...] | None
    """None: the table has no column of them."""
    claims: tuple[Claim, ...]


def spending(table: PlaceTable, previous: Facts | None, notes: Notes) -> Spending:
    """The table of spending."""
    before = {line.place: line for line in previous.spend} if previous else {}
    needed(table, ("invested", "paid"), before, notes)
    stated = "estimate" in table.section.columns
    groups = tuple(_groups(table, notes)) if stated else None
    _tell_groups(table, groups or (), notes)
    group_of = {place: group.id for group in groups or () for place in group.places}
    lines = []
    for place, line in table.lines.items():
        old = before.get(place)
        amounts = {name: _figure(table, line, name, old) for name in ("invested", "paid")}
        raws = {f"{name}_raw": _raw(table, line, name, old) for name in ("invested", "paid", "estimate")}
        lines.append(
            SpendLine(
                place=place,
                budget_group=group_of.get(place, "") if stated else old.budget_group if old else "",
                source=table.rows.at(line.row, line.ordinal),
                serial_raw=_serial(table, line),
                place_raw=table.rows.raw(line.row, "place"),
                **cast("dict[str, Any]", amounts),
                **cast("dict[str, Any]", raws),
            )
        )
    return Spending(tuple(lines), groups, tuple(_printed(table, groups or ())))


def _tell_groups(table: PlaceTable, groups: Iterable[BudgetGroup], notes: Notes) -> None:
    """An amount over many places was understood as theirs, not as the first one's."""
    where = table.rows.table
    cells = {
        address(table.lines[group.places[0]].row, table.section.columns["estimate"]): "、".join(group.places)
        for group in groups
    }
    for at, told in enumerate(notes.understood):
        if (told.file, told.sheet) == (where.file, where.sheet) and told.cell in cells:
            notes.understood[at] = replace(told, meaning=f"{name_of('estimate')} · {cells[told.cell]}")


def _figure(table: PlaceTable, line: Line, name: str, old: object) -> object:
    """The file's figure; the old one where the file has no such column; 0 stands where a problem was told."""
    value = line.get(name) if name in table.section.columns else getattr(old, name, None)
    return Decimal(0) if value is None else value


def _raw(table: PlaceTable, line: Line, name: str, old: object) -> str:
    if name in table.section.columns:
        return table.rows.raw(line.row, name)
    return cast(str, getattr(old, f"{name}_raw", ""))


def _serial(table: PlaceTable, line: Line) -> str:
    column = table.section.columns.get("serial")
    return "" if column is None else table.rows.table.raw(line.row, column)


def _groups(table: PlaceTable, notes: Notes) -> Iterator[BudgetGroup]:
    """One approved amount and all the places that its cell, or the blank ones under it, stand for."""
    column = table.section.columns["estimate"]
    found: list[tuple[Decimal, list[str], list[Line]]] = []
    by_row: dict[int, int] = {}
    current: int | None = None
    last = 0
    for place, line in table.lines.items():
        value, top = line.get("estimate"), table.section.table.merged.get((line.row, column))
        if any(last < row < line.row for row in table.rows.sums):
            current = None
        last = line.row
        if isinstance(value, Decimal):
            by_row[line.row] = current = len(found)
            found.append((value, [place], []))
        elif top is not None:
            if top[0] in by_row and top[1] == column:
                found[by_row[top[0]]][1].append(place)
        elif table.rows.table.own(line.row, column):
            current = None  # "/" or "—": no approved amount of its own, and none above it either
        elif current is not None:
            found[current][1].append(place)
            found[current][2].append(line)
    source = f"{table.rows.source} {' '.join(table.section.heading('estimate').split())}列"
    for number, (amount, places, blank) in enumerate(found, start=1):
        if blank:
            text = Message(
                "批复数只写了一次,按一笔批复覆盖{places}读取。如为分别批复,请逐行填写。", {"places": tuple(places)}
            )
            notes.ask(table.section, table.lines[places[0]].row, "estimate", text)
        yield BudgetGroup("estimate" if len(found) == 1 else f"estimate-{number}", amount, tuple(places), source)


def _printed(table: PlaceTable, groups: Iterable[BudgetGroup] = ()) -> Iterator[Claim]:
    """What the row of sums states."""
    for name, value in table.rows.total.items():
        number = value[0] if isinstance(value, tuple) else value
        if name in _TOTALS and isinstance(number, Decimal | int):
            source = f"{table.rows.source} 合计行 {table.section.heading(name)}"
            yield Claim(_TOTALS[name], Decimal(number), table.rows.total_raw[name].strip(), source)
    amounts = [group.amount for group in groups]
    if amounts:
        stage = estimate_stage(plain(table.section.heading("estimate")), sum(amounts, Decimal(0)), table.rows.source)
        yield from (stage,) if stage else ()


def renovation(
    table: PlaceTable, previous: Facts | None, notes: Notes
) -> tuple[tuple[RenovationLine, ...], tuple[Claim, ...]]:
    """The table of beneficiaries, and what its row of sums states."""
    before = {line.place: line for line in previous.renovation} if previous else {}
    fields = PARTS["renovation"]
    needed(table, fields, before, notes)
    lines = []
    for place, line in table.lines.items():
        old = before.get(place)
        figures = {name: _figure(table, line, name, old) for name in fields}
        pair = figures["communities"]
        first, second = pair if isinstance(pair, tuple) else (pair, old.communities_second if old else None)
        lines.append(
            RenovationLine(
                place=place,
                communities=int(cast(int, first)),
                communities_second=second,
                buildings=int(cast(int, figures["buildings"])),
                households=int(cast(int, figures["households"])),
                area=cast(Decimal, figures["area"]),
                source=table.rows.at(line.row, line.ordinal),
                serial_raw=_serial(table, line),
                place_raw=table.rows.raw(line.row, "place"),
                **{f"{name}_raw": _raw(table, line, name, old) for name in fields},
            )
        )
    return tuple(lines), tuple(_printed(table))


def deliveries(table: PlaceTable) -> tuple[Delivery, ...]:
    """What the places report of their work; a place that reports nothing is not there."""
    found = []
    for place, line in table.lines.items():
        values = {name: line.get(name) for name in PARTS["delivery"]}
        if all(value is None for value in values.values()):
            continue
        cells = {
            table.section.heading(name): table.rows.raw(line.row, name) for name in table.rows.fields if name in KINDS
        }
        raw = json.dumps(cells, ensure_ascii=False)
        found.append(Delivery(place, table.rows.at(line.row, line.ordinal), raw=raw, **cast("dict[str, Any]", values)))
    return tuple(found)


@dataclass(frozen=True)
class Split:
    """The groups and rows after an approved amount was split by place."""

    groups: tuple[BudgetGroup, ...]
    lines: tuple[SpendLine, ...]


def split(table: PlaceTable, groups: Sequence[BudgetGroup], lines: Sequence[SpendLine], notes: Notes) -> Split:
    """Each group whose parts add up to it becomes one group a place; parts that do not are a problem."""
    parts = {place: amount for place, line in table.lines.items() if isinstance(amount := line.get("split"), Decimal)}
    new: list[BudgetGroup] = []
    for group in groups:
        new.extend(_parts_of(table, group, parts, notes))
    covered = {place for group in groups for place in group.places}
    source = f"{table.rows.source} {table.section.heading('split')}列"
    new.extend(BudgetGroup("", amount, (place,), source) for place, amount in parts.items() if place not in covered)
    numbered = tuple(
        replace(group, id="estimate" if len(new) == 1 else f"estimate-{number}")
        for number, group in enumerate(new, start=1)
    )
    group_of = {place: group for group in numbered for place in group.places}
    return Split(numbered, tuple(_with_group(table, line, group_of, parts) for line in lines))


def _parts_of(
    table: PlaceTable, group: BudgetGroup, parts: Mapping[str, Decimal], notes: Notes
) -> Iterator[BudgetGroup]:
    given = [place for place in group.places if place in parts]
    absent = tuple(place for place in group.places if place not in parts)
    if not given:
        yield group
        return
    first, last = table.lines[given[0]].row, table.lines[given[-1]].row
    added = sum((parts[place] for place in given), Decimal(0))
    if absent:
        text = Message("分街镇批复数缺少{places}。请补齐,或全部留空。", {"places": absent})
        notes.wrong(table.section, first, "split", text, last=last)
    elif abs(added - group.amount) > TOLERANCE:
        text = Message(
            "分街镇批复数相加是{found}万元,批复总数是{expected}万元,两者不一致。",
            {"found": number_text(added, "split"), "expected": number_text(group.amount, "split")},
        )
        notes.wrong(table.section, first, "split", text, last=last)
    source = f"{table.rows.source} {table.section.heading('split')}列"
    yield from (BudgetGroup(group.id, parts[place], (place,), source) for place in given)


def _with_group(
    table: PlaceTable, line: SpendLine, group_of: Mapping[str, BudgetGroup], parts: Mapping[str, Decimal]
) -> SpendLine:
    group = group_of.get(line.place)
    if group is None:
        return line
    raw = table.rows.raw(table.lines[line.place].row, "split") if line.place in parts else line.estimate_raw
    return replace(line, budget_group=group.id, estimate_raw=raw)
