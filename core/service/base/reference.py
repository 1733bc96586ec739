"""Reference figures of the product: thresholds and unit costs of data/reference.csv."""

from __future__ import annotations

from functools import cache

from core.ingest.shipped.reference import load_reference
from core.model.reference import Reference
from core.service.base import open_store


@cache
def reference() -> Reference:
    """Read data/reference.csv, once a process. Raises InputError."""
    return load_reference(open_store.SEED.parent / "reference.csv")
