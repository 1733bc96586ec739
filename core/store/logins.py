"""Passwords, sessions and failed logins: they change and are forgotten, and so lie outside the audited tables.

A store in a file has an SQLite file beside it (or where RENEWAL_ACCOUNTS says), readable by its owner only: the
store's own file is copied, handed on and proven by digests, and none of that should carry passwords along. Replicas
that share a PostgreSQL database share logins, too: five tables in that database that are none of the store's own
(no backup, digest or migration knows them), asked with the statements of a file.
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
from core.store import clock, postgres
from core.store.address import Address
from core.store.secret_file import open_to_others
from core.store.session import Session, statement

AHEAD = clock.AHEAD.total_seconds()
"""Seconds; a moment further ahead comes of a clock that was put right since."""
_FOLLOWED = 1.0
"""Seconds."""
_MOST_SEEN = 10_000
_TABLES = (
    "login_create_password", "login_create_failure", "login_create_session", "login_create_last",
    "login_create_one_time",
)  # fmt: skip
Whose = tuple[str, float, bool]
"""Person, seconds since 1970, whether they have yet to choose a password of their own."""


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

    def set_password(self, person: str, kept: str, *, one_time: float | None = None, session: str = "") -> None:
        """Keep a new hash; open sessions (but for `session`) and a lock end.

        `one_time`: it only lets them in to choose their own, until that moment (seconds since 1970).
        """
        with self._transaction():
            self._run("login_password_delete", person=person)
            self._run("login_password_insert", person=person, hash=kept)
            self._run("login_one_time_delete", person=person)
            if one_time is not None:
                self._run("login_one_time_insert", person=person, until=one_time)
            self._run("login_sessions_end_others", person=person, id=session)
            self._run("login_failure_delete", person=person)

    def one_time(self, person: str) -> float | None:
        """Until when somebody's password lets them in to choose their own; None: it is their own."""
        found = self._run("login_one_time", person=person)
        return float(found[0][0]) if found else None

    def standings(self, most: int) -> list[tuple[str, str, float]]:
        """What is known of everybody: person, kind (password last one_time locked), seconds since 1970.

        `most`: failures after which a name is locked.
        """
        return [(str(person), str(kind), float(at)) for person, kind, at in self._run("login_standings", most=most)]

    def locked_until(self, person: str, now: float, most: int, lasting: float) -> float | None:
        """Until when the name is locked, in seconds since 1970; None: it is not, and this try counts as failed so far.

        Counted before the password is looked at: a hundred tries at once are a hundred failures.
        """
        with self._transaction():
            self._run("login_failure_forget", now=now, latest=now + lasting + AHEAD)
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
        """A new session; those that are over are forgotten, and so are the person's failures and the login before."""
        with self._transaction():
            self._run("login_failure_delete", person=person)
            self._run("login_last_delete", person=person)
            self._run("login_last_insert", person=person, moment=now)
            self._run("login_sessions_forget", before=now - lasting)
            self._run("login_session_insert", id=session, person=person, begun=now)

    def whose(self, session: str) -> Whose | None:
        """Whose session it is, when it began, and whether their password is a one-time one; None: there is none."""
        found = self._run("login_session", id=session)
        return (str(found[0][0]), float(found[0][1]), bool(found[0][2])) if found else None

    def end(self, session: str) -> None:
        """End a session."""
        self._run("login_session_delete", id=session)

    def end_all(self, person: str) -> None:
        """End somebody's sessions."""
        self._run("login_sessions_end", person=person)


class FileLogins(Logins):
    """In an SQLite file; one that may only be read is read: who is logged in stays so, nobody comes in or goes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        _make_private(path)
        self._open()
        if not self._read_only:
            self._make()

    def _open(self) -> None:
        self._read_only = not _writable(self.path)
        address = f"{self.path.resolve().as_uri()}?mode={'ro' if self._read_only else 'rw'}"
        try:
            self._connection = sqlite3.connect(
                ":memory:", isolation_level=None, check_same_thread=False, timeout=10, uri=True
            )
            self._connection.execute("ATTACH DATABASE ? AS store", (address,))
        except sqlite3.Error as error:
            raise self._unusable() from error

    def _run(self, name: str, /, **params: object) -> list[tuple[Any, ...]]:
        """All rows of the statement sql/<name>.sql. Raises StoreError."""
        try:
            with self._lock:
                self._open_again()
                return self._connection.execute(statement(name), params).fetchall()
        except sqlite3.Error as error:
            raise self._unusable() from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of it or nothing; other processes wait."""
        with self._lock:
            self._open_again()
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise self._unusable() from error
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _open_again(self) -> None:
        """Once it may be written."""
        if self._read_only and not self._connection.in_transaction and _writable(self.path):
            self._connection.close()
            self._open()
            self._make()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def _unusable(self) -> StoreError:
        if _writable(self.path):
            return _unusable(self.path)
        return StoreError(
            Message(
                "账号文件“{file}”现在只能读：已登录的照常查看，暂时不能登录、退出或改密码。请管理员恢复写入权限后重试。",
                {"file": str(self.path)},
            )
        )


class DatabaseLogins(Logins):
    """In a PostgreSQL database."""

    def __init__(self, address: Address) -> None:
        self._lock = threading.RLock()
        self._root = postgres.attach(address)
        self._session = Session(self._root, postgres.explainer(address))
        self._seen: dict[str, tuple[float, Whose | None]] = {}
        self._make()

    def whose(self, session: str) -> Whose | None:
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


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


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
            "账号文件“{file}”无法使用。请检查文件和所在文件夹的权限，或用RENEWAL_ACCOUNTS另指一个。",
            {"file": str(path)},
        )
    )
