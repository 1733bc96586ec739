"""逐项评议: a round before its panel, item by item, with agreement, agenda and margins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import Message, NotAllowed
from core.model.context import Context, Version
from core.model.panel_events import WHOLE_SHEET, Comment, Deliberation, EvidenceFile, FlagAnswer
from core.model.rights import Deed
from core.model.scorecard import Indicator, Sheet, Status
from core.scoring import Flag, Implied, ScoredItem, Suggestion, Tally, implied
from core.scoring.agreement import Agreement, Distance, LeftOut, agreement, far_from_panel, leave_one_out
from core.scoring.consensus import Ballot, Consensus, Panel, PanelItem, Rule, Score, consensus
from core.scoring.differences import AgendaRow, differences
from core.scoring.round_state import RoundState, panel_id, working_id
from core.scoring.sensitivity import Sensitivity
from core.scoring.sensitivity import sensitivity as _sensitivity
from core.scoring.talk import Thread, by_item, thread
from core.scoring.tally import items_of
from core.scoring.whatif import Flip, flip_down, flip_up, margin_sentence
from core.scoring.workflow import may
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.project import round_titles
from core.service.base.reference import reference
from core.service.scoring import scorecards
from core.service.scoring.deliberations import deliberated
from core.service.scoring.independence import record_seen, seen_sheets
from core.service.scoring.rounds import RULE_WORDS, RoundView, event_of, round_of, titled
from core.service.scoring.scorecards import Scorecard
from core.service.scoring.self_assessment import OwnScores, own_scores
from core.service.scoring.talk import heard
from core.store import comments, logs, read
from core.store.database import Store
from core.text.numbers import points as print_points
from core.text.numbers import signed

MOST_CHANGED = 5
"""Most items changed by the panel that are named; of more their number is given."""


@dataclass(frozen=True)
class Earlier:
    """Points of an item elsewhere: in another round, or on the round's shared draft."""

    round: Message
    """Title of the round."""
    sheet: str
    """Name of the sheet."""
    points: Decimal | None
    reason: str

    @property
    def title(self) -> Message:
        """Name among the sheets of all rounds."""
        return titled(self.round, self.sheet)


@dataclass(frozen=True)
class MeetingItem:
    """One item with all that a panel needs to settle it."""

    indicator: Indicator
    suggestion: Suggestion
    implied: Implied | None
    """Value of the rule's input that the panel's points imply (反推值)."""
    scores: tuple[Score, ...]
    """Scores of the evaluators, with name and reason."""
    spread: Decimal | None
    by_rule: Decimal | None
    """Result of the scores by the round's rule (分)."""
    panel: ScoredItem
    """Item on the panel's sheet."""
    earlier: tuple[Earlier, ...]
    flags: tuple[Flag, ...]
    answers: tuple[FlagAnswer, ...]
    comments: tuple[Comment, ...]
    talk: Thread
    deliberation: Deliberation | None
    """What was put down of it last; None: nothing was."""
    evidence: tuple[EvidenceFile, ...]
    differs: bool
    few: bool
    """True where fewer have scored it than should have."""

    @property
    def discussed(self) -> bool:
        """True where the panel holds it to be discussed (已议)."""
        return self.deliberation is not None and self.deliberation.discussed

    @property
    def needs(self) -> frozenset[str]:
        """Chips that show it: 待确认, 有扣分, 缺原因, 待补佐证, 有差异, 评分人不足, 未议, 讨论中."""
        chips = {
            "example": self.panel.status is Status.EXAMPLE,
            "deducted": bool(self.panel.deduction),
            "reason": any(flag.kind == "reason_missing" for flag in self.flags),
            "evidence": self.panel.status is Status.EVIDENCE_MISSING,
            "differs": self.differs,
            "few": self.few,
            "undiscussed": not self.discussed,
            "talk": self.talk.open,
        }
        return frozenset(chip for chip, holds in chips.items() if holds)


@dataclass(frozen=True)
class Meeting:
    """A round in front of its panel."""

    round: RoundView
    consensus: Consensus
    """Result of the submitted sheets by the round's rule."""
    panel: Scorecard | None
    """Sheet of the panel, once there is one."""
    items: tuple[MeetingItem, ...]
    agenda: tuple[AgendaRow, ...]
    tally: Tally
    """Total of the panel's sheet; while there is none, that of the rule."""
    margin: Message
    both: Message | None
    """Sentence on the sum of the combined items beside the combined totals; None: one of them is not known."""
    changed: Message | None
    """Sentence on items of the panel's sheet that differ from the rule's result; None: there is none."""
    flip_up: Flip | None
    flip_down: Flip | None
    left_out: tuple[LeftOut, ...]
    distances: tuple[Distance, ...]
    agreement: Agreement
    own: tuple[OwnScores, ...]
    """自评 beside the round's points, with 分差; it takes no part in any of the above."""


@asks(Deed.SEE)
def meeting(ctx: Context, project: str, round_id: str) -> Meeting:
    """Read a round for its panel. Raises UnknownName, NotAllowed while the actor's own sheet is not submitted."""
    view = round_of(ctx, project, round_id)
    record_seen(ctx, project, round_id, [panel_id(round_id)])
    state = logs.round_state(open_store.of(ctx), project, round_id)
    card = scorecards.scorecard(ctx, project, state.panel) if view.panel else None
    base = card or scorecards.scorecard(ctx, project, working_id(round_id))
    panel = panel_of(open_store.of(ctx), project, state, base.sheet, view.rule, card, ctx.version)
    result = consensus(panel)
    items = card.items if card else items_of(base.sheet.scheme, {})
    counted: Sequence[ScoredItem] = card.items if card else result.items
    sums = card.tally if card else result.tally
    return Meeting(
        round=view,
        consensus=result,
        panel=card,
        items=_items(ctx, project, state, base, card, items, result),
        agenda=differences(result),
        tally=sums,
        margin=margin_sentence(sums, base.sheet.grade_scheme),
        both=_both(result),
        changed=_changed(card, result),
        flip_up=flip_up(counted, base.sheet.grade_scheme),
        flip_down=flip_down(counted, base.sheet.grade_scheme),
        left_out=leave_one_out(panel),
        distances=far_from_panel(result, reference().limits.far),
        agreement=agreement(result),
        own=own_scores(ctx, project, round_id, base.sheet.scheme.id, counted),
    )


def _both(result: Consensus) -> Message | None:
    """Word both results: 逐项…相加为95.76分；…的平均分为95.75分. They may differ by some hundredths."""
    by_totals = result.by_totals
    if by_totals is None or not result.tally.complete:
        return None
    return Message(
        "逐项取{rule}、四舍五入后相加为{total}分；各评分表得分（不适用和回避的按折算）的{rule}为{by_totals}分。",
        {
            "rule": RULE_WORDS[result.panel.rule],
            "total": print_points(result.tally.decisive),
            "by_totals": print_points(by_totals),
        },
    )


def _changed(card: Scorecard | None, result: Consensus) -> Message | None:
    """Word the panel's changes to the rule's result: 评审组改动1项（D41 −0.50）."""
    by_rule = {item.indicator.code: item.points for item in result.items}
    found = [
        Message("{code} {gap}", {"code": item.indicator.code, "gap": signed(item.points - rule)})
        for item in (card.items if card else ())
        if item.points is not None and (rule := by_rule[item.indicator.code]) is not None and item.points != rule
    ]
    if not found:
        return None
    params: dict[str, object] = {"count": len(found), "changes": tuple(found[:MOST_CHANGED])}
    if len(found) > MOST_CHANGED:
        return Message("评审组改动{count}项（{changes}等）。", params)
    return Message("评审组改动{count}项（{changes}）。", params)


@asks(Deed.SEE)
def distances(ctx: Context, project: str, round_id: str) -> tuple[Distance, ...]:
    """Measure the distance of each evaluator of a round from its panel; nobody where fewer than two have submitted.

    Raises UnknownName, NotAllowed while the actor's own sheet is not submitted.
    """
    event_of(open_store.of(ctx), project, round_id)
    record_seen(ctx, project, round_id, [panel_id(round_id), *_ballots(ctx, project, round_id)])
    return how_far(ctx, project, round_id)


def _ballots(ctx: Context, project: str, round_id: str) -> tuple[str, ...]:
    return logs.round_state(open_store.of(ctx), project, round_id).ballots


@asks(Deed.SEE)
def how_far(ctx: Context, project: str, round_id: str) -> tuple[Distance, ...]:
    """Measure these distances where only their number is shown: nobody goes on record. Raises as `distances`."""
    store = open_store.of(ctx)
    event = event_of(store, project, round_id)
    state = logs.round_state(store, project, round_id)
    hidden = next((why for name in (state.panel, *state.ballots) if (why := may(ctx.actor, "see", state, name))), None)
    if hidden is not None:
        raise NotAllowed([hidden])
    if len(state.ballots) < 2:
        return ()
    card = scorecards.unrecorded(ctx, project, state.panel) if state.panel in state.sheets else None
    sheet = card.sheet if card else read.sheet(store, project, state.ballots[0])
    panel = panel_of(store, project, state, sheet, Rule(event.rule), card, ctx.version)
    return far_from_panel(consensus(panel), reference().limits.far)


def panel_of(
    store: Store, project: str, state: RoundState, sheet: Sheet, rule: Rule, card: Scorecard | None, version: Version
) -> Panel:
    """Gather the submitted ballots of a round; `card`: the panel's own sheet, which decides under `Rule.CHIEF`."""
    codes = frozenset(indicator.code for indicator in sheet.scheme.indicators)
    ballots = []
    for name in state.ballots:
        recused = state.recused.get(name, frozenset())
        ballots.append(
            Ballot(
                evaluator=name,
                name=state.owner_name(name),
                events=read.scores(store, project, name, version),
                recused=codes if WHOLE_SHEET in recused else recused,
                assigned=state.assigned.get(name),
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
    items: Sequence[ScoredItem],
    result: Consensus,
) -> tuple[MeetingItem, ...]:
    store = open_store.of(ctx)
    answers = logs.events(store, logs.FLAG_ANSWERS, project, state.panel, ctx.version)
    newest = {(event.code, event.kind): event for event in answers}
    said = comments.comments(store, project, state.round, ctx.version)
    visible = seen_sheets(ctx, project, state.round)
    filed = [
        file
        for file in logs.evidence(store, project, None, ctx.version)
        if file.sheet in visible and file.withdrawn is None
    ]
    earlier = _earlier(ctx, project, state)
    talk = by_item(heard(ctx, project, state.round))
    decided = {each.code: each for each in deliberated(ctx, project, state.round)}
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
                talk=talk.get(code) or thread(()),
                deliberation=decided.get(code),
                evidence=tuple(file for file in filed if file.code == code),
                differs=bool(together.spread) or together.disputed,
                few=together.count < state.least_scorers,
            )
        )
    return tuple(found)


def _earlier(ctx: Context, project: str, state: RoundState) -> list[tuple[str, Earlier]]:
    """List the scores of other rounds' results, their units' sheets, and this round's shared draft, by code."""
    store = open_store.of(ctx)
    found: list[tuple[str, Earlier]] = []
    titles = round_titles(store, project)
    for event in logs.rounds(store, project):
        here = event.round == state.round
        other = state if here else logs.round_state(store, project, event.round)
        wanted = [working_id(event.round)] if here else [other.panel, working_id(event.round)]
        if not here:
            wanted += [sheet for sheet in other.ballots if other.kind(sheet).value == "unit"]
        for sheet in seen_sheets(ctx, project, event.round, wanted):
            name = read.sheet(store, project, sheet).name
            found += [
                (code, Earlier(titles[event.round], name, score.points, score.reason))
                for code, score in read.scores(store, project, sheet, ctx.version).items()
            ]
    return found


@asks(Deed.SEE)
def sensitivity(ctx: Context, project: str, round_id: str) -> Sensitivity:
    """Draw the weights 10,000 times, to see how often the grade stays. Raises as `meeting`."""
    found = meeting(ctx, project, round_id)
    items: Sequence[ScoredItem] = found.panel.items if found.panel else found.consensus.items
    return _sensitivity([items], found.consensus.panel.grades)[0]
