"""Detail out of folded rows: the communities of a long .csv read column by column, without a Python object a cell.

Most cells are plain numbers and names, and are read all at once; each other text is read once by the reader that also
reads cell by cell. Nothing wrong is ever told here: at the first doubt `NotPlain` is raised, and the rows are read one
by one (`core.ingest.fact_details`), which says what is wrong and where. Both ways give the same detail.
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
from core.ingest.csv_file import Fold
from core.ingest.fact_headings import PARTS, Section, is_subtotal
from core.ingest.fact_rows import Notes, NotPlain, Rows, tolerance_of
from core.ingest.fact_sorting import Sum, sort_rows
from core.ingest.fact_tables import MOST_UNDERSTOOD, Places, tell
from core.ingest.fact_values import KINDS, Reader
from core.model import detail

_TEXT = pyarrow.string()
_FACTOR = pyarrow.decimal128(10, 4)
_FIELD = {"community": "name"}
"""Field -> column of `core.model.detail`, where they are called differently."""
_PLAIN_NAME = r'^[^\p{Z}\x00-\x20\x7f\x{85}"\\]*$'
"""A name that is read, and written as JSON, as it stands: no spaces in it, no quotes."""
_SIMPLE_NAME = "^[0-9A-Za-z一-鿿]*$"
"""One that has no other spelling."""
_SPACES = r"[\p{Z}\x00-\x20\x{85}]+"
_MOST_NAME = 100


def communities(sections: Sequence[Section], places: Places, notes: Notes) -> pyarrow.Table:
    """Every 小区 of the sections, as the columns of `core.model.detail`. Raises NotPlain."""
    found = [_Columns(section, places, notes) for section in sections]
    if not _different([columns.keys for columns in found]):
        both = [_joined(columns.places, "\n", columns.keys) for columns in found]
        if not _different(both):
            raise NotPlain
    return pyarrow.concat_tables([columns.detail() for columns in found])


def _different(texts: Sequence[pyarrow.StringArray]) -> bool:
    return len(pyarrow.chunked_array(texts).unique()) == sum(map(len, texts))


class _Columns:
    """One section: its rows of data in their order, folded or not."""

    def __init__(self, section: Section, places: Places, notes: Notes) -> None:
        self.section = section
        if "place" not in section.columns or section.table.merged or section.table.uncalculated:
            raise NotPlain
        alone, sums = sort_rows(section)
        self._gather(alone)
        self.head = self._told(notes)
        self.texts = {name: self._texts(section.columns[name]) for name in self.head.fields}
        self._readers = {name: Reader(name, self.head.units.get(name)) for name in self.head.fields}
        self._odd = {name: _odd(reader, self.texts[name]) for name, reader in self._readers.items()}
        self.values = {name: self._values(name) for name in self.head.fields}
        self._check_sums(sums)
        self.names = self.values["community"]
        if compute.any(compute.equal(self.names, "")).as_py():
            raise NotPlain
        self.keys = _keys(self.names)
        self.places = _in_project(self.values["place"], places)

    def _gather(self, alone: Sequence[int]) -> None:
        """Where the rows are. A folded row that looks like the heading again is none of data."""
        section, words = self.section, pyarrow.array(list(self.section.words.values()), _TEXT)
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
        """What stands in a column."""
        lines = self.section.table.lines
        found = []
        for piece in self._pieces:
            if not isinstance(piece, Fold):
                found.append(pyarrow.array([lines[row].get(column, "") for row in piece], _TEXT))
            elif column <= len(piece.columns):
                found.append(piece.columns[column - 1])
            else:
                found.append(pyarrow.repeat("", len(piece.rows)))
        texts = pyarrow.concat_arrays(found)
        return texts if self._order is None else texts.take(pyarrow.array(self._order))

    def _values(self, name: str) -> pyarrow.Array:
        """What the cells mean; null for what is not reported. Raises NotPlain when a cell is wrong."""
        reader, texts, odd = self._readers[name], self.texts[name], self._odd[name]
        kind = detail.schema().field(_FIELD.get(name, name)).type
        plain = compute.if_else(odd, None, texts)
        if reader.plain is not None and compute.any(compute.match_substring(plain, ",")).as_py():
            plain = compute.replace_substring(plain, ",", "")
        plain = plain.cast(kind)
        if reader.factor != 1 and reader.plain is not None:
            plain = compute.multiply(plain, pyarrow.scalar(reader.factor, _FACTOR)).cast(kind)
        found = texts.filter(odd).unique()
        if not len(found):
            return plain
        read = [reader[text] for text in found.to_pylist()]
        if reader.wrong:
            raise NotPlain
        return compute.if_else(odd, pyarrow.array(read, kind).take(compute.index_in(texts, value_set=found)), plain)

    def _told(self, notes: Notes) -> Rows:
        """The first rows, as they are read one by one: they are told cell by cell."""
        last = int(self.rows[: MOST_UNDERSTOOD + 1][-1])
        short = replace(self.section, table=self.section.table.unfolded(last), last=last)
        before = len(notes.problems)
        head = Rows(short, "communities", notes, ("place", *PARTS["communities"]))
        if len(notes.problems) > before:
            raise NotPlain
        for line in islice(head.lines(), MOST_UNDERSTOOD):
            tell(head, line, str(line.get("community") or ""), notes)
        return head

    def _check_sums(self, sums: Sequence[Sum]) -> None:
        """Every printed sum is that of its rows: 小计 of those since the sum before it, others of all above."""
        names = [name for name in self.head.fields if KINDS.get(name, "text") not in ("text", "share")]
        parts = self._between([row for row, _, _ in sums], names)
        for name in names if sums else ():
            column, reader = self.section.columns[name], self._readers[name]
            tolerance = tolerance_of(name, self.head.units[name])
            whole: Decimal | int | None = 0
            for (row, label, _), part in zip(sums, parts[name], strict=True):
                whole = None if whole is None or part is None else whole + part
                printed = reader[self.section.table.own(row, column)]
                due = part if is_subtotal(label) else whole
                if printed is None or (due is None and not isinstance(printed, Message)):
                    continue
                if due is None or not isinstance(printed, Decimal | int) or abs(Decimal(printed) - due) > tolerance:
                    raise NotPlain

    def _between(self, sums: Sequence[int], names: Sequence[str]) -> Mapping[str, list[Decimal | int | None]]:
        """Of each column what the rows above each sum add up to, from the sum before it; None with one not reported."""
        stops = self.rows.searchsorted(sums)
        stretch = numpy.searchsorted(stops, numpy.arange(len(self.rows)), side="right")
        rows = pyarrow.table({"stretch": stretch, **{name: self.values[name] for name in names}})
        asked = [("stretch", "count"), *((name, kind) for name in names for kind in ("sum", "count"))]
        added = {each["stretch"]: each for each in rows.group_by("stretch").aggregate(asked).to_pylist()}

        def of(at: int, name: str) -> Decimal | int | None:
            if (found := added.get(at)) is None:
                return 0  # no row between two sums
            whole: Decimal | int | None = found[f"{name}_sum"]
            return whole if found[f"{name}_count"] == found["stretch_count"] else None

        return {name: [of(at, name) for at in range(len(sums))] for name in names}

    def detail(self) -> pyarrow.Table:
        """The rows as columns."""
        source = _joined(f"{self.head.source} 第", pyarrow.array(self.rows).cast(_TEXT), "行")
        texts = {"place": self.places, "name": self.names, "source": source, "raw": self._raw()}
        nothing: Mapping[str, pyarrow.Array] = {
            kind.name: pyarrow.nulls(len(self.rows), kind.type) for kind in detail.schema()
        }
        made = {**nothing, **self.values, **texts}
        return pyarrow.table([made[name] for name in detail.FIELDS], schema=detail.schema())

    def _raw(self) -> pyarrow.StringArray:
        """The cells of each row by column and heading, as JSON; blank ones are left out."""
        pieces: list[pyarrow.Array | str] = ["{"]
        fields = self.head.fields
        named = fields.index("community")  # never blank: the others are set apart from it by their commas
        for at, name in enumerate(fields):
            heading = encode_basestring(self.section.lettered(name))
            before, after = ("", ", ") if at < named else ("", "") if at == named else (", ", "")
            texts = self.texts[name]
            inside = _changed(texts, self._odd[name], lambda text: encode_basestring(text)[1:-1])
            blank = compute.equal(texts, "")
            ends: tuple[str, str] = f'{before}{heading}: "', f'"{after}'
            if compute.any(blank).as_py():
                left, right = (compute.if_else(blank, "", end) for end in ends)
                pieces += [left, inside, right]
            else:
                pieces += [ends[0], inside, ends[1]]
        return _joined(*pieces, "}")


def _joined(*pieces: pyarrow.Array | str) -> pyarrow.StringArray:
    return compute.binary_join_element_wise(*pieces, "")


def _odd(reader: Reader, texts: pyarrow.StringArray) -> pyarrow.BooleanArray:
    """Which texts are more than a plain number or name."""
    if reader.kind == "text":
        short = compute.less_equal(compute.utf8_length(texts), _MOST_NAME)
        return compute.invert(compute.and_(compute.match_substring_regex(texts, _PLAIN_NAME), short))
    if reader.plain is None:
        return pyarrow.repeat(True, len(texts))
    return compute.invert(compute.match_substring_regex(texts, f"^(?:{reader.plain})$"))


def _keys(names: pyarrow.StringArray) -> pyarrow.StringArray:
    """What two spellings of a name have in common, as `key_of` tells it."""
    if compute.all(compute.match_substring_regex(names, _SIMPLE_NAME)).as_py():
        return names
    return compute.replace_substring_regex(compute.utf8_normalize(names, "NFKC"), _SPACES, "")


def _changed(
    texts: pyarrow.StringArray, odd: pyarrow.BooleanArray, change: Callable[[str], str]
) -> pyarrow.StringArray:
    """The texts, the odd ones of them changed; each different one is changed once."""
    found = texts.filter(odd).unique()
    if not len(found):
        return texts
    new = pyarrow.array([change(text) for text in found.to_pylist()], _TEXT)
    return compute.if_else(odd, new.take(compute.index_in(texts, value_set=found)), texts)


def _in_project(texts: pyarrow.StringArray, places: Places) -> pyarrow.StringArray:
    """The places as the project calls them; a blank one is the one above. Raises NotPlain for one unknown."""
    filled = compute.fill_null_forward(compute.if_else(compute.equal(texts, ""), None, texts))
    coded = filled.dictionary_encode()
    known = [places.known(text) for text in coded.dictionary.to_pylist()]
    if filled.null_count or None in known:
        raise NotPlain
    return pyarrow.array(known, _TEXT).take(coded.indices)
