"""The detail of a snapshot, its `Community` rows, as columns: 200,000 rows are ten columns, not two million objects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from core.model.project import Community

if TYPE_CHECKING:
    import pyarrow

FIELDS = tuple(field.name for field in fields(Community))
"""The columns, in their order."""


def schema() -> pyarrow.Schema:
    """The columns and what they hold. pyarrow is imported at the first use: it is large, and detail is rare."""
    import pyarrow

    text, whole, decimal = pyarrow.string(), pyarrow.int32(), pyarrow.decimal128(18, 6)
    kinds = {
        "place": text, "name": text, "source": text, "buildings": whole, "households": whole, "area": decimal,
        "invested": decimal, "paid": decimal, "physical": decimal, "raw": text,
    }  # fmt: skip
    return pyarrow.schema([(name, kinds[name]) for name in FIELDS])


def in_columns(rows: Iterable[Sequence[object]]) -> pyarrow.Table:
    """Rows whose values stand in the order of `FIELDS`, as columns."""
    import pyarrow

    kinds = schema()
    columns = list(zip(*rows, strict=True)) or [()] * len(FIELDS)
    arrays = [pyarrow.array(column, kind.type) for column, kind in zip(columns, kinds, strict=True)]
    return pyarrow.Table.from_arrays(arrays, schema=kinds)


def in_rows(table: pyarrow.Table) -> tuple[Community, ...]:
    """The columns as rows."""
    return tuple(Community(**row) for row in table.to_pylist())
