"""Score events for many projects, as valid as people's own: every chain of digests holds. Made quickly, in columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from core.model.scorecard import ScoreEvent, Status
from core.store.digest import canonical, sha256, start
from core.store.files import attach

SHEET = "r1/working"
FIRST = datetime(2025, 1, 1)
MOMENT = timedelta(microseconds=1)
_COLUMNS = (
    "project", "sheet", "code", "revision", "edit_id", "points", "status", "reason", "note", "actor", "actor_name",
    "made_at", "previous", "digest",
)  # fmt: skip


def add_events(path: Path, projects: Sequence[str], codes: Sequence[str], each: int) -> int:
    """`each` events on the working sheet of every project, one item after the other, revision on revision."""
    root = attach(path)
    made = 0
    for first in range(0, len(projects), 1000):
        table = pa.table(_columns(projects[first : first + 1000], codes, each))
        root.register("made", table)
        root.execute(f"INSERT INTO store.score_event ({', '.join(_COLUMNS)}) SELECT {', '.join(_COLUMNS)} FROM made")
        root.unregister("made")
        made += table.num_rows
    root.execute("CHECKPOINT store")
    root.close()
    return made


def _columns(projects: Sequence[str], codes: Sequence[str], each: int) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {name: [] for name in _COLUMNS}
    for project in projects:
        previous = start(project, SHEET)
        for n in range(each):
            event = ScoreEvent(
                project=project, sheet=SHEET, code=codes[n % len(codes)], revision=n // len(codes) + 1,
                edit_id=f"bench-{project}-{n:06}", points=Decimal(n % 3) / 2, status=Status.CONFIRMED,
                reason="依据不足",
                note="", actor="bench", actor_name="测速", made_at=FIRST + n * MOMENT,
            )  # fmt: skip
            digest = sha256(f"{previous}\n{canonical(event)}")
            for name in _COLUMNS[:-2]:
                found[name].append(getattr(event, name))
            found["previous"].append(previous)
            found["digest"].append(digest)
            previous = digest
    found["status"] = [str(status) for status in found["status"]]
    return found
