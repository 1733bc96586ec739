"""街镇边界：the outlines of a project's places as a file gave them, for its map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring = tuple[Point, ...]
"""Corners of a closed line, the first not said again: an outer one against the clock, that of a hole with it."""
Outlines = Mapping[str, tuple[Ring, ...]]
"""Rings by place."""


@dataclass(frozen=True)
class Boundaries:
    """Outlines of one import; each row says all of it, the last one of a project counts."""

    seq: int
    """1, 2, 3 … of one project."""
    file: str
    digest: str
    """SHA-256 of the file."""
    outlines: Outlines
    """Empty: they were withdrawn."""
    actor: str
    """Id of who imported or withdrew them."""
    actor_name: str
    made_at: datetime
    """Naive UTC."""
