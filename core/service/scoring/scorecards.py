"""Scorecards: a sheet's items, its total, its flags, and the saving of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from core.errors import InputError, Message, NotAllowed
from core.model.context import Context
from core.model.measure import Measures
from core.model.panel_events import SheetKind, SheetState
from core.model.project import Claim, Facts, Project
from core.model.rights import Deed
from core.model.scorecard import Indicator, ScoreEvent, Sheet, Status
from core.progress import measures as measures_of
from core.scoring import (
    GARBLED,
    Answer,
    Edit,
    Flag,
    Refused,
    Saved,
    ScoreChange,
    ScoredItem,
    Suggestion,
    Tally,
    flags,
    items_of,
    judge,
    plain,
    read_edit,
    returns,
    suggest,
    tally,
)
from core.scoring.differences import Difference, compared
from core.scoring.questionnaires import beside, explained
from core.scoring.read_input import from_json
from core.scoring.round_state import RoundState, round_of, working_id
from core.scoring.undoing import Act, act_of
from core.scoring.workflow import may, not_theirs
from core.service.base import open_store
from core.service.base.asking import asks, named, past
from core.service.base.contents import CarriedOut, contents
from core.service.base.contents import measures as measures_of_contents
from core.service.base.questionnaires import measures as measures_of_questionnaires
from core.service.scoring import undoing
from core.service.scoring.funds_verified import with_ledger
from core.service.scoring.independence import record_seen
from core.service.scoring.rounds import returned
from core.store import logs, read, write
from core.store.database import Session, Store
from core.text import render

WORKING = working_id("r1")
"""Id of the sheet that is meant when none is named."""
MOST_EDITS = 1000
"""Most changes taken in one go; a person's outbox holds a few."""


@dataclass(frozen=True)
class Scorecard:
    """A sheet at one version: the page draws it and the command prints it."""

    project: Project
    sheet: Sheet
    items: tuple[ScoredItem, ...]
    tally: Tally
    flags: tuple[Flag, ...]
    claim: Claim | None
    """Score that the report states: a claim beside the sheet, never its sum."""
    suggestions: Mapping[str, Suggestion] = field(default_factory=dict, hash=False)
    """Suggestions of the rules (建议分), by code."""
    state: SheetState = SheetState.DRAFT
    read_only: Message | None = None
    """Reason why the one who asks may not score on it now; None: they may."""
    answered: frozenset[tuple[str, str]] = frozenset()
    """(code, kind) of the flags that somebody has answered."""

    returned: Message | None = None
    """Sentence of the sheet's return, until it is submitted again."""

    @property
    def notes(self) -> tuple[Message, ...]:
        """Notes above the sheet for everybody: reconstruction, return, reason for being read-only."""
        return tuple(each for each in (self.banner, self.returned, self.read_only) if each is not None)

    @property
    def open_flags(self) -> tuple[Flag, ...]:
        """Flags that nobody has answered: nothing locks while there are any."""
        return tuple(flag for flag in self.flags if (flag.code, flag.kind) not in self.answered)

    @property
    def claimed(self) -> Message | None:
        """Sentence of the report's score."""
        if self.claim is None or self.claim.value is None:
            return None
        return Message("报告得分{points}分（原评分表未附）", {"points": plain(self.claim.value)})

    @property
    def banner(self) -> Message | None:
        """Sentence on a reconstructed sheet."""
        if not self.sheet.reconstruction or self.claim is None or self.claim.value is None:
            return None
        return Message(
            "本表按报告结论{points}分还原，扣分分布为推测，不是报告原评分表；确认后才作数。",
            {"points": plain(self.claim.value)},
        )


@dataclass(frozen=True)
class Comparison:
    """Two sheets of one scheme side by side."""

    left_total: Decimal
    right_total: Decimal
    differences: tuple[Difference, ...]
    common: int | None = None
    """Items that are compared, where somebody scores a part only (分工): those that both score; None: all."""


@asks(Deed.SEE)
def sheets(ctx: Context, project: str) -> tuple[Sheet, ...]:
    """List the project's sheets that the one who asks may see."""
    found = read.sheets(open_store.of(ctx), project, ctx.version)
    return tuple(sheet for sheet in found if may(ctx.actor, "see", _round(ctx, project, sheet.id), sheet.id) is None)


def _round(ctx: Context, project: str, sheet: str) -> RoundState:
    return logs.round_state(open_store.of(ctx), project, round_of(sheet))


@asks(Deed.SEE)
def scorecard(ctx: Context, project: str, sheet: str = WORKING) -> Scorecard:
    """Read the sheet at the context's version, and record that it was shown (core.service.scoring.independence).

    Raises UnknownName when there is no such project or sheet, NotAllowed when the actor may not see it yet.
    """
    read.sheet(open_store.of(ctx), project, sheet)
    record_seen(ctx, project, round_of(sheet), [sheet])
    return unrecorded(ctx, project, sheet)


@asks(Deed.SEE)
def unrecorded(ctx: Context, project: str, sheet: str) -> Scorecard:
    """Read the sheet where none of its scores is shown: for its total on a page that all open, and within a write."""
    store = open_store.of(ctx)
    facts = read.facts(store, project, ctx.version)
    found = read.sheet(store, project, sheet)
    rounds = _round(ctx, project, sheet)
    hidden = may(ctx.actor, "see", rounds, sheet)
    if hidden is not None:
        raise NotAllowed([hidden])
    shown = logs.round_state(store, project, rounds.round, ctx.version)
    recused, assigned = shown.recused.get(sheet, frozenset()), shown.assigned.get(sheet)
    card = store.remembered(
        ("scorecard", project, sheet, facts.batch, ctx.version.moment, recused, assigned),
        lambda _: _scorecard(ctx, facts, found, rounds, recused, assigned),
        until="any",
    )
    # Read again, whatever is remembered: a submission may have come between the two reads.
    shown = logs.round_state(store, project, rounds.round, ctx.version)
    return replace(
        card,
        state=shown.state(sheet),
        read_only=past(ctx) or may(ctx.actor, "score", rounds, sheet),
        returned=returned(shown, sheet),
    )


def _scorecard(
    ctx: Context,
    facts: Facts,
    sheet: Sheet,
    rounds: RoundState,
    recused: frozenset[str],
    assigned: frozenset[str] | None,
) -> Scorecard:
    """Make the part of a scorecard that does not depend on who asks."""
    project = sheet.project
    scores = read.scores(open_store.of(ctx), project, sheet.id, ctx.version)
    records = open_store.of(ctx).remembered(
        ("beside", project, sheet.id, ctx.version.moment),
        lambda inner: _beside(ctx, inner, rounds, project, sheet.id),
        until="steps",
    )
    counted = contents(open_store.of(ctx), project, facts.places, ctx.version)
    suggestions = _suggestions(ctx, facts, sheet, records.entered, counted)
    vetoes = {code: each.veto for code, each in suggestions.items() if each.veto is not None}
    items = items_of(sheet.scheme, scores, vetoes, recused, assigned)
    shared = rounds.kind(sheet.id) in (SheetKind.SHARED, SheetKind.PANEL)
    # Points that nobody stands by yet are asked about first; who scores alone has no archive to fill.
    without = frozenset(item.indicator.code for item in items if item.status is Status.EXAMPLE)
    return Scorecard(
        facts.project,
        sheet,
        items,
        tally(items, sheet.grade_scheme),
        flags(
            items,
            measures(open_store.of(ctx), facts),
            None,
            records.evidenced | without if shared else None,
            suggestions,
        ),
        facts.claim("reported_score"),
        suggestions=suggestions,
        answered=records.answered,
    )


class _Beside(NamedTuple):
    """Records beside a sheet's scores, that change far less often."""

    entered: Mapping[str, str]
    """Entries by code, as JSON."""
    answered: frozenset[tuple[str, str]]
    """(code, kind) of flags."""
    evidenced: frozenset[str]
    """Codes with evidence on some sheet of the round."""


def _beside(ctx: Context, session: Session, rounds: RoundState, project: str, sheet: str) -> _Beside:
    answers = {
        (event.code, event.kind): event.answer
        for event in logs.events(session, logs.FLAG_ANSWERS, project, sheet, ctx.version)
    }
    return _Beside(
        {e.code: e.content for e in logs.events(session, logs.INPUTS, project, sheet, ctx.version)},
        frozenset(key for key, answer in answers.items() if answer),
        frozenset(
            file.code
            for file in logs.evidence(session, project, None, ctx.version)
            if file.sheet in rounds.sheets and file.withdrawn is None
        ),
    )


def measures(store: Store, facts: Facts) -> Measures:
    """Compute the measures that rules compute from: at the default planned time."""
    key = ("measures", facts.project.id, facts.batch)
    return store.remembered(key, lambda _: Measures(measures_of(facts)))


def _suggestions(
    ctx: Context, facts: Facts, sheet: Sheet, entered: Mapping[str, str], counted: CarriedOut | None
) -> Mapping[str, Suggestion]:
    scheme, items = sheet.scheme, measures_of_contents(counted, facts.as_of)
    asked = measures_of_questionnaires(open_store.of(ctx), facts, ctx.version)
    of = (facts.project.id, facts.batch, scheme.id, scheme.version)
    key = ("suggestions", *of, tuple(sorted(entered.items())), tuple((each.id, each.value) for each in items), asked)

    def make(_: Session) -> Mapping[str, Suggestion]:
        known = Measures(beside((*measures(open_store.of(ctx), facts).all, *items), asked))
        inputs = {code: from_json(content) for code, content in entered.items()}
        store = open_store.of(ctx)

        def of_item(indicator: Indicator) -> Suggestion:
            found = explained(suggest(indicator, known, inputs.get(indicator.code)), asked)
            return with_ledger(store, facts, indicator, found)

        return {indicator.code: of_item(indicator) for indicator in scheme.indicators}

    return open_store.of(ctx).remembered(key, make)


@asks(Deed.SEE)
def compare(ctx: Context, project: str, left: str, right: str) -> Comparison:
    """List the items on which two sheets differ, in the order of the left one. Raises UnknownName, NotAllowed."""
    return differences_of(scorecard(ctx, project, left), scorecard(ctx, project, right))


def differences_of(a: Scorecard, b: Scorecard) -> Comparison:
    """List the items on which two sheets, or two moments of one, differ."""
    same = a.sheet.scheme.id == b.sheet.scheme.id
    others = {item.indicator.code for card in (a, b) for item in card.items if item.unassigned}
    if not others or not same:
        return Comparison(a.tally.total, b.tally.total, compared(a.items, b.items, by_code=same))
    left, right = ([item for item in card.items if item.indicator.code not in others] for card in (a, b))
    sums = [tally(items, a.sheet.grade_scheme).total for items in (left, right)]
    return Comparison(sums[0], sums[1], compared(left, right), len(left))


@asks(Deed.SCORE)
def save(ctx: Context, project: str, sheet: str, raw_edits: Sequence[object]) -> dict[str, Answer]:
    """Judge changes as a browser sent them and write those that fit, durably, in one transaction.

    Returns an answer for each edit_id; an edit that arrived before is answered as saved and not written again.
    Raises NameNeeded when the actor has no name and there is something to write, UnknownName, StoreError.
    """
    if not raw_edits:
        return {}
    named(ctx, Message("请先填写您的姓名，再修改评分；姓名用于记录是谁改的。"))
    if len(raw_edits) > MOST_EDITS:
        raise InputError(
            Message(
                "一次收到{count}处修改，最多{most}处，均未计入。请刷新页面后重填。",
                {"count": len(raw_edits), "most": MOST_EDITS},
            ),
            (),
        )
    store = open_store.of(ctx)
    scheme = read.sheet(store, project, sheet).scheme
    arrived = [read_edit(raw) for raw in raw_edits]
    edits = [edit for edit in arrived if isinstance(edit, Edit)]
    refused: dict[str, Answer] = {e[0]: e[1] for e in arrived if not isinstance(e, Edit) and e[0] is not None}
    closed: Message | None = None
    others: dict[str, Message | None] = {}
    clashed = False

    def check(session: Session) -> None:
        nonlocal closed, others
        state = logs.round_state_now(store, session, project, round_of(sheet))
        closed = may(ctx.actor, "score", state, sheet)
        others = {edit.code: not_theirs(state, sheet, edit.code) for edit in edits}

    def decide(
        current: Mapping[str, ScoreEvent], known: Callable[[Iterable[str]], Mapping[str, ScoreEvent]]
    ) -> tuple[list[write.NewScore], dict[str, Answer | None]]:
        nonlocal clashed
        stored: Mapping[str, ScoreEvent] | None = None
        newest = dict(current)
        changes: list[write.NewScore] = []
        coming: list[ScoreEvent] = []
        taken_back: dict[Act, Mapping[str, ScoreChange] | Refused] = {}
        answers: dict[str, Answer | None] = {}

        def judged(edit: Edit, there: ScoreEvent | None) -> ScoreChange | Answer:
            act = act_of(edit.edit_id)
            if act.kind == "c" or there is not None:
                return judge(edit, scheme, newest.get(edit.code), there)
            if act not in taken_back:  # the whole step at its first edit
                of_step = {each.code: each.edit_id for each in edits if act_of(each.edit_id) == act}
                events = [*read.history(store, project, sheet), *coming]
                out = frozenset(code for code, why in others.items() if why is not None)
                taken_back[act] = undoing.changes(ctx.actor.id, act, of_step, events, out)
            found = taken_back[act]
            return found if isinstance(found, Refused) else found.get(edit.edit_id, GARBLED)

        for edit in edits:
            if edit.edit_id in answers:
                continue
            outcome = judged(edit, None)
            if clashed or not isinstance(outcome, ScoreChange):
                # What follows the newest event is not stored yet, or its edit_id would clash with itself.
                stored = known([edit.edit_id for edit in edits]) if stored is None else stored
                outcome = judged(edit, stored.get(edit.edit_id))
            by_hand = act_of(edit.edit_id).kind == "c"
            if by_hand and isinstance(outcome, ScoreChange) and edit.status is Status.EXAMPLE:
                events = read.history(store, project, sheet, edit.code)
                outcome = outcome if returns(edit, events) else GARBLED
            if closed is not None and not isinstance(outcome, Saved):
                # What was saved before the sheet closed stays answered as saved, else it would be sent forever.
                outcome = Refused(Message("{why}这处修改未计入。", {"why": closed}))
            elif isinstance(outcome, ScoreChange) and (why := others[edit.code]) is not None:
                outcome = Refused(why)
            if isinstance(outcome, ScoreChange):
                new = write.NewScore(**vars(outcome), actor=ctx.actor)
                changes.append(new)
                newest[edit.code] = _upcoming(project, sheet, new, newest.get(edit.code))
                coming.append(newest[edit.code])
                answers[edit.edit_id] = None
            else:
                answers[edit.edit_id] = outcome
        clashed = True  # whoever is asked again has clashed
        return changes, answers

    answers, written = write.append_scores(store, project, sheet, decide, check)
    saved = {event.edit_id: event for event in written}
    return refused | {key: answer if answer is not None else Saved(saved[key]) for key, answer in answers.items()}


def _upcoming(project: str, sheet: str, new: write.NewScore, current: ScoreEvent | None) -> ScoreEvent:
    """Foresee the event of `new`, to judge its own successors within one batch."""
    return ScoreEvent(
        project=project,
        sheet=sheet,
        code=new.code,
        revision=(current.revision if current else 0) + 1,
        edit_id=new.edit_id,
        points=new.points,
        status=new.status,
        reason=new.reason,
        note=new.note,
        actor=new.actor.id,
        actor_name=new.actor.name or "",
        made_at=current.made_at if current else datetime.min,
    )


@asks(Deed.CHAIR)
def new_blank_sheet(ctx: Context, project: str, round_id: str) -> Sheet:
    """Make a sheet of the round without a single score, by the scheme of its working sheet.

    Raises NameNeeded when the actor has no name, UnknownName, NotAllowed when the round is locked.
    """
    named(ctx, Message("请先填写您的姓名，再新建评分表；姓名用于记录是谁建的。"))
    store = open_store.of(ctx)
    working = read.sheet(store, project, working_id(round_id))
    refusal = may(ctx.actor, "score", _round(ctx, project, working.id), working.id)
    if refusal is not None:
        raise NotAllowed([refusal])
    number = sum(sheet.id.startswith(f"{round_id}/blank-") for sheet in read.sheets(store, project)) + 1
    return write.add_sheet(
        store,
        project,
        f"{round_id}/blank-{number}",
        render(Message("空白评分表{number}", {"number": number}), "zh_CN"),
        working.scheme,
        working.grade_scheme,
        ctx.actor,
    )
