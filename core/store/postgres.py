"""A store in PostgreSQL, asked through DuckDB with the statements that a file is asked with.

DuckDB's own postgres extension comes out of an installed package (requirements-postgres.txt): nothing is downloaded,
and nothing is copied into anybody's home. Each of DuckDB's transactions is one of PostgreSQL's, REPEATABLE READ: what
one statement or transaction reads is of one moment. Durability is PostgreSQL's own; connections that a restart of the
server has cut are opened anew by the extension's pool.

Writers of all processes wait for each other (`exclusively`), as those of one process do. Should one not wait, the
primary keys and the unique `previous` of the chains still let only one of two through.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import duckdb

from core.errors import Message, StoreError
from core.store import errors
from core.store.address import Address
from core.store.files import connected, literal
from core.store.session import Session

_PACKAGE = "duckdb_extension_postgres_scanner"

_NO_DATABASE = re.compile(r'database "[^"]*" does not exist')
_REFUSED = re.compile(
    r"password authentication failed|no password supplied|no pg_hba\.conf entry|authentication failed"
    r'|role "[^"]*" does not exist',
    re.IGNORECASE,
)
_BAD_OPTION = re.compile(r"invalid (?:connection option|integer value|\w+ value:)|missing \"=\"", re.IGNORECASE)
_AWAY = re.compile(
    r"Unable to connect|server closed the connection|terminating connection|connection to server|could not connect"
    r"|no connection to the server|Connection refused|Connection timed out|could not (?:receive|send) data"
    r"|SSL connection has been closed|starting up|shutting down|recovery mode|could not translate host name"
    r'|Failed to execute query "(?:ROLLBACK|BEGIN|COMMIT)',
    re.IGNORECASE,
)
_NO_RIGHT = re.compile(r"permission denied|read-only transaction|must be owner", re.IGNORECASE)
_NO_SPACE = re.compile(r"No space left|could not extend file|disk full", re.IGNORECASE)
_TAKEN = re.compile(r"duplicate key|could not serialize|deadlock detected", re.IGNORECASE)
_BUSY = re.compile(r"lock timeout", re.IGNORECASE)
_NUL = re.compile(r"NULL-byte", re.IGNORECASE)


def attach(address: Address, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A DuckDB that sees nothing but this database, attached as `store`. Raises a child of StoreError."""
    extension = _extension()
    _check_password_file(address)
    statements = [f"LOAD {literal(str(extension))}"]
    secret = ""
    if address.password:
        # Not in the address that is attached: DuckDB's errors repeat that one.
        statements.append(f"CREATE TEMPORARY SECRET password (TYPE postgres, PASSWORD {literal(address.password)})")
        secret = ", SECRET password"
    mode = ", READ_ONLY" if read_only else ""
    isolated = f"TYPE postgres, ISOLATION_LEVEL 'REPEATABLE READ'{secret}{mode}"
    statements.append(f"ATTACH {literal(address.conninfo())} AS store ({isolated})")
    return connected(statements, explainer(address))


def _extension() -> Path:
    """The extension's file in its package. Raises StoreError when that is not installed for this DuckDB."""
    package = find_spec(_PACKAGE)
    if package is not None and package.origin is not None:
        found = Path(package.origin).parent / "extensions" / f"v{duckdb.__version__}"
        if (file := found / "postgres_scanner.duckdb_extension").exists():
            return file
    raise StoreError(
        Message("连接PostgreSQL需要另装一个软件包：pip install -r requirements-postgres.txt。装好后重新启动本程序。")
    )


def _check_password_file(address: Address) -> None:
    """PostgreSQL's library passes over a password file that others may read, with a word on stderr only."""
    named = dict(address.options).get("passfile") or os.environ.get("PGPASSFILE")
    if address.password or not named or os.name != "posix":
        return
    path = Path(named)
    if path.exists() and path.stat().st_mode & 0o077:
        raise errors.StoreRefused(
            Message(
                "密码文件“{file}”他人也能读取，未使用。请改为只有自己可读（chmod 600）后重试。", {"file": str(path)}
            )
        )


def explainer(address: Address) -> partial[StoreError]:
    """`explain` for one address."""
    return partial(explain, address=address)


def explain(error: duckdb.Error, address: Address) -> StoreError:
    """The sentence about an error of DuckDB or PostgreSQL; StoreClash for what another try can mend."""
    text = str(error)
    where = {"store": str(address)}
    if _NO_DATABASE.search(text):
        return errors.StoreMissing(
            Message("数据库服务器上没有“{store}”这个数据库。请检查RENEWAL_STORE的设置，或请管理员建立它。", where)
        )
    if _REFUSED.search(text):
        return errors.StoreRefused(
            Message(
                "数据库“{store}”拒绝登录：用户名或密码不正确，或不允许从本机连接。请检查RENEWAL_STORE和密码。", where
            )
        )
    if _BAD_OPTION.search(text):
        return StoreError(Message("数据库地址“{store}”后面的参数有误。请检查RENEWAL_STORE的写法。", where))
    if _AWAY.search(text):
        return away(address)
    if _TAKEN.search(text):
        return errors.clash()
    if _BUSY.search(text):
        return StoreError(Message("另一台机器上的写入还没有结束，本次未保存。请稍后重试。"))
    if _NO_RIGHT.search(text):
        return errors.StoreNotWritable(
            Message("没有权限写入数据库“{store}”。请联系管理员授予建表和写入的权限；数据库未改动。", where)
        )
    if _NO_SPACE.search(text):
        return errors.StoreFull(
            Message("数据库“{store}”所在的磁盘已满，修改未保存。请联系管理员清理磁盘后重试。", where)
        )
    if _NUL.search(text):
        return StoreError(Message("文字中有看不见的控制字符（空字符），未保存。请删去后重试。"))
    return StoreError(Message("数据库“{store}”读写出错，修改未保存。请重试；仍不行请联系管理员。", where))


def away(address: Address) -> errors.StoreAway:
    """The sentence about a server that does not answer."""
    return errors.StoreAway(
        Message(
            "无法连接数据库“{store}”。已保存的内容不受影响；数据库恢复后页面自动更新，刚才的修改若未显示请重新填写。",
            {"store": str(address)},
        )
    )


@contextmanager
def exclusively(root: duckdb.DuckDBPyConnection, address: Address) -> Iterator[None]:
    """No other process writes meanwhile. Raises StoreError when one does for half a minute."""
    with root.cursor() as cursor:
        holding = Session(cursor, explainer(address))
        with holding.transaction():
            holding.run("postgres_lock")
            yield
