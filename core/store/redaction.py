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
from core.store import errors
from core.store.database import Source, Store
from core.store.event_log import signed
from core.store.files import OWNER_ONLY, literal
from core.store.schema import TABLES
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


def redactions(source: Source) -> Mapping[str, Redaction]:
    """All of them, by digest."""

    def make(session: Session) -> Mapping[str, Redaction]:
        return {each.digest: each for each in session.made(Redaction, "redactions")}

    return source.remembered(("redactions",), make, until="steps")


def redact(store: Store, project: str, digest: str, reason: str, actor: Actor) -> bool:
    """Delete the bytes and put down that they are gone. False: the project has filed no such content.

    Done twice it changes nothing. Raises StoreError.
    """
    with store.writing("steps") as session:
        if digest in redactions(session):
            return True
        if not session.run("filed", project=project, digest=digest):
            return False
        session.insert("redaction", [{"digest": digest, "project": project, "reason": reason, **signed(actor)}])
        session.run("delete_evidence_bytes", digest=digest)
        return True


def refuse_redacted(session: Session, digest: str) -> None:
    """Raise StoreError for a content that was taken out before: it does not come in again."""
    if digest in redactions(session):
        raise StoreError(Message("这份文件的内容已被管理员清除，不能再存入。"))


def keep_content(session: Session, digest: str, content: bytes) -> None:
    """Store a content, once however often it is filed. Raises StoreError for one that was taken out before."""
    refuse_redacted(session, digest)
    if not session.run("evidence_bytes", digest=digest):
        session.insert("evidence_bytes", [{"digest": digest, "content": content}])


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
            root.execute(f"ATTACH {literal(str(file))} AS {name} (TYPE duckdb)")
        # (No files of sql/: each of these stands for several statements.)
        for step in ("CHECKPOINT store", "COPY FROM DATABASE store TO fresh", "CHECKPOINT fresh"):
            root.execute(step)
        for table in TABLES:  # names of our own
            counts = f"SELECT (SELECT count(*) FROM store.{table}), (SELECT count(*) FROM fresh.{table})"
            ((old, new),) = root.execute(counts).fetchall()
            if old != new:
                raise errors.damaged(path)
        root.execute("DETACH fresh")
        fresh.chmod(OWNER_ONLY)
        # The old file stays locked by this process until it is the new one (Windows replaces no open file).
        if os.name == "nt":
            root.close()
        os.replace(fresh, path)
    except duckdb.Error as error:
        raise errors.of_opening(error, path) from error
    finally:
        root.close()
        fresh.unlink(missing_ok=True)
