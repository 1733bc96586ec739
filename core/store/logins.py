"""Passwords, sessions and failed logins: what changes and is forgotten, and so lies outside the audited tables.

A store in a file has an SQLite file beside it (or where RENEWAL_ACCOUNTS says), readable by its owner only: the
store's own file is copied, handed on and proven by digests, and none of that should carry passwords along. Replicas
that share a PostgreSQL database share logins, too: three tables in the same database that are none of the store's own
(no backup, digest or migration knows them), asked with the same statements.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from core.errors import Message, StoreError
from core.store import postgres
from core.store.address import Address
from core.store.secret_file import open_to_others
from core.store.session import Session, statement

_FOLLOWED = 1.0
"""Seconds."""
_MOST_SEEN = 10_000
_TABLES = ("login_create_password", "login_create_failure", "login_create_session")


class Logins(ABC):
    """The statements login_*.sql, wherever the tables are. Safe to share between threads."""

    @abstractmethod
    def _run(self, name: str, /, **params: object) -> list[tuple[Any, ...]]:
        """All rows of the statement sql/<name>.sql. Raises StoreError."""

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[None]:
        """All of it or nothing; raises StoreError."""

    @abstractmethod
    def close(self) -> None:
        """Let go of it."""

    def _make(self) -> None:
        with self._transaction():
            for name in _TABLES:
                self._run(name)

    def password_of(self, person: str) -> str | None:
        """The hash of somebody's password; None: they have none."""
        found = self._run("login_password", person=person)
        return found[0][0] if found else None

    def set_password(self, person: str, kept: str) -> None:
        """Keep a new hash; open sessions and a lock end."""
        with self._transaction():
            self._run("login_password_delete", person=person)
            self._run("login_password_insert", person=person, hash=kept)
            self._run("login_sessions_end", person=person)
            self._run("login_failure_delete", person=person)

    def locked_until(self, person: str, now: float, most: int, lasting: float) -> float | None:
        """Until when the name is locked, in seconds since 1970; None: it is not, and this try counts as failed so far.

        Counted before the password is looked at: a hundred tries at once are a hundred failures.
        """
        with self._transaction():
            self._run("login_failure_forget", now=now)
            found = self._run("login_failure", person=person)
            failures, until = found[0] if found else (0, now)
            if failures >= most:
                return float(until)
            self._run("login_failure_delete", person=person)
            self._run("login_failure_insert", person=person, failures=failures + 1, until=now + lasting)
        return None

    def unlock(self, person: str) -> None:
        """Forget the failures of a name."""
        self._run("login_failure_delete", person=person)

    def begin(self, session: str, person: str, now: float, lasting: float) -> None:
        """A new session; those that are over are forgotten, and so are the person's failures."""
        with self._transaction():
            self._run("login_failure_delete", person=person)
            self._run("login_sessions_forget", before=now - lasting)
            self._run("login_session_insert", id=session, person=person, begun=now)

    def whose(self, session: str) -> tuple[str, float] | None:
        """Whose session it is and when it began; None: there is none."""
        found = self._run("login_session", id=session)
        return (str(found[0][0]), float(found[0][1])) if found else None

    def end(self, session: str) -> None:
        """End a session."""
        self._run("login_session_delete", id=session)

    def end_all(self, person: str) -> None:
        """End somebody's sessions."""
        self._run("login_sessions_end", person=person)


class FileLogins(Logins):
    """In an SQLite file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        _make_private(path)
        try:
            self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False, timeout=10)
            self._connection.execute("ATTACH DATABASE ? AS store", (str(path),))
        except sqlite3.Error as error:
            raise _unusable(path) from error
        self._make()

    def _run(self, name: str, /, **params: object) -> list[tuple[Any, ...]]:
        """All rows of the statement sql/<name>.sql. Raises StoreError."""
        try:
            with self._lock:
                return self._connection.execute(statement(name), params).fetchall()
        except sqlite3.Error as error:
            raise _unusable(self.path) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of it or nothing; other processes wait."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise _unusable(self.path) from error
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()


class DatabaseLogins(Logins):
    """In a PostgreSQL database."""

    def __init__(self, address: Address) -> None:
        self._lock = threading.RLock()
        self._root = postgres.attach(address)
        self._session = Session(self._root, postgres.explainer(address))
        self._seen: dict[str, tuple[float, tuple[str, float] | None]] = {}
        self._make()

    def whose(self, session: str) -> tuple[str, float] | None:
        """As above; what another replica has ended counts after a second, as all that is read from there."""
        now = time.monotonic()
        at, found = self._seen.get(session, (0.0, None))
        if session not in self._seen or now - at > _FOLLOWED:
            found = super().whose(session)
            if len(self._seen) > _MOST_SEEN:
                self._seen.clear()
            self._seen[session] = (now, found)
        return found

    def _run(self, name: str, /, **params: object) -> list[tuple[Any, ...]]:
        with self._lock:
            if not name.startswith("login_session") or "delete" in name or "end" in name:
                self._seen.clear()
            return self._session.run(name, **params)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock, self._session.transaction():
            yield

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            self._root.close()


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
