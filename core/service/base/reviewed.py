"""已复核: who, besides whoever brought them in, has stood for the data or the scores that figures rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.errors import Message
from core.model.context import Context
from core.model.panel_events import SheetEvent
from core.model.rights import Deed
from core.service.base import open_store
from core.service.base.asking import asks
from core.store import snapshots as stored
from core.text.moments import local


@dataclass(frozen=True)
class Reviewed:
    """Who released an import or locked a round, and when (naive UTC)."""

    by: str
    at: datetime
    locked: bool = False
    """A round's scores, locked; else an import, released."""

    def sentence(self) -> Message:
        """Say so: 已复核：李工，2024年12月31日; of a lock 已复核：李工，2024年12月31日锁定."""
        params = {"by": self.by, "day": local(self.at).date()}
        return Message("已复核：{by}，{day}锁定", params) if self.locked else Message("已复核：{by}，{day}", params)


def by_lock(lock: SheetEvent | None) -> Reviewed | None:
    """Who locked the round that scores are of; None: it is open, and nobody stands for all of them."""
    return None if lock is None else Reviewed(lock.actor_name, lock.made_at, locked=True)


@asks(Deed.SEE)
def reviewed(ctx: Context, project: str, batch: str) -> Reviewed | None:
    """Find the release of an import by a second person; None: nobody but the importer has looked at it.

    An import that came in without being held counts at once: nobody has released it.
    """
    found = next((each for each in stored.snapshots(open_store.of(ctx), project) if each.batch == batch), None)
    if found is None or found.state != "released" or not found.state_actor or found.state_at is None:
        return None
    same = found.state_actor == found.actor or found.state_by == found.by
    return None if same else Reviewed(found.state_by, found.state_at)
