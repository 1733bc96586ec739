"""Opening a store, a file or a database in PostgreSQL, and sharing it between threads.

An in-memory DuckDB attaches it as `store`, then shuts every other door: no other file, no network, no extension, no
setting (core.store.files, core.store.postgres).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar, cast

import duckdb

from core.errors import Message
from core.model.context import Until
from core.store import errors, files, mark, postgres
from core.store.address import Address, Place, is_address, parse
from core.store.mark import Mark
from core.store.session import Explain
from core.store.session import Session as Session  # the rest of the house takes it from here
from core.store.short import Shortfall, rows_of, shortfall, store_id
from core.store.watch import Watch

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
_PEOPLE_TABLES = ("user_event", "redaction")
_ADDED: Mapping[int, tuple[str, ...]] = {
    1: _FIRST_TABLES,
    2: _PANEL_TABLES,
    3: _DATA_TABLES,
    4: (*_BRIEFING_TABLES, *_PEOPLE_TABLES),
}
"""The tables that each version of the schema has added to the one before; nothing was ever changed or taken away."""

SCHEMA_VERSION = max(_ADDED)
"""The shape of the tables that this program writes and reads."""

TABLES = tuple(table for added in _ADDED.values() for table in added)
"""Every table; each has its create_ and insert_ statement."""

CHAINED = ("score_event", "sheet_event", "item_input")
"""The tables whose events are chained by their digests."""

_MOST_REMEMBERED = 256


class Versions(NamedTuple):
    """Counters of writes, as far as this process knows of them: two equal values mean that nothing came in between.

    Its own writes count at once; other processes' (a store in PostgreSQL has them) about a second later.
    """

    data: int
    """Everything that hardly ever changes: imports, and rounds and sheets being made."""
    scores: int
    """Score events, and whatever else people do on sheets."""


class Store:
    """An open store. Safe to share between threads: each call has a cursor of its own."""

    location: str
    """As it was asked for, without a password."""
    place: Place
    read_only: bool
    short: Shortfall | None
    """What is missing of what was acknowledged; the store is read-only then."""

    def __init__(
        self,
        location: str,
        place: Place,
        root: duckdb.DuckDBPyConnection,
        *,
        read_only: bool,
        short: Shortfall | None = None,
    ) -> None:
        self.location = location
        self.place = place
        self.read_only = read_only or short is not None
        self.short = short
        self.asked_read_only = read_only
        self._root = root
        self._explain = explainer(place)
        self._mark = None if self.read_only or isinstance(place, Address) else Mark(mark.path_of(place))
        self._write_lock = threading.Lock()
        self._versions = Versions(0, 0)
        self._steps = 0  # writes of people other than scores, within `_versions.scores`
        self._remembered: dict[tuple[object, ...], tuple[object, object]] = {}
        self._file = files.identity(place) if isinstance(place, Path) else None
        self.gone = False
        self._watch = Watch(self) if isinstance(place, Address) else None  # last: it begins to look at once

    def moved(self) -> bool:
        """Whether somebody has moved the file away under us, or put another one there: what is written would be lost.

        Once it was, `gone` says so without looking.
        """
        self.gone = self.gone or (isinstance(self.place, Path) and files.identity(self.place) != self._file)
        return self.gone

    @property
    def versions(self) -> Versions:
        """The counters, without asking the tables."""
        return self._versions

    def counted(self, until: Until) -> Hashable:
        """The counters of what ends an answer: as long as it is the same, so is what was read."""
        return {
            "data": self._versions.data,
            "steps": (self._versions.data, self._steps),
            "any": self._versions,
        }[until]

    def remembered(self, key: tuple[object, ...], make: Callable[[Session], T], until: Until = "data") -> T:
        """What `make` reads, kept until that is written.

        Which project, places, money and schemes there are is asked at every turn and hardly ever changes.
        Share only what cannot be altered.
        """
        # The count is taken before reading: a write in between makes the value old, never falsely new.
        count = self.counted(until)
        kept = self._remembered.get(key)
        if kept is not None and kept[0] == count:
            return cast(T, kept[1])
        with self.reading() as session:
            value = make(session)
        if len(self._remembered) >= _MOST_REMEMBERED:  # keys come from addresses that anybody can type
            self._remembered.clear()
        self._remembered[key] = (count, value)
        return value

    def certain(
        self, session: Session, key: tuple[object, ...], make: Callable[[Session], T], until: Until = "data"
    ) -> T:
        """What `make` reads within a write transaction: remembered where nobody but this process can write.

        A file has one process, whose writers wait for each other and count before the next begins; PostgreSQL has
        others, of whose writes the counters know late.
        """
        return self.remembered(key, make, until) if self._watch is None else make(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A cursor for reading: fetch everything before leaving. Raises StoreError when the store is closed."""
        try:
            cursor = self._root.cursor()
        except duckdb.Error as error:
            raise self._explain(error) from error
        with cursor:
            yield Session(cursor, self._explain)

    @contextmanager
    def writing(self, what: Literal["data", "scores", "steps", "views"]) -> Iterator[Session]:
        """One write transaction, one at a time; `versions` counts it once it is durable (and noted, core.store.mark).

        `steps` are what people do on sheets beside scoring: `versions` counts them as scores. `views` say what was
        shown and change nothing that is shown: they are not counted.
        """
        if self.short is not None:
            raise self.short.error()
        if self.moved():
            raise errors.StoreMissing(
                Message("数据文件“{file}”已被移走或替换,没有写入。请放回原处后重试。", {"file": self.location})
            )
        with self._write_lock:
            with self._alone(), self.reading() as session, session.transaction():
                yield session
            if self._mark is not None:
                self._mark.add(session.added, session.heads)
            if self._watch is not None:
                self._watch.own(session.added)
            self._count(what)
            for key, value in session.becomes.items():
                self._remembered[key] = (self.counted("any"), value)

    def _alone(self) -> AbstractContextManager[None]:
        """Other processes wait as well, where there can be any."""
        return postgres.exclusively(self._root, self.place) if isinstance(self.place, Address) else nullcontext()

    def _count(self, what: Literal["data", "scores", "steps", "views"]) -> None:
        data, scores = self._versions
        self._steps += what == "steps"
        self._versions = Versions(data + (what == "data"), scores + (what in ("scores", "steps")))

    def follow(self) -> None:
        """Take notice of what other processes have written since. Raises StoreError."""
        if self._watch is None:
            return
        with self._write_lock:
            for what in self._watch.changed():
                self._count(what)

    @property
    def mark_failed(self) -> bool:
        """Whether the mark could not be written: a loss would go unnoticed."""
        return self._mark is not None and self._mark.failed

    def close(self) -> None:
        """Let go of it, so that another process can open the file. Harmless when done twice."""
        if self._watch is not None:
            self._watch.stop()
        with _registry_lock, self._write_lock:
            if _registry.get(self.place) is self:
                del _registry[self.place]
            self._root.close()
            if self._mark is not None:
                self._mark.close()
                self._mark = None


_registry_lock = threading.Lock()
_registry: dict[Place, Store] = {}


def explainer(place: Place) -> Explain:
    """How errors are explained at that place."""
    if isinstance(place, Address):
        return postgres.explainer(place)
    return partial(errors.of_running, location=str(place))


def place_of(location: str | Path | Address) -> Place:
    """The place that a location names. Raises StoreError for an address that is none."""
    if isinstance(location, Address):
        return location
    named = str(location)
    return parse(named) if is_address(named) else Path(named).resolve()


def refuse_open(path: Path) -> None:
    """Raise StoreInUse for a file that this process has open: a second handle of it would drop the lock (files.py)."""
    with _registry_lock:
        if path.resolve() in _registry:
            raise errors.in_use(path)


def open_store(location: str | Path | Address, *, read_only: bool = False) -> Store:
    """The store at that place. It is never built or repaired here; an older one gets the tables that it lacks.

    A process has one Store a place: opening it once more the same way gives the same one. A file that has lost what
    was acknowledged is opened read-only, as it is, with `short` saying what is missing.
    Raises a child of StoreError: locked, damaged, foreign, newer, missing, empty, not writable, in use otherwise; of a
    server: away, refusing.
    """
    place = place_of(location)
    named = str(place) if isinstance(place, Address) else str(location)
    with _registry_lock:
        known = _registry.get(place)
        if known is not None:
            if known.asked_read_only != read_only:
                raise errors.in_use(Path(str(place)))
            return known
        if isinstance(place, Address):
            root = postgres.attach(place, read_only=read_only)
            short = None
        else:
            files.check(place, read_only=read_only)
            short = missing_of(place)
            root = files.attach(place, read_only=read_only or short is not None)
        try:
            _prepare(root, place, short, read_only=read_only or short is not None)
            store = _registry[place] = Store(named, place, root, read_only=read_only, short=short)
        except BaseException:
            root.close()
            raise
        return store


def missing_of(path: Path, mark_path: Path | None = None) -> Shortfall | None:
    """What the mark knows of and the file has not. Looked for read-only: DuckDB would tidy up the rest of a log."""
    known = mark.read(mark_path or mark.path_of(path))
    if known is None:
        return None
    root = files.attach(path, read_only=True)
    try:
        session = Session(root, explainer(path))
        check_schema(session, path)
        return shortfall(session, known, path)
    finally:
        root.close()


def _prepare(root: duckdb.DuckDBPyConnection, place: Place, short: Shortfall | None, *, read_only: bool) -> None:
    """See to it that the tables are there, and a mark that is up to them."""
    session = Session(root, explainer(place))
    version = check_schema(session, place)
    if version < SCHEMA_VERSION:
        if read_only:
            raise short.error() if short is not None else errors.older(place, version)
        with postgres.exclusively(root, place) if isinstance(place, Address) else nullcontext():
            _upgrade(session, place)
    if not read_only and not isinstance(place, Address):
        note_all(session, place)


def note_all(session: Session, path: Path) -> None:
    """Bring the mark of a file up to its tables; the mark of another store is replaced."""
    known = mark.read(mark.path_of(path))
    found = noted(session)
    if known is None or (known.store, dict(known.rows), dict(known.heads)) != (found.store, found.rows, found.heads):
        mark.write(mark.path_of(path), found)


def noted(session: Session, tables: tuple[str, ...] = TABLES) -> mark.Noted:
    """What there is in these tables, as a mark has it."""
    rows = rows_of(session, tables)
    heads = {table: head for table in CHAINED if table in tables for (head,) in session.run_on(table, "newest_head")}
    return mark.Noted(store_id(session), rows, heads)


def check_schema(session: Session, place: Place) -> int:
    """The version of the schema that is there. Raises StoreEmpty, StoreNewer, StoreForeign."""
    tables = {name for (name,) in session.run("tables")}
    if not tables:
        raise errors.empty(place)
    found = session.run("schema_version")[0][0] if "schema_version" in tables else None
    version = cast("int | None", found)
    if version is not None and version > SCHEMA_VERSION:
        raise errors.newer(place, version, SCHEMA_VERSION)
    expected = {table for added, new in _ADDED.items() if added <= (version or 0) for table in new}
    if version is None or not tables >= expected:
        raise errors.foreign(place)
    return version


def _upgrade(session: Session, place: Place) -> None:
    """Add the tables of the versions since: new tables only, all of them or (also when the power fails) none."""
    with session.transaction():
        # Asked again: another process may have done it while this one waited.
        add_tables(session, check_schema(session, place))
        if isinstance(place, Address):
            session.run("postgres_indexes")


def add_tables(session: Session, version: int) -> None:
    """The tables of every version after `version` (0: all), within a transaction."""
    for added, tables in _ADDED.items():
        if added > version:
            for table in tables:
                session.run(f"create_{table}")
            session.insert("schema_version", [{"version": added, "made_at": datetime.now(UTC).replace(tzinfo=None)}])
