"""The tables with one row a place: money, homes, work done, and how the approved amount was split.

Labels are filled down, amounts never are: an amount that stands once for many rows is one `BudgetGroup` over their
places; any other amount that stands for many rows is a problem.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, cast

from core.errors import Message
from core.ingest.files.labels import plain
from core.ingest.files.total_words import without_layout
from core.ingest.project_tables.rows import TOLERANCE, Notes, Rows, TableLine, Understood, number_text
from core.ingest.project_tables.section import TableSection, fields_of
from core.ingest.report_text.claims import estimate_stage
from core.model.fields import COLUMNS, FIELDS, TableId, own_figures
from core.model.project import BudgetGroup, Claim, Delivery, Facts, RenovationLine, SpendLine
from core.text import word

MOST_UNDERSTOOD = 50
"""Rows of a table that are told cell by cell; a table of communities may have 200,000."""
MOST_PLACES = 1000
"""Rows of a table by place."""


class Places:
    """The places that there may be: those of the snapshot before; any when there is none."""

    def __init__(self, previous: Facts | None) -> None:
        self._known = {} if previous is None else {key_of(place): place for place in previous.places}

    def find(self, section: TableSection, line: TableLine, notes: Notes) -> str | None:
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
                "项目中没有街镇“{name}”，已有：{known}。请检查名称。",
                {"name": text, "known": tuple(self._known.values())},
            )
            notes.wrong(section, line.row, "place", message)
        return found

    def known(self, text: str) -> str | None:
        """The place that a text names, as it is called in the project."""
        if not self._known:
            return without_layout(text)
        return self._known.get(key_of(text)) or self._known.get(key_of(without_layout(text)))

    def knew(self, text: str) -> bool:
        """True when a text names a place of the snapshot before."""
        return bool(self._known) and self.known(text) is not None


def key_of(place: str) -> str:
    """Make spellings of a place comparable: full width and spaces make no other place."""
    if not unicodedata.is_normalized("NFKC", place):
        place = unicodedata.normalize("NFKC", place)
    return "".join(place.split())


@dataclass
class PlaceTable:
    """A table by place: its rows in their order."""

    rows: Rows
    lines: dict[str, TableLine] = field(default_factory=dict)

    @property
    def section(self) -> TableSection:
        """The section that it was read from."""
        return self.rows.section


def read_places(section: TableSection, part: TableId, places: Places, notes: Notes, homes: int) -> PlaceTable:
    """The rows of a table by place; one that comes twice, is unknown or has none is a problem.

    There are none of a table of the whole project, which has no column of places.
    `homes`: the households that all of it is for; 0: not known.
    """
    found = PlaceTable(Rows(section, part, notes, ("place", *fields_of(part, section.columns)), homes, places.knew))
    if "place" not in section.columns:
        for line in found.rows.lines():
            tell(found.rows, line, word("全项目"), notes)
        return found
    told: dict[str, int] = {}
    if len(found.rows.data) > MOST_PLACES:
        limits = {"most": MOST_PLACES, "found": len(found.rows.data)}
        text = Message("街镇最多{most}行，读到{found}行。各小区的明细表要有“小区”这一列。", limits)
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
        told[key_of(place)] = section.table.where(line.row)
        found.lines[place] = line
        tell(found.rows, line, place, notes)
    notes.understood.extend(_sums(found))
    return found


def _sums(table: PlaceTable) -> Iterator[Understood]:
    """The rows that are sums, each by its label."""
    where, column = table.rows.table, table.section.columns["place"]
    for row in table.rows.sums:
        at, raw = where.row(row)[0] if not where.own(row, column) else (column, where.raw(row, column))
        heading = table.section.named(at) if at in table.section.words else ""
        yield Understood(where.file, where.sheet, where.address(row, at), heading, raw, word("合计行，不另计入"), "—")


def tell(rows: Rows, line: TableLine, of: str, notes: Notes) -> None:
    """Add what was understood of a row's figures, cell by cell."""
    if line.ordinal > MOST_UNDERSTOOD:
        return
    for name in rows.fields:
        column = rows.section.columns[name]
        value = line.get(name)
        raw = rows.table.raw(line.row, column)
        if not FIELDS[name].is_label and (raw or value is not None):
            cell, heading = rows.table.address(line.row, column), rows.section.named(column)
            meaning = f"{FIELDS[name].name} · {rows.together.get((line.row, name), of)}"
            notes.understood.append(
                Understood(rows.table.file, rows.table.sheet, cell, heading, raw, meaning, shown(name, value))
            )


def shown(name: str, value: object) -> str:
    """A value with its unit; "—" for what is not reported."""
    if value is None:
        return "—"
    if isinstance(value, tuple):
        return "-".join(str(each) for each in value if each is not None)
    if FIELDS[name].kind == "share" and isinstance(value, Decimal):
        return f"{value * 100:.2f}%"
    if isinstance(value, Decimal | int):
        unit = FIELDS[name].unit if FIELDS[name].measured else ""
        return f"{number_text(value, name)} {unit}".strip()
    return str(value)


def reported(table: PlaceTable, carried: Mapping[str, object], notes: Notes) -> None:
    """Tell which figures the rows do not have, and the snapshot before them neither: they stand as not reported.

    A cell that is left blank is a problem: whether it is 0 or not reported cannot be told from it.
    """
    fields = own_figures(table.rows.part)
    here = table.section.columns.keys() | table.section.of_other_days
    missing = tuple(FIELDS[name].name for name in fields if name not in here)
    if missing and any(place not in carried for place in table.lines):
        text = Message("表中没有{names}这一列，按未填报处理，显示为“—”。如果有这一列，请核对表头。", {"names": missing})
        notes.ask(table.section, table.section.row, None, text)
    for name in fields:
        if name in table.section.columns:
            _filled(table, name, notes)


def _filled(table: PlaceTable, name: str, notes: Notes) -> None:
    """Tell of the cells of a column without a figure: those that say so, and blank ones."""
    apart(table, name, notes)
    column = table.section.columns[name]
    merged = table.section.table.merged
    unsaid: list[str] = []
    for place, line in table.lines.items():
        if (line.row, column) not in merged and line.get(name) is None and not line.bad(name):
            if table.rows.raw(line.row, name).strip():
                unsaid.append(place)
                continue
            text = Message("没有填写。没有发生请填0；金额和数量不能留空。")
            notes.wrong(table.section, line.row, name, text)
    if unsaid:
        first_row = table.lines[unsaid[0]].row
        cell = table.rows.raw(first_row, name).strip()
        params = {"places": tuple(unsaid), "name": FIELDS[name].name, "cell": cell}
        text = Message("{places}的{name}写的是“{cell}”，按未填报处理，显示为“—”；如果没有发生，请填0。", params)
        notes.ask(table.section, first_row, name, text)


def apart(table: PlaceTable, name: str, notes: Notes) -> None:
    """Tell of amounts that are merged over several places: nobody can say whose they are."""
    column = table.section.columns[name]
    merged = table.section.table.merged
    together: dict[tuple[int, int], list[str]] = {}
    for place, line in table.lines.items():
        if (top := merged.get((line.row, column))) is not None:
            together.setdefault(top, []).append(place)
    for top, covered in together.items():
        first = [place for place, line in table.lines.items() if line.row == top[0]]
        last = max(table.lines[place].row for place in covered)
        text = Message(
            "这个数合并了{count}行（{places}），无法分到每个街镇。请取消合并，分别填写。",
            {"count": len(first) + len(covered), "places": (*first, *covered)},
        )
        notes.wrong(table.section, top[0], name, text, last=last)


def spending(table: PlaceTable, facts: Facts, notes: Notes) -> tuple[Facts, tuple[Claim, ...]]:
    """The facts with the table of spending and its approved amounts, and the claims of its row of sums."""
    before = {line.place: line for line in facts.spend}
    reported(table, before, notes)
    stated = "estimate" in table.section.columns
    groups = tuple(_groups(table, notes)) if stated else ()
    _tell_groups(table, groups, notes)
    group_of = {place: group.id for group in groups for place in group.places}
    lines = []
    for place, line in table.lines.items():
        old = before.get(place)
        group = group_of.get(place, "") if stated else old.budget_group if old else ""
        lines.append(SpendLine(place=place, budget_group=group, **_told(table, line, old)))
    new = replace(facts, spend=tuple(lines), budget_groups=groups if stated else facts.budget_groups)
    return new, tuple(_printed(table, groups))


def _tell_groups(table: PlaceTable, groups: Iterable[BudgetGroup], notes: Notes) -> None:
    """An amount over many places was understood as theirs, not as the first one's."""
    where = table.rows.table
    cells = {
        where.address(table.lines[group.places[0]].row, table.section.columns["estimate"]): "、".join(group.places)
        for group in groups
    }
    for at, told in enumerate(notes.understood):
        if (told.file, told.sheet) == (where.file, where.sheet) and told.cell in cells:
            notes.understood[at] = replace(told, meaning=f"{FIELDS['estimate'].name} · {cells[told.cell]}")


def _told(table: PlaceTable, line: TableLine, old: object) -> dict[str, Any]:
    """The figures of a row, where it stands, and its raw cells."""
    rows, part = table.rows, table.rows.part
    labels = {f"{name}_raw": rows.raw(line.row, name) for name in ("serial", "place")}
    raws = {f"{name}_raw": _raw(table, line, name, old) for name in COLUMNS[part]}
    figures = {name: _figure(table, line, name, old) for name in own_figures(part)}
    return {**labels, **raws, **figures, "source": rows.at(line.row, line.ordinal)}


def _figure(table: PlaceTable, line: TableLine, name: str, old: object) -> object:
    """The file's figure; the old one where the file has no such column; None where neither reports it."""
    return line.get(name) if name in table.section.columns else getattr(old, name, None)


def _raw(table: PlaceTable, line: TableLine, name: str, old: object) -> str:
    if name in table.section.columns:
        return table.rows.raw(line.row, name)
    return cast(str, getattr(old, f"{name}_raw", ""))


def _groups(table: PlaceTable, notes: Notes) -> Iterator[BudgetGroup]:
    """One approved amount and all the places that its cell, or the blank ones under it, stand for."""
    column = table.section.columns["estimate"]
    found: list[tuple[Decimal, list[str], list[TableLine]]] = []
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
                "批复数只写了一次，按一笔批复覆盖{places}读取。如为分别批复，请逐行填写。", {"places": tuple(places)}
            )
            notes.ask(table.section, table.lines[places[0]].row, "estimate", text)
        yield BudgetGroup("estimate" if len(found) == 1 else f"estimate-{number}", amount, tuple(places), source)


def _printed(table: PlaceTable, groups: Iterable[BudgetGroup] = ()) -> Iterator[Claim]:
    """Claim what the row of sums states."""
    for name, value in table.rows.total.items():
        number = value[0] if isinstance(value, tuple) else value
        if isinstance(number, Decimal | int):
            source = f"{table.rows.source} 合计行 {table.section.heading(name)}"
            yield Claim(f"total_{name}", Decimal(number), table.rows.total_raw[name].strip(), source)
    amounts = [group.amount for group in groups]
    if amounts:
        stage = estimate_stage(plain(table.section.heading("estimate")), sum(amounts, Decimal(0)), table.rows.source)
        yield from (stage,) if stage else ()


def renovation(table: PlaceTable, facts: Facts, notes: Notes) -> tuple[Facts, tuple[Claim, ...]]:
    """The facts with the table of beneficiaries, and the claims of its row of sums."""
    before = {line.place: line for line in facts.renovation}
    reported(table, before, notes)
    lines = []
    for place, line in table.lines.items():
        old = before.get(place)
        told = _told(table, line, old)
        pair = told.pop("communities")
        first, second = pair if isinstance(pair, tuple) else (pair, old.communities_second if old else None)
        lines.append(RenovationLine(place=place, communities=first, communities_second=second, **told))
    return replace(facts, renovation=tuple(lines)), tuple(_printed(table))


def deliveries(table: PlaceTable) -> tuple[Delivery, ...]:
    """Reports of the places about their work; a place that reports nothing is not there."""
    found = []
    for place, line in table.lines.items():
        values = {name: line.get(name) for name in COLUMNS["delivery"]}
        if all(value is None for value in values.values()):
            continue
        cells = {
            table.section.heading(name): table.rows.raw(line.row, name) for name in table.rows.fields if name != "place"
        }
        raw = json.dumps(cells, ensure_ascii=False)
        found.append(Delivery(place, table.rows.at(line.row, line.ordinal), raw=raw, **cast("dict[str, Any]", values)))
    return tuple(found)


def split(table: PlaceTable, facts: Facts, notes: Notes) -> Facts:
    """The facts with approved amounts by place: a group whose parts add up to it becomes one a place.

    Parts that do not add up are a problem.
    """
    parts = {place: amount for place, line in table.lines.items() if isinstance(amount := line.get("split"), Decimal)}
    new: list[BudgetGroup] = []
    for group in facts.budget_groups:
        new.extend(_parts_of(table, group, parts, notes))
    covered = {place for group in facts.budget_groups for place in group.places}
    source = f"{table.rows.source} {table.section.heading('split')}列"
    new.extend(BudgetGroup("", amount, (place,), source) for place, amount in parts.items() if place not in covered)
    numbered = tuple(
        replace(group, id="estimate" if len(new) == 1 else f"estimate-{number}")
        for number, group in enumerate(new, start=1)
    )
    group_of = {place: group for group in numbered for place in group.places}
    lines = tuple(_with_group(table, line, group_of, parts) for line in facts.spend)
    return replace(facts, budget_groups=numbered, spend=lines)


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
        text = Message("分街镇批复数缺少{places}。请补齐，或全部留空。", {"places": absent})
        notes.wrong(table.section, first, "split", text, last=last)
    elif abs(added - group.amount) > TOLERANCE:
        text = Message(
            "分街镇批复数相加是{found}万元，批复总数是{expected}万元，两者不一致。",
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
