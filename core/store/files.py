"""A store in a file: attaching it, and what can be said about it without opening it.

Never open() a store's file in the process that holds it, not even to look at its first bytes: on POSIX closing any
handle of a file drops the process's lock on it, and a second process would be let in.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import duckdb

from core.errors import Message, StoreError
from core.store import errors

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # DuckDB would meet a foreign file (SQLite's, say) by trying to download an extension for it.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # Every query here is small and runs in its caller's thread: helpers would only be woken for nothing.
    "threads": 1,
}


OWNER_ONLY = 0o600
"""Rights of whatever lies here, whatever the process would give: scores and names are in it."""


class Trace(NamedTuple):
    """A file as the system knows it. (Asked, not opened: a lock would be lost with the handle.)"""

    device: int
    number: int
    size: int
    changed: int
    """Nanoseconds since 1970."""


class Left(NamedTuple):
    """A data file and its log as they were left; None: there was none."""

    data: Trace | None
    log: Trace | None


def identity(path: Path) -> tuple[int, int] | None:
    """Device and number of the file that has that name now; None for no file."""
    found = _trace(path)
    return None if found is None else found[:2]


def _trace(path: Path) -> Trace | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return Trace(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def left(path: Path) -> Left:
    """Look at a data file and its log.

    Windows lets nobody delete or replace a file that is open, and says late how it has changed: nothing is said there.
    """
    return Left(None, None) if os.name == "nt" else Left(_trace(path), _trace(log_of(path)))


def only_written(before: Left, after: Left) -> bool:
    """Tell whether what lies between is one write by DuckDB: the log has grown, or was worked into the data file."""
    if before.data != after.data:  # a checkpoint, which ends the log; that it is the same file was asked before
        return True
    grown = after.log is not None and (before.log is None or after.log.size > before.log.size)
    same = before.log is None or (after.log is not None and after.log[:2] == before.log[:2])
    return grown and same


def keep_private(path: Path) -> None:
    """Take the log, which DuckDB makes as it makes any file, from everybody but its owner."""
    if os.name == "posix":
        with suppress(OSError):  # somebody else's, or gone again: the data are as safe as their folder
            log_of(path).chmod(OWNER_ONLY)


def same(before: Left, after: Left) -> bool:
    """Tell whether both are one pair of files, whatever has become of them (a log may have come into being)."""
    return all(
        one is None or (other is not None and one[:2] == other[:2]) for one, other in zip(before, after, strict=True)
    )


def try_room(path: Path, size: int) -> None:
    """Put so many bytes on the disk beside a file, and take them away. Raises StoreFull, StoreNotWritable."""
    temporary = path.with_name(f"trying-{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(bytes(size))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise errors.of_system(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def attach(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A DuckDB that sees nothing but this file, attached as `store`. Makes the file when there is none."""
    mode = ", READ_ONLY" if read_only else ""
    return connected(
        [f"ATTACH {literal(str(path))} AS store (TYPE duckdb{mode})"], lambda error: errors.of_opening(error, path)
    )


def connected(statements: Iterable[str], explain: Callable[[duckdb.Error], StoreError]) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory after these statements. Raises what `explain` makes of an error.

    All doors that they have not opened are shut: no other file, no network, no extension, no setting.
    """
    root = duckdb.connect(":memory:", config=CONFIG)
    try:
        for each in (*statements, "SET enable_external_access = false", "SET lock_configuration = true"):
            root.execute(each)
    except duckdb.Error as error:
        root.close()
        raise explain(error) from error
    return root


def literal(text: str) -> str:
    """A text as SQL says it where no parameter may stand, as in ATTACH: a doubled quote is all that it needs."""
    return "'" + text.replace("'", "''") + "'"


def new() -> duckdb.DuckDBPyConnection:
    """An empty store in memory."""
    root = duckdb.connect(":memory:", config=CONFIG)
    root.execute("ATTACH ':memory:' AS store")
    return root


def check(path: Path, *, read_only: bool) -> None:
    """Refuse what DuckDB itself would not: it would fill a missing or empty file silently."""
    if path.is_dir():
        raise errors.damaged(path)
    if not path.exists():
        raise errors.StoreMissing(
            Message(
                "找不到数据文件“{file}”。请检查RENEWAL_STORE的设置；只有默认的数据文件会自动建立。", {"file": str(path)}
            )
        )
    if path.stat().st_size == 0:
        raise errors.empty(path)
    if not read_only:
        if not os.access(path, os.W_OK):
            raise errors.file_not_writable(path)
        if not os.access(path.parent, os.W_OK):
            raise errors.folder_not_writable(path.parent)


def log_of(path: Path) -> Path:
    """The path of the log that DuckDB keeps of a file."""
    return path.with_name(f"{path.name}.wal")
