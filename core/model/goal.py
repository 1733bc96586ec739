"""Goals of a project (绩效目标), overall and of the stage, as they were put down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

GoalKind = Literal["overall", "stage"]
GOAL_KINDS: tuple[GoalKind, ...] = ("overall", "stage")


@dataclass(frozen=True)
class Goal:
    """A goal; each event says all of it."""

    id: str
    seq: int
    """1, 2, 3 … of one id."""
    kind: GoalKind
    text: str
    """"": it was taken back."""
    source: str
    """Section of the document, or who set it."""
    actor: str
    actor_name: str
    made_at: datetime
    """Naive UTC."""
