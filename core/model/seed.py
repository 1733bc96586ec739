"""The shipped tables as read from their files, before they are anybody's facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, object]
"""Column to parsed value or raw cell. `seq` is the row in its file as people count it: rows keep that order."""


@dataclass(frozen=True)
class Seed:
    """Rows of the seed, by table (named as in the store). Complete and consistent: it can be stored as it is."""

    tables: Mapping[str, Sequence[Row]]
