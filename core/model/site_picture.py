"""Pictures of a place before and after its renovation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from core.model.rectification import Proof

When = Literal["before", "after"]


@dataclass(frozen=True)
class SitePicture:
    """A picture of a place (改造前, 改造后) with its day; what was filed stays, also once it is taken back."""

    id: str
    seq: int
    """1: filed; 2: taken back."""
    place: str
    community: str
    """"": the whole place."""
    moment: When
    taken_on: date
    picture: Proof
    withdrawn: bool
    actor: str
    actor_name: str
    made_at: datetime
