"""The mark beside a file: how much has been acknowledged, kept where a loss of the file's own log cannot take it.

DuckDB opens a file silently whose log (.wal) was cut short, or is gone, with whatever is left. Beside `x.duckdb` lies
therefore `x.duckdb.mark`: how many rows each table had, and the digest of the last event of each chain, after the last
write that anybody was told had been saved. Opening compares (core.store.opening); what is there may be more, never
less.

The order of a write, and why the mark can lag but not lead:
1. COMMIT: DuckDB has synced its log, the rows are durable.
2. The mark is written and synced.
3. The caller is told (the page shows 已保存).
A process killed between 1 and 2 leaves a mark that lags: there is more in the file than it says, which is no loss.
Between 2 and 3 both agree. No order of events lets the mark name a row that was not durable before it. A write that
failed or was rolled back never reaches 2; nor does one whose outcome is unknown, for which the mark goes on lagging
until the next opening brings it up to the tables.

The mark is two slots of one block, written in turn, each with a number and a checksum: whatever moment a kill or a
power cut picks, the slot that was not being written is whole, and says what was acknowledged one write before; that
is the lag of above again, since the write in hand had not been acknowledged. Nothing grows, so that syncing it costs
one flush, and a full disk does not stop it. The file itself is made whole under another name and renamed.

What else can be beside a file, and its rule:
- no mark: the file comes from an older version, or was copied without it. There is nothing to hold it against; opening
  it for writing makes one.
- the mark of another store (its tables were made at another moment): the file was exchanged on purpose, or a new one
  built where an old one was; the mark is replaced.
- the mark of this store that names more, or an event that is not there: a loss, or an older copy put in its place.
  Nobody can tell which; the store opens read-only and says how much is missing, until it is restored, or somebody says
  that it is to stand as it is (`python -m core accept`).
- a mark without a file: the file is lost. The default file is not built anew beside it.
- `restore` writes the mark of what it restores before the file gets its name.
- unreadable in both slots: worth a word in the log, and treated as none.
PostgreSQL needs none: its log is its own affair, and it does not start with half of one.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import zlib
from base64 import b85decode, b85encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from core.store import clock, errors
from core.store.files import OWNER_ONLY

SLOT = 4096
"""Bytes: a block of every disk there is."""
_SUM = 64
_SYNC = getattr(os, "fdatasync", os.fsync)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Acknowledged:
    """Rows and newest digests of a store after the last write that somebody was told had been saved."""

    store: str
    """The id of the store (core.store.loss)."""
    rows: Mapping[str, int]
    """Number of rows, by table."""
    heads: Mapping[str, str]
    """The digest of the last event of each table whose events are chained."""
    made_at: str = field(default_factory=lambda: clock.now().isoformat())
    """Moment of that write, naive UTC."""


def path_of(store_path: Path) -> Path:
    """The path of the mark beside a store's file."""
    return store_path.with_name(f"{store_path.name}.mark")


def read(path: Path) -> Acknowledged | None:
    """Read a mark; None when there is none, or none that can be read."""
    found = _newest(path)
    return found[1] if found else None


def _newest(path: Path) -> tuple[int, Acknowledged] | None:
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        content = b""
    slots = [_unpack(content[start : start + SLOT]) for start in (0, SLOT)]
    whole = [slot for slot in slots if slot is not None]
    if not whole:
        _log.warning("the mark %s cannot be read and is taken for none", path)
        return None
    return max(whole, key=lambda slot: slot[0])


def write(path: Path, noted: Acknowledged) -> None:
    """Make the mark, or replace it, whole. Raises StoreNotWritable, StoreFull."""
    temporary = path.with_name(f"{path.name}-{secrets.token_hex(4)}")
    try:
        with open(temporary, "xb", opener=_private) as file:
            file.write(_pack(1, noted) + bytes(SLOT))
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise errors.of_system(error, path) from error
    _sync_folder(path.parent)


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, OWNER_ONLY)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _pack(number: int, noted: Acknowledged) -> bytes:
    text = json.dumps([number, asdict(noted)], ensure_ascii=False, separators=(",", ":")).encode()
    if _SUM + len(text) > SLOT:  # many tables: what is packed has none of the bytes that fill a slot, and no "["
        text = b85encode(zlib.compress(text))
    slot = hashlib.sha256(text).hexdigest().encode() + text
    if len(slot) > SLOT:
        raise ValueError("a mark does not fit its slot")
    return slot.ljust(SLOT, b"\0")


def _unpack(slot: bytes) -> tuple[int, Acknowledged] | None:
    text = slot[_SUM:].rstrip(b"\0")
    if not text or slot[:_SUM] != hashlib.sha256(text).hexdigest().encode():
        return None
    number, noted = json.loads(text if text.startswith(b"[") else zlib.decompress(b85decode(text)))
    return int(number), Acknowledged(**noted)


class AcknowledgedFile:
    """The mark of an open store, kept up by the one process that writes it."""

    failed = False
    """True after an attempt to write it that failed: what was saved is safe, a loss of it would go unnoticed."""

    def __init__(self, path: Path) -> None:
        found = _newest(path)
        if found is None:
            raise ValueError(f"no mark: {path}")
        self._path = path
        self._number, self._noted = found
        self._descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))

    def add(self, rows: Mapping[str, int], heads: Mapping[str, str]) -> None:
        """Note what has just become durable, before anybody is told."""
        if not rows:
            return
        known = self._noted.rows
        now = {**known, **{table: known.get(table, 0) + count for table, count in rows.items()}}
        noted = Acknowledged(self._noted.store, now, {**self._noted.heads, **heads})
        number = self._number + 1
        try:
            os.lseek(self._descriptor, SLOT * (number % 2 == 0), os.SEEK_SET)
            os.write(self._descriptor, _pack(number, noted))
            _SYNC(self._descriptor)
        except OSError:
            # The rows are durable: to call the save a failure would be false. `verify` says that the mark stands still.
            # The same slot is tried again next time: the other one is whole.
            self.failed = True
            _log.exception("the mark %s cannot be written", self._path)
        else:
            self.failed = False
            self._number = number
        self._noted = noted

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)
