"""Tables of what places report of their work: two of their own statements, and one for each later step of the schema.

A column that comes later is not added to a table that is there: it stands in a table of its own, under the same key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.model.fields import COLUMNS, FIELDS, Field, Kind

_IN_SQL: Mapping[int, str] = {0: "delivery", 4: "delivery_more"}
"""Version of the schema -> its table, where sql/ has the statement that makes it."""
_HOLDS: Mapping[Kind, str] = {
    "share": "DECIMAL(18, 6) CHECK ({name} BETWEEN 0 AND 1)",
    "money": "DECIMAL(18, 6) CHECK ({name} >= 0)",
    "area": "DECIMAL(18, 6) CHECK ({name} >= 0)",
    "change": "DECIMAL(18, 6)",
    "day": "DATE",
    "text": "VARCHAR",
}
_WHOLE = "INTEGER CHECK ({name} >= 0)"
_CREATE = """\
CREATE TABLE store.{table} (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    place VARCHAR NOT NULL,
{columns},
    PRIMARY KEY (batch, project, place)
)
"""
_SELECT = """\
SELECT place, source, {columns}, raw
FROM store.delivery AS delivery{joins}
WHERE batch = $batch AND project = $project
ORDER BY delivery.seq
"""


def tables_of(fields: Iterable[Field]) -> Mapping[str, tuple[Field, ...]]:
    """Table -> the fields that it keeps."""
    found: dict[str, tuple[Field, ...]] = {}
    for field in fields:
        table = _IN_SQL.get(field.since, f"delivery_{field.since}")
        found[table] = (*found.get(table, ()), field)
    return found


def statements_of(tables: Mapping[str, tuple[Field, ...]]) -> Mapping[str, str]:
    """The statements that make the later tables, and `deliveries`, which reads all tables together."""
    made = {f"create_{table}": _create(table, fields) for table, fields in tables.items() if _is_later(table)}
    columns = ", ".join(field.stored_as for fields in tables.values() for field in fields)
    others = (table for table in tables if table != "delivery")
    joins = "".join(f"\nLEFT JOIN store.{table} USING (batch, project, place)" for table in others)
    return {**made, "deliveries": _SELECT.format(columns=columns, joins=joins)}


def _is_later(table: str) -> bool:
    return table not in _IN_SQL.values()


def _create(table: str, fields: Iterable[Field]) -> str:
    columns = (f"    {each.stored_as} {_HOLDS.get(each.kind, _WHOLE).format(name=each.stored_as)}" for each in fields)
    return _CREATE.format(table=table, columns=",\n".join(columns))


TABLES = tables_of(FIELDS[name] for name in COLUMNS["delivery"])
STATEMENTS = statements_of(TABLES)
LATER: Mapping[int, tuple[str, ...]] = {fields[0].since: (name,) for name, fields in TABLES.items() if _is_later(name)}
"""Version of the schema -> the table that it adds, of those without a statement in sql/."""
