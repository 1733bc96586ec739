"""Running the statements of sql/ on one cursor, on a file as on PostgreSQL."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from core.errors import StoreError
from core.model.context import Until
from core.model.storable import unstorable
from core.store import delivery_tables

if TYPE_CHECKING:
    import pyarrow

T = TypeVar("T")
Explain = Callable[[duckdb.Error], StoreError]
"""(an error of DuckDB) -> its sentence: each kind of store has its own."""

_SQL = Path(__file__).parent / "sql"
_TARGET = re.compile(r"INSERT INTO store\.(\w+)")
_COLUMN = re.compile(r"^ +([a-z]\w*) [A-Z]", re.MULTILINE)
"""A column, as the statement that makes its table has it; further conditions begin with a capital."""
_ONE_BATCH = re.compile(r"batch = \$batch AND (project|id) = \$project")
"""The condition of a statement about one batch, which is one project's."""
_PART = re.compile(r"/\* (parts/\w+\.sql) \*/")
"""A condition that several statements share."""
_ANY_TABLE = "any_table"
"""The name of the table in a statement that is meant for every table."""
_ANY_CONDITION = "any_condition"


@cache
def statement(name: str) -> str:
    """The text of sql/<name>.sql, or the statement that is made from the fields of an import."""
    return delivery_tables.STATEMENTS.get(name) or _PART.sub(lambda part: f"\n{_text(part[1])}", _text(f"{name}.sql"))


def _text(file: str) -> str:
    return (_SQL / file).read_text(encoding="utf-8")


@cache
def columns_of(table: str) -> tuple[str, ...]:
    """The columns that a table is made with, in their order."""
    return tuple(_COLUMN.findall(statement(f"create_{table}")))


@cache
def _insertion(table: str) -> str:
    """The statement that inserts a row with every column of the table."""
    columns = columns_of(table)
    return f"INSERT INTO store.{table} ({', '.join(columns)}) VALUES ({', '.join(f'${name}' for name in columns)})"


class Session:
    """One cursor. DuckDB's errors leave it as sentences."""

    added: Counter[str]
    """Rows inserted, by table; they count once the transaction is committed."""
    written: dict[str, list[Mapping[str, object]]]
    """Rows inserted, by table, or the parameters of a statement that makes rows."""
    heads: dict[str, str]
    """The digest of the last event inserted into each table whose events are chained."""
    becomes: dict[tuple[object, ...], object]
    """Answers that end with any write, as this one makes them, by their key: remembered once it is committed."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, explain: Explain) -> None:
        self._cursor = cursor
        self._explain = explain
        self.added = Counter()
        self.written = {}
        self.heads = {}
        self.becomes = {}

    def run(self, name: str, /, **params: object) -> list[tuple[Any, ...]]:
        """All rows of the statement sql/<name>.sql. Raises StoreError."""
        return self._run(statement(name), params)

    def made(self, kind: Callable[..., T], name: str, /, **params: object) -> list[T]:
        """A `kind` out of each row of sql/<name>.sql, given by the names of its columns. Raises StoreError."""
        return [kind(**row) for row in self.rows(name, **params)]

    def rows(self, name: str, /, **params: object) -> list[dict[str, Any]]:
        """All rows of sql/<name>.sql by the names of their columns. Raises StoreError."""
        return self._by_name(self.run(name, **params))

    def _by_name(self, rows: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
        names = [column[0] for column in self._cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in rows]

    def run_on(self, table: str, name: str, /, **params: object) -> list[tuple[Any, ...]]:
        """All rows of a statement that any table can be put into. Raises StoreError."""
        return self._run(_on(table, name), params)

    def run_on_each(self, tables: Sequence[str], name: str, /) -> list[tuple[Any, ...]]:
        """All rows of such a statement on many tables in one go, without parameters: each row names its table.

        Raises StoreError.
        """
        return self._run(" UNION ALL ".join(_on(table, name) for table in tables), {})

    def run_among(self, table: str, name: str, among: Mapping[str, Sequence[object]], /) -> list[tuple[Any, ...]]:
        """A statement with a condition, on rows of a table that have one of these values in each of these columns.

        Raises StoreError.
        """
        params = {f"{column}_{i}": value for column, values in among.items() for i, value in enumerate(values)}
        # Lists of single values, as above.
        lists = {column: ", ".join(f"${column}_{i}" for i in range(len(values))) for column, values in among.items()}
        condition = " AND ".join(f"{column} IN ({values})" for column, values in lists.items()) or "true"
        return self._run(_on(table, name).replace(_ANY_CONDITION, condition), params)

    def rows_for(self, batches: Sequence[str], name: str, /) -> list[dict[str, Any]]:
        """The rows of a statement about one batch of one project, for many at once: each row has its `batch`, too.

        Raises StoreError.
        """
        return self._by_name(self._run(_for(len(batches), name), {f"batch{i}": b for i, b in enumerate(batches)}))

    def _run(self, text: str, params: Mapping[str, object]) -> list[tuple[Any, ...]]:
        _refuse_unstorable(params)
        try:
            rows = self._cursor.execute(text, params or None).fetchall()
        except duckdb.Error as error:
            raise self._explain(error) from error
        if target := _TARGET.search(text):
            self.added[target[1]] += rows[0][0]
            self.written.setdefault(target[1], []).append(params)
        return rows

    def insert(self, table: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert rows that have every column of the table. Raises StoreError, StoreClash when a key is taken."""
        if not rows:
            return
        _refuse_unstorable(rows)
        try:
            if len(rows) == 1:
                self._cursor.execute(_insertion(table), rows[0])
            else:
                self._cursor.executemany(_insertion(table), rows)
        except duckdb.Error as error:
            raise self._explain(error) from error
        self.added[table] += len(rows)
        self.written.setdefault(table, []).extend(rows)
        if "previous" in rows[-1]:
            self.heads[table] = str(rows[-1]["digest"])

    def pieces(self, table: str, most: int) -> Iterator[pyarrow.Table]:
        """A whole table, at most about `most` rows at a time. Nothing else may be run on the session meanwhile."""
        import pyarrow

        try:
            reader = self._cursor.execute(_on(table, "whole_table")).to_arrow_reader(most)
            for batch in reader:
                yield pyarrow.Table.from_batches([batch])
        except duckdb.Error as error:
            raise self._explain(error) from error

    @contextmanager
    def given(self, table: pyarrow.Table) -> Iterator[None]:
        """A table in memory that statements may read as `given`."""
        self._cursor.register("given", table)
        try:
            yield
        finally:
            self._cursor.unregister("given")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The session itself: what is asked of it is read within its transaction (else: Store.reading)."""
        yield self

    def remembered(self, key: tuple[object, ...], make: Callable[[Session], T], until: Until = "data") -> T:
        """Call `make`: within a transaction nothing is taken from memory (else: Store.remembered)."""
        return make(self)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit (durably: the log is synced) on leaving; roll everything back on any exception."""
        self._do("BEGIN")
        try:
            yield
            self._do("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _do(self, word: str) -> None:
        try:
            self._cursor.execute(word)
        except duckdb.Error as error:
            raise self._explain(error) from error

    def _roll_back(self) -> None:
        try:
            self._cursor.execute("ROLLBACK")
        except duckdb.TransactionException:
            # A commit that failed has ended the transaction already: there is nothing left to roll back.
            return
        except duckdb.Error as error:
            raise self._explain(error) from error


def _refuse_unstorable(value: object) -> None:
    """Raise StoreError for a text that no store takes: whatever made it through every other check ends here."""
    if (why := unstorable(value)) is not None:
        raise StoreError(why)


@cache
def _for(batches: int, name: str) -> str:
    # A list of single values, not a subquery: only those are looked for, also where the tables lie in PostgreSQL.
    values = ", ".join(f"$batch{i}" for i in range(batches))
    text, found = _ONE_BATCH.subn(f"batch IN ({values})", statement(name))
    if found != 1:
        raise ValueError(name)
    return text.replace("SELECT ", "SELECT batch, ", 1)


def _on(table: str, name: str) -> str:
    if not table.isidentifier():
        raise ValueError(f"not a table: {table!r}")
    return statement(name).replace(_ANY_TABLE, table)
