"""Stages of a round: 分评 → 汇总 → 提示 → 征求意见 → 锁定, and what is missing at each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import Message
from core.model.panel_events import Comment, SheetEvent
from core.scoring.flags import Flag
from core.scoring.round_state import RoundState
from core.scoring.tally import ScoredItem
from core.scoring.workflow import lock_problems, undecided_items
from core.text import word

MOST_NAMED = 3
"""Persons who are named as missing; of more their number is given."""


@dataclass(frozen=True)
class Stage:
    """A stage: done or not, and what is missing or to be known."""

    name: str
    done: bool
    note: Message | None = None


def stages(
    state: RoundState,
    told: bool,
    items: Sequence[ScoredItem] | None,
    flags: Sequence[Flag],
    said: Sequence[Comment],
    unstarted: Sequence[str] = (),
) -> tuple[Stage, ...]:
    """Say how far a round is.

    `told`: whether the one who asks may know of the panel's sheet; `items` are those of that sheet (None: there is
    none), `flags` its flags without an answer, `said` the round's comments, oldest first, `unstarted` the names of
    those who were given items and have no sheet yet.
    """
    scoring = _scoring(state, unstarted)
    comments = _comments(said)
    lock = Stage(word("锁定"), state.lock is not None, _lock_note(state.lock))
    if not told:
        hidden = Message("独立评分期间不显示")
        return (scoring, Stage(word("汇总"), False, hidden), Stage(word("提示"), False, hidden), comments, lock)
    if items is None:
        summed, answered = Message("还没有汇总"), Message("汇总后才有")
        return (scoring, Stage(word("汇总"), False, summed), Stage(word("提示"), False, answered), comments, lock)
    open_items = undecided_items(items)
    taken = Message("{count}项待定", {"count": len(open_items)}) if open_items else None
    asked = Message("{count}条未答复", {"count": len(flags)}) if flags else None
    problems = () if state.lock else lock_problems(state, items, flags)
    if not state.lock:
        left = Message("还差{count}处", {"count": len(problems)}) if problems else Message("可以锁定")
        lock = Stage(lock.name, False, left)
    return (
        scoring,
        Stage(word("汇总"), taken is None, taken),
        Stage(word("提示"), asked is None, asked),
        comments,
        lock,
    )


def _scoring(state: RoundState, unstarted: Sequence[str]) -> Stage:
    sheets = [sheet for sheet in state.sheets if state.is_personal(sheet) and not state.is_recused(sheet)]
    waiting = (*(state.owner_name(sheet) for sheet in sheets if not state.is_submitted(sheet)), *unstarted)
    note = None if sheets else Message("还没有人开始")
    if waiting:
        note = Message("等待{names}", {"names": waiting})
    if len(waiting) > MOST_NAMED:
        note = Message("{count}人未提交", {"count": len(waiting)})
    return Stage(word("分评"), note is None, note)


def _comments(said: Sequence[Comment]) -> Stage:
    newest = {each.code: each for each in said}
    waiting = sum(each.kind == "comment" for each in newest.values())
    note = None if said else Message("还没有意见")
    if waiting:
        note = Message("{count}项未答复", {"count": waiting})
    # Nobody has to have an opinion: a round without any is locked all the same.
    return Stage(word("征求意见"), bool(said) and not waiting, note)


def _lock_note(lock: SheetEvent | None) -> Message:
    return Message("未锁定") if lock is None else Message("由{name}锁定", {"name": lock.actor_name})
