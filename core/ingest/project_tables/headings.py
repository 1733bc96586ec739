"""The headings of a project's tables, of one row or more: which column is which, by words or by what the user said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from core.ingest.files.labels import compact, plain
from core.ingest.files.side_by_side import RowLabels, apart
from core.ingest.files.table import Place, Table, letters
from core.ingest.files.total_words import is_total
from core.ingest.project_tables.choice import Share, choose
from core.ingest.project_tables.heading_words import meaning
from core.ingest.project_tables.own_columns import of_its_kind
from core.ingest.project_tables.section import BETWEEN, BY_PLACE, IN_SEVERAL, TableSection, layout_of, parts_of
from core.ingest.project_tables.source_choice import sources_among, sources_in_rows, with_all_arrived
from core.ingest.project_tables.units import is_unit_row
from core.ingest.project_tables.wide_comparisons import lengthened
from core.model.fields import FIELDS

__all__ = ["BY_PLACE", "IN_SEVERAL", "NOTHING_SAID", "Spoken", "TableSection", "find_sections"]

MOST_SECTIONS = 50
"""Tables on one sheet."""
_MOST_COLUMNS = 200
_SEARCHED = 40
"""Rows of a sheet of which each may be a heading; further down it follows a gap, a title or a row of sums."""
_LABELS = 2
"""Cells of a row that may say that it is a sum: its number and its name."""
_ROWS = 3
"""Rows of a heading."""
_LONG = 40
"""Letters of a heading of a group."""
ROW_LABELS = RowLabels(
    names=frozenset(
        spelling for name in ("place", "community", "milestone", "funding") for spelling in FIELDS[name].spellings
    ),
    before=frozenset(FIELDS["serial"].spellings),
)
_FIGURE = re.compile(r"[(]?[-+¥￥]?\d[\d,，.．]*[)]?%?")


@dataclass(frozen=True)
class Spoken:
    """What people said of columns: a heading, a path (户数|计划), a column (C) or one of a sheet (Sheet1!C) -> field.

    A field "" leaves the column out.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None
    """The as-of day: of columns by month, the one of its month counts."""
    share: Share = ""
    """Of a snapshot of a monthly series: which columns it takes."""
    layouts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What was said with earlier files: layout -> column -> field."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """What was said with earlier files of headings, whatever their layout."""

    def of(self, table: Table, row: int, paths: Mapping[int, tuple[str, ...]]) -> Mapping[int, str]:
        """The columns of which somebody has said what they are. What is said of one place goes before a heading."""
        found: dict[int, str] = {}
        earlier = self.layouts.get(layout_of(paths), {}) if self.layouts else {}
        for column, path in paths.items():
            letter = letters(column)
            named = (BETWEEN.join(map(compact, path)), compact(path[-1]))
            sheet = compact(table.sheet)
            at = tuple(f"{lead}{cell}" for lead in (f"{sheet}!", "") for cell in (f"{letter}{row}", letter))
            said = next((self.columns[key] for key in (*at, *named) if key in self.columns), None)
            said = earlier.get(letter) if said is None else said
            said = next((self.headings[key] for key in named if key in self.headings), None) if said is None else said
            if said is not None:
                found[column] = said
        return found


NOTHING_SAID = Spoken()


def find_sections(table: Table, spoken: Spoken = NOTHING_SAID) -> list[TableSection]:
    """Every table on the sheet, from the top. No row that is folded is looked at as a heading."""
    spoken = replace(spoken, columns=_compact(spoken.columns), headings=_compact(spoken.headings))
    return [section for each in apart(table, ROW_LABELS) for section in _sections(lengthened(each), spoken)]


def _sections(table: Table, spoken: Spoken) -> list[TableSection]:
    found: list[TableSection] = []
    looked = opened = 0
    for number in sorted(table.lines):
        if len(found) == MOST_SECTIONS:
            break
        if _may_begin(table, number, found):
            opened = number
        elif number - opened >= _ROWS:
            continue
        over = found[-1] if found else None
        section = _heading(table, number, spoken, over.row if over else 0)
        if section is None:
            continue
        if over is not None and over.row == number - 1:
            if section.understood < over.understood:
                continue
            section = replace(section, top=min(section.top, over.top))
            found.pop()  # the upper row of a heading in several rows
            over = found[-1] if found else None
        if over is not None and over.words == section.words:
            totalled, looked = _totalled(table, max(over.row, looked), section.top), number
            if not totalled:
                continue  # the same heading again, at the top of another page
        found.append(section)
    ends = [*(_over(table, section) for section in found[1:]), table.rows]
    return [replace(section, last=last) for section, last in zip(found, ends, strict=False)]


def _compact(said: Mapping[str, str]) -> Mapping[str, str]:
    return {compact(key): name for key, name in said.items()}


def _over(table: Table, section: TableSection) -> int:
    """The last row of the table before: without the lines that are a title of this one."""
    row = section.top - 1
    while row > 0 and len(table.line(row)) < 2:
        row -= 1
    return row


def _may_begin(table: Table, number: int, found: list[TableSection]) -> bool:
    """True when a heading may stand there: a file may have 200,000 rows, and not each is looked at."""
    if number <= _SEARCHED:
        return True
    before = table.line(number - 1)
    if len(before) < 2 or is_total(next(iter(before.values()))):
        return True
    return bool(found) and next(iter(table.lines[number].values())) in found[-1].words.values()


def _totalled(table: Table, first: int, last: int) -> bool:
    return any(is_total(text) for row in range(first + 1, last) for _, text in table.row(row)[:_LABELS])


def _heading(table: Table, row: int, spoken: Spoken, after: int) -> TableSection | None:
    """The table whose heading ends in that row; None when it is no heading. `after`: the heading before it."""
    own = {column: (row, column) for column in table.lines[row] if column <= _MOST_COLUMNS}
    over = _rows_over(table, row, after)
    places = _reaching_down(table, row, over) | own
    words = {column: text for column in sorted(places) if (text := table.own(*places[column]))}
    if len(words) < 2:
        return None
    paths = {column: tuple(_path(table, places[column], over)) for column in words}
    said = spoken.of(table, row, paths)
    meanings = {column: None if column in said else meaning(path) for column, path in paths.items()}
    top = min(over[-1] if over else row, *(places[column][0] for column in words))
    title = _title(table, top)
    kinds = sources_among(paths, meanings, said, title)
    chosen = choose(paths, said, {**meanings, **kinds.meanings}, spoken.day, spoken.share)
    rows = sources_in_rows(table, row, chosen.columns, paths, title)
    if rows.found:
        kinds, meanings = rows, {column: found and found.label for column, found in meanings.items()}
        chosen = choose(paths, said, {**meanings, **kinds.meanings}, spoken.day, spoken.share)
    columns = with_all_arrived(of_its_kind(chosen.columns, words))
    if not parts_of(columns) or (over and not _says_something(table, row, columns)):
        return None
    twice = tuple((name, column) for name, column in chosen.twice if name in columns)
    doubts = (*chosen.doubts, *kinds.doubts(columns))
    months = {name: of for name, of in chosen.months.items() if name in columns}
    elsewhere = {column for of in chosen.months.values() for column in of} if spoken.share else set()
    return TableSection(
        table,
        top,
        row,
        row,
        columns,
        words,
        twice,
        paths,
        doubts,
        months,
        chosen.of_other_days,
        frozenset(elsewhere),
        bool(rows.found),
    )


def _title(table: Table, top: int) -> str:
    """The line over a table that says what it is about: the nearest one with a word about money."""
    lines = [text for text in reversed(table.above)]
    for row in range(top - 1, max(top - 1 - _ROWS, 0), -1):
        cells = table.lines.get(row, {})
        if len(cells) > 1:
            break
        lines = [*cells.values(), *lines]
    return next((text for text in lines if "资金" in text and len(text) <= _LONG and "。" not in text), table.sheet)


def _says_something(table: Table, row: int, columns: Mapping[str, int]) -> bool:
    """True when a row under other rows of a heading is one as well: it names a figure, and no row is of units alone."""
    cells = table.lines[row]
    return not is_unit_row(cells) and any(
        column in cells for name, column in columns.items() if name in FIELDS and not FIELDS[name].is_label
    )


def _rows_over(table: Table, row: int, after: int) -> list[int]:
    """The rows of the same heading over a row, the nearest first: of words, with a group or a cell reaching down."""
    found: list[int] = []
    if any(_FIGURE.fullmatch(compact(text)) for text in table.lines[row].values()):
        return found
    for above in range(row - 1, max(row - _ROWS, 0), -1):
        if above not in table.lines or not _heads_groups(table, above, row):
            break
        found.append(above)
    if found and after < found[-1] - 1:
        before = table.line(found[-1] - 1)
        if after and len(before) > 1 and not is_total(next(iter(before.values()))):
            return []  # the last rows of the table before
    return found


def _heads_groups(table: Table, above: int, row: int) -> bool:
    """True when a row over a heading is of it: no title, no line about the whole table, no data, no total."""
    cells, lower = table.lines[above], table.lines[row]
    if not cells or not lower:
        return False
    labels = [plain(text) for text in cells.values()]
    if any(len(label) > _LONG or "。" in label or "单位" in label or ":" in label for label in labels):
        return False
    if any(_FIGURE.fullmatch(compact(text)) for text in cells.values()) or is_total(labels[0]) or is_unit_row(cells):
        return False
    if len(cells) == 1:
        (column,) = cells
        return column > min(lower) and _across(table, above, column)
    return any(_across(table, above, column) for column in cells) or set(cells) != set(lower)


def _reaching_down(table: Table, row: int, over: list[int]) -> dict[int, Place]:
    """Columns that have their heading in a row above: merged down to this row, or with nothing under it."""
    found: dict[int, Place] = {}
    if table.merged:
        # A cell that reaches down from the row above belongs to this one; one that lies across is a title.
        tops = {column: table.merged.get((row, column), (0, 0)) for column in range(1, _MOST_COLUMNS + 1)}
        found = {column: top for column, top in tops.items() if top[1] == column}
    for above in over:
        found |= {
            column: (above, column)
            for column in table.lines[above]
            if column <= _MOST_COLUMNS and column not in found and not _across(table, above, column)
        }
    return found


def _across(table: Table, row: int, column: int) -> bool:
    """True when a cell lies over several columns: a group, and no heading of its own."""
    return table.merged.get((row, column + 1)) == (row, column)


def _path(table: Table, place: Place, over: list[int]) -> Iterator[str]:
    """The headings over a column from the outermost group to its own."""
    row, column = place
    for above in reversed(over):
        if above >= row:
            continue
        if text := _group(table, above, column):
            yield text
    yield table.own(*place)


def _group(table: Table, row: int, column: int) -> str:
    """The cell of a row over a column; in a row without merges a group goes on to the right."""
    top = table.merged.get((row, column), (row, column))
    if top[0] < row:
        return ""  # it is in the path by the row where it stands
    if text := table.own(*top):
        return text
    cells = table.lines.get(row, {})
    if any(_across(table, row, each) for each in cells):
        return ""
    return next((cells[each] for each in range(column, 0, -1) if each in cells), "")
