"""Whether what one person imports or corrects counts only once another has released it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ReviewRule:
    """What a project says of it; the newest counts."""

    project: str
    revision: int
    needed: bool
    actor: str
    actor_name: str
    made_at: datetime
    """Naive UTC."""
