"""Stages of a round: 分评 → 汇总 → 提示 → 征求意见 → 锁定, and what is missing at each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
_EARLY = {"汇总": Message("各项均已定分"), "提示": Message("没有未答复的提示"), "征求意见": Message("意见均已答复")}
"""What a stage that is ready before an earlier one says. A locked round is locked, whatever is open."""


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
    """Say how far a round is. A stage is done when all before it are, too: ticks stand without a gap.

    `told`: whether the one who asks may know of the panel's sheet; `items` are those of that sheet (None: there is
    none), `flags` its flags without an answer, `said` the round's comments, oldest first, `unstarted` the names of
    those who were given items and have no sheet yet.
    """
    scoring = _scoring(state, unstarted)
    comments = _comments(said)
    lock = Stage(word("锁定"), state.lock is not None, _lock_note(state.lock))
    if not told:
        hidden = Message("暂不显示") if scoring.done else Message("独立评分期间不显示")
        summed, answered = Stage(word("汇总"), False, hidden), Stage(word("提示"), False, hidden)
    elif items is None:
        summed, answered = _unsummed()
    else:
        summed, answered = _summed(items), _answered(flags)
        lock = _lockable(lock, state, items, flags)
    return tuple(_in_order((scoring, summed, answered, comments, lock)))


def _in_order(found: Sequence[Stage]) -> Iterator[Stage]:
    """Tick what is done only where all before it is; what is ready early says so in its note."""
    so_far = True
    for stage in found:
        so_far = so_far and stage.done
        early = None if so_far or not stage.done else _EARLY.get(stage.name)
        yield stage if early is None else Stage(stage.name, False, early)


def _unsummed() -> tuple[Stage, Stage]:
    return Stage(word("汇总"), False, Message("还没有汇总")), Stage(word("提示"), False, Message("汇总后才有"))


def _summed(items: Sequence[ScoredItem]) -> Stage:
    open_items = undecided_items(items)
    note = Message("{count}项待定", {"count": len(open_items)}) if open_items else None
    return Stage(word("汇总"), note is None, note)


def _answered(flags: Sequence[Flag]) -> Stage:
    note = Message("{count}条未答复", {"count": len(flags)}) if flags else None
    return Stage(word("提示"), note is None, note)


def _lockable(lock: Stage, state: RoundState, items: Sequence[ScoredItem], flags: Sequence[Flag]) -> Stage:
    if lock.done:
        return lock
    problems = lock_problems(state, items, flags)
    left = Message("还差{count}处", {"count": len(problems)}) if problems else Message("可以锁定")
    return Stage(lock.name, False, left)


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
