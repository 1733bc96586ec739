"""Notices: what is told by mail and webhook, once each, and the steps of sending them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.errors import Message

Step = Literal["queued", "claimed", "sent", "failed", "doubt", "again"]
"""Steps of a sending, in their order; `again`: a person has asked for it once more."""


@dataclass(frozen=True)
class Notice:
    """Something to be told, without anything about persons."""

    key: str
    """Unique: what has been told under a key is never told again."""
    project: str
    text: Message
    link: str
    """Address within the dashboard: alarms?project=…"""


@dataclass(frozen=True)
class SendingStep:
    """A step of sending a notice to a channel."""

    step: Step
    said: Message | None
    """Why it failed, or what is in doubt."""
    made_at: datetime
    """Naive UTC."""


@dataclass(frozen=True)
class Told:
    """A notice as it was put down, with the steps of its sendings, oldest first, by channel."""

    notice: Notice
    made_at: datetime
    steps: dict[str, tuple[SendingStep, ...]]
