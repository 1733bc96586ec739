"""评分进度: how far each evaluator of a round is, whom to remind of what, and how far the round is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import Message
from core.model.context import Context
from core.model.rights import Deed, may_do
from core.model.scorecard import Scheme
from core.scoring.agreement import Deviation, deviations
from core.scoring.assignment import in_words
from core.scoring.consensus import consensus
from core.scoring.round_state import RoundState, working_id
from core.scoring.stages import Stage, stages
from core.scoring.tally import ScoredItem, answered, items_of
from core.scoring.workflow import may, unscored, without_reason
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.scoring import assignments, scorecards
from core.service.scoring.assignments import Evaluator
from core.service.scoring.meeting import panel_of
from core.service.scoring.rounds import STATE_WORDS, RoundView, round_of, theirs
from core.store import logs, read
from core.text import word

NOT_STARTED = word("未开始")


@dataclass(frozen=True)
class EvaluatorProgress:
    """One evaluator's row."""

    id: str
    name: str
    assigned: Message
    """分工 in words."""
    items: int
    """Items that they score: without those of 回避."""
    scored: int
    unreasoned: int | None
    """Deductions without a reason; None: not for the one who asks to know."""
    state: Message | str
    """State of the sheet; a submission after the deadline says so."""
    deviation: Deviation | None
    """None: not known, or not for the one who asks to know yet."""
    changed: datetime | None
    """Last change of their sheet (naive UTC)."""
    reminder: Message | None
    """Text to send them; None: nothing is missing, or it is not for the one who asks to remind."""


@dataclass(frozen=True)
class RoundProgress:
    """How far a round is."""

    rows: tuple[EvaluatorProgress, ...]
    stages: tuple[Stage, ...]
    too_few: Message | None
    """Sentence on items with fewer evaluators than they should have."""


@asks(Deed.SEE)
def progress(ctx: Context, project: str, round_id: str) -> RoundProgress:
    """Read how far a round is. Shows no scores that the one who asks may not see, and puts nobody on record.

    Raises UnknownName.
    """
    store = open_store.of(ctx)
    view = round_of(ctx, project, round_id)
    state = logs.round_state(store, project, round_id, ctx.version)
    scheme = read.sheet(store, project, working_id(round_id)).scheme
    # Whoever is shown the others' scores for the first time is asked, and goes on record: not here.
    told = not view.undecided and may(ctx.actor, "see", state, state.panel) is None
    far = _deviations(ctx, project, view, state) if told else {}
    who = [each for each in assignments.evaluators(ctx, project, round_id) if each.expected]
    card = scorecards.unrecorded(ctx, project, state.panel) if told and state.panel in state.sheets else None
    said = logs.events(store, logs.COMMENTS, project, round_id, ctx.version)
    return RoundProgress(
        rows=tuple(_row(ctx, view, state, scheme, each, far.get(each.sheet)) for each in who),
        stages=stages(
            state,
            told,
            card.items if card else None,
            card.open_flags if card else (),
            said,
            [each.name for each in who if each.sheet not in state.sheets],
        ),
        too_few=None if state.lock else assignments.too_few(ctx, project, round_id),
    )


def _deviations(ctx: Context, project: str, view: RoundView, state: RoundState) -> Mapping[str, Deviation]:
    if any(may(ctx.actor, "see", state, sheet) is not None for sheet in state.ballots):
        return {}
    sheet = read.sheet(open_store.of(ctx), project, working_id(state.round))
    return deviations(consensus(panel_of(open_store.of(ctx), project, state, sheet, view.rule, None, ctx.version)))


def _row(
    ctx: Context, view: RoundView, state: RoundState, scheme: Scheme, who: Evaluator, deviation: Deviation | None
) -> EvaluatorProgress:
    project, sheet = view.round.project, who.sheet
    started = sheet in state.sheets
    scores = read.scores(open_store.of(ctx), project, sheet, ctx.version) if started else {}
    recused, assigned = state.recused.get(sheet, frozenset()), state.assigned.get(sheet)
    items = items_of(scheme, scores, recused=recused, assigned=assigned)
    codes = theirs(state, scheme, sheet)
    moments = [event.made_at for event in scores.values()] + [step.made_at for step in state.events.get(sheet, ())]
    return EvaluatorProgress(
        id=who.id,
        name=who.name,
        assigned=in_words(scheme, assigned),
        items=len(codes),
        scored=answered(items)[0],
        unreasoned=len(without_reason(items)) if _may_count(ctx, state, sheet) else None,
        state=_state(state, sheet) if started else NOT_STARTED,
        deviation=deviation,
        changed=max(moments, default=None),
        reminder=_reminder(ctx, view, state, who, items) if codes else None,
    )


def _state(state: RoundState, sheet: str) -> Message | str:
    words = STATE_WORDS[state.state(sheet)]
    return Message("{state}（逾期提交）", {"state": words}) if state.is_late(sheet) else words


def _chairs(ctx: Context, state: RoundState) -> bool:
    return may_do(ctx.actor.grants, Deed.CHAIR, state.project)


def _may_count(ctx: Context, state: RoundState, sheet: str) -> bool:
    """True for the owner, and for a chief who does not score alone at present."""
    own = state.own(ctx.actor)
    return sheet == own or (_chairs(ctx, state) and (own is None or state.is_submitted(own)))


def _reminder(
    ctx: Context, view: RoundView, state: RoundState, who: Evaluator, items: Sequence[ScoredItem]
) -> Message | None:
    """Word a reminder to somebody else of what is missing on their sheet; None: nothing is, or nobody is to remind."""
    if state.lock or state.is_submitted(who.sheet) or not _chairs(ctx, state) or who.id == ctx.actor.id:
        return None
    params: dict[str, object] = {"name": who.name, "round": view.title}
    said = _missing(ctx, state, who, items, params)
    return said if state.deadline is None else Message("{said}截止日期为{day}。", {"said": said, "day": state.deadline})


def _missing(
    ctx: Context, state: RoundState, who: Evaluator, items: Sequence[ScoredItem], params: dict[str, object]
) -> Message:
    """What is missing on their sheet, politely."""
    blank = len(unscored(items))
    if not any(item.event for item in items):
        return Message(
            "{name}，您好：“{round}”共有{items}项待您评分，目前还没有开始，请抽空填写并提交评分表。谢谢！",
            params | {"items": blank},
        )
    missing = [Message("{count}项未评", {"count": blank})] if blank else []
    if _may_count(ctx, state, who.sheet) and (count := len(without_reason(items))):
        missing.append(Message("{count}项扣分未写原因", {"count": count}))
    if missing:
        return Message(
            "{name}，您好：“{round}”您的评分表还有{missing}，请抽空补齐并提交。谢谢！",
            params | {"missing": tuple(missing)},
        )
    return Message("{name}，您好：“{round}”您的评分表已评完，尚未提交，请核对后提交。谢谢！", params)
