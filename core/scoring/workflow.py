"""Who may do what on the sheets of a round, and when: 草稿 → 已提交 → 已退回 → 已锁定.

Evaluators score alone, unseen until they have submitted; a submitted sheet stands until it is returned with a reason;
a locked round stands until somebody else than who locked it opens it again. Source: the practice of review panels
(independent scoring before a meeting, signature by the 主评人).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from core.errors import Message, RenewalError
from core.model.context import Actor
from core.model.panel import WHOLE_SHEET, Recusal, SheetEvent, SheetKind, SheetOwner, SheetState
from core.model.rights import Deed, may_do
from core.model.rights import refusal as role_refusal
from core.model.scorecard import Status
from core.scoring.flags import Flag
from core.scoring.tally import Item

Action = Literal["see", "score", "submit", "return", "recuse", "answer", "lock", "unlock"]

PANEL = "panel"
"""Ids of sheets: the panel's is r1/panel, the shared draft r1/working, an evaluator's r1/<slug of the person>."""
WORKING = "working"
MOST_TEXT = 500
"""Characters of a reason or an answer."""


class NotAllowed(RenewalError):  # noqa: N818 - it reads as what it is
    """What the work flow does not allow now: every reason at once. Nothing was changed."""

    def __init__(self, reasons: Sequence[Message], whole: Message | None = None) -> None:
        super().__init__(whole or reasons[0])
        self.reasons = tuple(reasons)


def slug(actor: str) -> str:
    """A person's part of a sheet's id. Ids of sheets stand in addresses, and a person's own id must not."""
    return hashlib.sha256(actor.encode()).hexdigest()[:12]


def round_of(sheet: str) -> str:
    """The round that a sheet belongs to."""
    return sheet.partition("/")[0]


def state(events: Iterable[SheetEvent]) -> SheetState:
    """Where a sheet's own events have brought it; without any it is a draft."""
    now = before = SheetState.DRAFT
    for event in events:
        if event.kind == "locked":
            now, before = SheetState.LOCKED, before if now is SheetState.LOCKED else now
        elif event.kind == "unlocked":
            now = before
        else:
            now = SheetState(event.kind)
    return now


def recused(recusals: Iterable[Recusal]) -> dict[str, frozenset[str]]:
    """The codes that each sheet's evaluator stays out of (`WHOLE_SHEET`: all of it), by sheet."""
    active: dict[tuple[str, str], Recusal] = {}
    for recusal in recusals:
        key = (recusal.sheet, recusal.code)
        if key not in active or recusal.revision > active[key].revision:
            active[key] = recusal
    found: dict[str, set[str]] = {}
    for (sheet, code), newest in active.items():
        if newest.active:
            found.setdefault(sheet, set()).add(code)
    return {sheet: frozenset(codes) for sheet, codes in found.items()}


def same_person(actor: Actor, other: str, other_name: str) -> bool:
    """Whether somebody is who did something before: the same browser, or the same name in another one."""
    return actor.id == other or (actor.name or "").strip().casefold() == other_name.strip().casefold()


@dataclass(frozen=True)
class RoundState:
    """All sheets of one round as far as the work flow asks."""

    round: str
    sheets: tuple[str, ...]
    """Their ids, in the order in which they were made."""
    owners: Mapping[str, SheetOwner] = field(hash=False)
    """By sheet; a shared one has none."""
    events: Mapping[str, tuple[SheetEvent, ...]] = field(hash=False)
    """By sheet, oldest first."""
    recused: Mapping[str, frozenset[str]] = field(hash=False)
    project: str | None = None
    """Whose round it is: a role may be for one project only."""

    @property
    def panel(self) -> str:
        """The id of the panel's sheet, whether it is there or not."""
        return f"{self.round}/{PANEL}"

    @property
    def lock(self) -> SheetEvent | None:
        """The event that holds the round locked, or None."""
        events = self.events.get(self.panel)
        return events[-1] if events and events[-1].kind == "locked" else None

    def kind(self, sheet: str) -> SheetKind:
        """Whose sheet it is."""
        owner = self.owners.get(sheet)
        return owner.kind if owner else SheetKind.SHARED

    def is_personal(self, sheet: str) -> bool:
        """Whether one person scores on it alone."""
        return self.kind(sheet) in (SheetKind.EVALUATOR, SheetKind.UNIT)

    def state(self, sheet: str) -> SheetState:
        """Where a sheet stands; in a locked round all are locked."""
        return SheetState.LOCKED if self.lock else state(self.events.get(sheet, ()))

    def is_submitted(self, sheet: str) -> bool:
        """Whether its owner stands by it, locked or not."""
        return state(self.events.get(sheet, ())) is SheetState.SUBMITTED

    def own(self, actor: Actor) -> str | None:
        """The actor's own sheet in the round, if there is one."""
        return next((s for s in self.sheets if self.is_personal(s) and self.owners[s].owner == actor.id), None)

    @property
    def ballots(self) -> tuple[str, ...]:
        """The sheets that make the panel's result: submitted, not wholly recused."""
        return tuple(
            sheet
            for sheet in self.sheets
            if self.is_personal(sheet)
            and self.is_submitted(sheet)
            and WHOLE_SHEET not in self.recused.get(sheet, frozenset())
        )

    def owner_name(self, sheet: str) -> str:
        """Who scores on it; "" for a shared one."""
        owner = self.owners.get(sheet)
        return owner.owner_name if owner else ""


def may(actor: Actor, action: Action, rounds: RoundState, sheet: str) -> Message | None:
    """None if the actor may do that on the sheet now, else the sentence that says why not.

    `lock` and `unlock` are asked of the panel's sheet; what else holds a lock up is `lock_problems`. No role shows a
    sheet that is not submitted, or opens one's own lock.
    """
    if action == "see":
        return _may_see(actor, rounds, sheet)
    return _role_refusal(actor, action, rounds, sheet) or _refusal(actor, action, rounds, sheet)


def _role_refusal(actor: Actor, action: Action, rounds: RoundState, sheet: str) -> Message | None:
    """One's own sheet takes an evaluator, made or not; what several share takes the chief."""
    own = sheet == f"{rounds.round}/{slug(actor.id)}" and action in ("score", "submit", "recuse", "answer")
    another = rounds.is_personal(sheet) and action in ("score", "submit")  # whoever they are, it is not theirs
    deed = Deed.SCORE if own or another else Deed.CHAIR
    return None if may_do(actor.grants, deed, rounds.project) else role_refusal(actor.grants, deed)


def _refusal(actor: Actor, action: Action, rounds: RoundState, sheet: str) -> Message | None:
    lock = rounds.lock
    if action == "unlock":
        return _may_unlock(actor, lock)
    if lock is not None:
        return Message(
            "本轮已由{name}锁定,不能再改;确需修改,请由锁定人以外的人解锁并写明理由。", {"name": lock.actor_name}
        )
    hidden = _may_see(actor, rounds, sheet)
    if action in ("score", "answer", "lock") and hidden is not None:
        return hidden
    if action == "return":
        if not (rounds.is_personal(sheet) and rounds.is_submitted(sheet)):
            return Message("本表尚未提交,不用退回。")
        owner = rounds.owners[sheet]
        if same_person(actor, owner.owner, owner.owner_name):
            # Whoever has seen the others' scores would change their own by themselves.
            return Message("这是您自己的评分表,须由另一人退回并写明理由。")
        return None
    if rounds.is_personal(sheet):
        owner = rounds.owners[sheet]
        if action in ("score", "submit") and owner.owner != actor.id:
            return Message("这是{name}的评分表,只能由本人填写。", {"name": owner.owner_name})
        if action in ("score", "submit") and rounds.is_submitted(sheet):
            return Message("本表已提交,不能再改;如需修改,请先由他人退回并写明理由。")
    elif action in ("submit", "recuse"):
        return Message("“提交”和“回避”只用于评价人本人的评分表。")
    return None


def _may_see(actor: Actor, rounds: RoundState, sheet: str) -> Message | None:
    own = rounds.own(actor)
    if sheet == own:
        return None
    if own is not None and not rounds.is_submitted(own):
        return Message("您的评分表还没有提交;提交后才能看到本轮其他评分表。")
    if rounds.is_personal(sheet) and not rounds.is_submitted(sheet):
        return Message("{name}的评分表还没有提交,提交前其他人看不到。", {"name": rounds.owner_name(sheet)})
    return None


def _may_unlock(actor: Actor, lock: SheetEvent | None) -> Message | None:
    if lock is None:
        return Message("本轮没有锁定。")
    if same_person(actor, lock.actor, lock.actor_name):
        return Message("本轮由您锁定,须由另一人解锁。")
    return None


def need_text(text: str, missing: Message) -> str:
    """A reason or answer as it is kept. Raises NotAllowed with `missing` when there is none, or it is too long."""
    kept = text.strip()
    if not kept:
        raise NotAllowed([missing])
    if len(kept) > MOST_TEXT:
        raise NotAllowed([Message("最多{most}字,现有{length}字。", {"most": MOST_TEXT, "length": len(kept)})])
    return kept


_OPEN: Mapping[Status, Message] = {
    Status.EXAMPLE: Message("{code} {name}:待确认。"),
    Status.UNSCORED: Message("{code} {name}:未评。"),
    Status.EVIDENCE_MISSING: Message("{code} {name}:待补佐证。"),
}


def lock_problems(rounds: RoundState, items: Sequence[Item] | None, open_flags: Sequence[Flag]) -> tuple[Message, ...]:
    """Everything that holds a lock up, at once.

    `items` is the panel's sheet (None: there is none yet), `open_flags` are its flags without an answer.
    """
    if items is None:
        return (Message("本轮还没有评审组的评分表;请先汇总或填写。"),)
    found = [
        Message(_OPEN[item.status].text, {"code": item.indicator.code, "name": item.indicator.l3})
        for item in items
        if item.status in _OPEN
    ]
    found += [Message("{flag}(提示未答复)", {"flag": flag.message}) for flag in open_flags]
    found += [
        Message("{name}的评分表还没有提交。", {"name": rounds.owner_name(sheet)})
        for sheet in rounds.sheets
        if rounds.is_personal(sheet)
        and not rounds.is_submitted(sheet)
        and WHOLE_SHEET not in rounds.recused.get(sheet, frozenset())
    ]
    return tuple(found)
