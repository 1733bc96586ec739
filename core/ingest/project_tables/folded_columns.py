"""Detail out of folded rows: the communities of a long .csv read column by column (`folded_rows`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring

import pyarrow
from pyarrow import compute

from core.errors import Message
from core.ingest.files.total_words import is_subtotal
from core.ingest.project_tables.as_typed import AsTyped
from core.ingest.project_tables.folded_rows import TEXT, FoldedRows, changed, joined
from core.ingest.project_tables.place_tables import Places
from core.ingest.project_tables.rows import Notes, NotPlain, tolerance_of
from core.ingest.project_tables.section import TableSection, fields_of
from core.model import detail
from core.model.fields import COLUMNS, FIELDS

_SIMPLE_NAME = "^[0-9A-Za-z一-鿿]*$"
"""One that has no other spelling."""
_SPACES = r"[\p{Z}\x00-\x20\x{85}]+"


def communities(sections: Sequence[TableSection], places: Places, notes: Notes) -> pyarrow.Table:
    """Every 小区 of the sections, as the columns of `core.model.detail`. Raises NotPlain."""
    found = [_Columns(section, places, notes) for section in sections]
    if not _different([columns.keys for columns in found]):
        both = [joined(columns.places, "\n", columns.keys) for columns in found]
        if not _different(both):
            raise NotPlain
    return pyarrow.concat_tables([columns.detail() for columns in found])


def _different(texts: Sequence[pyarrow.StringArray]) -> bool:
    return len(pyarrow.chunked_array(texts).unique()) == sum(map(len, texts))


class _Columns(FoldedRows):
    """One section of communities."""

    def __init__(self, section: TableSection, places: Places, notes: Notes) -> None:
        if "place" not in section.columns:
            raise NotPlain
        if fields_of("sources", section.columns):
            raise NotPlain  # money by source is added up row by row
        super().__init__(
            section,
            "communities",
            ("place", *COLUMNS["communities"]),
            notes,
            lambda line: str(line.get("community") or ""),
        )
        self._check_sums()
        self.names = self.values["community"]
        if compute.any(compute.equal(self.names, "")).as_py():
            raise NotPlain
        self._said: list[tuple[str, pyarrow.StringArray]] = []
        for name in self.head.fields:
            for told in self.tell_as_typed(name):
                self._keep(name, told)
        self.keys = _keys(self.names)
        self.places = _in_project(self.values["place"], places)

    def _check_sums(self) -> None:
        """Every printed sum is that of its rows: 小计 of those since the sum before it, others of all above."""
        names = [name for name in self.head.fields if FIELDS[name].summed] if self.sums else []
        parts = self.between(names)
        for name in names:
            column, reader = self.section.columns[name], self.readers[name]
            tolerance = tolerance_of(name, self.head.units[name])
            whole: Decimal | int | None = 0
            for (row, label), part in zip(self.sums, parts[name][:-1], strict=True):
                whole = None if whole is None or part is None else whole + part
                printed = reader[self.section.table.own(row, column)]
                if isinstance(printed, AsTyped):
                    raise NotPlain
                due = part if is_subtotal(label) else whole
                if due is None and isinstance(printed, Decimal) and self._without_blanks(name, printed, tolerance):
                    raise NotPlain  # blanks that the total says are none
                if printed is None or (due is None and not isinstance(printed, Message)):
                    continue
                if due is None or not isinstance(printed, Decimal | int) or abs(Decimal(printed) - due) > tolerance:
                    raise NotPlain

    def _without_blanks(self, name: str, printed: Decimal, tolerance: Decimal) -> bool:
        """True where a printed amount is the sum of those that are filled in."""
        known = compute.sum(self.values[name]).as_py()
        return FIELDS[name].kind == "money" and known is not None and abs(known - printed) <= tolerance

    def _keep(self, name: str, told: pyarrow.BooleanArray) -> None:
        """Keep the marked cells as they were typed."""
        texts = self.texts[name]
        inside = changed(texts, told, lambda text: f'"{name}": {encode_basestring(text)}')
        self._said.append((name, compute.if_else(told, inside, None)))

    def _said_as_json(self) -> pyarrow.StringArray:
        """The cells of each row that say less than a value, as JSON by field; null where all are values."""
        if not self._said:
            return pyarrow.nulls(len(self.rows), TEXT)
        order = COLUMNS["communities"].index
        columns = [texts for _, texts in sorted(self._said, key=lambda said: order(said[0]))]
        cells = compute.binary_join_element_wise(*columns, ", ", null_handling="skip")
        return compute.if_else(compute.equal(cells, ""), None, joined("{", cells, "}"))

    def detail(self) -> pyarrow.Table:
        """The rows as columns."""
        texts = {"place": self.places, "name": self.names, "source": self.sources(), "said": self._said_as_json()}
        texts["raw"] = self.raw(self.head.fields, "community")
        for name in COLUMNS["communities"][1:]:
            if FIELDS[name].is_label and name in self.values:
                texts[name] = compute.if_else(compute.equal(self.values[name], ""), None, self.values[name])
        nothing: Mapping[str, pyarrow.Array] = {
            kind.name: pyarrow.nulls(len(self.rows), kind.type) for kind in detail.schema()
        }
        made = {**nothing, **self.values, **texts}
        return pyarrow.table([made[name] for name in detail.ATTRIBUTES], schema=detail.schema())


def _keys(names: pyarrow.StringArray) -> pyarrow.StringArray:
    """Make spellings of a name comparable, as `key_of` does."""
    if compute.all(compute.match_substring_regex(names, _SIMPLE_NAME)).as_py():
        return names
    return compute.replace_substring_regex(compute.utf8_normalize(names, "NFKC"), _SPACES, "")


def _in_project(texts: pyarrow.StringArray, places: Places) -> pyarrow.StringArray:
    """The places as the project calls them; a blank one is the one above. Raises NotPlain for one unknown."""
    filled = compute.fill_null_forward(compute.if_else(compute.equal(texts, ""), None, texts))
    coded = filled.dictionary_encode()
    known = [places.known(text) for text in coded.dictionary.to_pylist()]
    if filled.null_count or None in known:
        raise NotPlain
    return pyarrow.array(known, TEXT).take(coded.indices)
