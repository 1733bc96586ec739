"""Running the statements of sql/ on one cursor: the same on a file and on PostgreSQL."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from core.errors import StoreError

if TYPE_CHECKING:
    import pyarrow

Explain = Callable[[duckdb.Error], StoreError]
"""What DuckDB said, as a sentence: each kind of store has its own."""

_SQL = Path(__file__).parent / "sql"
_TARGET = re.compile(r"INSERT INTO store\.(\w+)")
_ONE_BATCH = re.compile(r"batch = \$batch AND (project|id) = \$project")
"""How a statement says that it is about one batch, which is one project's."""
_ANY_TABLE = "any_table"
"""What a statement that is meant for every table calls it."""


@cache
def statement(name: str) -> str:
    """The text of sql/<name>.sql."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


class Session:
    """One cursor. DuckDB's errors leave it as sentences."""

    added: Counter[str]
    """Rows inserted, by table; they count once the transaction is committed."""
    heads: dict[str, str]
    """The digest of the last event inserted into each table whose events are chained."""
    becomes: dict[tuple[object, ...], object]
    """What a write makes of answers that end with any write, by their key: remembered once it is committed."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, explain: Explain) -> None:
        self._cursor = cursor
        self._explain = explain
        self.added = Counter()
        self.heads = {}
        self.becomes = {}

    def run(self, name: str, /, **params: object) -> list[tuple[Any, ...]]:
        """All rows of the statement sql/<name>.sql. Raises StoreError."""
        return self._run(statement(name), params)

    def run_on(self, table: str, name: str, /, **params: object) -> list[tuple[Any, ...]]:
        """The same for a statement that any table can be put into. Raises StoreError."""
        return self._run(_on(table, name), params)

    def run_on_each(self, tables: Sequence[str], name: str, /) -> list[tuple[Any, ...]]:
        """The same for many tables in one go, without parameters: its rows say which table they are about.

        Raises StoreError.
        """
        return self._run(" UNION ALL ".join(_on(table, name) for table in tables), {})

    def run_for(self, batches: Sequence[str], name: str, /) -> list[tuple[Any, ...]]:
        """A statement about one batch of one project, for many at once: each row begins with its batch.

        Raises StoreError.
        """
        return self._run(_for(len(batches), name), {f"batch{i}": batch for i, batch in enumerate(batches)})

    def _run(self, text: str, params: Mapping[str, object]) -> list[tuple[Any, ...]]:
        try:
            rows = self._cursor.execute(text, params or None).fetchall()
        except duckdb.Error as error:
            raise self._explain(error) from error
        if target := _TARGET.search(text):
            self.added[target[1]] += rows[0][0]
        return rows

    def insert(self, table: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert rows that have every column of the table. Raises StoreError, StoreClash when a key is taken."""
        if not rows:
            return
        try:
            if len(rows) == 1:
                self._cursor.execute(statement(f"insert_{table}"), rows[0])
            else:
                self._cursor.executemany(statement(f"insert_{table}"), rows)
        except duckdb.Error as error:
            raise self._explain(error) from error
        self.added[table] += len(rows)
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
