"""Context of a call: actor, language, and version of the data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from core.model.rights import LOCAL, Grant

Language = Literal["zh_CN", "en"]
LANGUAGES: tuple[Language, ...] = ("zh_CN", "en")
AmountUnit = Literal["yuan", "wan", "million", "yi"]
"""元, 万元, 亿元."""
AMOUNT_UNITS: tuple[AmountUnit, ...] = ("yuan", "wan", "million", "yi")


@dataclass(frozen=True)
class Actor:
    """Person who asks. In mode `local` a label, not an authentication: a browser's random id and the name typed there.

    `name` is None until the person has given it; reading asks nothing, writing needs it.
    """

    id: str
    name: str | None = None
    grants: frozenset[Grant] = LOCAL
    """Their roles. Whoever makes an Actor of somebody who has logged in says which (core.service.base.identity)."""


SYSTEM = Actor("system", "系统")
"""Actor who wrote the shipped example."""


@dataclass(frozen=True)
class Version:
    """State that is read. None means the newest."""

    batch: str | None = None
    """The last import batch that counts."""
    moment: datetime | None = None
    """Score events after this moment (naive UTC) do not count."""
    data: datetime | None = None
    """Imports, and what became of them, after this moment do not count; where it is given, `batch` is not asked."""


NEWEST = Version()

Until = Literal["data", "steps", "any"]
"""Writes that end a kept answer: of `data`, of anything but a score (`steps`), of `any`thing."""


@dataclass(frozen=True)
class Context:
    """First argument of every service call."""

    actor: Actor
    language: Language = "zh_CN"
    version: Version = NEWEST
    store: Path | None = None
    """The data file that the call is about; None: the store of this process (core.service.base.open_store)."""
    unit: AmountUnit = "wan"
    """In which unit amounts are printed."""
