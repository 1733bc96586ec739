"""Finding of a check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.errors import Message
from core.text import word

Status = Literal["P", "W", "E", "Q"]

STATUS_NAMES: dict[Status, str] = {
    "P": word("一致"),
    "W": word("提示"),
    "E": word("不一致"),
    "Q": word("待核实"),
}
"""Statuses as the screen names them."""
ASKING: frozenset[Status] = frozenset(("E", "Q"))
"""Statuses that somebody has to answer: what agrees or is only worth knowing may be answered, and waits for nobody."""
OF_THE_FILE: frozenset[str] = frozenset(("3", "4", "17", "25", "26"))
"""Checks of the file itself: its serial numbers, merged cells, decimals, residue in cells, signatures and version."""


@dataclass(frozen=True)
class Finding:
    """Result of one check on one project."""

    id: str
    """Number of the check, one for all projects: "1", "20"."""
    status: Status
    """Status: P agrees, W worth knowing, E a real contradiction, Q a question to the unit."""
    title: Message
    message: Message
    """Sentence of the finding, with its figures."""
    figures: tuple[tuple[str | Message, str | Message], ...]
    """Labels and values; a label is a word of the catalogue or a name from the data, a value is as printed."""
    source: str
    """Table and cell, or section of the document."""

    @property
    def asks(self) -> bool:
        """Whether somebody has to answer it."""
        return self.status in ASKING


def joined_sentence(parts: Sequence[Message]) -> Message:
    """Make one sentence of a part or two."""
    if len(parts) > 1:
        return Message("{first}；{second}。", {"first": parts[0], "second": parts[1]})
    return Message("{first}。", {"first": parts[0]})
