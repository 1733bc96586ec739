"""Rows under a heading sorted into data, sums and remarks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from core.ingest.files.labels import plain
from core.ingest.files.total_words import is_total, without_layout
from core.ingest.project_tables.numbering import is_numbering
from core.ingest.project_tables.section import TableSection
from core.ingest.project_tables.units import is_unit_row

_NOTE = re.compile(r"(?:注|备注|说明|数据来源|资料来源|填表|填报|制表|审核|复核|负责人|单位|截至|※|\*)")
_GROUP = re.compile(
    r"\s*(?:[一二三四五六七八九十]+\s*[、.．]|[(（][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+[批类期])"
)
"""How a line over some rows begins: 一、市级目标小区."""
_STREET = re.compile(r".{1,12}(?:街道|街道办|街道办事处|镇|乡|苏木)")
_UNDER_HEADING = 2
"""Rows under a heading in which its columns may be numbered."""
_LABELS = ("serial", "place", "community", "funding")
_OF_A_PAYMENT = ("paid_on", "payee", "voucher", "purpose")
"""Labels of a payment, any of which may hold 合计 or 本月合计."""


class Named(NamedTuple):
    """A row that says of itself that it is a sum."""

    row: int
    label: str


def sort_rows(section: TableSection) -> tuple[list[int], list[Named]]:
    """The rows of data and those whose words say that they are sums. Folded rows are data, and not there."""
    table = section.table
    labels = {section.columns[name] for name in _LABELS if name in section.columns} | {min(section.words)}
    payments = section.parts == ("payments",)
    if payments:
        labels |= {section.columns[name] for name in _OF_A_PAYMENT if name in section.columns}
    words = list(section.words.values())
    extra = {row for row, _ in table.uncalculated}
    data: list[int] = []
    sums: list[Named] = []
    for row in sorted(extra.union(table.lines) if extra else table.lines):
        if not section.row < row <= section.last:
            continue
        cells = table.lines.get(row, {})
        paid = payments and _is_payment(section, cells)
        label = "" if paid else next((text for column in labels if is_total(text := cells.get(column, ""))), "")
        if label:
            sums.append(Named(row, label))
        elif not _left_out(section, row, cells, words):
            data.append(row)
    return data, sums


def _is_payment(section: TableSection, cells: Mapping[int, str]) -> bool:
    """True when somebody was paid, whatever the purpose says: 屋面工程款共计. A row of sums names nobody."""
    named = (cells.get(section.columns[name], "") for name in ("payee", "voucher") if name in section.columns)
    return any(text and not is_total(text) for text in named)


def _left_out(section: TableSection, row: int, cells: Mapping[int, str], words: list[str]) -> bool:
    """Remarks, lower halves of the heading, the heading again."""
    if not cells:
        return not any((row, column) in section.table.uncalculated for column in section.columns.values())
    if (len(cells) < 3 or row == section.row + 1) and is_unit_row(cells):
        return True
    if row <= section.row + _UNDER_HEADING and is_numbering(cells):
        return True
    if len(cells) < 3:
        first = cells[min(cells)]
        if _NOTE.match(plain(first)):
            return True
        if len(cells) == 1 and _heads_group(section, min(cells), first):
            return True
        known = set(section.columns.values())
        if known.isdisjoint(cells) or (len(cells) == 1 and _across(section, row, min(cells))):
            return True
    if section.table.merged and _of_heading(section, row):
        return True
    if len(cells) == len(words) and list(cells.values()) == words:
        return True
    return any(dict(cells) == dict(section.table.lines.get(head, {})) for head in range(section.top, section.row))


def _heads_group(section: TableSection, column: int, text: str) -> bool:
    """True for the only cell of a row that heads the rows under it: numbered, or words instead of a number."""
    if column == section.columns.get("serial") and not text.strip(" .、．").isdecimal():
        return True
    if "community" in section.columns and "place" not in section.columns and _STREET.fullmatch(plain(text)):
        return True
    labels = {section.columns.get(name) for name in _LABELS} | {min(section.words)}
    return column in labels and _GROUP.match(text) is not None


def street_lines(section: TableSection) -> dict[int, str]:
    """Lines over communities that name their street, in a table without a column for it: row -> its name."""
    found = {}
    for row in sorted(section.table.lines):
        cells = section.table.lines[row]
        if section.row < row <= section.last and len(cells) == 1:
            name = plain(without_layout(next(iter(cells.values()))))
            if _STREET.fullmatch(name):
                found[row] = name
    return found


def _across(section: TableSection, row: int, column: int) -> bool:
    """True when the cell lies over most of the table's width: a remark."""
    covered = sum(section.table.merged.get((row, each)) == (row, column) for each in section.words)
    return covered > len(section.words) / 2


def _of_heading(section: TableSection, row: int) -> bool:
    merged = section.table.merged
    return any((row, column) in merged and merged[row, column][0] <= section.row for column in section.words)
