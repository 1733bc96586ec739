"""Settings of a round: what holds now of all that was set, and which changes of it are allowed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.errors import Message
from core.model.panel_events import LEAST_SCORERS, RoundEvent, RoundKind, RoundSetting, SelfShown, Shown
from core.model.scorecard import Indicator, Scheme
from core.scoring.round_state import RoundState
from core.scoring.workflow import lock_refusal
from core.text.moments import day_and_time

SET = ("name", "kind", "rule", "deadline", "least_scorers", "shown", "self_shown")
"""Fields of a setting that somebody chooses."""
UNSAID: Mapping[str, Any] = {
    "deadline": None,
    "least_scorers": LEAST_SCORERS,
    "shown": Shown.AFTER_SUBMIT,
    "self_shown": SelfShown.AFTER_SUBMIT,
}
"""What holds where a round says nothing else."""


def from_event(event: RoundEvent) -> RoundSetting:
    """Read an event of before there were settings as one."""
    return RoundSetting(**vars(event), change="set", reason="", **UNSAID)


def new_round(name: str, kind: RoundKind, rule: str = "mean") -> dict[str, object]:
    """Draft the setting of a new round of which nothing more is said."""
    own = {"name": name, "kind": kind, "rule": rule, "change": "set", "reason": ""}
    return {**own, **UNSAID}


def draft(of: RoundSetting, **changed: object) -> Mapping[str, object]:
    """Draft the next setting of a round: as it stands but for what changes."""
    return {**{name: getattr(of, name) for name in SET}, "change": "set", "reason": "", **changed}


def change_refused(state: RoundState, now: RoundSetting, then: Mapping[str, object]) -> Message | None:
    """Return None if the round's setting may become `then` (a draft), else the sentence that says why not."""
    change = then["change"]
    if state.lock is not None:
        return lock_refusal(state.lock)
    if state.deleted:
        return Message("本轮已删除。")
    if change == "closed" and state.closed is not None:
        return _already(state.closed)
    if change == "reopened" and state.closed is None:
        return Message("本轮没有关闭，不用重新打开。")
    unit = RoundKind.SELF in (now.kind, then["kind"]) and now.kind is not then["kind"]
    if unit and any(map(state.is_personal, state.sheets)):
        return Message("已有人开始填表，不能在自评与其他类别之间改换；请另建一轮。")
    return None


def _already(closed: RoundSetting) -> Message:
    params = {"name": closed.actor_name, "when": day_and_time(closed.made_at)}
    return Message("本轮已由{name}于{when}关闭，不用再关闭。", params)


def deadline_words(deadline: date | None, today: date) -> Message | None:
    """Word how long there is to a deadline; None: there is none."""
    if deadline is None:
        return None
    left = (deadline - today).days
    params = {"day": deadline, "days": left}
    if left < 0:
        return Message("截止{day}，已截止；此后提交的注明“逾期提交”", params)
    return Message("截止{day}，剩{days}天", params) if left else Message("截止{day}，今天截止", params)


@dataclass(frozen=True)
class FullMarks:
    """An item whose full marks differ between two schemes. None: it is not in that one."""

    code: str
    name: str
    before: Decimal | None
    after: Decimal | None


def full_marks_beside(before: Scheme, after: Scheme) -> tuple[FullMarks, ...]:
    """List the items whose name or full marks differ: those of the new scheme in its order, then those dropped."""
    found = [
        FullMarks(item.code, item.l3, None if old is None else _marks(old), _marks(item))
        for item in after.indicators
        if (old := before.indicator(item.code)) is None or (_marks(old), old.l3) != (_marks(item), item.l3)
    ]
    dropped = [
        FullMarks(item.code, item.l3, _marks(item), None)
        for item in before.indicators
        if after.indicator(item.code) is None
    ]
    return (*found, *dropped)


def _marks(item: Indicator) -> Decimal:
    """Full marks; of a 扣分项 the fewest points."""
    return item.weight or item.least


def free_name(kind: str, names: Collection[str]) -> str:
    """Name a round by its kind; by a number where there is one of that name."""
    numbered = (f"{kind}{number}" for number in range(2, len(names) + 3))
    return next(name for name in (kind, *numbered) if name not in names)


def closing(settings: Sequence[RoundSetting]) -> RoundSetting | None:
    """The change that holds a round closed (its settings oldest first), or None."""
    moved = [each for each in settings if each.change in ("closed", "reopened")]
    return moved[-1] if moved and moved[-1].change == "closed" else None
