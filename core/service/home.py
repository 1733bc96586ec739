"""Where the store lives, and the one that this process has open."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from core.model.seed import Seed
from core.store import redaction
from core.store.build import OF_NO_PROJECT, build_default
from core.store.database import Store, open_store

ROOT = Path(__file__).resolve().parents[2]
DEFAULT = ROOT / "data" / "renewal.duckdb"
"""The only store that is ever built by itself."""
SEED = ROOT / "data" / "seed"

_lock = threading.Lock()
_open: Store | None = None


def location() -> Path:
    """The store's file: `RENEWAL_STORE`, or `data/renewal.duckdb` beside the program."""
    named = os.environ.get("RENEWAL_STORE")
    return Path(named) if named else DEFAULT


def build(*, empty: bool = False) -> bool:
    """Build the default store, `empty` or with the sample, if it is not there. Returns whether it was built.

    Raises InputError with all problems of the seed, StoreError when the folder cannot be written.
    """
    if location() != DEFAULT or DEFAULT.exists():
        return False
    build_at(DEFAULT, empty=empty)
    return True


def build_at(path: Path, *, empty: bool = False) -> None:
    """Make a store of the shipped seed at `path`; `empty`: of its schemes only, without any project.

    Raises InputError with all problems of the seed, StoreError.
    """
    from core.ingest.seed import load_seed

    seed = load_seed(SEED)
    if empty:
        seed = Seed({table: rows if table in OF_NO_PROJECT else () for table, rows in seed.tables.items()})
    build_default(path, seed)


def store() -> Store:
    """This process's store, opened at the first call (and, the default one only, built when it is missing).

    Raises StoreError when it is locked, damaged, newer, missing, empty or cannot be written; the next call tries
    again, so that a person who has freed the file need only reload the page.
    """
    global _open
    with _lock:
        if _open is None or _open.location != str(location()):
            build()
            _open = open_store(location())
        return _open


def close() -> None:
    """Let go of the file, so that another process (or a test) can open it."""
    global _open
    with _lock:
        if _open is not None:
            _open.close()
            _open = None


def rewrite() -> None:
    """Write the store's file anew, so that nothing deleted is left in it. Raises StoreError, also while it is open."""
    store()  # older than this program, missing, damaged: said as always
    close()
    redaction.rewrite(location().resolve())
