"""The chains of digests over a sheet's events: an altered event no longer fits between its neighbours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from core.errors import StoreError
from core.model.panel_events import InputEvent, SheetEvent
from core.model.scorecard import ScoreEvent
from core.model.storable import unstorable

Chained = ScoreEvent | SheetEvent | InputEvent
"""Events that are chained, a chain for each sheet and kind of event."""
E = TypeVar("E")


class Link(NamedTuple, Generic[E]):
    """An event with its place in the chain, as stored."""

    event: E
    previous: str
    digest: str


def canonical(event: Chained) -> str:
    """The event as one JSON text, equal on every machine: sorted keys, points with two decimals, UTC microseconds."""
    return canonical_json({field.name: _plain(getattr(event, field.name)) for field in fields(event)})


def canonical_json(content: Mapping[str, object]) -> str:
    """An object of texts, numbers and objects as one JSON text, equal on every machine."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds") + "Z"
    return str(value) if isinstance(value, str) else value  # a Status is its value


def start(project: str, sheet: str, table: str | None = None) -> str:
    """The digest that the first event of a sheet follows; the chain of its scores has no table in it."""
    names = [project, sheet] if table is None else [project, sheet, table]
    return sha256(json.dumps(names, ensure_ascii=False, separators=(",", ":")))


def digest(previous: str, event: Chained) -> str:
    """The event's digest, hexadecimal SHA-256 over its predecessor's digest and its canonical JSON.

    Raises StoreError for a text that cannot be kept.
    """
    if (why := unstorable(vars(event))) is not None:
        raise StoreError(why)
    return sha256(f"{previous}\n{canonical(event)}")


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
