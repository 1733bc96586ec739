"""How a sending stands after its steps, and when it is tried again. Pure.

At most once. The claim is put down before a message leaves and its result after: whoever finds a claim without a
result cannot know whether the message has left, and does not send it again. It is listed as being in doubt until a
person asks for it once more. Only what a server has refused, or what never reached one, is tried again by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from core.model.notice import SendingStep, Step
from core.text import word

State = Literal["waiting", "sending", "sent", "retry", "doubt", "given_up"]
STATE_WORDS: Mapping[State, str] = {
    "waiting": word("待发送"),
    "sending": word("发送中"),
    "sent": word("已发送"),
    "retry": word("待重发"),
    "doubt": word("不知是否发出"),
    "given_up": word("已放弃"),
}
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""Waits after the first, second, … failure; after one more it is given up."""
STILL_SENDING = timedelta(minutes=10)
"""For so long a claim without a result may be of a process that is still at it."""
_BEGINS: tuple[Step, ...] = ("queued", "again")


@dataclass(frozen=True)
class Standing:
    """State of a sending, and when it is to be tried (None: not by itself)."""

    state: State
    due: datetime | None = None


def standing(steps: Sequence[SendingStep], now: datetime) -> Standing:
    """Tell how a sending stands after these steps (oldest first) at that moment (naive UTC)."""
    last = steps[-1]
    if last.step in _BEGINS:
        return Standing("waiting", last.made_at)
    if last.step == "sent":
        return Standing("sent")
    if last.step == "claimed":
        return Standing("sending" if now < last.made_at + STILL_SENDING else "doubt")
    if last.step == "doubt":
        return Standing("doubt")
    failed = _failures(steps)
    if failed > len(BACK_OFF):
        return Standing("given_up")
    return Standing("retry", last.made_at + BACK_OFF[failed - 1])


def _failures(steps: Sequence[SendingStep]) -> int:
    """Count the failures since it was queued, or since a person has asked for it again."""
    begun = max(at for at, each in enumerate(steps) if each.step in _BEGINS)
    return sum(each.step == "failed" for each in steps[begun:])


def is_due(steps: Sequence[SendingStep], now: datetime) -> bool:
    """True where it is to be sent now."""
    due = standing(steps, now).due
    return due is not None and due <= now


def may_repeat(steps: Sequence[SendingStep], now: datetime) -> bool:
    """True where a person may ask for it once more."""
    return standing(steps, now).state in ("doubt", "given_up")


def bundle(steps: Sequence[SendingStep]) -> datetime | None:
    """Tell what goes into one message: what is asked for again goes with what was claimed with it, all else together.

    The message is then made of the keys that it was made of before: a mail keeps its Message-ID.
    """
    if steps[-1].step != "again":
        return None
    return next((each.made_at for each in reversed(steps) if each.step == "claimed"), None)
