"""Rules of the work flow of a round's sheets: 草稿 → 已提交 → 已退回 → 已锁定, by actor and action.

Evaluators score alone: until they have submitted, nobody sees their sheets and they see nobody's. Whoever has seen the
others' scores before having a sheet starts one only with a chief's yes. A submitted sheet stands until it is returned
with a reason, or its owner takes it back before any other is submitted; a locked round stands until somebody else than
who locked it opens it again. Source: the practice of review panels (independent scoring before a meeting, signature by
the 主评人).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from core.errors import Message
from core.model.context import Actor
from core.model.panel_events import WHOLE_SHEET, RoundStep, SheetEvent
from core.model.rights import Deed, may_do
from core.model.rights import refusal as role_refusal
from core.model.scorecard import Status
from core.scoring.flags import Flag
from core.scoring.round_state import RoundState, left, same_person, slug, taken_off
from core.scoring.tally import ScoredItem
from core.text import word
from core.text.moments import day_and_time

Action = Literal[
    "see", "start", "score", "submit", "withdraw", "return", "recuse", "take_off", "assign", "answer", "lock", "unlock"
]


def may(actor: Actor, action: Action, rounds: RoundState, sheet: str) -> Message | None:
    """Return None if the actor may do that on the sheet now, else the sentence that says why not.

    `lock` and `unlock` are asked of the panel's sheet; what else holds a lock up is `lock_problems`. No role shows a
    sheet that is not submitted, or opens one's own lock.
    """
    if action == "see":
        return _may_see(actor, rounds, sheet)
    return _role_refusal(actor, action, rounds, sheet) or _refusal(actor, action, rounds, sheet)


def _role_refusal(actor: Actor, action: Action, rounds: RoundState, sheet: str) -> Message | None:
    """Ask the roles: one's own sheet takes an evaluator, made or not; what several share takes the chief."""
    mine = sheet == f"{rounds.round}/{slug(actor.id)}"
    own = mine and action in ("start", "score", "submit", "withdraw", "recuse", "answer")
    # Another's sheet is refused by its owner below, not by a role.
    another = rounds.is_personal(sheet) and action in ("score", "submit", "withdraw")
    deed = Deed.SCORE if own or another else Deed.CHAIR
    return None if may_do(actor.grants, deed, rounds.project) else role_refusal(actor.grants, deed)


def _refusal(actor: Actor, action: Action, rounds: RoundState, sheet: str) -> Message | None:
    if action == "unlock":
        return _may_unlock(actor, rounds.lock)
    if (still := stands_still(rounds)) is not None:
        return still
    if action == "start":
        return _may_start(actor, rounds)
    hidden = _may_see(actor, rounds, sheet)
    if action in ("score", "answer", "lock") and hidden is not None:
        return hidden
    if action == "return":
        if not (rounds.is_personal(sheet) and rounds.is_submitted(sheet)):
            return Message("本表尚未提交，不用退回。")
        owner = rounds.owners[sheet]
        if same_person(actor, owner.owner, owner.owner_name):
            # Else somebody who has seen the others' scores could change their own alone.
            return Message("这是您自己的评分表，须由另一人退回并写明理由。")
        return None
    if action == "take_off":
        return _may_take_off(rounds, sheet)
    if action == "assign":
        if rounds.is_submitted(sheet):
            name = rounds.owner_name(sheet)
            return Message("{name}的评分表已提交，分工不能再改；确需修改，请先退回。", {"name": name})
        return None
    if rounds.is_personal(sheet):
        owner = rounds.owners[sheet]
        if action in ("score", "submit", "withdraw") and owner.owner != actor.id:
            return Message("这是{name}的评分表，只能由本人填写。", {"name": owner.owner_name})
        if action == "withdraw":
            return _may_withdraw(actor, rounds, sheet)
        if action in ("score", "submit") and rounds.is_submitted(sheet):
            return Message("本表已提交，不能再改；如需修改，请先由他人退回并写明理由。")
    elif action in ("submit", "withdraw", "recuse"):
        return Message("“提交”和“回避”只用于评价人本人的评分表。")
    return None


def stands_still(rounds: RoundState) -> Message | None:
    """Say why nothing can be entered in the round by anybody: it is locked, deleted or closed; None: it can."""
    if rounds.lock is not None:
        return lock_refusal(rounds.lock)
    if rounds.deleted:
        return Message("本轮已删除。")
    if rounds.closed is not None:
        params = {"name": rounds.closed.actor_name, "when": day_and_time(rounds.closed.made_at)}
        return Message("本轮已由{name}于{when}关闭，不能再填写或提交；需要继续的，请主评人重新打开本轮。", params)
    return None


def lock_refusal(lock: SheetEvent) -> Message:
    """Word that nothing in a locked round can be changed."""
    return Message(
        "本轮已由{name}锁定，不能再改；确需修改，请由锁定人以外的人解锁并写明理由。", {"name": lock.actor_name}
    )


def _may_take_off(rounds: RoundState, sheet: str) -> Message | None:
    if not rounds.is_personal(sheet):
        return Message("本轮没有这位评价人，请刷新后再试。")
    if rounds.is_submitted(sheet) and not rounds.is_recused(sheet):
        params = {"name": rounds.owner_name(sheet)}
        return Message("{name}的评分表已提交，计入本轮结果，不能移出；确需移出，请先退回评分表。", params)
    return None


def off_words(step: RoundStep) -> Message:
    """Say that an evaluator was taken off the round, by whom and why, and what becomes of their sheet."""
    params = {"name": step.person_name, "who": step.actor_name, "reason": step.reason}
    return Message(
        "{name}已由{who}移出本轮评分，理由：{reason}。其评分表不计入结果，内容留在记录里；"
        "要再参加，请主评人在“轮次设置”里重新加入。",
        params,
    )


def _may_start(actor: Actor, rounds: RoundState) -> Message | None:
    off = taken_off(rounds.parts).get(f"{rounds.round}/{slug(actor.id)}")
    if off is not None:
        return off_words(off)
    if rounds.knows(actor) and not rounds.admitted(actor):
        return Message("您已看过本轮他人的得分，不能再独立评分；须由主评人（本人以外）同意并写明理由，才能开始评分表。")
    return None


def _may_withdraw(actor: Actor, rounds: RoundState, sheet: str) -> Message | None:
    if not rounds.is_submitted(sheet):
        return Message("本表尚未提交，不用撤回。")
    others = (each for each in rounds.sheets if each != sheet and rounds.is_personal(each))
    if any(event.kind == "submitted" for each in others for event in rounds.events.get(each, ())):
        if rounds.waits_for_lock(actor):
            return Message("已有其他人提交评分表，不能再撤回；确需修改，请由他人退回并写明理由。")
        return Message("已有其他人提交评分表，您看得到他人的得分，不能再撤回；确需修改，请由他人退回并写明理由。")
    return None


def _may_see(actor: Actor, rounds: RoundState, sheet: str) -> Message | None:
    own = rounds.own(actor)
    if sheet == own:
        return None
    off = taken_off(rounds.parts)
    if sheet in off:
        return off_words(off[sheet])
    if sheet in left(rounds.parts):
        return Message("这张评分表的评价人已退出本轮评分，表是空的。")
    if own is not None and not rounds.is_submitted(own):
        return Message("您的评分表还没有提交；提交后才能看到本轮其他评分表。")
    if f"{rounds.round}/{slug(actor.id)}" in off and rounds.named(actor) and not rounds.lock:
        return Message("您已被移出本轮评分；本轮锁定后才能看到评分表。")
    if own is None and sheet != f"{rounds.round}/{slug(actor.id)}" and rounds.named(actor) and not rounds.lock:
        return Message("您是本轮的评价人，评分表还没有提交；提交后才能看到本轮其他评分表。")
    if rounds.waits_for_lock(actor):
        return Message("本轮锁定后才公开得分；锁定前您只能看到自己的评分表。")
    if rounds.is_personal(sheet) and not rounds.is_submitted(sheet):
        return Message("{name}的评分表还没有提交，提交前其他人看不到。", {"name": rounds.owner_name(sheet)})
    if actor.name is None and rounds.undecided(actor) and rounds.tells(actor, sheet):
        return Message("请先填写您的姓名，再看评价人的得分：谁在评分前看过，要记录在案。")
    return None


def _may_unlock(actor: Actor, lock: SheetEvent | None) -> Message | None:
    if lock is None:
        return Message("本轮没有锁定。")
    if same_person(actor, lock.actor, lock.actor_name):
        return Message("本轮由您锁定，须由另一人解锁。")
    return None


_OPEN: Mapping[Status, str] = {
    Status.EXAMPLE: word("{code} {name}：待确认。"),
    Status.UNSCORED: word("{code} {name}：未评。"),
    Status.EVIDENCE_MISSING: word("{code} {name}：待补佐证。"),
}


def _of_item(text: str, item: ScoredItem, **more: object) -> Message:
    return Message(text, {"code": item.indicator.code, "name": item.indicator.l3, **more})


def without_reason(items: Sequence[ScoredItem]) -> tuple[Message, ...]:
    """List the deductions without a reason, but of items that the evaluator does not score."""
    return tuple(
        _of_item(word("{code} {name}：扣{points}分，未写原因。"), item, points=f"{item.deduction:.2f}")
        for item in items
        if item.deduction and not (item.event and item.event.reason.strip())
    )


def unscored(items: Sequence[ScoredItem]) -> tuple[Message, ...]:
    """List the items without an answer, but those that the evaluator does not score."""
    return tuple(_of_item(_OPEN[item.status], item) for item in items if item.status is Status.UNSCORED)


def not_theirs(rounds: RoundState, sheet: str, code: str) -> Message | None:
    """Say why nobody scores the item on the sheet: 回避 or 分工; None: its owner does."""
    out = rounds.recused.get(sheet, frozenset())
    if WHOLE_SHEET in out or code in out:
        return Message("您已回避本项，这处修改未计入；要评分，请先取消回避。")
    assigned = rounds.assigned.get(sheet)
    if assigned is not None and code not in assigned:
        return Message("{code}没有分配给您评分，这处修改未计入；要评分，请主评人调整分工。", {"code": code})
    return None


def undecided_items(items: Sequence[ScoredItem]) -> tuple[Message, ...]:
    """List the items of the panel's sheet that nobody has settled."""
    return tuple(_of_item(_OPEN[item.status], item) for item in items if item.status in _OPEN)


def lock_problems(
    rounds: RoundState, items: Sequence[ScoredItem] | None, open_flags: Sequence[Flag]
) -> tuple[Message, ...]:
    """List all that holds a lock up, at once.

    `items` is the panel's sheet (None: there is none yet), `open_flags` are its flags without an answer.
    """
    if items is None:
        return (Message("本轮还没有评审组的评分表；请先汇总或填写。"),)
    waiting = [sheet for sheet in rounds.sheets if rounds.is_personal(sheet) and not rounds.is_submitted(sheet)]
    return (
        *undecided_items(items),
        *(Message("{flag}（提示未答复）", {"flag": flag.message}) for flag in open_flags),
        *(
            Message("{name}的评分表还没有提交。", {"name": rounds.owner_name(sheet)})
            for sheet in waiting
            if not rounds.is_recused(sheet)
        ),
    )
