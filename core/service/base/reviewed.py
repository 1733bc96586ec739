"""已复核: whether somebody else than who imported them has stood for the data that figures rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.errors import Message
from core.model.context import Context
from core.service.base import open_store
from core.store import snapshots as stored
from core.text.moments import local


@dataclass(frozen=True)
class Reviewed:
    """Who released an import, and when (naive UTC)."""

    by: str
    at: datetime

    def sentence(self) -> Message:
        """Say so: 已复核：李工，2024年12月31日."""
        return Message("已复核：{by}，{day}", {"by": self.by, "day": local(self.at).date()})


def reviewed(ctx: Context, project: str, batch: str) -> Reviewed | None:
    """Find the release of an import by a second person; None: nobody but the importer has looked at it.

    An import that came in without being held counts at once: nobody has released it.
    """
    found = next((each for each in stored.snapshots(open_store.of(ctx), project) if each.batch == batch), None)
    if found is None or found.state != "released" or not found.state_actor or found.state_at is None:
        return None
    same = found.state_actor == found.actor or found.state_by == found.by
    return None if same else Reviewed(found.state_by, found.state_at)
