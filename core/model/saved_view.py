"""Views that a person has saved under a name, to come back to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SavedView:
    """A saved view; each event says all of it."""

    id: str
    seq: int
    """1, 2, 3 … of one id."""
    name: str
    address: str
    """The page and what it is asked for (`checks?project=…&show=…`), without the host. "": it was removed."""
    actor: str
    """Whose it is."""
    actor_name: str
    made_at: datetime
    """Naive UTC."""
