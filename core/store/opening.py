"""Opening a store, a file or a database in PostgreSQL: once a process, with its tables seen to and its mark kept up.

A file that has lost what was acknowledged is opened as it is, for reading only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from core.store import acknowledged, clock, errors, files, postgres
from core.store.address import Address, Place, is_address, parse
from core.store.database import OPEN, OPENING, Store, alone, explainer
from core.store.loss import Shortfall, rows_of, shortfall, store_id
from core.store.schema import CHAINED, SCHEMA_VERSION, TABLES, check_schema, upgrade
from core.store.session import Session


def place_of(location: str | Path | Address) -> Place:
    """The place that a location names. Raises StoreError for an address that is none."""
    if isinstance(location, Address):
        return location
    named = str(location)
    return parse(named) if is_address(named) else Path(named).resolve()


@contextmanager
def session_at(place: Place, *, read_only: bool = False, called: Place | None = None) -> Iterator[Session]:
    """A session at a place that this process has not open; a file that is not there is made.

    `called`: what errors call it, where it has not its own name yet. Raises StoreError.
    """
    root = postgres.attach(place) if isinstance(place, Address) else files.attach(place, read_only=read_only)
    try:
        with alone(root, place):
            yield Session(root, explainer(called or place))
    finally:
        root.close()


def refuse_open(path: Path) -> None:
    """Raise StoreInUse for a file that this process has open: a second handle of it would drop the lock (files.py)."""
    with OPENING:
        if path.resolve() in OPEN:
            raise errors.in_use(path)


def open_store(location: str | Path | Address, *, read_only: bool = False) -> Store:
    """The store at that place. It is never built or repaired here; an older one gets the tables that it lacks.

    A process has one Store a place: opening it once more in one way gives that one. A file that has lost what
    was acknowledged is opened read-only, as it is, with `short` saying what is missing.
    Raises a child of StoreError: locked, damaged, foreign, newer, missing, empty, not writable, in use otherwise; of a
    server: away, refusing.
    """
    place = place_of(location)
    named = str(place) if isinstance(place, Address) else str(location)
    with OPENING:
        known = OPEN.get(place)
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
            store = OPEN[place] = Store(named, place, root, read_only=read_only, short=short)
        except BaseException:
            root.close()
            raise
        return store


def open_to_look_at_least(location: str | Path | Address) -> Store:
    """Open a store, for reading only where its file may not be written: `refused` says why. Raises StoreError.

    One that this process has open is given as it is.
    """
    with OPENING:
        known = OPEN.get(place_of(location))
    if known is not None:
        return known
    try:
        return open_store(location)
    except errors.StoreNotWritable as error:
        store = open_store(location, read_only=True)
        store.refused = error
        return store


def missing_of(path: Path, mark_path: Path | None = None) -> Shortfall | None:
    """The rows that the mark knows of and the file has not. Read-only: DuckDB would tidy up the rest of a log."""
    known = acknowledged.read(mark_path or acknowledged.path_of(path))
    if known is None:
        return None
    with session_at(path, read_only=True) as session:
        check_schema(session, path)
        return shortfall(session, known, path)


def _prepare(root: duckdb.DuckDBPyConnection, place: Place, short: Shortfall | None, *, read_only: bool) -> None:
    """See to it that the tables are there, and a mark that is up to them."""
    session = Session(root, explainer(place))
    version = check_schema(session, place)
    if version < SCHEMA_VERSION:
        if read_only:
            raise short.error() if short is not None else errors.older(place, version)
        with alone(root, place):
            upgrade(session, place)
    if not read_only and not isinstance(place, Address):
        note_all(session, place)


def note_all(session: Session, path: Path) -> None:
    """Bring the mark of a file up to its tables; the mark of another store is replaced."""
    known = acknowledged.read(acknowledged.path_of(path))
    found = noted(session)
    if known is None or (known.store, dict(known.rows), dict(known.heads)) != (found.store, found.rows, found.heads):
        acknowledged.write(acknowledged.path_of(path), found)


def noted(session: Session, tables: tuple[str, ...] = TABLES) -> acknowledged.Acknowledged:
    """The rows and newest digests of these tables, as a mark has them."""
    rows = rows_of(session, tables)
    chained = [table for table in CHAINED if table in tables]
    heads = {
        table: head for table in chained for (head,) in session.run_on(table, "newest_head", latest=clock.latest())
    }
    return acknowledged.Acknowledged(store_id(session), rows, heads)
