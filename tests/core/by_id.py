"""Cards, panels, frames and slides are looked up by their ids: one more or another order breaks no test."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def by_id(found: Iterable[Any]) -> dict[str, Any]:
    return {each.id: each for each in found}
