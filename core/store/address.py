"""The address of a store in a PostgreSQL database, with and without its password."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from core.errors import Message, StoreError

_SCHEMES = ("postgres", "postgresql")
_PORT = 5432
_GIVEN: tuple[tuple[str, str], ...] = (
    # Seconds: a machine that is off answers nothing at all.
    ("connect_timeout", "5"),
    ("application_name", "renewal-scorecard"),
    # A machine that is switched off in mid-session is noticed within ten seconds, not after two hours.
    ("keepalives_idle", "5"),
    ("keepalives_interval", "2"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "10000"),
    # Waiting for another process's write.
    ("options", "-c lock_timeout=30s"),
)


@dataclass(frozen=True)
class Address:
    """A database on a PostgreSQL server. `str()` is fit to be shown: it has no password."""

    host: str
    port: int
    database: str
    user: str
    """"" for the name of the process's user."""
    password: str = field(default="", repr=False)
    """"" when PGPASSWORD or a password file (PGPASSFILE, ~/.pgpass) has it."""
    options: tuple[tuple[str, str], ...] = ()
    """Further words for the connection, as sslmode=require."""

    def __str__(self) -> str:
        user = f"{self.user}@" if self.user else ""
        return f"postgres://{user}{self.host}:{self.port}/{self.database}"

    def conninfo(self) -> str:
        """The words that PostgreSQL's own library is told, all but the password."""
        own = {"host": self.host, "port": str(self.port), "dbname": self.database, "user": self.user}
        words = own | dict(_GIVEN) | dict(self.options)
        return " ".join(f"{name}={_quoted(value)}" for name, value in words.items() if value)


Place = Path | Address
"""A data file, or a database on a server."""


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def is_address(location: str) -> bool:
    """Tell whether a location is meant as an address rather than as a file."""
    return "://" in location


def parse(location: str) -> Address:
    """The address in `postgres://user:password@host:port/database?option=value`. Raises StoreError."""
    try:
        parts = urlsplit(location)
        port = parts.port or _PORT
        options = tuple(parse_qsl(parts.query, strict_parsing=True)) if parts.query else ()
    except ValueError as error:
        raise _unreadable() from error
    database = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in _SCHEMES or not parts.hostname or not database or "/" in database:
        raise _unreadable()
    return Address(
        unquote(parts.hostname), port, database, unquote(parts.username or ""), unquote(parts.password or ""), options
    )


def _unreadable() -> StoreError:
    # Without the address itself: it may hold a password.
    return StoreError(
        Message("RENEWAL_STORE应为数据文件的路径，或形如postgres://用户@主机:端口/数据库的地址。请检查其写法。")
    )
