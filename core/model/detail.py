"""The detail of a snapshot, communities or payments, as columns: 200,000 rows are ten columns, not many objects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from core.model.fields import COLUMNS, FIELDS, TABLES, Field, TableId
from core.model.project import Community

if TYPE_CHECKING:
    import pyarrow

ATTRIBUTES = TABLES["communities"].attributes
"""The columns of communities, in their order."""
_AT_ONCE = 20_000
"""Rows that are objects at a time."""


def schema(table: TableId = "communities") -> pyarrow.Schema:
    """The columns and what they hold. pyarrow is imported at the first use: it is large, and detail is rare."""
    import pyarrow

    def kind(field: Field) -> pyarrow.DataType:
        if field.kind == "day":
            return pyarrow.date32()
        return pyarrow.decimal128(18, 6) if field.measured or field.kind == "share" else pyarrow.int32()

    figures = {field.stored_as: kind(field) for name in COLUMNS[table] if not (field := FIELDS[name]).is_label}
    return pyarrow.schema([(name, figures.get(name, pyarrow.string())) for name in TABLES[table].attributes])


def in_columns(rows: Iterable[Sequence[object]], table: TableId = "communities") -> pyarrow.Table:
    """Rows whose values stand in the order of the table's attributes, as columns; few of them are objects at a time."""
    import pyarrow

    kinds, rest, found = schema(table), iter(rows), []
    while some := list(islice(rest, _AT_ONCE)):
        columns = zip(*some, strict=True)
        arrays = [pyarrow.array(column, kind.type) for column, kind in zip(columns, kinds, strict=True)]
        found.append(pyarrow.Table.from_arrays(arrays, schema=kinds))
    return pyarrow.concat_tables(found) if found else kinds.empty_table()


def in_rows(table: pyarrow.Table) -> tuple[Community, ...]:
    """The columns as rows."""
    return tuple(Community(**row) for row in table.to_pylist())
