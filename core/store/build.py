"""Building a store from its seed: in a temporary file beside it, which takes the name only when it is whole.

A database in PostgreSQL is filled in one transaction instead, and only when somebody has asked for it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

from core.errors import Message, StoreError
from core.model.context import SYSTEM
from core.model.scorecard import Status
from core.model.seed import Row, Seed
from core.store import acknowledged, clock, errors, files, row_digests, write
from core.store.address import Address, Place
from core.store.event_log import signed
from core.store.files import log_of
from core.store.opening import session_at
from core.store.schema import SCHEMA_VERSION, TABLES
from core.store.session import Session

SCHEMES_BATCH = "schemes"
"""The batch of the schemes: they belong to no project."""
STANDARDS_BATCH = "standards"
"""The batch of the standards, which belong to no project either."""
_BATCH_OF = {
    "scheme": SCHEMES_BATCH, "indicator": SCHEMES_BATCH, "grade_scheme": SCHEMES_BATCH,
    "standard": STANDARDS_BATCH, "standard_point": STANDARDS_BATCH,
}  # fmt: skip
OF_NO_PROJECT = tuple(_BATCH_OF)
"""The tables of these batches."""


def build_default(path: Path, seed: Seed) -> None:
    """Make the store `path` from the seed. A file that is there by then, even one made meanwhile, stays as it is.

    Raises StoreError when the folder cannot be written or something of a lost file lies there; leaves nothing behind.
    """
    path = path.resolve()
    refuse_beside_a_loss(path)
    if not path.exists() and acknowledged.read(acknowledged.path_of(path)) is not None:
        raise StoreError(
            Message(
                "找不到数据文件“{file}”，但旁边的标记“{mark}”还在：数据文件可能被误删。请从备份恢复；若确要重建，请先移走标记。",
                {"file": str(path), "mark": acknowledged.path_of(path).name},
            )
        )
    with temporary_file(path) as temporary:
        _fill(temporary, seed)
        publish(temporary, path)


def build_in(address: Address, seed: Seed) -> bool:
    """Make the tables in an empty database and fill them from the seed, all of it or nothing.

    Returns False, and changes nothing, when there are tables already. Raises StoreError.
    """
    return _fill(address, seed)


def create_tables(session: Session) -> None:
    """The tables of this version, within a transaction."""
    for table in TABLES:
        session.run(f"create_{table}")
    session.insert("schema_version", [{"version": SCHEMA_VERSION, "made_at": clock.now()}])


def refuse_beside_a_loss(path: Path) -> None:
    """Raise StoreError where the log of a lost file lies: it would be replayed into a new one of that name."""
    log = log_of(path)
    if log.exists() and not path.exists():
        raise StoreError(
            Message(
                "找不到数据文件“{file}”，但它的日志“{log}”还在：数据文件可能被误删。请从备份恢复；若确要重建，请先移走日志。",
                {"file": str(path), "log": log.name},
            )
        )


@contextmanager
def temporary_file(path: Path) -> Iterator[Path]:
    """A name beside `path` that nobody else uses; whatever has it afterwards is removed."""
    # No dots before the ending and no name of a process in it: two may build at once, also from two machines.
    temporary = path.with_name(f"building-{secrets.token_hex(8)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.touch()
        temporary.unlink()
    except OSError as error:
        raise errors.of_system(error, path) from error
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
        temporary.with_name(f"{temporary.name}.wal").unlink(missing_ok=True)


def publish(temporary: Path, path: Path) -> bool:
    """Give the finished file its name, unless the name is taken: by then somebody may have written into it.

    Returns whether it has the name.
    """
    descriptor = os.open(temporary, os.O_RDWR)
    try:
        if os.name == "posix":
            os.fchmod(descriptor, files.OWNER_ONLY)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    try:
        if os.name == "nt":
            temporary.rename(path)  # refuses to replace there
        else:
            os.link(temporary, path)  # refuses to replace; a rename would not
    except FileExistsError:
        return False
    except OSError:
        # A file system without hard links: a rename, and a moment between the look and the rename.
        if path.exists():
            return False
        os.replace(temporary, path)
    return True


def _fill(place: Place, seed: Seed) -> bool:
    """All of it or nothing; False where there are tables already."""
    with session_at(place) as session:
        if session.run("tables"):
            return False
        with session.transaction():
            create_tables(session)
            _insert(session, seed)
            row_digests.note(session)
            if isinstance(place, Address):
                session.run("postgres_indexes")
        if isinstance(place, Path):
            session.run("checkpoint")
    return True


def _insert(session: Session, seed: Seed) -> None:
    made_at = clock.now()
    tables = seed.tables

    def batch(name: str, number: int, project: object, as_of: object, source: object) -> None:
        row = {"id": name, "project": project, "as_of": as_of, "source": source}
        # Each a tick later than the one before it: what counts at a version is decided by the order of the batches.
        session.insert("import_batch", [row | signed(SYSTEM, made_at + number * clock.TICK)])

    batch(SCHEMES_BATCH, 0, None, None, "data/schemes")
    batch(STANDARDS_BATCH, 0, None, None, "data/standards")
    batches: dict[object, str] = {}
    for number, project in enumerate(tables["project"], start=1):
        batches[project["id"]] = f"{project['id']}@{cast(date, project['as_of']).isoformat()}"
        batch(batches[project["id"]], number, project["id"], project["as_of"], project["source"])
    for table in OF_NO_PROJECT:
        session.insert(table, [_columns(row, "file") | {"batch": _BATCH_OF[table]} for row in tables[table]])
    session.insert("project", [_columns(row, "as_of") | {"batch": batches[row["id"]]} for row in tables["project"]])
    for table in _OF_A_PROJECT:
        session.insert(table, [_columns(row) | {"batch": batches[row["project"]]} for row in tables[table]])
    for number, row in enumerate(tables["sheet"]):
        made = signed(SYSTEM, made_at + number * clock.TICK)
        session.insert("sheet", [_columns(row, "seq") | made | {"batch": batches[row["project"]]}])
        own = [s for s in tables["score"] if (s["project"], s["sheet"]) == (row["project"], row["id"])]
        write.insert_scores(session, str(row["project"]), str(row["id"]), [_score(score) for score in own], [])
    for number, row in enumerate(tables["finding"]):
        session.insert("finding", [_columns(row, "seq") | signed(SYSTEM, made_at + number * clock.TICK)])
    for number, row in enumerate(tables["goal"]):
        session.insert("goal", [_columns(row) | {"seq": 1} | signed(SYSTEM, made_at + number * clock.TICK)])


_OF_A_PROJECT = (
    "place", "budget_group", "budget_group_place", "funding", "spend", "renovation", "baseline", "claim", "round",
)  # fmt: skip


def _columns(row: Row, *without: str) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in without}


def _score(row: Row) -> write.NewScore:
    return write.NewScore(
        code=str(row["code"]),
        edit_id=secrets.token_hex(16),
        points=cast("Decimal | None", row["points"]),
        status=Status(str(row["status"])),
        reason=str(row["reason"]),
        note=str(row["note"]),
        actor=SYSTEM,
    )
