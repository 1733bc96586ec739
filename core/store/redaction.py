"""Contents that had to go (unlawful, or somebody else's): the only bytes that are ever deleted.

The event stays, and so does the digest: that there was a file, whose, and who wanted it gone. `rewrite` is what
removes the bytes from the disk: DuckDB marks deleted blocks as free and leaves what stands in them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from core.errors import Message, StoreError
from core.model.context import Actor
from core.store import errors, write
from core.store.database import TABLES, Store
from core.store.session import Session


@dataclass(frozen=True)
class Redaction:
    """That a content is gone."""

    digest: str
    project: str
    reason: str
    actor: str
    actor_name: str
    made_at: datetime
    """Naive UTC."""


def redactions(store: Store) -> Mapping[str, Redaction]:
    """All of them, by digest."""
    return store.remembered(("redactions",), redactions_in, until="steps")


def redactions_in(session: Session) -> Mapping[str, Redaction]:
    """The same, within a transaction."""
    return {row[0]: Redaction(*row) for row in session.run("redactions")}


def redact(store: Store, project: str, digest: str, reason: str, actor: Actor) -> bool:
    """Delete the bytes and put down that they are gone. False: the project has filed no such content.

    Done twice it changes nothing. Raises StoreError.
    """
    with store.writing("steps") as session:
        if digest in redactions_in(session):
            return True
        if not session.run("filed", project=project, digest=digest):
            return False
        who = {"actor": actor.id, "actor_name": actor.name or "", "made_at": write.now()}
        session.insert("redaction", [{"digest": digest, "project": project, "reason": reason, **who}])
        session.run("delete_evidence_bytes", digest=digest)
        return True


def refuse_redacted(session: Session, digest: str) -> None:
    """Raise StoreError for a content that was taken out before: it does not come in again."""
    if digest in redactions_in(session):
        raise StoreError(Message("这份文件的内容已被管理员清除,不能再存入。"))


def rewrite(path: Path) -> None:
    """Write the file anew, with what counts and nothing else, in place of the old one. Nobody may have it open.

    Raises StoreLocked and the other children of StoreError; whatever is raised, the file is as it was.
    """
    fresh = path.with_name(f"{path.name}.rewriting")
    fresh.unlink(missing_ok=True)
    files = {"store": path, "fresh": fresh}
    root = duckdb.connect(":memory:")
    try:
        for name, file in files.items():
            # ATTACH takes no parameters; a doubled quote is all that a literal needs.
            literal = str(file).replace("'", "''")
            root.execute(f"ATTACH '{literal}' AS {name} (TYPE duckdb)")
        # (No files of sql/: each of these stands for several statements.)
        for step in ("CHECKPOINT store", "COPY FROM DATABASE store TO fresh", "CHECKPOINT fresh"):
            root.execute(step)
        for table in TABLES:  # names of our own
            counts = f"SELECT (SELECT count(*) FROM store.{table}), (SELECT count(*) FROM fresh.{table})"
            ((old, new),) = root.execute(counts).fetchall()
            if old != new:
                raise errors.damaged(path)
        root.execute("DETACH fresh")
        # The old file stays locked by this process until it is the new one (Windows replaces no open file).
        if os.name == "nt":
            root.close()
        os.replace(fresh, path)
    except duckdb.Error as error:
        raise errors.of_opening(error, path) from error
    finally:
        root.close()
        fresh.unlink(missing_ok=True)
