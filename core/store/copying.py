"""Copying a whole store: a backup, a store restored from one, a file moved into PostgreSQL.

All three are one thing. A read transaction fixes the moment; the tables go over one by one, in pieces, as columns in
memory, into new tables made by the statements of every store. Then both sides are added up, table by table; only a copy
that is equal is given its name (a file) or committed (a database): all of it or nothing. Saving goes on meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from core.errors import Message, StoreError
from core.store import acknowledged, build, clock, files, row_digests
from core.store.address import Address, Place
from core.store.database import Store, explainer
from core.store.errors import StoreInUse, StoreMissing
from core.store.loss import Shortfall
from core.store.opening import missing_of, noted, refuse_open, session_at
from core.store.schema import SCHEMA_VERSION, TABLES, check_schema, note_upgrade
from core.store.session import Session

_AT_ONCE = 20_000
"""Rows in memory at a time."""
_CONTENTS = "evidence_bytes"
"""The table whose rows are large: its contents go over one by one."""

Sums = Mapping[str, tuple[int, int]]
"""(rows, a number over all of their content) by table."""


@dataclass(frozen=True)
class Copied:
    """A copy that holds what its source held."""

    rows: int
    digest: str
    """Over everything, 12 hexadecimal characters: equal for equal content, wherever it lies."""
    short: Shortfall | None = None
    """The rows that it lacks of those known to the mark beside it, or beside its source."""


def backup(store: Store, path: Path) -> Copied:
    """Write everything into a new file, as of now, while the store is in use. A file that is there stays as it is.

    Raises StoreError.
    """
    path = path.resolve()
    if path.exists():
        raise taken(path)
    with store.reading() as session, session.transaction():
        return _into_file(session, store.place, path)


def restore(source: Path, place: Place) -> Copied:
    """Make the store at a place out of a backup. Never over data: the file must be missing or empty, a database empty.

    `short` says what it lacks of what the mark at that place, or one beside the backup, knew of. Raises StoreError.
    """
    source = source.resolve()
    if not source.exists():
        raise StoreMissing(Message("找不到要恢复或迁移的文件“{file}”。请检查路径；数据未改动。", {"file": str(source)}))
    files.check(source, read_only=True)
    try:
        refuse_open(source)
    except StoreInUse as error:
        raise StoreInUse(
            Message(
                "文件“{file}”正由看板使用，不能直接恢复或迁移。请先停止看板；或先用 "
                "python -m core backup 备份，再用备份文件。数据未改动。",
                {"file": str(source)},
            )
        ) from error
    if isinstance(place, Path):
        _refuse_taken(place.resolve())
    short = missing_of(source)
    if isinstance(place, Address):
        with _opened_file(source) as session:
            copied = _into_database(session, place)
        return replace(copied, short=short)
    place = place.resolve()
    short = short or missing_of(source, acknowledged.path_of(place))
    if place.exists():
        place.unlink()  # an empty one
    with _opened_file(source) as session:
        copied = _into_file(session, source, place, marked=True)
    return replace(copied, short=short)


@contextmanager
def _opened_file(path: Path) -> Iterator[Session]:
    """A sound store's file, read-only, in one transaction."""
    with session_at(path, read_only=True) as session:
        check_schema(session, path)
        with session.transaction():
            yield session


def _refuse_taken(path: Path) -> None:
    """Raise StoreError where a file with anything in it lies, or what is left of one."""
    if path.exists() and (path.is_dir() or path.stat().st_size > 0 or files.log_of(path).exists()):
        raise taken(path)
    build.refuse_beside_a_loss(path)


def taken(path: Path) -> StoreError:
    """The sentence about a name that something has already."""
    return StoreError(
        Message(
            "“{file}”已存在，未覆盖。请换一个文件名，或先把它（连同旁边的.wal）移走；什么也没有改动。",
            {"file": str(path)},
        )
    )


def _into_file(source: Session, place: Place, path: Path, *, marked: bool = False) -> Copied:
    """`marked`: the copy will be a store in use, with a mark beside it."""
    with build.temporary_file(path) as temporary:
        with session_at(temporary, called=path) as target:
            with target.transaction():
                copied = _copy(source, place, target)
            target.run("checkpoint")
            now = noted(target)
        if marked:
            # Before the file has its name: a kill in between leaves a mark without a file, and this can be run again.
            acknowledged.write(acknowledged.path_of(path), now)
        if not build.publish(temporary, path):
            raise taken(path)
    return copied


def _into_database(source: Session, address: Address) -> Copied:
    with session_at(address) as target:
        if target.run("tables"):
            raise StoreError(
                Message(
                    "数据库“{store}”里已经有表，未写入。请换用一个空的数据库；什么也没有改动。",
                    {"store": str(address)},
                )
            )
        with target.transaction():
            copied = _copy(source, address, target)
            target.run("postgres_indexes")
        return copied


def _copy(source: Session, place: Place, target: Session) -> Copied:
    """Make the tables and fill them, within transactions on both sides. Raises StoreError when the sums differ."""
    there = {name for (name,) in source.run("tables")}
    tables = tuple(table for table in TABLES if table in there)
    for table in TABLES:
        target.run(f"create_{table}")
    for table in tables:
        if table == _CONTENTS:
            _copy_contents(source, target)
            continue
        for piece in source.pieces(table, _AT_ONCE):
            with target.given(piece):
                target.run_on(table, "take_over")
    before, after = sums(source, tables), sums(target, tables)
    if wrong := tuple(table for table in tables if before[table] != after[table]):
        raise StoreError(
            Message(
                "复制出来的内容与“{store}”不一致（{tables}），已作废，什么也没有改动。请重试；仍不行请检查磁盘。",
                {"store": str(place), "tables": wrong},
            )
        )
    _bring_up(source, target)
    return Copied(sum(rows for rows, _ in after.values()), digest_of(after))


def _bring_up(source: Session, target: Session) -> None:
    """Say that the tables are of this version, where the source was older: they have been made."""
    if cast(int, source.run("schema_version")[0][0]) < SCHEMA_VERSION:
        target.insert("schema_version", [{"version": SCHEMA_VERSION, "made_at": clock.now()}])
        note_upgrade(target)


def _copy_contents(source: Session, target: Session) -> None:
    for (name,) in source.run("evidence_digests"):
        ((content,),) = source.run("evidence_bytes", digest=name)
        target.insert(_CONTENTS, [{"digest": name, "content": content}])


def sums(session: Session, tables: tuple[str, ...] = TABLES) -> Sums:
    """Add up each table. Reads everything there is."""
    found: dict[str, tuple[int, int]] = {}
    for table in tables:
        if table == _CONTENTS:
            found[table] = _sum_of_contents(session)
        else:
            ((rows, number),) = session.run_on(table, "table_sum")
            found[table] = rows, number
    return found


def _sum_of_contents(session: Session) -> tuple[int, int]:
    number, names = 0, session.run("evidence_digests")
    for (name,) in names:
        ((content,),) = session.run("evidence_bytes", digest=name)
        number ^= int.from_bytes(hashlib.sha256(name.encode() + bytes(content)).digest()[:16])
    return len(names), number


def digest_of(found: Sums) -> str:
    """One short text over the sums of all tables that have rows; what the schema is numbered does not count."""
    text = "\n".join(
        f"{table} {rows} {number}" for table, (rows, number) in found.items() if rows and table != "schema_version"
    )
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def altered_contents(session: Session) -> tuple[str, ...]:
    """The digests of stored contents that are no longer theirs."""
    return tuple(
        name
        for (name,) in session.run("evidence_digests")
        if hashlib.sha256(bytes(session.run("evidence_bytes", digest=name)[0][0])).hexdigest() != name
    )


def missing_contents(session: Session) -> tuple[str, ...]:
    """The digests of contents that were filed, are not there, and were not taken out."""
    return tuple(name for (name,) in session.run("evidence_missing"))


def rows_checked(session: Session) -> row_digests.Checked:
    """Every row held against what the writes have noted. Raises StoreError."""
    return row_digests.check(session, TABLES)


def odd_columns(session: Session) -> tuple[str, ...]:
    """Tables whose columns are not those that this program makes."""
    root = files.new()
    try:
        plan = Session(root, explainer(Path()))
        for table in TABLES:
            plan.run(f"create_{table}")
        expected, found = _columns(plan), _columns(session)
    finally:
        root.close()
    return tuple(table for table in TABLES if expected[table] != found.get(table))


def _columns(session: Session) -> dict[str, set[tuple[str, ...]]]:
    found: dict[str, set[tuple[str, ...]]] = {}
    for table, *column in session.run("columns"):
        found.setdefault(table, set()).add(tuple(map(str, column)))
    return found


def accept(path: Path) -> Shortfall | None:
    """Take a file as it is, whatever its mark says: the mark is made anew. Returns what was missing.

    Raises StoreError.
    """
    path = path.resolve()
    files.check(path, read_only=False)
    refuse_open(path)
    short = missing_of(path)
    if short is not None:
        with session_at(path, read_only=True) as session:
            there = {name for (name,) in session.run("tables")}
            found = noted(session, tuple(table for table in TABLES if table in there))
        acknowledged.write(acknowledged.path_of(path), found)
    return short
