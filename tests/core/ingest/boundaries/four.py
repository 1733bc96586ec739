"""A GeoJSON file of the sample's four streets: neighbours around one corner, each of one side's length."""

from __future__ import annotations

import json
from typing import Any

NAMES = ("申港街道", "夏港街道", "利港街道", "璜土镇")
WEST, SOUTH, SIDE = 120.10, 31.80, 0.1


def square(across: int, up: int) -> list[list[list[float]]]:
    """The square in that column and row, against the clock, as a closed ring."""
    west, south = WEST + SIDE * across, SOUTH + SIDE * up
    east, north = west + SIDE, south + SIDE
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(name: str, coordinates: Any, kind: str = "Polygon", key: str = "name") -> dict[str, Any]:
    return {"type": "Feature", "properties": {key: name}, "geometry": {"type": kind, "coordinates": coordinates}}


def four() -> list[dict[str, Any]]:
    return [feature(name, square(at % 2, at // 2)) for at, name in enumerate(NAMES)]


def text(features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
