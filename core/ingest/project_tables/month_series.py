"""The snapshots in one file: a month a column, or a month a sheet. Whether it is so is asked, never taken."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from core.errors import Message, RowProblem
from core.errors import Month as MonthOf
from core.ingest.files.document import Document, Paragraph
from core.ingest.project_tables.choice import PLAN, Share
from core.ingest.project_tables.heading_words import Month, month_in
from core.ingest.project_tables.section import BY_PLACE, IN_SEVERAL, TableSection
from core.ingest.report_text.claims import find_stated
from core.model.fields import FIELDS

_FEWEST = 2
"""Months that are a series."""


@dataclass(frozen=True)
class SeriesPart:
    """One snapshot of a series."""

    day: date
    tables: tuple[int, ...]
    """The tables of the document that are read for it, by their place among all."""
    sheets: frozenset[str]
    """The sheets whose lines over and under the tables are its own."""
    share: Share
    """Which columns it takes; "" where its sheet is its own."""


@dataclass(frozen=True)
class Series:
    """The snapshots of a file, in the order of time."""

    parts: tuple[SeriesPart, ...]
    question: RowProblem
    """Asks whether each month is a snapshot of its own."""
    notes: tuple[RowProblem, ...]
    """Asks about what is left out, where that is answered with yes."""
    problems: tuple[RowProblem, ...] = ()
    """What is wrong, where that is answered with yes."""

    def document(self, whole: Document, part: SeriesPart) -> Document:
        """The tables of one snapshot, with all that the document says of the project."""
        return replace(whole, tables=tuple(whole.tables[at] for at in part.tables))

    def claiming(self, whole: Document, part: SeriesPart) -> tuple[Paragraph, ...]:
        """The paragraphs that make claims of its day."""
        return tuple(each for each in whole.paragraphs if each.sheet in part.sheets)


def find_series(
    document: Document,
    found: Sequence[Sequence[TableSection]],
    as_of: date | None,
    stated: date | None,
    today: date,
) -> Series | None:
    """The snapshots of a document; None where it is one. `found`: the sections of each of its tables.

    `as_of`: the as-of day as a person says it, `stated`: as the document does.
    """
    by_sheet = _by_sheet(document, found, as_of, stated, today)
    return by_sheet or _by_column(document, found, as_of or stated)


def day_of(month: Month, year: int, until: date) -> date | None:
    """The as-of day of a month: the day that is named, else its last; of the as-of month the as-of day itself.

    `year`: where the month names none. None: there is no such day.
    """
    here = month.year or year
    last = monthrange(here, month.month)[1]
    if month.day:
        return date(here, month.month, month.day) if month.day <= last else None
    if (here, month.month) == (until.year, until.month):
        return until
    return date(here, month.month, last)


def _by_column(document: Document, found: Sequence[Sequence[TableSection]], until: date | None) -> Series | None:
    """The months of columns: those up to the as-of day."""
    sections = [section for several in found for section in several]
    columns = [each for number, section in enumerate(sections) for each in _columns(number, section)]
    if until is None:
        return None
    days = _days({each.month for each in columns if each.filled}, columns, until)
    there = [day for day in days if day <= until]
    if len(there) < _FEWEST:
        return None
    every = tuple(range(len(document.tables)))
    early = tuple(at for at in every if _holds_early(found[at]))
    sheets = frozenset(each.sheet for each in document.paragraphs)
    parts = [SeriesPart(day, early, frozenset(), "plan") for day in there[:-1]]
    parts.append(SeriesPart(there[-1], every, sheets, "all"))
    dated = dict.fromkeys(each.field for each in columns)
    names = tuple(FIELDS[name].name for name in dated)
    params = {"names": names, "count": len(there), "months": tuple(map(MonthOf, there)), "year": until.year}
    text = Message("{names}有{count}个月的列（{months}；未写年份的按{year}年）。是否按月各存一期数据？", params)
    if all(each.month.year for each in columns):
        text = Message("{names}有{count}个月的列（{months}）。是否按月各存一期数据？", params)
    ask = _asker(document)
    notes = [
        *_told_later([day for day in days if day > until], until, ask),
        *_told_last(found, dated, there[-1], ask),
        *_told_empty(columns, ask),
    ]
    return Series(tuple(parts), ask(text), tuple(notes))


def _days(months: Collection[Month], columns: Sequence[_Column], until: date) -> list[date]:
    """The days of months, in order; none where they are not a month each, or where no field has two."""
    of: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for each in columns:
        of.setdefault((each.section, each.field), []).append((each.month.year or until.year, each.month.month))
    if any(len({*keys}) < len(keys) for keys in of.values()) or max(map(len, of.values()), default=0) < _FEWEST:
        return []
    days = {day_of(month, until.year, until) for month in months}
    known = sorted(day for day in days if day is not None)
    apart = len({(day.year, day.month) for day in known}) == len(days)
    return known if apart else []


def _told_empty(columns: Sequence[_Column], ask: Callable[[Message], RowProblem]) -> Iterator[RowProblem]:
    if empty := {each.month for each in columns} - {each.month for each in columns if each.filled}:
        names = tuple(Message("{month}月", {"month": month.month}) for month in sorted(empty))
        yield ask(Message("{months}的列没有填数，不存为一期。", {"months": names}))


class _Column(NamedTuple):
    """A column of one month."""

    section: int
    """Its table's number."""
    field: str
    month: Month
    filled: bool
    """Whether anything stands in it."""


def _columns(number: int, section: TableSection) -> Iterator[_Column]:
    table = section.table
    rows = [row for row in {*table.lines, *(row for row, _ in table.uncalculated)} if section.row < row <= section.last]
    for name, months in section.months.items():
        for column, month in months.items():
            here = any(table.own(row, column) or (row, column) in table.uncalculated for row in rows)
            yield _Column(number, name, month, here or bool(table.folds))


def _holds_early(sections: Sequence[TableSection]) -> bool:
    """True where a table says something of an earlier month: by its columns of months, or as all of it is plan."""
    return bool(sections) and all(section.months or {*section.figures} <= PLAN for section in sections)


def _asker(document: Document) -> Callable[[Message], RowProblem]:
    return lambda text: RowProblem(document.file, None, None, text)


def _told_later(later: Sequence[date], until: date, ask: Callable[[Message], RowProblem]) -> Iterator[RowProblem]:
    if later:
        params = {"months": tuple(map(MonthOf, later)), "day": until}
        yield ask(Message("{months}晚于截止日{day}，是计划数，没有读取。", params))


def _told_last(
    found: Sequence[Sequence[TableSection]],
    dated: Collection[str],
    last: date,
    ask: Callable[[Message], RowProblem],
) -> Iterator[RowProblem]:
    """Name what is in no month: it may be true of the last one only, or of each."""
    names = dict.fromkeys(name for sections in found for section in sections for name in section.figures)
    rest = [name for name in names if name not in dated]
    same = tuple(FIELDS[name].name for name in rest if name in PLAN)
    only = tuple(FIELDS[name].name for name in rest if name not in PLAN)
    if same:
        yield ask(Message("{names}没有分月，各期都按同一个数存入。", {"names": same}))
    if only:
        yield ask(Message("{names}没有分月，只存入最后一期（{day}）。", {"names": only, "day": last}))


class _Sheet(NamedTuple):
    """A sheet of one month."""

    name: str
    month: Month | None
    """As its name says."""
    stated: date | None
    """As its own lines say."""


def _by_sheet(
    document: Document,
    found: Sequence[Sequence[TableSection]],
    as_of: date | None,
    stated: date | None,
    today: date,
) -> Series | None:
    """The months of sheets that hold the same tables."""
    sheets = _repeated(document, found)
    if len(sheets) < _FEWEST:
        return None
    of = [_Sheet(name, month_in(name), _stated(document, name)) for name in sheets]
    base = as_of or max((each.stated for each in of if each.stated is not None), default=stated)
    until = as_of or today
    days: dict[date, str] = {}
    problems: list[RowProblem] = []
    ask = _asker(document)
    for each in of:
        day = _day_of_sheet(each, base, until, ask, problems)
        if day is None or any((day.year, day.month) == (other.year, other.month) for other in days):
            return None  # it names no month, or one that another sheet names
        days[day] = each.name
    there, later = sorted(day for day in days if day <= until), sorted(day for day in days if day > until)
    if len(there) < _FEWEST:
        return None
    parts = [_sheet_part(document, found, sheets, days[day], day, last=day == there[-1]) for day in there]
    params = {"count": len(there), "months": tuple(map(MonthOf, there)), "sheets": tuple(days[day] for day in there)}
    text = Message("工作表{sheets}各是一个月的同一张表（{count}个月：{months}）。是否按月各存一期数据？", params)
    if base is not None and any(each.stated is None and each.month and not each.month.year for each in of):
        text = Message(
            "工作表{sheets}各是一个月的同一张表（{count}个月：{months}；未写年份的按{year}年）。是否按月各存一期数据？",
            {**params, "year": base.year},
        )
    return Series(tuple(parts), ask(text), tuple(_told_later(later, until, ask)), tuple(problems))


def _repeated(document: Document, found: Sequence[Sequence[TableSection]]) -> list[str]:
    """The sheets with a table by place that another sheet has as well."""
    holders: dict[str, list[str]] = {}
    for table, sections in zip(document.tables, found, strict=True):
        for part in {part for section in sections for part in section.parts}:
            if part in BY_PLACE and part not in IN_SEVERAL:
                holders.setdefault(part, []).append(table.sheet)
    return list(dict.fromkeys(sheet for several in holders.values() if len(several) > 1 for sheet in several))


def _stated(document: Document, sheet: str) -> date | None:
    lines: list[Paragraph] = [each for each in document.paragraphs if each.sheet == sheet]
    return find_stated(lines, ()).as_of


def _day_of_sheet(
    sheet: _Sheet,
    base: date | None,
    until: date,
    ask: Callable[[Message], RowProblem],
    problems: list[RowProblem],
) -> date | None:
    """The as-of day of a sheet; None where nothing says it. A name and a line that differ are a problem."""
    month, stated = sheet.month, sheet.stated
    if month is None:
        return stated
    if stated is not None and (stated.month, stated.year) == (month.month, month.year or stated.year):
        return stated
    year = month.year or (base.year if base is not None else 0)
    if stated is not None:
        params = {"sheet": sheet.name, "day": stated}
        text = Message("工作表“{sheet}”里写的截止日是{day}，和工作表名不是同一个月。请改正其中一处。", params)
        problems.append(ask(text))
    return day_of(month, year, until) if year else None


def _sheet_part(
    document: Document,
    found: Sequence[Sequence[TableSection]],
    sheets: Sequence[str],
    sheet: str,
    day: date,
    *,
    last: bool,
) -> SeriesPart:
    """A sheet's snapshot; what stands on no month's sheet is of the last one, as far as it is no plan."""

    def belongs(at: int) -> bool:
        name = document.tables[at].sheet
        return name == sheet or (name not in sheets and (last or _holds_early(found[at])))

    tables = tuple(at for at in range(len(document.tables)) if belongs(at))
    mine = {sheet} | ({each.sheet for each in document.paragraphs} - {*sheets} if last else set())
    return SeriesPart(day, tables, frozenset(mine), "")
