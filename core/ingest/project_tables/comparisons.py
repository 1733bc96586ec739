"""Figures before and after the renovation (改造前后): any that are named, of the project, a street or a community."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from core.errors import Message
from core.ingest.files.labels import compact
from core.ingest.files.total_words import is_total
from core.ingest.project_tables.place_tables import Places, key_of
from core.ingest.project_tables.row_kinds import sort_rows
from core.ingest.project_tables.rows import Notes
from core.ingest.project_tables.section import TableSection
from core.ingest.project_tables.values import Reader, label
from core.model.fields import TABLES
from core.model.project import Comparison
from core.text import word

WHOLE = word("全项目")
"""How the whole project stands in the column of streets."""
_BEHIND = re.compile(r"(?<=\d)[^\d.,]+2?$")
"""The unit in a cell: 120个."""


def comparisons(section: TableSection, places: Places, notes: Notes) -> tuple[Comparison, ...]:
    """Every row of the table. 全项目, 合计 in the place of a street is the project; a blank street is the one above."""
    return tuple(_Rows(section, places, notes).read())


class _Rows:
    def __init__(self, section: TableSection, places: Places, notes: Notes) -> None:
        self.section, self.places, self.notes = section, places, notes
        self._readers = {name: Reader(name, None) for name in ("before", "after")}
        self._above: str | None = None

    def read(self) -> Iterator[Comparison]:
        data, sums = sort_rows(self.section)
        seen: dict[tuple[str | None, str, str], int] = {}
        for row in sorted([*data, *(each.row for each in sums)]):
            name, problems = self._text(row, "compared"), len(self.notes.problems)
            place = self._place(row)
            figures = {field: self._figure(row, field) for field in self._readers}
            if not name:
                self.notes.wrong(self.section, row, "compared", Message("没有填写对比指标的名称。"))
            if len(self.notes.problems) > problems:
                continue
            if all(figure is None for figure in figures.values()):
                text = Message("“{name}”的改造前和改造后都没有填写，没有读取。", {"name": name})
                self.notes.ask(self.section, row, "compared", text)
                continue
            community = self._text(row, "community")
            key = place, key_of(community), key_of(name)
            if key in seen:
                text = Message("“{name}”与第{first}行重复。", {"name": name, "first": seen[key]})
                self.notes.wrong(self.section, row, "compared", text)
                continue
            seen[key] = self.section.table.where(row)
            source = f"{self.section.table.sheet or TABLES['comparisons'].name} 第{seen[key]}行"
            yield Comparison(place, community, name, self._unit(row), figures["before"], figures["after"], source)

    def _text(self, row: int, field: str) -> str:
        """A label, also of a merge that covers the cell; "" for none."""
        column = self.section.columns.get(field)
        if column is None:
            return ""
        found = label(self.section.table.over(row, column))
        if isinstance(found, Message):
            self.notes.wrong(self.section, row, field, found)
            return ""
        return found

    def _place(self, row: int) -> str | None:
        text = self._text(row, "place")
        if not text:
            return self._above
        self._above = None if is_total(text) else self.places.known(text)
        if self._above is None and not is_total(text):
            self.notes.wrong(
                self.section, row, "place", Message("项目中没有街镇“{name}”。请检查名称。", {"name": text})
            )
        return self._above

    def _figure(self, row: int, field: str) -> Decimal | None:
        value = self._readers[field][self.section.table.own(row, self.section.columns[field])]
        if isinstance(value, Message):
            self.notes.wrong(self.section, row, field, value)
        return value if isinstance(value, Decimal) else None

    def _unit(self, row: int) -> str:
        """The unit that is stated for the row, else the one in its cells; two that differ are a problem."""
        table, columns = self.section.table, self.section.columns
        said = [self._text(row, "unit")]
        said += [found[0].strip() for name in self._readers if (found := _BEHIND.search(table.own(row, columns[name])))]
        units = list(dict.fromkeys(compact(unit) for unit in said if unit))
        if len(units) > 1:
            text = Message("单位不一致：“{one}”和“{other}”。请改成一致。", {"one": units[0], "other": units[1]})
            self.notes.wrong(self.section, row, "before", text)
        return next((unit for unit in said if unit), "")
