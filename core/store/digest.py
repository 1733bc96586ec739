"""The chain of digests over a sheet's events: an altered event no longer fits between its neighbours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple

from core.model.scorecard import ScoreEvent


class Link(NamedTuple):
    """An event with its place in the chain, as stored."""

    event: ScoreEvent
    previous: str
    digest: str


def canonical(event: ScoreEvent) -> str:
    """The event as one JSON text, the same everywhere: sorted keys, points with two decimals, UTC microseconds."""
    fields = {
        "project": event.project,
        "sheet": event.sheet,
        "code": event.code,
        "revision": event.revision,
        "edit_id": event.edit_id,
        "points": None if event.points is None else f"{event.points:.2f}",
        "status": event.status.value,
        "reason": event.reason,
        "note": event.note,
        "actor": event.actor,
        "actor_name": event.actor_name,
        "made_at": event.made_at.isoformat(timespec="microseconds") + "Z",
    }
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def start(project: str, sheet: str) -> str:
    """What the first event of a sheet follows."""
    return _sha256(json.dumps([project, sheet], ensure_ascii=False, separators=(",", ":")))


def digest(previous: str, event: ScoreEvent) -> str:
    """The event's digest, hexadecimal SHA-256 over its predecessor's digest and its canonical JSON."""
    return _sha256(f"{previous}\n{canonical(event)}")


def first_altered(start_of_sheet: str, chain: Iterable[Link]) -> ScoreEvent | None:
    """The first event, in the order in which they were made, that does not follow from the one before it; or None."""
    last = start_of_sheet
    for event, previous, stored in chain:
        if previous != last or stored != digest(previous, event):
            return event
        last = stored
    return None


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
