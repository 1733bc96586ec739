"""A figure to be read from afar: a card of 总览, and what slides, frames and the brief show of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.errors import Message

FillIn = Literal["", "entry", "file"]
"""Somebody enters it, or a file brings it."""
How = tuple[tuple[str, ...], ...]
"""怎么算: a row a measure, the first being the headings; () explains nothing."""


@dataclass(frozen=True)
class KeyFigure:
    """A figure with one caveat."""

    id: str
    """ASCII; by it documents choose what they show."""
    label: Message
    value: Message
    caveat: Message
    how: How
    fill_in: FillIn = ""
    """How what its value lacks comes in; its caveat says what that is. "": it lacks nothing."""
    more: Message | None = None
    """A second small line: its change since the snapshot before, or what it rests on."""
    reviewed: Message | None = None
    """Who stood for the data behind it besides who imported them, and when; None: nobody did."""
