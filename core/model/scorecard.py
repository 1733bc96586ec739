"""A scheme of indicators, a sheet scored by it, and the events that a sheet is made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """Where an item of a sheet stands."""

    EXAMPLE = "example"
    """待确认: points of the shipped reconstruction, not yet anybody's."""
    CONFIRMED = "confirmed"
    """已确认: somebody stands by these points."""
    UNSCORED = "unscored"
    """未评: not 0."""
    EVIDENCE_MISSING = "evidence_missing"
    """待补佐证: neither 0 nor full marks."""
    NOT_APPLICABLE = "not_applicable"
    """不适用: leaves the sum."""

    @property
    def scored(self) -> bool:
        """Whether an item of this status has points that count."""
        return self in (Status.EXAMPLE, Status.CONFIRMED)


@dataclass(frozen=True)
class Grade:
    """A grade and the total from which it holds: [floor, next floor)."""

    name: str
    floor: Decimal


@dataclass(frozen=True)
class GradeScheme:
    """Grades, best first, the last with floor 0."""

    id: str
    name: str
    grades: tuple[Grade, ...]


@dataclass(frozen=True)
class Indicator:
    """One item of a scheme."""

    code: str
    l1: str
    l2: str
    l3: str
    weight: Decimal
    """Full marks (分值)."""
    kind: str
    params: Mapping[str, Any] = field(hash=False)
    rule: str
    inputs: str
    evidence_needed: str
    source_section: str

    @property
    def params_text(self) -> str:
        """The params as files and the store hold them: a JSON object."""
        return json.dumps(self.params, ensure_ascii=False, default=float)


@dataclass(frozen=True)
class Scheme:
    """A scheme of indicators; frozen once scored: a change is a new version."""

    id: str
    version: int
    name: str
    indicators: tuple[Indicator, ...]

    def indicator(self, code: str) -> Indicator | None:
        """The indicator of that code, or None."""
        return next((indicator for indicator in self.indicators if indicator.code == code), None)


@dataclass(frozen=True)
class Sheet:
    """One table of scores in a round. `reconstruction` marks 还原稿·非原表."""

    project: str
    id: str
    """`r1/working`."""
    name: str
    scheme: Scheme
    grade_scheme: GradeScheme
    reconstruction: bool


@dataclass(frozen=True)
class ScoreEvent:
    """One change of one item; the newest revision is what counts."""

    project: str
    sheet: str
    code: str
    revision: int
    """1, 2, 3 … within the item."""
    edit_id: str
    """The change's own random id: the same change arriving twice is known by it."""
    points: Decimal | None
    """Two decimals; None unless the status is a scored one."""
    status: Status
    reason: str
    note: str
    """Where the points of the reconstruction come from (规则, 判断, 规则外); "" for people's changes."""
    actor: str
    actor_name: str
    made_at: datetime
    """Naive UTC."""
