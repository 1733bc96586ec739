"""A change of an item, judged against the sheet: saved, known already, refused or in conflict.

Two people who edit from one revision must not overwrite each other: an edit names the revision (or the
still unanswered edit of its own) that it was made from, and only fits if that is the newest one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.errors import Message
from core.model.scorecard import Scheme, ScoreEvent, Status
from core.model.storable import unstorable
from core.scoring.entry import read_points

MOST_REASON = 500
"""Characters of a reason."""
_EDIT_ID = re.compile(r"[0-9a-zA-Z-]{16,64}")
_WRITABLE = (
    Status.CONFIRMED,
    Status.UNSCORED,
    Status.EVIDENCE_MISSING,
    Status.NOT_APPLICABLE,
    Status.EXAMPLE,  # only to go back to what the item was: see `returns`
)


@dataclass(frozen=True)
class Edit:
    """A change as a person sent it, not yet judged."""

    edit_id: str
    code: str
    base: int | str
    """Revision it was made from (0: none yet), or the edit_id of its own predecessor."""
    points: str
    status: Status
    reason: str


@dataclass(frozen=True)
class ScoreChange:
    """Next revision of an item, to be written."""

    edit_id: str
    code: str
    points: Decimal | None
    status: Status
    reason: str
    note: str = ""
    """Origin of the points that it brings back, as in ScoreEvent."""


@dataclass(frozen=True)
class Saved:
    """Answer: the edit is in the store (now, or since it arrived before)."""

    event: ScoreEvent


@dataclass(frozen=True)
class Refused:
    """Answer: the edit cannot be taken; `message` says why. Nothing was written."""

    message: Message


GARBLED = Refused(Message("收到的修改内容不完整，未计入。请刷新页面后重填。"))


@dataclass(frozen=True)
class Conflict:
    """Answer: somebody else changed the item since; None: the item has gone back to having no event at all."""

    theirs: ScoreEvent | None


Answer = Saved | Refused | Conflict


def read_edit(raw: object) -> Edit | tuple[str | None, Refused]:
    """Read an edit from a browser, which may send anything; a refusal comes with the edit_id if it has one."""
    if not isinstance(raw, Mapping):
        return None, GARBLED
    edit_id, code, base = raw.get("edit_id"), raw.get("code"), raw.get("base")
    points, status, reason = raw.get("points"), raw.get("status"), raw.get("reason", "")
    if not isinstance(edit_id, str) or not _EDIT_ID.fullmatch(edit_id):
        return None, GARBLED
    if (
        not isinstance(code, str)
        or isinstance(base, bool)
        or not isinstance(base, int | str)
        or not isinstance(points, str | None)
        or not isinstance(reason, str)
        or status not in _WRITABLE
    ):
        return edit_id, GARBLED
    if (why := unstorable([code, base, points, reason])) is not None:
        return edit_id, Refused(why)
    return Edit(edit_id, code, base, points or "", Status(status), reason.strip())


def returns(edit: Edit, events: Iterable[ScoreEvent]) -> bool:
    """True where an edit may have its status: nobody makes an item 待确认, but it may go back to having been so."""
    return edit.status is not Status.EXAMPLE or any(
        (event.status, event.reason) == (edit.status, edit.reason) and f"{event.points:.2f}" == edit.points
        for event in events
    )


def judge(
    edit: Edit, scheme: Scheme, current: ScoreEvent | None, known: ScoreEvent | None
) -> ScoreChange | Saved | Refused | Conflict:
    """Judge an edit.

    `current` is the item's newest event, `known` the event that already carries this edit_id. A `ScoreChange` is to be
    written; everything else is an answer already.
    """
    if known is not None:
        if known.code != edit.code:
            return Refused(Message("这处修改未计入。请刷新页面后重填。"))
        return Saved(known)
    indicator = scheme.indicator(edit.code)
    if indicator is None:
        return Refused(Message("本表没有编号为“{code}”的指标，未计入。", {"code": edit.code[:20]}))
    if len(edit.reason) > MOST_REASON:
        return Refused(
            Message("原因最多{most}字，现有{length}字，未计入。", {"most": MOST_REASON, "length": len(edit.reason)})
        )
    points: Decimal | None = None
    if edit.status.scored:
        kept = current.points if current else None
        read = read_points(edit.points, indicator.weight, kept, indicator.least, scheme.step)
        if isinstance(read, Message):
            return Refused(read)
        points = read
    newest = (current.revision, current.edit_id) if current else (0, "")
    if edit.base not in newest or edit.base == "":
        return Conflict(current)
    return ScoreChange(edit.edit_id, edit.code, points, edit.status, edit.reason)
