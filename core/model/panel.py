"""What a panel of evaluators leaves behind beside its scores: rounds, who owns a sheet, and the events of the work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SheetKind(StrEnum):
    """Whose sheet it is."""

    SHARED = "shared"
    """Nobody's alone: the working sheet, the reconstructions."""
    EVALUATOR = "evaluator"
    PANEL = "panel"
    """The panel's result."""
    UNIT = "unit"
    """The unit's own scores (自评)."""


class SheetState(StrEnum):
    """Where a sheet stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    LOCKED = "locked"


class RoundKind(StrEnum):
    """What a round is for."""

    SELF = "self"
    INITIAL = "initial"
    FINAL = "final"


WHOLE_SHEET = ""
"""In place of an item's code: the whole sheet."""


@dataclass(frozen=True)
class SheetOwner:
    """Whose a sheet is; shared sheets have none."""

    project: str
    sheet: str
    owner: str
    """The actor's id; "" for the panel."""
    owner_name: str
    kind: SheetKind


@dataclass(frozen=True)
class SheetEvent:
    """A step of a sheet's work flow. A round is locked by locking its panel's sheet."""

    project: str
    sheet: str
    revision: int
    edit_id: str
    kind: str
    """submitted, returned, locked, unlocked."""
    reason: str
    frozen: str
    """What a lock froze, as JSON; "" for other kinds."""
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class InputEvent:
    """What was entered at an item for its rule to compute from; the newest revision counts."""

    project: str
    sheet: str
    code: str
    revision: int
    edit_id: str
    content: str
    """An `ItemInput` as JSON."""
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class Recusal:
    """回避: an evaluator stays out of an item, or of the whole sheet; withdrawn by a later one that is not active."""

    project: str
    sheet: str
    code: str
    """`WHOLE_SHEET`, or an item."""
    revision: int
    active: bool
    reason: str
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class FlagAnswer:
    """Why a flag does not hold the sheet up; the newest revision counts, an empty answer opens it again."""

    project: str
    sheet: str
    code: str
    kind: str
    revision: int
    answer: str
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class Comment:
    """征求意见: what the evaluated unit says of an item, or what the panel answers it."""

    project: str
    round: str
    code: str
    revision: int
    kind: str
    """comment or reply."""
    text: str
    decision: str
    """Of a reply: 采纳, 部分采纳 or 不采纳; "" of a comment."""
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class Minutes:
    """The minutes of a round as somebody saved them; the newest revision counts."""

    project: str
    round: str
    revision: int
    text: str
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class RoundEvent:
    """A round as opened, or as changed since; the newest revision counts. Revision 0: it came with the data."""

    project: str
    round: str
    revision: int
    name: str
    kind: RoundKind
    rule: str
    """How several scores become one: mean, median, trimmed_mean or chief."""
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class EvidenceFile:
    """A file that backs an item; its content is found by the digest."""

    project: str
    sheet: str
    code: str
    id: str
    kind: str
    """正式资料, 工作资料, 原始凭证 or 说明材料."""
    name: str
    media_type: str
    size: int
    """Bytes."""
    digest: str
    """SHA-256 of the content, hexadecimal."""
    actor: str
    actor_name: str
    made_at: datetime
