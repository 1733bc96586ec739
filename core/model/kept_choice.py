"""Choices for papers that a project keeps under a name, to make the next ones alike."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from core.model.paper import DEFAULT, PaperChoice

MOST_NAME = 20
"""Characters of a name."""
_OF_THE_DAY = ("round", "baseline")
"""What belongs to the moment of asking: kept, a choice would bring an old round back."""


@dataclass(frozen=True)
class KeptChoice:
    """A choice under a name; each event says all of it."""

    name: str
    seq: int
    """1, 2, 3 … of one name."""
    content: str
    """The choice as text (`as_text`). "": it was removed."""
    is_default: bool
    """True: papers of the project are made of it where nobody chooses; one at most is."""
    actor: str
    actor_name: str
    made_at: datetime
    """Naive UTC."""

    @property
    def choice(self) -> PaperChoice:
        """What was chosen, of the newest round and the default planned time."""
        found: dict[str, Any] = json.loads(self.content)
        lists = {name: tuple(value) for name, value in found.items() if isinstance(value, list)}
        return PaperChoice(**{**found, **lists})


def as_text(choice: PaperChoice) -> str:
    """JSON of what differs from the default, without round and planned time."""
    kept = [each.name for each in fields(PaperChoice) if each.name not in _OF_THE_DAY]
    differs = {name: getattr(choice, name) for name in kept if getattr(choice, name) != getattr(DEFAULT, name)}
    return json.dumps(differs, ensure_ascii=False, sort_keys=True)
