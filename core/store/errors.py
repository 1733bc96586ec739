"""Errors of a store: those of DuckDB become sentences here, once, at the edge.

Those of a store in PostgreSQL are told apart in core.store.postgres.
"""
# ruff: noqa: N818 - the names read as what has happened

from __future__ import annotations

import errno
import re
from pathlib import Path

import duckdb

from core.errors import Message, StoreError
from core.store.address import Address, Place


class StoreLocked(StoreError):
    """Another process has the file open; DuckDB lets no second one in, not even to read."""

    away = True


class StoreDamaged(StoreError):
    """Not a DuckDB file, cut short, or with blocks that do not add up."""


class StoreForeign(StoreError):
    """A sound DuckDB file that this product did not make."""


class StoreNewer(StoreError):
    """Written by a newer version of this product or of DuckDB."""


class StoreOlder(StoreError):
    """Lacks tables, and is only to be read."""


class StoreMissing(StoreError):
    """No such file."""

    away = True


class StoreEmpty(StoreError):
    """Nothing in the file: never taken for a fresh start, since it may be what a loss has left."""


class StoreNotWritable(StoreError):
    """No right to write the file or its folder."""


class StoreFull(StoreError):
    """No room is left on the disk, or none that we may use."""


class StoreTouched(StoreError):
    """Somebody else has altered, replaced or deleted the file or its log while it was in use."""

    away = True


class StoreAway(StoreError):
    """A database server that does not answer, or has stopped doing so."""

    away = True


class StoreRefused(StoreError):
    """A database server that does not let us in."""


class StoreShort(StoreError):
    """Less is there than was acknowledged: read-only until somebody has decided."""


class StoreInUse(StoreError):
    """This process has the file open already, with other settings."""


class StoreClash(StoreError):
    """Somebody else's write came first: a key is taken. Tried again before anybody sees it."""


_PID = re.compile(r"\(PID (\d+)\)")
_LOCKED = re.compile(r"Could not set lock|Conflicting lock|being used by another process", re.IGNORECASE)
_ATTACHED = re.compile(r"already attached|different configuration|file handle conflict", re.IGNORECASE)
_NO_RIGHT = re.compile(r"Permission denied|Read-only file system|Access is denied", re.IGNORECASE)
_NO_SPACE = re.compile(r"No space left|not enough space|disk full|quota exceeded|File too large", re.IGNORECASE)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_TAKEN = re.compile(r"duplicate key|PRIMARY KEY or UNIQUE|write-write conflict|Conflict on", re.IGNORECASE)


def locked(pid: int | None) -> StoreLocked:
    """The lock sentence, with the process that holds the file where it is known."""
    if pid is None:
        return StoreLocked(Message("数据文件正被另一程序占用。请关闭该程序后刷新；数据未改动。"))
    return StoreLocked(
        Message("数据文件正被另一程序占用（进程{pid}）。请关闭该程序后刷新；数据未改动。", {"pid": str(pid)})
    )


def damaged(path: Path) -> StoreDamaged:
    """The sentence about a file that cannot be read."""
    return StoreDamaged(
        Message("数据文件“{file}”已损坏，或者不是数据文件，无法读取。请从备份恢复；文件未改动。", {"file": str(path)})
    )


def empty(place: Place) -> StoreEmpty:
    """The sentence about a file or database with nothing in it."""
    if isinstance(place, Address):
        return StoreEmpty(
            Message(
                "数据库“{store}”里还没有任何表。新装时请运行 python -m core init 建表；已有数据文件时用 "
                "python -m core migrate 迁入，不必先建表；否则请换用正确的数据库。",
                {"store": str(place)},
            )
        )
    return StoreEmpty(
        Message(
            "数据文件“{file}”是空的，没有任何数据。请从备份恢复，或换用正确的文件；文件未改动。", {"file": str(place)}
        )
    )


def newer(place: Place, found: int, known: int) -> StoreNewer:
    """The sentence about tables of a version that is not known yet."""
    params: dict[str, object] = {"found": found, "known": known}
    if isinstance(place, Address):
        return StoreNewer(
            Message(
                "数据库“{store}”由本系统的较新版本建立（数据版本{found}，本程序只到{known}）。请升级本程序；数据库未改动。",
                params | {"store": str(place)},
            )
        )
    return StoreNewer(
        Message(
            "数据文件“{file}”由本系统的较新版本建立（数据版本{found}，本程序只到{known}）。请升级本程序；文件未改动。",
            params | {"file": str(place)},
        )
    )


def foreign(place: Place) -> StoreForeign:
    """The sentence about tables that are not ours."""
    if isinstance(place, Address):
        return StoreForeign(
            Message(
                "数据库“{store}”里的不是本系统的数据，缺少应有的表。请换用正确的数据库；数据库未改动。",
                {"store": str(place)},
            )
        )
    return StoreForeign(
        Message("数据文件“{file}”不是本系统的数据，缺少应有的表。请换用正确的文件；文件未改动。", {"file": str(place)})
    )


def older(place: Place, found: int) -> StoreOlder:
    """The sentence about tables of an older version that are only to be read."""
    return StoreOlder(
        Message(
            "数据文件“{file}”是旧版（数据版本{found}），需补建新表才能读取，但现在是只读打开。"
            "请先用本程序正常打开一次；文件未改动。",
            {"file": str(place), "found": found},
        )
    )


def clash() -> StoreClash:
    """The sentence about a write that came second, however often it was tried."""
    return StoreClash(Message("您的修改与另一人的修改同时到达，未保存。请刷新后重试。"))


def in_use(path: Path) -> StoreInUse:
    """The sentence about a second, different opening within the process."""
    return StoreInUse(
        Message("数据文件“{file}”已由本程序以另一种方式打开。请先关闭再打开；数据未改动。", {"file": str(path)})
    )


def folder_not_writable(folder: Path) -> StoreNotWritable:
    """The sentence about a folder in which no file can be made."""
    return StoreNotWritable(
        Message("没有权限在文件夹“{folder}”中写入。请修改其权限，或用RENEWAL_STORE另指位置。", {"folder": str(folder)})
    )


def file_not_writable(path: Path) -> StoreNotWritable:
    """The sentence about a file that may only be read."""
    return StoreNotWritable(
        Message("没有权限写入数据文件“{file}”。请修改其权限后重试；文件未改动。", {"file": str(path)})
    )


def file_moved(location: str) -> StoreMissing:
    """The sentence about a file that is no longer the one that was opened."""
    return StoreMissing(Message("数据文件“{file}”已被移走或替换，没有写入。请放回原处后重试。", {"file": location}))


def touched(location: str) -> StoreTouched:
    """The sentence about a file or a log that somebody else has altered, replaced or deleted."""
    return StoreTouched(
        Message(
            "数据文件“{file}”或它的日志（.wal）在使用中被改动、替换或删除，本次未保存。本程序随即重新打开并核对；"
            "请刷新后重试，并查明是谁动了文件。",
            {"file": location},
        )
    )


def full(location: str) -> StoreFull:
    """The sentence about a disk on which nothing more can be written."""
    return StoreFull(Message("磁盘已满，修改未保存。请清理“{file}”所在的磁盘后重试。", {"file": location}))


def of_system(error: OSError, path: Path) -> StoreError:
    """The sentence about an error of the system in writing to a file at `path`."""
    if error.errno in _FULL:
        return full(str(path))
    return folder_not_writable(path.parent)


def of_opening(error: duckdb.Error, path: Path) -> StoreError:
    """The sentence about an error of DuckDB in attaching `path`."""
    text = str(error)
    if _LOCKED.search(text):
        pid = _PID.search(text)
        return locked(int(pid[1]) if pid else None)
    if _ATTACHED.search(text):
        return in_use(path)
    if "created with an newer version" in text or "created with a newer version" in text:
        return StoreNewer(
            Message(
                "数据文件“{file}”由较新版本的DuckDB写成，本程序无法读取。请升级本程序；文件未改动。",
                {"file": str(path)},
            )
        )
    if _NO_SPACE.search(text):
        return full(str(path))
    if _NO_RIGHT.search(text):
        return file_not_writable(path)
    return damaged(path)


def of_running(error: duckdb.Error, location: str) -> StoreError:
    """The sentence about an error of DuckDB in a statement; StoreClash for what another try can mend."""
    text = str(error)
    # First of all: a commit that fails for want of space is a TransactionException as well, and no clash.
    if _NO_SPACE.search(text):
        return full(location)
    if _NO_RIGHT.search(text):
        return file_not_writable(Path(location))
    if isinstance(error, duckdb.TransactionException) or _TAKEN.search(text):
        return clash()
    if isinstance(error, duckdb.FatalException):
        return StoreError(
            Message("数据文件“{file}”写入时出错，修改未保存。请检查磁盘，再重新启动本程序。", {"file": location})
        )
    return StoreError(
        Message("数据文件“{file}”读写出错，修改未保存。请重试；仍不行请重新启动本程序。", {"file": location})
    )
