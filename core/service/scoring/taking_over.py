"""Results written to the panel's sheet: taken over from the evaluators' sheets, or tried out and adopted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.errors import Message, NotAllowed, Question
from core.model.context import Context
from core.model.rights import Deed
from core.model.scorecard import ScoreEvent, Status
from core.model.storable import need_text
from core.scoring import Answer
from core.scoring.consensus import PanelItem, Rule, consensus
from core.scoring.round_state import working_id
from core.scoring.taking_over import TakenOver, taken_over
from core.scoring.undoing import edit_id, new_step
from core.scoring.whatif import Trial, trial
from core.scoring.workflow import may
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.base.moments import day_and_time
from core.service.scoring import scorecards
from core.service.scoring.event_sentences import points_or_status
from core.service.scoring.independence import record_seen
from core.service.scoring.meeting import panel_of
from core.service.scoring.opening import panel_sheet
from core.service.scoring.rounds import RULE_WORDS, event_of
from core.store import logs, read, write
from core.store.database import Session
from core.text import render
from core.text.numbers import points as print_points

MOST_REASON = 500
"""Characters of a reason on a sheet."""
NOBODY = Message("还没有人提交评分表，没有可汇总的分数。")


@dataclass(frozen=True)
class Plan:
    """What 汇总 would change on the panel's sheet, before it does."""

    rule: Rule
    items: tuple[TakenOver, ...]
    """All items of which the result is another than what stands there, in the scheme's order."""

    @property
    def blank(self) -> tuple[TakenOver, ...]:
        """Items that are still empty, and would be filled."""
        return tuple(each for each in self.items if each.blank)

    @property
    def decided(self) -> tuple[TakenOver, ...]:
        """Items that somebody has decided by hand, which stay unless told otherwise."""
        return tuple(each for each in self.items if each.decided)

    @property
    def replaced(self) -> tuple[TakenOver, ...]:
        """Items that an earlier 汇总 has filled, and that would get another result."""
        return tuple(each for each in self.items if not each.blank and not each.decided)

    def written(self, *, replace_decided: bool) -> tuple[TakenOver, ...]:
        """Items that are written where those decided by hand are replaced as well, or stay."""
        return tuple(each for each in self.items if replace_decided or not each.decided)

    def question(self, *, replace_decided: bool) -> Question | None:
        """Ask whether what stands there may be replaced, item by item; None: nothing would be."""
        lost = [_replaced(each) for each in self.written(replace_decided=replace_decided) if not each.blank]
        whole = Message("评审组评分表已有得分，汇总将改动其中{count}项。确定改动吗？", {"count": len(lost)})
        return Question(lost, whole) if lost else None


@asks(Deed.CHAIR)
def plan(ctx: Context, project: str, round_id: str) -> Plan:
    """Work out what `take_over` would change by the round's rule; nothing is written.

    Raises UnknownName, NotAllowed where there is nothing to take over, or the actor may not see the others' scores.
    """
    store = open_store.of(ctx)
    wanted = _wanted(Rule(event_of(store, project, round_id).rule))
    state = logs.round_state(store, project, round_id)
    record_seen(ctx, project, round_id, [state.panel])
    if not state.ballots:
        raise NotAllowed([NOBODY])
    there = state.panel in state.sheets
    sheet = read.sheet(store, project, state.panel if there else working_id(round_id))
    result = consensus(panel_of(store, project, state, sheet, wanted, None, ctx.version))
    return Plan(wanted, taken_over(result, read.scores(store, project, sheet.id) if there else {}))


def _wanted(rule: Rule) -> Rule:
    if rule is Rule.CHIEF:
        raise NotAllowed([Message("本轮由主评人定分：请在评审组评分表上逐项填写，没有可汇总的规则。")])
    return rule


@asks(Deed.CHAIR)
def take_over(
    ctx: Context,
    project: str,
    round_id: str,
    rule: Rule | str | None = None,
    codes: Collection[str] | None = None,
    agreed: str = "",
    *,
    replace_decided: bool = False,
) -> tuple[ScoreEvent, ...]:
    """Write the result of the submitted sheets by a rule (None: the round's) into the panel's sheet.

    Only items of `codes` (None: all) whose points or status change are written, each with the evaluators' reasons and
    a note that names the scores; what somebody has decided there by hand stays, unless `replace_decided`. Raises
    NameNeeded, UnknownName, NotAllowed; Question with each item that has points there and would get others: `agreed`
    is its answer.
    """
    actor = named(ctx)
    event = event_of(open_store.of(ctx), project, round_id)
    wanted = _wanted(Rule(event.rule if rule is None else rule))
    sheet = panel_sheet(ctx, project, round_id)
    record_seen(ctx, project, round_id, [sheet.id])  # what is written tells what they have given
    store = open_store.of(ctx)

    def allowed(session: Session) -> None:
        state = logs.round_state_now(store, session, project, round_id)
        refusal = may(actor, "score", state, sheet.id)
        if refusal is not None:
            raise NotAllowed([refusal])
        if not state.ballots:
            raise NotAllowed([NOBODY])

    def decide(current: Mapping[str, ScoreEvent], _: object) -> tuple[list[write.NewScore], None]:
        # Writers wait for each other, so that nothing changes between this reading and the write.
        state = logs.round_state(store, project, round_id)
        step = new_step()
        result = consensus(panel_of(store, project, state, sheet, wanted, None, ctx.version))
        planned = Plan(wanted, taken_over(result, current, codes))
        question = planned.question(replace_decided=replace_decided)
        if question is not None and question.agreed != agreed:
            raise question
        new: list[write.NewScore] = []
        for each in planned.written(replace_decided=replace_decided):
            item = each.item
            note = render(_origin(item, wanted), "zh_CN")
            new.append(write.NewScore(each.code, edit_id(step), item.points, item.status, _why(item), note, actor))
        return new, None

    _, written = write.append_scores(store, project, sheet.id, decide, allowed)
    return written


def _replaced(each: TakenOver) -> Message:
    """Word the change of an item by taking over: C12 …：4.50分（王工 10:32）→5.00分."""
    assert each.now is not None  # only what stands there is replaced
    return Message(
        "{code} {name}：{before}（{who}，{when}）→{after}",
        {
            "code": each.code,
            "name": each.item.indicator.l3,
            "before": points_or_status(each.now),
            "who": each.now.actor_name,
            "when": day_and_time(each.now.made_at),
            "after": points_or_status(each.then),
        },
    )


def _origin(item: PanelItem, rule: Rule) -> Message:
    """Name the scores behind the points: 平均分(王工5.00、李工4.00)."""
    if item.points is None:
        return Message("评价人意见一致")
    given = tuple(f"{score.name}{print_points(score.points)}" for score in item.scores if score.counts)
    return Message("{rule}（{given}）", {"rule": RULE_WORDS[rule], "given": given})


def _why(item: PanelItem) -> str:
    """Join the evaluators' own reasons. Where nobody wrote any, the panel has to give one."""
    counted = [score for score in item.scores if score.reason and not score.out]
    return "；".join(f"{score.name}：{score.reason}" for score in counted)[:MOST_REASON]


@asks(Deed.SEE)
def try_out(ctx: Context, project: str, sheet: str, points: Mapping[str, Decimal]) -> Trial:
    """试算: try some points on the sheet; nothing is saved. Raises UnknownName, NotAllowed, RenewalError."""
    card = scorecards.scorecard(ctx, project, sheet)
    return trial(card.items, card.sheet.grade_scheme, points)


@asks(Deed.CHAIR)
def adopt(ctx: Context, project: str, sheet: str, points: Mapping[str, Decimal], reason: str) -> dict[str, Answer]:
    """Take tried points over, one reason for all. Returns an answer for each code: someone else may have come first.

    Raises NameNeeded, UnknownName, NotAllowed.
    """
    card = scorecards.scorecard(ctx, project, sheet)
    kept = need_text(reason, Message("请写明采用试算结果的理由。"))
    stands = {item.indicator.code: item for item in card.items}
    step = new_step()
    edits = [
        {
            "edit_id": edit_id(step),
            "code": code,
            "base": item.event.revision if (item := stands.get(code)) and item.event else 0,
            "points": f"{value:f}",
            "status": Status.CONFIRMED.value,
            "reason": kept,
        }
        for code, value in points.items()
    ]
    answers = scorecards.save(ctx, project, sheet, edits)
    return {str(edit["code"]): answers[str(edit["edit_id"])] for edit in edits}
