"""Marks of a map: an area a place, filled by the step that its figure lies on."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import Message
from core.model.boundaries import Ring


@dataclass(frozen=True)
class Area:
    """A place with its outline."""

    name: str
    rings: tuple[Ring, ...]
    step: int | None
    """Which of the map's steps its figure lies on, from 0; None: it is unknown."""
    said: tuple[Message | str, ...]
    """Its figures in words."""


@dataclass(frozen=True)
class Areas:
    """A map: places as they lie, longitude and latitude in degrees."""

    areas: tuple[Area, ...]
    steps: tuple[Message | str, ...]
    """From where to where each step goes, the lowest first."""
