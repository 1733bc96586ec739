"""Passwords, sessions and failed logins: what changes and is forgotten, and so lies outside the audited tables.

A store in a file has an SQLite file beside it (or where RENEWAL_ACCOUNTS says), readable by its owner only: the
store's own file is copied, handed on and proven by digests, and none of that should carry passwords along.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.errors import Message, StoreError
from core.store.database import statement
from core.store.secret_file import open_to_others

_TABLES = ("login_create_password", "login_create_failure", "login_create_session")


class Logins:
    """The statements login_*.sql on one such file. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        _make_private(path)
        try:
            self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False, timeout=10)
            self._connection.execute("ATTACH DATABASE ? AS store", (str(path),))
            with self.transaction():
                for name in _TABLES:
                    self.run(name)
        except sqlite3.Error as error:
            raise _unusable(path) from error

    def run(self, name: str, /, **params: object) -> list[tuple[Any, ...]]:
        """All rows of the statement sql/<name>.sql. Raises StoreError."""
        try:
            with self._lock:
                return self._connection.execute(statement(name), params).fetchall()
        except sqlite3.Error as error:
            raise _unusable(self.path) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing; other processes wait."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()


def _make_private(path: Path) -> None:
    """Make it, for its owner only, or refuse one that others can read."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        if (why := open_to_others(path)) is not None:
            raise StoreError(why) from None
    except OSError as error:
        raise _unusable(path) from error


def _unusable(path: Path) -> StoreError:
    return StoreError(
        Message(
            "账号文件“{file}”无法使用。请检查文件和所在文件夹的权限,或用RENEWAL_ACCOUNTS另指一个。", {"file": str(path)}
        )
    )
