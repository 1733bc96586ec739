"""Opening a store, and running the statements of sql/ on it.

An in-memory DuckDB attaches the file as `store`, then shuts every other door: no other file, no network, no
extension, no setting. Never open() a store's file in the process that holds it, not even to look at its first
bytes: on POSIX closing any handle of a file drops the process's lock on it, and a second process would be let in.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, cast

import duckdb

from core.errors import Message, StoreError
from core.store import errors

if TYPE_CHECKING:
    import pyarrow

T = TypeVar("T")

_FIRST_TABLES = (
    "schema_version",
    "import_batch",
    "scheme",
    "indicator",
    "grade_scheme",
    "project",
    "place",
    "budget_group",
    "budget_group_place",
    "funding",
    "spend",
    "renovation",
    "baseline",
    "claim",
    "round",
    "sheet",
    "score_event",
)
_PANEL_TABLES = (
    "sheet_owner",
    "sheet_event",
    "item_input",
    "recusal",
    "flag_answer",
    "comment",
    "evidence",
    "evidence_bytes",
    "minutes",
    "round_event",
)
_DATA_TABLES = (
    "batch_event",
    "batch_file",
    "correction",
    "milestone",
    "delivery",
    "arrival",
    "community",
    "column_mapping",
    "check_answer",
    "finding",
    "finding_event",
)
_BRIEFING_TABLES = ("view", "delivery_more")
_ADDED: Mapping[int, tuple[str, ...]] = {1: _FIRST_TABLES, 2: _PANEL_TABLES, 3: _DATA_TABLES, 4: _BRIEFING_TABLES}
"""The tables that each version of the schema has added to the one before; nothing was ever changed or taken away."""

SCHEMA_VERSION = max(_ADDED)
"""The shape of the tables that this program writes and reads."""

TABLES = tuple(table for added in _ADDED.values() for table in added)
"""Every table; each has its create_ and insert_ statement."""

_MOST_REMEMBERED = 256
_SQL = Path(__file__).parent / "sql"


@cache
def statement(name: str) -> str:
    """The text of sql/<name>.sql."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


class Versions(NamedTuple):
    """Counters of this process's writes: two equal values mean that nothing was written in between."""

    data: int
    """Everything that hardly ever changes: imports, and rounds and sheets being made."""
    scores: int
    """Score events, and whatever else people do on sheets."""


class Session:
    """One cursor. DuckDB's errors leave it as sentences."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, location: str) -> None:
        self._cursor = cursor
        self._location = location

    def run(self, name: str, /, **params: object) -> list[tuple[Any, ...]]:
        """All rows of the statement sql/<name>.sql. Raises StoreError."""
        try:
            return self._cursor.execute(statement(name), params or None).fetchall()
        except duckdb.Error as error:
            raise errors.of_running(error, self._location) from error

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
            raise errors.of_running(error, self._location) from error

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
        self._cursor.execute("BEGIN")
        try:
            yield
            self._commit()
        except BaseException:
            self._roll_back()
            raise

    def _commit(self) -> None:
        try:
            self._cursor.execute("COMMIT")
        except duckdb.Error as error:
            raise errors.of_running(error, self._location) from error

    def _roll_back(self) -> None:
        try:
            self._cursor.execute("ROLLBACK")
        except duckdb.TransactionException:
            # A commit that failed has ended the transaction already: there is nothing left to roll back.
            return
        except duckdb.Error as error:
            raise errors.of_running(error, self._location) from error


class Store:
    """An open store. Safe to share between threads: each call has a cursor of its own."""

    location: str
    """As it was asked for."""
    read_only: bool

    def __init__(self, location: str, path: Path, root: duckdb.DuckDBPyConnection, *, read_only: bool) -> None:
        self.location = location
        self.read_only = read_only
        self._path = path
        self._root = root
        self._write_lock = threading.Lock()
        self._versions = Versions(0, 0)
        self._steps = 0  # writes of people other than scores, within `_versions.scores`
        self._remembered: dict[tuple[object, ...], tuple[object, object]] = {}

    @property
    def versions(self) -> Versions:
        """The counters, without asking the tables."""
        return self._versions

    def remembered(
        self, key: tuple[object, ...], make: Callable[[Session], T], until: Literal["data", "steps", "any"] = "data"
    ) -> T:
        """What `make` reads, kept until `data` is written, or anything but a score (`steps`), or `any`thing.

        Which project, places, money and schemes there are is asked at every turn and hardly ever changes.
        Share only what cannot be altered.
        """
        # The count is taken before reading: a write in between makes the value old, never falsely new.
        counts: Mapping[str, object] = {
            "data": self._versions.data,
            "steps": (self._versions.data, self._steps),
            "any": self._versions,
        }
        count = counts[until]
        kept = self._remembered.get(key)
        if kept is not None and kept[0] == count:
            return cast(T, kept[1])
        with self.reading() as session:
            value = make(session)
        if len(self._remembered) >= _MOST_REMEMBERED:  # keys come from addresses that anybody can type
            self._remembered.clear()
        self._remembered[key] = (count, value)
        return value

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A cursor for reading: fetch everything before leaving. Raises StoreError when the store is closed."""
        try:
            cursor = self._root.cursor()
        except duckdb.Error as error:
            raise errors.of_running(error, self.location) from error
        with cursor:
            yield Session(cursor, self.location)

    @contextmanager
    def writing(self, what: Literal["data", "scores", "steps", "views"]) -> Iterator[Session]:
        """One write transaction, one at a time in this process; `versions` counts it once it is durable.

        `steps` are what people do on sheets beside scoring: `versions` counts them as scores. `views` say what was
        shown and change nothing that is shown: they are not counted.
        """
        with self._write_lock, self.reading() as session:
            with session.transaction():
                yield session
            data, scores = self._versions
            self._steps += what == "steps"
            self._versions = Versions(data + (what == "data"), scores + (what in ("scores", "steps")))

    def close(self) -> None:
        """Let go of the file, so that another process can open it. Harmless when done twice."""
        with _registry_lock, self._write_lock:
            if _registry.get(self._path) is self:
                del _registry[self._path]
            self._root.close()


_registry_lock = threading.Lock()
_registry: dict[Path, Store] = {}


def open_store(location: str | Path, *, read_only: bool = False) -> Store:
    """The store at that place. It is never built or repaired here; an older one gets the tables that it lacks.

    A process has one Store a file: opening it once more the same way gives the same one.
    Raises a child of StoreError: locked, damaged, foreign, newer, missing, empty, not writable, in use otherwise.
    """
    named = str(location)
    if "://" in named:
        raise StoreError(
            Message(
                "本版本只能使用数据文件,不能使用地址“{location}”。请把RENEWAL_STORE改为文件路径。", {"location": named}
            )
        )
    path = Path(named).resolve()
    with _registry_lock:
        known = _registry.get(path)
        if known is not None:
            if known.read_only != read_only:
                raise errors.in_use(path)
            return known
        _check_file(path, read_only=read_only)
        root = attach(path, read_only=read_only)
        try:
            _upgrade(root, path, _check_schema(root, path), read_only=read_only)
        except BaseException:
            root.close()
            raise
        store = _registry[path] = Store(named, path, root, read_only=read_only)
        return store


_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # DuckDB would meet a foreign file (SQLite's, say) by trying to download an extension for it.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # Every query here is small and runs in its caller's thread: helpers would only be woken for nothing.
    "threads": 1,
}


def attach(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A DuckDB that sees nothing but this file, attached as `store`. Makes the file when there is none."""
    root = duckdb.connect(":memory:", config=_CONFIG)
    try:
        # ATTACH takes no parameters; a doubled quote is all that a literal needs.
        quoted = str(path).replace("'", "''")
        root.execute(f"ATTACH '{quoted}' AS store (TYPE duckdb{', READ_ONLY' if read_only else ''})")
        root.execute("SET enable_external_access = false")
        root.execute("SET lock_configuration = true")
    except duckdb.Error as error:
        root.close()
        raise errors.of_opening(error, path) from error
    return root


def _check_file(path: Path, *, read_only: bool) -> None:
    """What can be said without opening the file. DuckDB itself would fill a missing or empty one silently."""
    if path.is_dir():
        raise errors.damaged(path)
    if not path.exists():
        raise errors.StoreMissing(
            Message(
                "找不到数据文件“{file}”。请检查RENEWAL_STORE的设置;只有默认的数据文件会自动建立。", {"file": str(path)}
            )
        )
    if path.stat().st_size == 0:
        raise _empty(path)
    if not read_only:
        if not os.access(path, os.W_OK):
            raise errors.file_not_writable(path)
        if not os.access(path.parent, os.W_OK):
            raise errors.folder_not_writable(path.parent)


def _empty(path: Path) -> errors.StoreEmpty:
    return errors.StoreEmpty(
        Message("数据文件“{file}”是空的,没有任何数据。请从备份恢复,或换用正确的文件;文件未改动。", {"file": str(path)})
    )


def _check_schema(root: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The version of the schema that the file has. Raises StoreEmpty, StoreNewer, StoreForeign."""
    session = Session(root, str(path))
    tables = {name for (name,) in session.run("tables")}
    if not tables:
        raise _empty(path)
    found = session.run("schema_version")[0][0] if "schema_version" in tables else None
    version = cast("int | None", found)
    if version is not None and version > SCHEMA_VERSION:
        raise errors.StoreNewer(
            Message(
                "数据文件“{file}”由本系统的较新版本建立(数据版本{found},本程序只到{known})。请升级本程序;文件未改动。",
                {"file": str(path), "found": version, "known": SCHEMA_VERSION},
            )
        )
    expected = {table for added, new in _ADDED.items() if added <= (version or 0) for table in new}
    if version is None or not tables >= expected:
        raise errors.StoreForeign(
            Message("数据文件“{file}”不是本系统的数据,缺少应有的表。请换用正确的文件;文件未改动。", {"file": str(path)})
        )
    return version


def _upgrade(root: duckdb.DuckDBPyConnection, path: Path, version: int, *, read_only: bool) -> None:
    """Add the tables of the versions since: new tables only, all of them or (also when the power fails) none."""
    if version == SCHEMA_VERSION:
        return
    if read_only:
        raise errors.StoreOlder(
            Message(
                "数据文件“{file}”是旧版(数据版本{found}),需补建新表才能读取,但现在是只读打开。"
                "请先用本程序正常打开一次;文件未改动。",
                {"file": str(path), "found": version},
            )
        )
    session = Session(root, str(path))
    with session.transaction():
        for added, tables in _ADDED.items():
            if added <= version:
                continue
            for table in tables:
                session.run(f"create_{table}")
            session.insert("schema_version", [{"version": added, "made_at": datetime.now(UTC).replace(tzinfo=None)}])
