"""逐项评议: what a meeting of the panel has in front of it, and how its result gets onto the panel's sheet."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import Message
from core.model.context import Context
from core.model.panel import WHOLE_SHEET, Comment, EvidenceFile, FlagAnswer
from core.model.rights import Deed
from core.model.scorecard import Indicator, ScoreEvent, Sheet, Status
from core.scoring import Answer, Flag, Implied, Item, Suggestion, Tally, implied
from core.scoring.agreement import Agreement, Distance, LeftOut, agreement, far_from_panel, leave_one_out
from core.scoring.consensus import Ballot, Consensus, Panel, PanelItem, Rule, Score, consensus
from core.scoring.differences import AgendaRow, differences
from core.scoring.sensitivity import Sensitivity
from core.scoring.sensitivity import sensitivity as _sensitivity
from core.scoring.tally import items_of
from core.scoring.whatif import Flip, Trial, flip_down, flip_up, margin_sentence, trial
from core.scoring.workflow import WORKING, NotAllowed, RoundState, may, need_text
from core.service import evidence, home, scoring
from core.service.asking import asks, named
from core.service.opening import panel_sheet
from core.service.rounds import RULE_WORDS, RoundView, event_of, panel_id, round_of
from core.service.scoring import Scorecard
from core.store import logs, read, write
from core.store.database import Session
from core.text import render
from core.text.numbers import points as print_points

MOST_REASON = 500
"""Characters of a reason on a sheet."""


@dataclass(frozen=True)
class Earlier:
    """What an item got elsewhere: in another round, or on the round's shared draft."""

    round: str
    sheet: str
    """Their names."""
    points: Decimal | None
    reason: str


@dataclass(frozen=True)
class MeetingItem:
    """One item with all that a panel needs to settle it."""

    indicator: Indicator
    suggestion: Suggestion
    implied: Implied | None
    """What the panel's points say about the figure that the rule computes from (反推值)."""
    scores: tuple[Score, ...]
    """Each evaluator's, with name and reason."""
    spread: Decimal | None
    by_rule: Decimal | None
    """What the round's rule makes of the scores (分)."""
    panel: Item
    """Where the item stands on the panel's sheet."""
    earlier: tuple[Earlier, ...]
    flags: tuple[Flag, ...]
    answers: tuple[FlagAnswer, ...]
    comments: tuple[Comment, ...]
    evidence: tuple[EvidenceFile, ...]
    differs: bool

    @property
    def needs(self) -> frozenset[str]:
        """Which chips show it: example 待确认, deducted 有扣分, reason 缺原因, evidence 待补佐证, differs 有差异."""
        chips = {
            "example": self.panel.status is Status.EXAMPLE,
            "deducted": bool(self.panel.deduction),
            "reason": any(flag.kind == "reason_missing" for flag in self.flags),
            "evidence": self.panel.status is Status.EVIDENCE_MISSING,
            "differs": self.differs,
        }
        return frozenset(chip for chip, holds in chips.items() if holds)


@dataclass(frozen=True)
class Meeting:
    """A round in front of its panel."""

    round: RoundView
    consensus: Consensus
    """What the round's rule makes of the submitted sheets."""
    panel: Scorecard | None
    """The panel's sheet, once there is one."""
    items: tuple[MeetingItem, ...]
    agenda: tuple[AgendaRow, ...]
    tally: Tally
    """The panel sheet's sum; while there is none, that of the rule."""
    margin: Message
    flip_up: Flip | None
    flip_down: Flip | None
    left_out: tuple[LeftOut, ...]
    distances: tuple[Distance, ...]
    agreement: Agreement


@asks(Deed.SEE)
def meeting(ctx: Context, project: str, round_id: str) -> Meeting:
    """The round as its panel sees it. Raises UnknownName, NotAllowed while the actor's own sheet is not submitted."""
    view = round_of(ctx, project, round_id)
    store = home.store()
    state = logs.round_state(store, project, round_id)
    hidden = may(ctx.actor, "see", state, panel_id(round_id))
    if hidden is not None:
        raise NotAllowed([hidden])
    card = scoring.scorecard(ctx, project, state.panel) if view.panel else None
    base = card or scoring.scorecard(ctx, project, f"{round_id}/{WORKING}")
    panel = _panel(ctx, project, state, base.sheet, view.rule, card)
    result = consensus(panel)
    items = card.items if card else items_of(base.sheet.scheme, {})
    standing: Sequence[Item] = card.items if card else result.items
    sums = card.tally if card else result.tally
    return Meeting(
        round=view,
        consensus=result,
        panel=card,
        items=_items(ctx, project, state, base, card, items, result),
        agenda=differences(result),
        tally=sums,
        margin=margin_sentence(sums, base.sheet.grade_scheme),
        flip_up=flip_up(standing, base.sheet.grade_scheme),
        flip_down=flip_down(standing, base.sheet.grade_scheme),
        left_out=leave_one_out(panel),
        distances=far_from_panel(result, evidence.reference().limits.far),
        agreement=agreement(result),
    )


@asks(Deed.SEE)
def distances(ctx: Context, project: str, round_id: str) -> tuple[Distance, ...]:
    """How far each evaluator of a round is from its panel; nobody where fewer than two have submitted.

    Raises UnknownName, NotAllowed while the actor's own sheet is not submitted.
    """
    store = home.store()
    event = event_of(project, round_id)
    state = logs.round_state(store, project, round_id)
    hidden = may(ctx.actor, "see", state, panel_id(round_id))
    hidden = hidden or next((why for name in state.ballots if (why := may(ctx.actor, "see", state, name))), None)
    if hidden is not None:
        raise NotAllowed([hidden])
    if len(state.ballots) < 2:
        return ()
    card = scoring.scorecard(ctx, project, state.panel) if state.panel in state.sheets else None
    sheet = card.sheet if card else read.sheet(store, project, state.ballots[0])
    panel = _panel(ctx, project, state, sheet, Rule(event.rule), card)
    return far_from_panel(consensus(panel), evidence.reference().limits.far)


def _panel(ctx: Context, project: str, state: RoundState, sheet: Sheet, rule: Rule, card: Scorecard | None) -> Panel:
    store = home.store()
    codes = frozenset(indicator.code for indicator in sheet.scheme.indicators)
    ballots = []
    for name in state.ballots:
        recused = state.recused.get(name, frozenset())
        ballots.append(
            Ballot(
                evaluator=name,
                name=state.owner_name(name),
                events=read.scores(store, project, name, ctx.version),
                recused=codes if WHOLE_SHEET in recused else recused,
            )
        )
    chief = None
    if card is not None:
        events = {item.indicator.code: item.event for item in card.items if item.event is not None}
        chief = Ballot(state.panel, card.sheet.name, events)
    return Panel(sheet.scheme, sheet.grade_scheme, tuple(ballots), rule, chief)


def _items(
    ctx: Context,
    project: str,
    state: RoundState,
    base: Scorecard,
    card: Scorecard | None,
    items: Sequence[Item],
    result: Consensus,
) -> tuple[MeetingItem, ...]:
    store = home.store()
    answers = logs.events(store, logs.FLAG_ANSWERS, project, state.panel, ctx.version)
    newest = {(event.code, event.kind): event for event in answers}
    said = logs.events(store, logs.COMMENTS, project, state.round, ctx.version)
    filed = [
        file
        for file in logs.evidence(store, project)
        if file.sheet in state.sheets and may(ctx.actor, "see", state, file.sheet) is None
    ]
    earlier = _earlier(ctx, project, state)
    by_code: Mapping[str, PanelItem] = {item.indicator.code: item for item in result.items}
    found: list[MeetingItem] = []
    for item in items:
        code = item.indicator.code
        together = by_code[code]
        suggestion = base.suggestions[code]
        found.append(
            MeetingItem(
                indicator=item.indicator,
                suggestion=suggestion,
                implied=None if item.points is None else implied(item.indicator, item.points, suggestion),
                scores=together.scores,
                spread=together.spread,
                by_rule=together.points,
                panel=item,
                earlier=tuple(each[1] for each in earlier if each[0] == code),
                flags=tuple(flag for flag in card.flags if flag.code == code) if card else (),
                answers=tuple(event for event in newest.values() if event.code == code and event.answer),
                comments=tuple(event for event in said if event.code == code),
                evidence=tuple(file for file in filed if file.code == code),
                differs=bool(together.spread) or together.disputed,
            )
        )
    return tuple(found)


def _earlier(ctx: Context, project: str, state: RoundState) -> list[tuple[str, Earlier]]:
    """What other rounds' results, their units' own sheets, and this round's shared draft say, by code."""
    store = home.store()
    found: list[tuple[str, Earlier]] = []
    for event in logs.rounds(store, project):
        here = event.round == state.round
        other = state if here else logs.round_state(store, project, event.round)
        wanted = [f"{event.round}/{WORKING}"] if here else [other.panel, f"{event.round}/{WORKING}"]
        if not here:
            wanted += [sheet for sheet in other.ballots if other.kind(sheet).value == "unit"]
        for sheet in wanted:
            if sheet not in other.sheets or may(ctx.actor, "see", other, sheet) is not None:
                continue
            name = read.sheet(store, project, sheet).name
            found += [
                (code, Earlier(event.name, name, score.points, score.reason))
                for code, score in read.scores(store, project, sheet, ctx.version).items()
            ]
    return found


@asks(Deed.SEE)
def sensitivity(ctx: Context, project: str, round_id: str) -> Sensitivity:
    """In which share of 10,000 draws of the weights the grade stays. Raises as `meeting`."""
    found = meeting(ctx, project, round_id)
    items: Sequence[Item] = found.panel.items if found.panel else found.consensus.items
    return _sensitivity([items], found.consensus.panel.grades)[0]


@asks(Deed.CHAIR)
def take_over(
    ctx: Context, project: str, round_id: str, rule: Rule | str | None = None, codes: Collection[str] | None = None
) -> tuple[ScoreEvent, ...]:
    """Write what a rule (None: the round's) makes of the submitted sheets into the panel's sheet.

    Only items of `codes` (None: all) whose points or status change are written, each with the evaluators' reasons and
    a note from whose scores it was made. Raises NameNeeded, UnknownName, NotAllowed.
    """
    actor = named(ctx)
    event = event_of(project, round_id)
    wanted = Rule(event.rule if rule is None else rule)
    if wanted is Rule.CHIEF:
        raise NotAllowed([Message("本轮由主评人定分:请在评审组评分表上逐项填写,没有可汇总的规则。")])
    sheet = panel_sheet(ctx, project, round_id)
    store = home.store()

    def look(session: Session) -> None:
        state = logs.round_state_now(store, session, project, round_id)
        refusal = may(actor, "score", state, sheet.id)
        if refusal is not None:
            raise NotAllowed([refusal])
        if not state.ballots:
            raise NotAllowed([Message("还没有人提交评分表,没有可汇总的分数。")])

    def decide(current: Mapping[str, ScoreEvent], _: object) -> tuple[list[write.NewScore], None]:
        # Writers wait for each other: what is read here is what is so when it is written.
        state = logs.round_state(store, project, round_id)
        result = consensus(_panel(ctx, project, state, sheet, wanted, None))
        new: list[write.NewScore] = []
        for item in result.items:
            code = item.indicator.code
            now = current.get(code)
            if codes is not None and code not in codes:
                continue
            if item.status is Status.UNSCORED or (now and (now.points, now.status) == (item.points, item.status)):
                continue
            note = render(_origin(item, wanted), "zh_CN")
            new.append(write.NewScore(code, secrets.token_hex(16), item.points, item.status, _why(item), note, actor))
        return new, None

    _, written = write.append_scores(store, project, sheet.id, decide, look)
    return written


def _origin(item: PanelItem, rule: Rule) -> Message:
    """Where the points come from: 平均分(王工5.00、李工4.00)."""
    if item.points is None:
        return Message("评价人意见一致")
    given = tuple(f"{score.name}{print_points(score.points)}" for score in item.scores if score.counts)
    return Message("{rule}({given})", {"rule": RULE_WORDS[rule], "given": given})


def _why(item: PanelItem) -> str:
    """The evaluators' own reasons. Where nobody wrote any, a deduction stays without: the panel has to give one."""
    counted = [score for score in item.scores if score.reason and not score.recused]
    return ";".join(f"{score.name}:{score.reason}" for score in counted)[:MOST_REASON]


@asks(Deed.SEE)
def try_out(ctx: Context, project: str, sheet: str, points: Mapping[str, Decimal]) -> Trial:
    """试算: the sheet with some points supposed; nothing is saved. Raises UnknownName, NotAllowed, RenewalError."""
    card = scoring.scorecard(ctx, project, sheet)
    return trial(card.items, card.sheet.grade_scheme, points)


@asks(Deed.CHAIR)
def adopt(ctx: Context, project: str, sheet: str, points: Mapping[str, Decimal], reason: str) -> dict[str, Answer]:
    """Take tried points over, one reason for all. Returns an answer for each code: someone else may have come first.

    Raises NameNeeded, UnknownName, NotAllowed.
    """
    card = scoring.scorecard(ctx, project, sheet)
    kept = need_text(reason, Message("请写明采用试算结果的理由。"))
    stands = {item.indicator.code: item for item in card.items}
    edits = [
        {
            "edit_id": secrets.token_hex(16),
            "code": code,
            "base": item.event.revision if (item := stands.get(code)) and item.event else 0,
            "points": f"{value:f}",
            "status": Status.CONFIRMED.value,
            "reason": kept,
        }
        for code, value in points.items()
    ]
    answers = scoring.save(ctx, project, sheet, edits)
    return {str(edit["code"]): answers[str(edit["edit_id"])] for edit in edits}
