"""The columns of a file as they were read, and what a column that was not understood might be: only ever suggested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import Message, RowProblem
from core.ingest.files.labels import compact
from core.ingest.files.table import Table, letters
from core.ingest.files.total_words import is_placelike, is_total
from core.ingest.project_tables.heading_words import closest
from core.ingest.project_tables.own_columns import is_elsewhere
from core.ingest.project_tables.section import BETWEEN, TableSection
from core.ingest.project_tables.values import FACTORS
from core.model.fields import FIELDS

_SEARCHED = 40
"""Rows of a table that was not recognised in which its heading is looked for."""
_LOOKED_AT = 1000
"""Rows under a heading that are added up."""
_LABELS = 2
"""Cells of a row that may say that it is a sum."""
_FEWEST = 2
"""Cells of a column that tell something."""
_MOST_OF = Decimal("0.8")
_MOST_NAMED = 5
_OF_COMMUNITIES = ("小区", "苑", "花园", "新村", "家园", "公寓", "里", "大院", "宿舍")
_MANY = {"households": 200, "buildings": 20, "communities": 0}
"""Counts by how large they are on the average: a guess, for want of any word."""


@dataclass(frozen=True)
class Suggestion:
    """A field that a column might be."""

    field: str
    why: Message


@dataclass(frozen=True)
class ReadColumn:
    """A column with a heading, as it was read."""

    cell: str
    """The address of its heading, by which one may say otherwise: Sheet1!C3."""
    column: str
    """C."""
    heading: str
    """With the groups over it: 户数|计划."""
    field: str
    """"": not read."""
    layout: str
    """The layout of the table's heading."""
    suggestions: tuple[Suggestion, ...] = ()


def cells_of(column: ReadColumn) -> tuple[str, ...]:
    """The addresses of a column: Sheet1!C3, C3, Sheet1!C, C."""
    sheet, mark, cell = column.cell.rpartition("!")
    return column.cell, cell, f"{sheet}{mark}{column.column}", column.column


def keys_of(column: ReadColumn) -> tuple[str, ...]:
    """Whatever a person may call a column by: an address, or its heading with or without the groups over it."""
    return *cells_of(column), column.heading, column.heading.rpartition(BETWEEN)[2]


def read_columns(
    found: Sequence[tuple[Table, Sequence[TableSection]]], totals: Mapping[str, Decimal]
) -> Iterator[ReadColumn]:
    """The columns of every table; of one that was not recognised those of the row most like a heading.

    `totals`: field -> its total as it is known from elsewhere.
    """
    for table, sections in found:
        for section in sections or filter(None, [_unrecognised(table)]):
            read = {section.columns[name]: name for name in section.read}
            taken = set(read.values())
            for column in section.words:
                by_month = any(column in columns for columns in section.months.values())
                known = column in read or column in section.elsewhere or by_month
                guesses = () if known else tuple(_guesses(section, column, taken, totals))
                yield ReadColumn(
                    section.cell(column), letters(column), section.named(column), read.get(column, ""),
                    section.layout, guesses,
                )  # fmt: skip


def _unrecognised(table: Table) -> TableSection | None:
    """The row of a table that is most like a heading: the most words and no figures."""
    rows = [row for row in sorted(table.lines)[:_SEARCHED] if len(table.lines[row]) > 1]
    worded = [row for row in rows if not any(_number(text) is not None for text in table.lines[row].values())]
    if not worded:
        return None
    row = max(worded, key=lambda each: (len(table.lines[each]), -each))
    words = dict(sorted(table.lines[row].items()))
    paths = {column: (text,) for column, text in words.items()}
    return TableSection(table, row, row, table.rows, {}, words, (), paths)


def suggested(columns: Sequence[ReadColumn], file: str) -> Iterator[RowProblem]:
    """Say of columns that were not read what they might be."""
    named = [
        Message("“{heading}”可能是{name}（{why}）", {
            "heading": each.heading, "name": FIELDS[best.field].name, "why": best.why,
        })
        for each in columns
        if not each.field
        for best in each.suggestions[:1]
    ]  # fmt: skip
    if named:
        text = Message("没有读取的列：{names}。如果是，请在表头对应中指定。", {"names": tuple(named[:_MOST_NAMED])})
        yield RowProblem(file, None, None, text)


def _guesses(
    section: TableSection, column: int, taken: set[str], totals: Mapping[str, Decimal]
) -> Iterator[Suggestion]:
    """The fields that a column might be: by a sum that is known, by names in it, by its words, by counts in it."""
    told, held = set(taken), tuple(_by_content(section, column))
    for guess in (
        *_by_sum(section, column, totals),
        *(guess for guess in held if FIELDS[guess.field].is_label),
        *(Suggestion(name, Message("名称相近")) for name in closest(section.paths[column][-1])),
        *held,
    ):
        if guess.field not in told and not is_elsewhere(guess.field, section.parts):
            told.add(guess.field)
            yield guess


def _by_sum(section: TableSection, column: int, totals: Mapping[str, Decimal]) -> Iterator[Suggestion]:
    numbers = [value for text in _cells(section, column) if (value := _number(text)) is not None]
    added = sum(numbers, Decimal(0))
    if len(numbers) < _FEWEST or not added:
        return
    for name, total in totals.items():
        factors = FACTORS.get(FIELDS[name].kind, {}).values() if FIELDS[name].measured else (Decimal(1),)
        if total and any(added * factor == total for factor in {*factors, Decimal(1)}):
            params = {"total": f"{total.normalize():,f}", "name": FIELDS[name].name}
            yield Suggestion(name, Message("各行相加正好是已知的{name}合计{total}", params))


def _by_content(section: TableSection, column: int) -> Iterator[Suggestion]:
    """Names of places or communities, or whole numbers as large as counts are."""
    texts = list(_cells(section, column))
    numbers = [value for text in texts if (value := _number(text)) is not None]
    if len(texts) < _FEWEST:
        return
    if not numbers:
        for name, share in (
            ("place", sum(map(is_placelike, texts))),
            ("community", sum(text.endswith(_OF_COMMUNITIES) for text in texts)),
        ):
            if share >= _MOST_OF * len(texts):
                yield Suggestion(name, Message("各行都是{name}的名称", {"name": FIELDS[name].name}))
    elif len(numbers) == len(texts) and all(value == int(value) for value in numbers):
        mean = sum(numbers, Decimal(0)) / len(numbers)
        name = next(name for name, least in _MANY.items() if mean >= least)
        if numbers != [Decimal(at) for at in range(1, len(numbers) + 1)]:
            yield Suggestion(name, Message("各行都是整数"))


def _cells(section: TableSection, column: int) -> Iterator[str]:
    """The cells under a heading, without the rows that say that they are sums."""
    for row in sorted(section.table.lines)[:_LOOKED_AT]:
        cells = section.table.lines[row]
        if section.row < row <= section.last and (text := cells.get(column, "")):
            first = [cells[at] for at in sorted(cells)[:_LABELS]]
            if not any(map(is_total, first)):
                yield text


def _number(text: str) -> Decimal | None:
    key = compact(text).replace(",", "")
    return Decimal(key) if key.replace(".", "", 1).isascii() and key.replace(".", "", 1).isdigit() else None
