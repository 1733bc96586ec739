"""Outcomes of sending a message once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from core.errors import Message

Claim = Callable[[], bool]
"""Called where a message is about to leave: False means that another process has it, and nothing is to be sent."""
TIMEOUT = 20.0
"""Seconds to wait for a server's next word."""


@dataclass(frozen=True)
class Outcome:
    """What became of a message: `taken`, another process has it; `doubt`, it left and nobody said what became of it."""

    result: Literal["sent", "failed", "doubt", "taken"]
    said: Message | None = None
    """A sentence without addresses and anything secret."""


SENT, TAKEN = Outcome("sent"), Outcome("taken")
NOBODY_SAYS = Outcome(
    "doubt", Message("已送出，但对方没有答复，不知是否收到。请向收件人核实，没收到再用notify --again重发。")
)
