"""The chain of digests over every table whose events have none of their own: what each write has put into which table.

A row stands as it was written when its digest is among those that some write has noted. A digest without a row: that
row was altered or deleted. Contents of evidence are known by their own digests (core.store.copying); they are the only
thing that may ever go (core.store.redaction).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal

from core.store import clock, digest
from core.store.session import Session, statement

TABLE = "write_digest"
OWN_CHAINS = ("score_event", "sheet_event", "item_input")
"""Tables whose events are chained one by one, a chain for each sheet (core.store.digest)."""
OTHERWISE_KNOWN = (*OWN_CHAINS, "evidence_bytes", TABLE)
"""Tables whose rows are told by digests of their own, or that hold the digests."""

Kind = Literal["written", "upgraded"]

_LENGTH = 16
"""Characters of a row's digest (row_digests.sql)."""
_ONE_KEY = re.compile(r"^\s+(\w+) .*PRIMARY KEY", re.MULTILINE)
_SEVERAL_KEYS = re.compile(r"^\s+PRIMARY KEY \((.+)\)", re.MULTILINE)


@dataclass(frozen=True)
class Altered:
    """A row that is not as any write has left it."""

    table: str
    key: Mapping[str, str]
    """Column and value of its primary key, and its project."""


@dataclass(frozen=True)
class Checked:
    """The result of holding every row against the chain."""

    rows: int
    altered: tuple[Altered, ...]
    gone: Mapping[str, int]
    """Number of rows that are gone, by table; one that was altered is not counted here."""
    broken: tuple[int, ...]
    """The numbers of writes whose own record does not follow from the one before it."""
    late: tuple[int, datetime] | None
    """Number of rows that were only noted when an older store was brought up, and when (naive UTC); None: none."""


def note(session: Session) -> None:
    """Note what has been written on this session, within its transaction. Raises StoreError."""
    written = {table: rows for table, rows in session.written.items() if table not in OTHERWISE_KNOWN and rows}
    batches = {row["id"] for row in written.get("import_batch", ())}
    content = {table: _of_rows(session, table, rows, batches) for table, rows in written.items()}
    _append(session, "written", content)


def note_all(session: Session, tables: Collection[str], kind: Kind = "upgraded") -> None:
    """Note everything there is in these tables, within a transaction. Raises StoreError."""
    content = {
        table: str(session.run_among(table, "row_digests_joined", {})[0][0])
        for table in tables
        if table not in OTHERWISE_KNOWN
    }
    _append(session, kind, content)


def _of_rows(session: Session, table: str, rows: Sequence[Mapping[str, object]], batches: Collection[object]) -> str:
    """The digests of rows as they are stored, which is not always as they were given (rounded, without a zone)."""
    # An import that was made in this transaction is taken as a whole: it may have a hundred thousand rows.
    own = {row["batch"]: None for row in rows if row.get("batch") in batches}
    joined = str(session.run_among(table, "row_digests_joined", {"batch": tuple(own)})[0][0]) if own else ""
    rest = [row for row in rows if row.get("batch") not in batches]
    if not rest:
        return joined
    key = _key(table)
    wanted = {tuple(str(row[column]) for column in key) for row in rest}
    among = {column: tuple(dict.fromkeys(row[column] for row in rest)) for column in key}
    found = session.run_among(table, "row_digests", among)
    return joined + "".join(own for entry, own in found if tuple(entry[column] for column in key) in wanted)


@cache
def _key(table: str) -> tuple[str, ...]:
    """The columns of a table's primary key."""
    text = statement(f"create_{table}")
    if found := _SEVERAL_KEYS.search(text):
        return tuple(column.strip() for column in found[1].split(","))
    one = _ONE_KEY.search(text)
    assert one is not None, table
    return (one[1],)


def _append(session: Session, kind: Kind, content: Mapping[str, str]) -> None:
    content = {table: digests for table, digests in content.items() if digests}
    if not content:
        return
    newest = session.run("newest_write_digest")
    number, previous, before = newest[0] if newest else (0, digest.sha256(TABLE), datetime.min)
    # A clock that has been set back does not reorder anything.
    made_at = max(clock.now(), before + clock.TICK)
    row = {"number": number + 1, "kind": kind, "content": digest.canonical_json(content), "made_at": made_at}
    session.insert(TABLE, [row | {"previous": previous, "digest": _digest(previous, row)}])


def _digest(previous: str, row: Mapping[str, object]) -> str:
    plain = {**row, "made_at": str(row["made_at"])}
    return digest.sha256(f"{previous}\n{digest.canonical_json(plain)}")


def check(session: Session, tables: Collection[str]) -> Checked:
    """Hold every row of these tables against the chain. Raises StoreError."""
    known: dict[str, set[str]] = {table: set() for table in tables if table not in OTHERWISE_KNOWN}
    broken: list[int] = []
    late: tuple[int, datetime] | None = None
    last = digest.sha256(TABLE)
    for expected, (number, kind, content, made_at, previous, own) in enumerate(session.run("write_digests"), start=1):
        row = {"number": number, "kind": kind, "content": content, "made_at": made_at}
        if number != expected or previous != last or own != _digest(previous, row):
            broken.append(number)
        last = own
        noted = _read(content)
        for table in known:
            known[table].update(noted.get(table, ()))
        if kind == "upgraded":
            late = ((late[0] if late else 0) + sum(map(len, noted.values())), made_at)
    altered: list[Altered] = []
    gone: dict[str, int] = {}
    rows = 0
    for table, digests in known.items():
        unknown = _unknown(session, table, digests)
        ((_, count),) = session.run_on(table, "table_rows")
        rows += count
        altered += unknown
        missing = len(digests) - (count - len(unknown)) - len(unknown)
        if missing > 0:
            gone[table] = missing
    return Checked(rows, tuple(altered), gone, tuple(broken), late)


def _read(content: str) -> Mapping[str, Sequence[str]]:
    """The digests of a write by table; what was altered until it can no longer be read is none."""
    with suppress(ValueError, AttributeError, TypeError):
        return {
            table: [digests[at : at + _LENGTH] for at in range(0, len(digests), _LENGTH)]
            for table, digests in json.loads(content).items()
            if table.isidentifier()
        }
    return {}


def _unknown(session: Session, table: str, digests: Collection[str]) -> list[Altered]:
    import pyarrow  # only here: verifying is rare, and the library is large

    with session.given(pyarrow.table({"digest": pyarrow.array(sorted(digests), pyarrow.string())})):
        found = session.run_on(table, "row_digests_unknown")
    key = _key(table)
    shown = (*key, "project") if key and "project" not in key else key
    return [Altered(table, {name: entry[name] for name in shown if name in entry}) for (entry,) in found]
