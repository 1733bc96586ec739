"""What a check found."""

from __future__ import annotations

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
"""How a status reads on the screen."""


@dataclass(frozen=True)
class Finding:
    """One check's result on one project."""

    id: str
    """The check's number, the same for every project: "1", "20"."""
    status: Status
    """P agrees, W worth knowing, E a real contradiction, Q a question to the unit."""
    title: Message
    message: Message
    """The finding as a sentence, with its figures."""
    figures: tuple[tuple[str, str | Message], ...]
    """Label and value; a label is a word of the catalogue or a name from the data, a value is as printed."""
    source: str
    """Table and cell, or section of the document."""
