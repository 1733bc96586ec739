"""One change of one item, judged against what the sheet holds: saved, known already, refused or in conflict.

Two people who edit from the same revision must not overwrite each other: an edit names the revision (or the
still unanswered edit of its own) that it was made from, and only fits if that is the newest one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.errors import Message
from core.model.scorecard import Scheme, ScoreEvent, Status
from core.scoring.entry import read_points

MOST_REASON = 500
"""Characters of a reason."""
_EDIT_ID = re.compile(r"[0-9a-zA-Z-]{16,64}")
_WRITABLE = (Status.CONFIRMED, Status.UNSCORED, Status.EVIDENCE_MISSING, Status.NOT_APPLICABLE)


@dataclass(frozen=True)
class Edit:
    """A change as it came from a person: not yet judged."""

    edit_id: str
    code: str
    base: int | str
    """The revision it was made from (0: none yet), or the edit_id of its own predecessor."""
    points: str
    status: Status
    reason: str


@dataclass(frozen=True)
class Change:
    """What is to be written as the item's next revision."""

    edit_id: str
    code: str
    points: Decimal | None
    status: Status
    reason: str


@dataclass(frozen=True)
class Saved:
    """The edit is in the store (now, or since an earlier arrival of the same edit)."""

    event: ScoreEvent


@dataclass(frozen=True)
class Refused:
    """The edit cannot be taken; `message` says why. Nothing was written."""

    message: Message


@dataclass(frozen=True)
class Conflict:
    """Somebody else changed the item since; None: the item has gone back to having no event at all."""

    theirs: ScoreEvent | None


Answer = Saved | Refused | Conflict


def read_edit(raw: object) -> Edit | tuple[str | None, Refused]:
    """An edit from what a browser sent, which may be anything; a refusal comes with the edit_id if it has one."""
    garbled = Refused(Message("收到的修改内容不完整,未计入。请刷新页面后重填。"))
    if not isinstance(raw, Mapping):
        return None, garbled
    edit_id, code, base = raw.get("edit_id"), raw.get("code"), raw.get("base")
    points, status, reason = raw.get("points"), raw.get("status"), raw.get("reason", "")
    if not isinstance(edit_id, str) or not _EDIT_ID.fullmatch(edit_id):
        return None, garbled
    if (
        not isinstance(code, str)
        or isinstance(base, bool)
        or not isinstance(base, int | str)
        or not isinstance(points, str | None)
        or not isinstance(reason, str)
        or status not in _WRITABLE
    ):
        return edit_id, garbled
    return Edit(edit_id, code, base, points or "", Status(status), reason.strip())


def judge(
    edit: Edit, scheme: Scheme, current: ScoreEvent | None, known: ScoreEvent | None
) -> Change | Saved | Refused | Conflict:
    """What becomes of an edit.

    `current` is the item's newest event, `known` the event that already carries this edit_id. A `Change` is to be
    written; everything else is an answer already.
    """
    if known is not None:
        if known.code != edit.code:
            return Refused(Message("这处修改未计入。请刷新页面后重填。"))
        return Saved(known)
    indicator = scheme.indicator(edit.code)
    if indicator is None:
        return Refused(Message("本表没有编号为“{code}”的指标,未计入。", {"code": edit.code[:20]}))
    if len(edit.reason) > MOST_REASON:
        return Refused(
            Message("原因最多{most}字,现有{length}字,未计入。", {"most": MOST_REASON, "length": len(edit.reason)})
        )
    points: Decimal | None = None
    if edit.status.scored:
        read = read_points(edit.points, indicator.weight, current.points if current else None)
        if isinstance(read, Message):
            return Refused(read)
        points = read
    newest = (current.revision, current.edit_id) if current else (0, "")
    if edit.base not in newest or edit.base == "":
        return Conflict(current)
    return Change(edit.edit_id, edit.code, points, edit.status, edit.reason)
