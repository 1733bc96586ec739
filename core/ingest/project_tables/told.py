"""The tables of a file as read so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from core.ingest.project_tables.place_tables import PlaceTable
from core.model.fields import TableId
from core.model.project import Claim, Facts

if TYPE_CHECKING:
    import pyarrow


@dataclass
class Told:
    """What the tables have said."""

    facts: Facts
    """The snapshot before with what was read so far over it."""
    tables: dict[TableId, PlaceTable] = field(default_factory=dict)
    printed: tuple[Claim, ...] = ()
    detail: pyarrow.Table | None = None
    payments: pyarrow.Table | None = None
    by_source: bool = False
    """True when the file states money by source and place."""

    def take(self, **rows: Any) -> None:
        """Lay rows that were read over those of the snapshot before."""
        self.facts = replace(self.facts, **rows)
