"""The chains of digests over a sheet's events: an altered event no longer fits between its neighbours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from core.model.panel import InputEvent, SheetEvent
from core.model.scorecard import ScoreEvent

Chained = ScoreEvent | SheetEvent | InputEvent
"""What is chained, a chain for each sheet and kind of event."""
E = TypeVar("E", bound=Chained)


class Link(NamedTuple, Generic[E]):
    """An event with its place in the chain, as stored."""

    event: E
    previous: str
    digest: str


def canonical(event: Chained) -> str:
    """The event as one JSON text, the same everywhere: sorted keys, points with two decimals, UTC microseconds."""
    return canonical_json({field.name: _plain(getattr(event, field.name)) for field in fields(event)})


def canonical_json(content: Mapping[str, object]) -> str:
    """An object of texts, numbers and objects as one JSON text, the same everywhere."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds") + "Z"
    return str(value) if isinstance(value, str) else value  # a Status is its value


def start(project: str, sheet: str, table: str | None = None) -> str:
    """What the first event of a sheet follows; the chain of its scores has no table in it."""
    names = [project, sheet] if table is None else [project, sheet, table]
    return sha256(json.dumps(names, ensure_ascii=False, separators=(",", ":")))


def digest(previous: str, event: Chained) -> str:
    """The event's digest, hexadecimal SHA-256 over its predecessor's digest and its canonical JSON."""
    return sha256(f"{previous}\n{canonical(event)}")


def first_altered(start_of_sheet: str, chain: Iterable[Link[E]]) -> E | None:
    """The first event, in the order in which they were made, that does not follow from the one before it; or None."""
    last = start_of_sheet
    for event, previous, stored in chain:
        if previous != last or stored != digest(previous, event):
            return event
        last = stored
    return None


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
