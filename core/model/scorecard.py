"""A scheme of indicators, a sheet scored by it, and the events that a sheet is made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

FINEST = Decimal("0.01")
"""Step of a scheme that says nothing of it: two decimals."""
STEPS = (FINEST, Decimal("0.1"), Decimal("0.5"), Decimal(1))
"""Steps (分) in which a scheme may have points given."""

MINUS = "扣-"
"""The codes of 扣分项 begin with it, so that each of their events tells by itself that its points are taken off."""


def is_minus(code: str) -> bool:
    """True for the code of a 扣分项: an item without full marks, of which points only go off the total."""
    return code.startswith(MINUS)


class Status(StrEnum):
    """Statuses of an item on a sheet."""

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
        """True where an item of this status has points that count."""
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
    """Full marks (分值); 0 of a 扣分项."""
    kind: str
    params: Mapping[str, Any] = field(hash=False)
    rule: str
    inputs: str
    evidence_needed: str
    source_section: str
    least: Decimal = Decimal(0)
    """Fewest points: below 0 of a 扣分项, which takes at most so many off."""

    @property
    def minus(self) -> bool:
        """True for a 扣分项."""
        return is_minus(self.code)

    @property
    def span(self) -> Decimal:
        """Points (分) between the fewest and the most that it can have."""
        return self.weight - self.least

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
    step: Decimal = FINEST
    """Step (分) in which points are given, one of STEPS; full marks and fewest points may always be."""

    @property
    def full_marks(self) -> Decimal:
        """Sum of the full marks of all indicators."""
        return sum((indicator.weight for indicator in self.indicators), Decimal(0))

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
class SheetTarget:
    """What a 自评表 says of an item beside its points, in its own words."""

    code: str
    target: str
    """年度指标值."""
    actual: str
    """实际完成值."""
    deviation: str
    """偏差原因分析及改进措施."""


@dataclass(frozen=True)
class BudgetLine:
    """A line of the budget block of a 自评表: the year's money, in all or of one source, 万元."""

    seq: int
    source: str
    initial: Decimal | None
    """年初预算数."""
    budget: Decimal | None
    """全年预算数."""
    executed: Decimal | None
    """全年执行数."""
    rate: str
    """执行率, as it is written."""


@dataclass(frozen=True)
class ScoreEvent:
    """One change of one item; the newest revision is what counts."""

    project: str
    sheet: str
    code: str
    revision: int
    """1, 2, 3 … within the item."""
    edit_id: str
    """Random id of the change: a change that arrives twice is known by it."""
    points: Decimal | None
    """Two decimals, at most 0 on a 扣分项; None unless the status is a scored one."""
    status: Status
    reason: str
    note: str
    """Origin of reconstructed points (规则, 判断, 规则外) or of a panel's result; "" for people's changes."""
    actor: str
    actor_name: str
    made_at: datetime
    """Naive UTC."""
