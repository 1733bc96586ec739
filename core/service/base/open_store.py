"""Place of the store, and the one that this process has open."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from core.errors import Message, StoreError
from core.model.context import Context
from core.model.seed import Seed
from core.store import acknowledged, files, redaction
from core.store.address import Address, Place, is_address, parse
from core.store.build import OF_NO_PROJECT, build_default, build_in
from core.store.database import Store
from core.store.errors import StoreShort
from core.store.opening import open_to_look_at_least

ROOT = Path(__file__).resolve().parents[3]
DEFAULT = ROOT / "data" / "renewal.duckdb"
"""The only store that is ever built by itself."""
SEED = ROOT / "data" / "seed"

_lock = threading.Lock()
_open: Store | None = None
_acknowledged: acknowledged.Acknowledged | None = None
_named: str | None = None
_times = 0
_checked_at = 0.0
CHECK_AGAIN = 0.2
"""Seconds for which the file is taken to be where it was: a check is a wait, and a page asks many times. A write checks
for itself (Store.writing)."""


def location() -> Place:
    """Place of the store: the file or the PostgreSQL database that `RENEWAL_STORE` names, or `data/renewal.duckdb`
    beside the program. Raises StoreError for an address that is none."""
    named = os.environ.get("RENEWAL_STORE")
    if named and is_address(named):
        return parse(named)
    return Path(named) if named else DEFAULT


def accounts() -> Place:
    """Place of passwords and sessions: RENEWAL_ACCOUNTS, else beside the store or in its database."""
    where = location()
    if named := os.environ.get("RENEWAL_ACCOUNTS"):
        return Path(named)
    return where if isinstance(where, Address) else Path(f"{where}.accounts")


def backups() -> Path:
    """Folder that `RENEWAL_BACKUPS` names, or `backup` beside the data file. Raises StoreError where neither is."""
    where = location()
    if named := os.environ.get("RENEWAL_BACKUPS"):
        return Path(named)
    if isinstance(where, Path):
        return where.parent / "backup"
    raise StoreError(Message("没有设定备份放在哪里。请管理员用RENEWAL_BACKUPS指定服务器上的文件夹。"))


def build(*, empty: bool = False) -> bool:
    """Build the default store, `empty` or with the sample, if it is not there. Returns whether it was built.

    Raises InputError with all problems of the seed, StoreError when the folder cannot be written.
    """
    if location() != DEFAULT or DEFAULT.exists():
        return False
    build_at(DEFAULT, empty=empty)
    return True


def init(*, empty: bool = False) -> bool:
    """Make the store that `RENEWAL_STORE` names, wherever it is, because somebody has asked for it.

    Returns False, and changes nothing, when there is one. Raises InputError, StoreError.
    """
    where = location()
    if isinstance(where, Address):
        return build_in(where, _seed(empty=empty))
    if where.exists():
        return False
    build_at(where, empty=empty)
    return True


def build_at(path: Path, *, empty: bool = False) -> None:
    """Make a store of the shipped seed at `path`; `empty`: of its schemes only, without any project.

    Raises InputError with all problems of the seed, StoreError.
    """
    build_default(path, _seed(empty=empty))


def _seed(*, empty: bool) -> Seed:
    from core.ingest.shipped.seed import load_seed

    seed = load_seed(SEED)
    if empty:
        return Seed({table: rows if table in OF_NO_PROJECT else () for table, rows in seed.tables.items()})
    return seed


def store() -> Store:
    """Return this process's store, opened at the first call (the default one built when it is missing).

    Raises StoreError when it is locked, damaged, newer, missing or empty, or a server does not answer; the next call
    tries again, so that a person who has freed the file need only reload the page. So does one after a store that had
    lost something was restored, or taken as it is, and after a file that may only be read may be written.
    """
    global _open, _named, _times, _acknowledged, _checked_at
    named, opened = os.environ.get("RENEWAL_STORE"), _open  # not parsed: a page asks many times
    fresh = time.monotonic() - _checked_at < CHECK_AGAIN
    if opened is not None and fresh and named == _named and opened.short is None and not opened.gone:
        # No lock is taken, since fifty people's pages would queue for it.
        return opened
    with _lock:
        if _open is not None and (_open.moved() or _decided(_open) or _writable_again(_open)):
            _open.close()
            _open = None
        if _open is None or named != _named:
            build()
            _open, _named = open_to_look_at_least(location()), named
            _times += 1
            _acknowledged = _acknowledged_beside(_open) if _open.short is not None else None
        _checked_at = time.monotonic()
        return _open


def of(ctx: Context) -> Store:
    """The store that a call is about: the one that its context names, else this process's. Raises StoreError.

    One that is named is opened at the first call, and closed by whoever has named it (core.store.opening).
    """
    return store() if ctx.store is None else open_to_look_at_least(ctx.store)


def _decided(store: Store) -> bool:
    """True once somebody has decided on a store that has lost something."""
    return store.short is not None and _acknowledged_beside(store) != _acknowledged


def _writable_again(store: Store) -> bool:
    if store.refused is None or not isinstance(store.place, Path):
        return False
    try:
        files.check(store.place, read_only=False)
    except StoreError:
        return False
    return True


def _acknowledged_beside(store: Store) -> acknowledged.Acknowledged | None:
    return acknowledged.read(acknowledged.path_of(store.place)) if isinstance(store.place, Path) else None


def opened() -> str:
    """Name the open store, and the count of its openings: another one may lie at its place now."""
    return f"{store().location} {_times}"


def shortfall() -> Message | None:
    """Word why a store is only to be read: it has lost something, or may not be written; None: it may.

    Raises StoreError.
    """
    opened = store()
    if opened.short is not None:
        return opened.short.message()
    if opened.refused is not None:
        return Message("{why}现在只能查看。", {"why": opened.refused.message})
    return None


def is_whole() -> bool:
    """True where the store has all that was acknowledged. Raises StoreError when it cannot be opened at all."""
    try:
        return store().short is None
    except StoreShort:  # an older version, which cannot even be read as it is
        return False


def close() -> None:
    """Close the file, so that another process (or a test) can open it."""
    global _open
    with _lock:
        if _open is not None:
            _open.close()
            _open = None


def rewrite() -> None:
    """Write the store's file anew, so that nothing deleted is left in it. Raises StoreError, also while it is open."""
    where = store().place  # opened first, so that an older, missing or damaged file is reported as always
    if isinstance(where, Address):
        raise StoreError(
            Message("数据在PostgreSQL里，没有数据文件可重写。请由数据库管理员对evidence_bytes表执行VACUUM FULL。")
        )
    close()
    redaction.rewrite(where)
