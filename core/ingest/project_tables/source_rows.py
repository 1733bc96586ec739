"""Money by source with a row for each source of a place (街镇, 资金来源, 计划, 到位, 支付), or of the whole project.

It is known by its rows, and laid out as the table with a column for each source, which is then read as any other: each
cell says where it stands in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.errors import Message
from core.ingest.files.table import Place
from core.ingest.files.total_words import is_mean, is_part, is_subtotal, is_total
from core.ingest.project_tables.details import funding_of
from core.ingest.project_tables.place_tables import key_of
from core.ingest.project_tables.row_kinds import sort_rows
from core.ingest.project_tables.rows import Notes, number_text, tolerance_of
from core.ingest.project_tables.section import TableSection
from core.ingest.project_tables.units import is_unit_row, units_of
from core.ingest.project_tables.values import Reader
from core.model.fields import source_field, source_of

_SAME_AS = "资金"
"""Behind a name it makes no other source."""


@dataclass
class _Line:
    """The rows of a place, or of a sum over places."""

    row: int
    label: str
    amounts: dict[tuple[str, str], Place] = field(default_factory=dict)
    """Flow and source -> the cell of the amount."""
    rows: dict[str, int] = field(default_factory=dict)
    """Source -> its row."""


def across(section: TableSection, notes: Notes) -> TableSection:
    """The section with a row for each place and a column for each source, of which the cells know where they stand."""
    return _Across(section, notes).section_across()


class _Across:
    def __init__(self, section: TableSection, notes: Notes) -> None:
        self.section, self.table, self.notes = section, section.table, notes
        self.flows = {name: (source_of(name) or ("", ""))[0] for name in section.columns if source_of(name)}
        data, sums = sort_rows(section)
        self.rows = sorted([*data, *(each.row for each in sums)])
        self.names: dict[str, str] = {}
        """Name without 资金 -> the name of the source."""
        self.lines: dict[str, _Line] = {}
        self.sums: list[_Line] = []
        units = units_of(section)[0]
        self._tolerance = {name: tolerance_of(name, units[name]) for name in self.flows}
        self._readers = {name: Reader(name, units[name]) for name in self.flows}
        self._merged()
        self._gather()
        self._compare()

    def _merged(self) -> None:
        """Tell of an amount that is merged over several sources: nobody can say of which it is."""
        for name in self.flows:
            column = self.section.columns[name]
            together: dict[int, list[int]] = {}
            for row in self.rows:
                top, of = self.table.merged.get((row, column), (row, column))
                if of == column and top != row:
                    together.setdefault(top, []).append(row)
            for top, others in together.items():
                names = tuple(self._text(row, "funding") for row in (top, *others))
                text = Message(
                    "这个数合并了{count}行（{names}），无法分到每个资金来源。请取消合并，分别填写。",
                    {"count": len(names), "names": names},
                )
                self.notes.wrong(self.section, top, name, text, last=others[-1])

    def _text(self, row: int, name: str) -> str:
        return self.table.over(row, self.section.columns[name]) if name in self.section.columns else ""

    def _gather(self) -> None:
        """Sort the rows by place and source; a row without either is a problem."""
        by_place, current, named = "place" in self.section.columns, "", ""
        for row in self.rows:
            place, source = self._text(row, "place"), self._text(row, "funding")
            all_places = is_total(place) and not is_subtotal(place)
            if by_place and (all_places or self._of_all(row, place, source, current)):
                self._enter(self._sum(row, place or source), row, "" if is_total(source) else source)
                continue
            if place and not is_total(place) and key_of(place) != key_of(current):
                current, named = place, ""
            if by_place and not current:
                self.notes.wrong(self.section, row, "place", Message("没有填写街镇。"))
                continue
            line = self.lines.setdefault(key_of(current), _Line(row, current))
            if is_total(source) or is_total(place):
                named = self._enter(line, row, "")
            elif not source:
                self.notes.wrong(self.section, row, "funding", Message("没有填写资金来源。"))
            elif is_part(source) and named:
                text = Message("“{name}”是已列出各行中的一部分，不另计入。请核对。", {"name": source})
                self.notes.ask(self.section, row, "funding", text)
            else:
                name = self._enter(line, row, source)
                named = "" if is_part(source) else name

    def _sum(self, row: int, label: str) -> _Line:
        """The sum over the places that a row belongs to: one row of sums has a row for each source."""
        last = self.sums[-1] if self.sums else None
        if last is None or key_of(last.label) != key_of(label):
            last = _Line(row, label)
            self.sums.append(last)
        return last

    def _of_all(self, row: int, place: str, source: str, current: str) -> bool:
        """True for 合计 among the sources, with no place beside it, that is the sum of more than the place above."""
        if place or not is_total(source) or is_subtotal(source) or len(self.lines) < 2:
            return False
        line = self.lines[key_of(current)]
        return "" in line.rows or not any(
            self._value(name, (row, self.section.columns[name])) == self._added(name, [line]) for name in self.flows
        )

    def _enter(self, line: _Line, row: int, text: str) -> str:
        """Note the amounts of a row; the name of its source, which a place has once."""
        own = funding_of(text) if text else ""
        source = self.names.setdefault(own.removesuffix(_SAME_AS), own)
        if source in line.rows:
            params = {"name": text or self._text(row, "funding"), "first": self.table.where(line.rows[source])}
            said = Message("资金来源“{name}”与第{first}行重复。", params)
            if line.label:
                said = Message("“{place}”的资金来源“{name}”与第{first}行重复。", {**params, "place": line.label})
            self.notes.wrong(self.section, row, "funding", said)
            return source
        line.rows[source] = row
        for name in self.flows:
            cell = row, self.section.columns[name]
            if self.table.own(*cell) or cell in self.table.uncalculated:
                line.amounts[name, source] = cell
        return source

    def _value(self, name: str, cell: Place) -> Decimal | None:
        value = self._readers[name][self.table.own(*cell)]
        return value if isinstance(value, Decimal) else None

    def _added(self, name: str, lines: Sequence[_Line]) -> Decimal | None:
        """What the sources of some places add up to; None with one that is not reported."""
        cells = [(line.amounts.get((name, source))) for line in lines for source in line.rows if source]
        values = [None if cell is None else self._value(name, cell) for cell in cells]
        known = [value for value in values if value is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(values) else None

    def _compare(self) -> None:
        """The sums of all sources, of a place or of all of them, are what their rows add up to."""
        every = list(self.lines.values())
        sums = [each for each in self.sums if not is_mean(each.label)]
        for line, parts in (*((each, [each]) for each in every), *((each, every) for each in sums)):
            for name in self.flows:
                cell = line.amounts.get((name, ""))
                printed = None if cell is None else self._value(name, cell)
                added = self._added(name, parts)
                if cell is None or printed is None or added is None:
                    continue
                if abs(added - printed) > self._tolerance[name]:
                    params = {"expected": number_text(added, name), "found": number_text(printed, name)}
                    text = Message("各行相加是{expected}，这里是{found}，两者不一致。", params)
                    self.notes.wrong(self.section, cell[0], name, text)

    def section_across(self) -> TableSection:
        """The table with the rows of places and of sums, and a column for each flow and source."""
        lines = list(self.lines.values())
        keys = list(dict.fromkeys(key for line in lines for key in line.amounts))
        keys += [key for line in self.sums for key in line.amounts if key[1] and key not in keys]
        first = max(self.section.words) + 1
        at = {key: first + number for number, key in enumerate(keys)}
        label = self.section.columns.get("place", self.section.columns["funding"])
        placed: dict[Place, Place] = {}
        made: dict[int, Mapping[int, str]] = {}
        for line in (*lines, *self.sums):
            cells = {label: line.label or self._text(line.row, "funding")}
            for key, cell in line.amounts.items():
                if key in at:
                    placed[line.row, at[key]] = cell
                    cells[at[key]] = self.table.own(*cell)
            made[line.row] = {column: text for column, text in cells.items() if text}
        heading, merged = self._heading(at, placed)
        stands = {there: here for here, there in placed.items()}
        table = replace(
            self.table,
            lines=heading | made,
            merged=merged,
            stood={here: self.table.cell(*there) for here, there in placed.items()},
            uncalculated=frozenset(stands[cell] for cell in self.table.uncalculated if cell in stands),
            spaced={stands[cell]: text for cell, text in self.table.spaced.items() if cell in stands},
            scaled={stands[cell]: text for cell, text in self.table.scaled.items() if cell in stands},
            below=(*self.table.below, *self._units_below()),
        )
        columns = {source_field(self.flows[name], source): column for (name, source), column in at.items()}
        own = {column: self.section.columns[name] for (name, _), column in at.items()} | {label: label}
        labels = {"place": label} if "place" in self.section.columns else {}
        return replace(
            self.section,
            table=table,
            columns={**labels, **columns},
            words={column: self.section.words[there] for column, there in own.items()},
            paths={column: self.section.paths[there] for column, there in own.items()},
            doubts=(),
        )

    def _heading(
        self, at: Mapping[tuple[str, str], int], placed: dict[Place, Place]
    ) -> tuple[dict[int, Mapping[int, str]], dict[Place, Place]]:
        """The rows of the heading, those over it and that of units, with each column's texts over its new ones."""
        end = self.section.row + is_unit_row(self.table.lines.get(self.section.row + 1, {}))
        lines = {row: dict(cells) for row, cells in self.table.lines.items() if row <= end}
        merged = {cell: top for cell, top in self.table.merged.items() if cell[0] <= end}
        for (name, _), column in at.items():
            there = self.section.columns[name]
            for row in range(self.section.top, end + 1):
                placed[row, column] = row, there
                if text := self.table.own(row, there):
                    lines.setdefault(row, {})[column] = text
                elif (row, there) in self.table.merged:
                    merged[row, column] = self.table.merged[row, there]
        return dict(lines), merged

    def _units_below(self) -> Iterator[str]:
        """The lines under the rows that may state a unit."""
        for row, cells in self.table.lines.items():
            if self.section.row < row <= self.section.last and row not in self.rows and len(cells) == 1:
                yield from (text for text in cells.values() if "单位" in text)
