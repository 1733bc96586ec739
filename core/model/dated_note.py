"""大事记: what happened to a project on a day, as its people put it down; stands on its axes of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class DatedNote:
    """A note on a day; each row says all of it, the last one of an id counts."""

    id: str
    seq: int
    """1, 2, 3 … of one id."""
    day: date
    name: str
    """Such as 汛期停工. "": it was taken back."""
    actor: str
    """Who put it down, or took it back."""
    actor_name: str
    made_at: datetime
    """Naive UTC."""
