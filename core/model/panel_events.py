"""Events of a panel of evaluators beside its scores: rounds, owners of sheets, steps, answers, minutes, evidence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class SheetKind(StrEnum):
    """Kinds of sheets by owner."""

    SHARED = "shared"
    """Nobody's alone: the working sheet, the reconstructions."""
    EVALUATOR = "evaluator"
    PANEL = "panel"
    """The panel's result."""
    UNIT = "unit"
    """The unit's own scores (自评)."""


class SheetState(StrEnum):
    """States of a sheet."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    LOCKED = "locked"


class RoundKind(StrEnum):
    """Purposes of a round."""

    SELF = "self"
    INITIAL = "initial"
    REEVALUATION = "reevaluation"
    FINAL = "final"


class Shown(StrEnum):
    """Moments from which an expert may see the others' scores."""

    AFTER_SUBMIT = "after_submit"
    """Once their own sheet is submitted."""
    AFTER_LOCK = "after_lock"
    """Once the round is locked."""


class SelfShown(StrEnum):
    """Moments from which the unit's 自评 stands beside an expert's own sheet."""

    AFTER_SUBMIT = "after_submit"
    """Once their own sheet is submitted."""
    AT_ONCE = "at_once"
    """From the beginning."""


LEAST_SCORERS = 2
"""Persons who have to score an item, where a round says nothing else."""


WHOLE_SHEET = ""
"""In place of an item's code: the whole sheet."""


@dataclass(frozen=True)
class SheetOwner:
    """Owner of a sheet; shared sheets have none."""

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
    """Content that a lock froze, as JSON; "" for other kinds."""
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class InputEvent:
    """Entry at an item for its rule to compute from; the newest revision counts."""

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
class Assignment:
    """分工: items that an evaluator of a round scores; the newest revision counts. Whoever has none scores all."""

    project: str
    round: str
    person: str
    """The evaluator's id, whether they have started their sheet or not."""
    person_name: str
    revision: int
    codes: str
    """JSON list of items; [] for all."""
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class FlagAnswer:
    """Answer to a flag, which then holds no lock up; the newest revision counts, an empty answer opens it again."""

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
    """Decision of a reply: 采纳, 部分采纳 or 不采纳; "" of a comment."""
    actor: str
    actor_name: str
    """Who has put it down."""
    made_at: datetime
    unit: str = ""
    """Unit that makes the comment; "" of a reply, and where nobody had been asked."""


@dataclass(frozen=True)
class TalkEvent:
    """讨论: a remark of somebody of the panel on an item, or what became of it."""

    project: str
    round: str
    code: str
    revision: int
    edit_id: str
    """Id that the browser gave it, so that it is written once."""
    kind: str
    """said; resolved, reopened (the item's talk); marked (a remark, for the minutes), unmarked."""
    about: int
    """Revision of the remark that is marked or unmarked; 0 of other kinds."""
    text: str
    """What is said; "" of other kinds."""
    mentioned: str
    """Persons whom a remark is meant for: JSON list of [id, name]."""
    actor: str
    actor_name: str
    made_at: datetime

    @property
    def mentions(self) -> dict[str, str]:
        """Names of the persons whom it is meant for, by their ids."""
        return dict(json.loads(self.mentioned))


@dataclass(frozen=True)
class Deliberation:
    """议定: whether the panel has discussed an item, and what it has decided; the newest revision counts."""

    project: str
    round: str
    code: str
    revision: int
    edit_id: str
    """Id that the browser gave it, so that it is written once."""
    discussed: bool
    decision: str
    proposer: str
    """Name of who proposed the decision, as it was typed; "" where nobody is named."""
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
    """A round as opened, or as changed, before rounds had a setting; it counts while a round has none."""

    project: str
    round: str
    revision: int
    name: str
    kind: RoundKind
    rule: str
    """Rule that makes one score of several: mean, median, trimmed_mean or chief."""
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class RoundSetting:
    """How a round is set up, whole, from a change on; the newest revision counts. Revision 0: it came otherwise."""

    project: str
    round: str
    revision: int
    change: str
    """set, closed, reopened, deleted."""
    name: str
    kind: RoundKind
    rule: str
    """Rule that makes one score of several: mean, median, trimmed_mean or chief."""
    deadline: date | None
    """Last day for scoring; None: none is set."""
    least_scorers: int
    """Persons who have to score an item."""
    shown: Shown
    self_shown: SelfShown
    reason: str
    """Reason of the change; "" where none is asked for."""
    actor: str
    actor_name: str
    made_at: datetime

    @property
    def self_assessed(self) -> bool:
        """True where the unit scores itself (自评)."""
        return self.kind is RoundKind.SELF


@dataclass(frozen=True)
class RoundStep:
    """Step of a round beside its sheets, or of a person in it."""

    project: str
    round: str
    revision: int
    edit_id: str
    """Id of the form that asked for it (of `opened`), so that it is done once."""
    kind: str
    """opened; seen (the others' scores, before there was an own sheet), asked (to score nevertheless), admitted (by a
    chief), left (the own sheet, while it was empty; where `actor` is another: they were taken off), started (it
    again)."""
    person: str
    """Person whom it is about; "" of `opened`."""
    person_name: str
    reason: str
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class EvidenceWithdrawal:
    """That a file does not back an item any longer; what was filed stays."""

    project: str
    sheet: str
    code: str
    id: str
    reason: str
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class EvidenceFile:
    """A file that backs an item; its content is found by the digest. One that backs several has its id in each."""

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
    withdrawn: EvidenceWithdrawal | None = None
    """None: it counts."""
