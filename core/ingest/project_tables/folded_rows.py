"""Folded rows of a long .csv read column by column, without a Python object a cell: what all lists have in common.

Most cells are plain numbers and names, and are read all at once; each other text is read once by the reader that also
reads cell by cell. What is wrong is never told here: at the first doubt `NotPlain` is raised, and the rows are read one
by one, which says what is wrong and where. Both ways give one detail.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from json.encoder import encode_basestring

import numpy
import pyarrow
from pyarrow import compute

from core.errors import Message
from core.ingest.files.csv_file import Fold
from core.ingest.project_tables import as_typed
from core.ingest.project_tables.as_typed import AsTyped
from core.ingest.project_tables.place_tables import MOST_UNDERSTOOD, tell
from core.ingest.project_tables.row_kinds import sort_rows
from core.ingest.project_tables.rows import Notes, NotPlain, Rows, TableLine
from core.ingest.project_tables.section import TableSection
from core.ingest.project_tables.units import units_of
from core.ingest.project_tables.values import FACTORS, Reader, own_unit
from core.model import detail
from core.model.fields import FIELDS, TableId

TEXT = pyarrow.string()
_FACTOR = pyarrow.decimal128(10, 4)
_PLAIN_NAME = r'^[^\p{Z}\x00-\x20\x7f\x{85}"\\]*$'
"""A name that is read, and written as JSON, as it stands: no spaces in it, no quotes."""
_MOST_NAME = 100


class FoldedRows:
    """One section of a list: its rows of data in their order, folded or not, as columns."""

    def __init__(
        self,
        section: TableSection,
        part: TableId,
        fields: Sequence[str],
        notes: Notes,
        called: Callable[[TableLine], str],
        kept: Sequence[str] = (),
    ) -> None:
        """`fields`: those that are read; `kept`: those of which the texts are kept as they stand.

        `called`: a row by its name, for what is told of it. Raises NotPlain.
        """
        self.section, self.part, self.notes = section, part, notes
        if section.table.merged or section.table.uncalculated:
            raise NotPlain
        alone, self.sums = sort_rows(section)
        self._gather(alone)
        self.head = self._told(fields, called)
        self.readers = {name: self.head.reader(name) for name in (*self.head.fields, *kept) if name in section.columns}
        self.texts = {name: self._texts(section.columns[name]) for name in self.readers}
        self.odd = {name: _odd(reader, self.texts[name]) for name, reader in self.readers.items()}
        self.values = {name: self._values(name) for name in self.head.fields}

    def _gather(self, alone: Sequence[int]) -> None:
        """Find the rows. A folded row that looks like the heading again is none of data."""
        section, words = self.section, pyarrow.array(list(self.section.words.values()), TEXT)
        self._pieces: list[Sequence[int] | Fold] = []
        read = 0
        for fold in section.table.folds:
            start, stop = fold.rows.searchsorted([section.row + 1, section.last + 1])
            if start == stop:
                continue
            part = Fold(fold.rows[start:stop], [column[start:stop] for column in fold.columns])
            for column in part.columns:
                if compute.any(compute.is_in(column, value_set=words)).as_py():
                    raise NotPlain
                if not compute.any(compute.equal(column, "")).as_py():
                    break  # the first cell that is filled is what a heading would be known by
            above = bisect_left(alone, int(part.rows[0]))
            self._pieces += [alone[read:above], part]
            read = above
        self._pieces.append(alone[read:])
        rows = numpy.concatenate(
            [piece.rows if isinstance(piece, Fold) else numpy.array(piece, numpy.int64) for piece in self._pieces]
        )
        in_order = bool((rows[1:] > rows[:-1]).all())
        self._order = None if in_order else rows.argsort()
        self.rows = rows if self._order is None else rows[self._order]
        if not len(rows):
            raise NotPlain

    def _texts(self, column: int) -> pyarrow.StringArray:
        """The texts of a column."""
        lines = self.section.table.lines
        found = []
        for piece in self._pieces:
            if not isinstance(piece, Fold):
                found.append(pyarrow.array([lines[row].get(column, "") for row in piece], TEXT))
            elif column <= len(piece.columns):
                found.append(piece.columns[column - 1])
            else:
                found.append(pyarrow.repeat("", len(piece.rows)))
        texts = pyarrow.concat_arrays(found)
        return texts if self._order is None else texts.take(pyarrow.array(self._order))

    def _values(self, name: str) -> pyarrow.Array:
        """The values of a column; null for what is not reported. Raises NotPlain when a cell is wrong."""
        reader, texts, odd = self.readers[name], self.texts[name], self.odd[name]
        kind = detail.schema(self.part).field(FIELDS[name].stored_as).type
        plain = compute.if_else(odd, None, texts)
        if reader.plain is not None and compute.any(compute.match_substring(plain, ",")).as_py():
            plain = compute.replace_substring(plain, ",", "")
        plain = plain.cast(kind)
        if reader.factor != 1 and reader.plain is not None:
            plain = compute.multiply(plain, pyarrow.scalar(reader.factor, _FACTOR)).cast(kind)
        found = texts.filter(odd).unique()
        if not len(found):
            return plain
        read = [value.value if isinstance(value := reader[text], AsTyped) else value for text in found.to_pylist()]
        if any(isinstance(value, Message) for value in read):
            raise NotPlain
        if reader.kind in FACTORS and any(own_unit(reader.kind, text) not in (None, reader.factor) for text in reader):
            raise NotPlain
        return compute.if_else(odd, pyarrow.array(read, kind).take(compute.index_in(texts, value_set=found)), plain)

    def _told(self, fields: Sequence[str], called: Callable[[TableLine], str]) -> Rows:
        """The first rows, as they are read one by one: they are told cell by cell. Rows of sums are none of them."""
        last = int(self.rows[: MOST_UNDERSTOOD + 1][-1])
        table, sums = self.section.table.unfolded(last), {each.row for each in self.sums}
        lines = {row: cells for row, cells in table.lines.items() if row not in sums}
        short = replace(self.section, table=replace(table, lines=lines), last=last)
        if units_of(short) != units_of(self.section):
            raise NotPlain  # a unit under the table
        before = len(self.notes.problems)
        head = Rows(short, self.part, self.notes, fields)
        if len(self.notes.problems) > before or any(not unit.stated for unit in head.units.values()):
            raise NotPlain
        for line in islice(head.lines(), MOST_UNDERSTOOD):
            tell(head, line, called(line), self.notes)
        return head

    def between(self, names: Sequence[str]) -> Mapping[str, list[Decimal | int | None]]:
        """Of each column what the rows above each sum add up to, from the sum before it, and those under the last.

        None with one that is not reported.
        """
        stops = self.rows.searchsorted([row for row, _ in self.sums])
        stretch = numpy.searchsorted(stops, numpy.arange(len(self.rows)), side="right")
        rows = pyarrow.table({"stretch": stretch, **{name: self.values[name] for name in names}})
        asked = [("stretch", "count"), *((name, kind) for name in names for kind in ("sum", "count"))]
        added = {each["stretch"]: each for each in rows.group_by("stretch").aggregate(asked).to_pylist()}

        def of(at: int, name: str) -> Decimal | int | None:
            if (found := added.get(at)) is None:
                return 0  # no row between two sums
            whole: Decimal | int | None = found[f"{name}_sum"]
            return whole if found[f"{name}_count"] == found["stretch_count"] else None

        return {name: [of(at, name) for at in range(len(self.sums) + 1)] for name in names}

    def tell_as_typed(self, name: str) -> list[pyarrow.BooleanArray]:
        """Ask about the cells of a column that say less than a value, and mark them, once a reason."""
        reader, texts = self.readers[name], self.texts[name]
        found = []
        for why in ("about", "month", "words"):
            said = [text for text, value in reader.items() if isinstance(value, AsTyped) and value.why == why]
            if not said:
                continue
            told = compute.is_in(texts, value_set=pyarrow.array(said, TEXT))
            if not compute.any(told).as_py():
                continue  # in a row of sums only
            first = int(self.rows[compute.index(told, True).as_py()])
            self.notes.ask(self.section, first, name, as_typed.told(why, texts.filter(told).to_pylist()))
            found.append(told)
        return found

    def sources(self) -> pyarrow.StringArray:
        """Where each row stands."""
        return joined(f"{self.head.source} 第", pyarrow.array(self.rows).cast(TEXT), "行")

    def raw(self, fields: Sequence[str], never_blank: str) -> pyarrow.StringArray:
        """The cells of each row by column and heading, as JSON; blank ones are left out.

        The others are set apart from the one that is `never_blank` by their commas.
        """
        pieces: list[pyarrow.Array | str] = ["{"]
        named = fields.index(never_blank)
        for at, name in enumerate(fields):
            heading = encode_basestring(self.section.lettered(name))
            before, after = ("", ", ") if at < named else ("", "") if at == named else (", ", "")
            texts = self.texts[name]
            inside = changed(texts, self.odd[name], lambda text: encode_basestring(text)[1:-1])
            blank = compute.equal(texts, "")
            ends: tuple[str, str] = f'{before}{heading}: "', f'"{after}'
            if compute.any(blank).as_py():
                left, right = (compute.if_else(blank, "", end) for end in ends)
                pieces += [left, inside, right]
            else:
                pieces += [ends[0], inside, ends[1]]
        return joined(*pieces, "}")


def joined(*pieces: pyarrow.Array | str) -> pyarrow.StringArray:
    """Put texts together, row by row."""
    return compute.binary_join_element_wise(*pieces, "")


def _odd(reader: Reader, texts: pyarrow.StringArray) -> pyarrow.BooleanArray:
    """Mark texts that are more than a plain number or name."""
    if reader.kind == "text":
        short = compute.less_equal(compute.utf8_length(texts), _MOST_NAME)
        return compute.invert(compute.and_(compute.match_substring_regex(texts, _PLAIN_NAME), short))
    if reader.plain is None:
        return pyarrow.repeat(True, len(texts))
    return compute.invert(compute.match_substring_regex(texts, f"^(?:{reader.plain})$"))


def changed(texts: pyarrow.StringArray, odd: pyarrow.BooleanArray, change: Callable[[str], str]) -> pyarrow.StringArray:
    """The texts, the odd ones of them changed; each different one is changed once."""
    found = texts.filter(odd).unique()
    new = pyarrow.array(map(change, found.to_pylist()), TEXT)
    if new.equals(found):
        return texts
    return compute.if_else(odd, new.take(compute.index_in(texts, value_set=found)), texts)
