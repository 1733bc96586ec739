"""A store in a file: attaching it, and what can be said about it without opening it.

Never open() a store's file in the process that holds it, not even to look at its first bytes: on POSIX closing any
handle of a file drops the process's lock on it, and a second process would be let in.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from core.errors import Message
from core.store import errors

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # DuckDB would meet a foreign file (SQLite's, say) by trying to download an extension for it.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # Every query here is small and runs in its caller's thread: helpers would only be woken for nothing.
    "threads": 1,
}


def identity(path: Path) -> tuple[int, int] | None:
    """Which file has that name now; None for no file. (Asked, not opened: a lock would be lost with the handle.)"""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def attach(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A DuckDB that sees nothing but this file, attached as `store`. Makes the file when there is none.

    All other doors are shut afterwards: no other file, no network, no extension, no setting.
    """
    root = duckdb.connect(":memory:", config=CONFIG)
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
                "找不到数据文件“{file}”。请检查RENEWAL_STORE的设置;只有默认的数据文件会自动建立。", {"file": str(path)}
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
    """Where DuckDB keeps the log of a file."""
    return path.with_name(f"{path.name}.wal")
