"""Where the store lives, and the one that this process has open."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from core.errors import Message, StoreError
from core.model.seed import Seed
from core.store import mark, redaction
from core.store.address import Address, Place, is_address, parse
from core.store.build import OF_NO_PROJECT, build_default, build_in
from core.store.database import Store, open_store
from core.store.errors import StoreShort

ROOT = Path(__file__).resolve().parents[2]
DEFAULT = ROOT / "data" / "renewal.duckdb"
"""The only store that is ever built by itself."""
SEED = ROOT / "data" / "seed"

_lock = threading.Lock()
_open: Store | None = None
_short_mark: mark.Noted | None = None
_named: str | None = None
_times = 0
_looked = 0.0
LOOK_AGAIN = 0.2
"""Seconds for which the file is taken to be where it was: a look is a wait, and a page asks many times. A write looks
for itself (Store.writing)."""


def location() -> Place:
    """Where the store is: the file or the PostgreSQL database that `RENEWAL_STORE` names, or `data/renewal.duckdb`
    beside the program. Raises StoreError for an address that is none."""
    named = os.environ.get("RENEWAL_STORE")
    if named and is_address(named):
        return parse(named)
    return Path(named) if named else DEFAULT


def backups() -> Path:
    """The folder that `RENEWAL_BACKUPS` names, or `backup` beside the data file. Raises StoreError where neither is."""
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
    from core.ingest.seed import load_seed

    seed = load_seed(SEED)
    if empty:
        return Seed({table: rows if table in OF_NO_PROJECT else () for table, rows in seed.tables.items()})
    return seed


def store() -> Store:
    """This process's store, opened at the first call (and, the default one only, built when it is missing).

    Raises StoreError when it is locked, damaged, newer, missing, empty or cannot be written, or a server does not
    answer; the next call tries again, so that a person who has freed the file need only reload the page. So does one
    after a store that had lost something was restored, or taken as it is.
    """
    global _open, _named, _times, _short_mark, _looked
    named, opened = os.environ.get("RENEWAL_STORE"), _open  # compared as it stands: this is asked many times a page
    fresh = time.monotonic() - _looked < LOOK_AGAIN
    if opened is not None and fresh and named == _named and opened.short is None and not opened.gone:
        # Without the lock: fifty people's pages would queue for it.
        return opened
    with _lock:
        if _open is not None and (_open.moved() or (_open.short is not None and _mark_beside(_open) != _short_mark)):
            _open.close()
            _open = None
        if _open is None or named != _named:
            build()
            _open, _named = open_store(location()), named
            _times += 1
            _short_mark = _mark_beside(_open) if _open.short is not None else None
        _looked = time.monotonic()
        return _open


def _mark_beside(store: Store) -> mark.Noted | None:
    return mark.read(mark.path_of(store.place)) if isinstance(store.place, Path) else None


def opened() -> str:
    """Which store this process has open, and for the how many-th time: another one may lie at the same place now."""
    return f"{store().location} {_times}"


def shortfall() -> Message | None:
    """What to say on every page: that the store has lost something, and is only to be read. Raises StoreError."""
    short = store().short
    return short.message() if short is not None else None


def is_whole() -> bool:
    """Whether the store has all that was acknowledged. Raises StoreError when it cannot be opened at all."""
    try:
        return store().short is None
    except StoreShort:  # an older version, which cannot even be read as it is
        return False


def close() -> None:
    """Let go of the file, so that another process (or a test) can open it."""
    global _open
    with _lock:
        if _open is not None:
            _open.close()
            _open = None


def rewrite() -> None:
    """Write the store's file anew, so that nothing deleted is left in it. Raises StoreError, also while it is open."""
    where = store().place  # older than this program, missing, damaged: said as always
    if isinstance(where, Address):
        raise StoreError(
            Message("数据在PostgreSQL里,没有数据文件可重写。请由数据库管理员对evidence_bytes表执行VACUUM FULL。")
        )
    close()
    redaction.rewrite(where)
