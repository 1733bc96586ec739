"""The scorecard: what a sheet holds, what it adds up to, and saving changes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from core.errors import InputError, Message
from core.model.context import Context
from core.model.measure import Measures
from core.model.panel import SheetKind, SheetState
from core.model.project import Claim, Facts, Project
from core.model.rights import Deed
from core.model.scorecard import ScoreEvent, Sheet, Status
from core.progress import measures as measures_of
from core.scoring import (
    Answer,
    Change,
    Edit,
    Flag,
    Item,
    Refused,
    Saved,
    Suggestion,
    Tally,
    flags,
    items_of,
    judge,
    plain,
    read_edit,
    suggest,
    tally,
)
from core.scoring.read_input import from_json
from core.scoring.workflow import NotAllowed, RoundState, may, round_of
from core.service import home
from core.service.asking import asks, named, past
from core.store import logs, read, write
from core.store.database import Session
from core.text import render

WORKING = "r1/working"
"""The sheet that is meant when none is named."""
MOST_EDITS = 1000
"""Changes taken in one go; a person's outbox holds a few."""


@dataclass(frozen=True)
class Scorecard:
    """A sheet as it stands: what the page draws and the command prints."""

    project: Project
    sheet: Sheet
    items: tuple[Item, ...]
    tally: Tally
    flags: tuple[Flag, ...]
    claim: Claim | None
    """The score that the report states: a claim beside the sheet, never its sum."""
    suggestions: Mapping[str, Suggestion] = field(default_factory=dict, hash=False)
    """What the rules say (建议分), by code."""
    state: SheetState = SheetState.DRAFT
    read_only: Message | None = None
    """Why the one who asks may not score on it now; None: they may."""
    answered: frozenset[tuple[str, str]] = frozenset()
    """(code, kind) of the flags that somebody has answered."""

    @property
    def open_flags(self) -> tuple[Flag, ...]:
        """The flags that nobody has answered: nothing locks while there are any."""
        return tuple(flag for flag in self.flags if (flag.code, flag.kind) not in self.answered)

    @property
    def claimed(self) -> Message | None:
        """The report's score as a sentence."""
        if self.claim is None or self.claim.value is None:
            return None
        return Message("报告得分{points}分(原评分表未附)", {"points": plain(self.claim.value)})

    @property
    def banner(self) -> Message | None:
        """What a reconstructed sheet has to say of itself, once."""
        if not self.sheet.reconstruction or self.claim is None or self.claim.value is None:
            return None
        return Message(
            "本表按报告结论{points}分还原,扣分分布为推测,不是报告原评分表;确认后才作数。",
            {"points": plain(self.claim.value)},
        )


@dataclass(frozen=True)
class Difference:
    """An item that two sheets score differently; None: not scored there."""

    code: str
    name: str
    left: Decimal | None
    right: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        """Right less left; None where either has no points."""
        return None if self.left is None or self.right is None else self.right - self.left


@dataclass(frozen=True)
class Comparison:
    """Two sheets of one scheme side by side."""

    left_total: Decimal
    right_total: Decimal
    differences: tuple[Difference, ...]


@asks(Deed.SEE)
def sheets(ctx: Context, project: str) -> tuple[Sheet, ...]:
    """The project's sheets that the one who asks may see."""
    found = read.sheets(home.store(), project, ctx.version)
    return tuple(sheet for sheet in found if may(ctx.actor, "see", _round(project, sheet.id), sheet.id) is None)


def _round(project: str, sheet: str) -> RoundState:
    return logs.round_state(home.store(), project, round_of(sheet))


@asks(Deed.SEE)
def scorecard(ctx: Context, project: str, sheet: str = WORKING) -> Scorecard:
    """The sheet at the context's version.

    Raises UnknownName when there is no such project or sheet, NotAllowed when the actor may not see it yet.
    """
    store = home.store()
    facts = read.facts(store, project, ctx.version)
    found = read.sheet(store, project, sheet)
    rounds = _round(project, sheet)
    hidden = may(ctx.actor, "see", rounds, sheet)
    if hidden is not None:
        raise NotAllowed([hidden])
    card = store.remembered(
        ("scorecard", project, sheet, facts.batch, ctx.version.moment),
        lambda _: _scorecard(ctx, facts, found, rounds),
        until="any",
    )
    # Read again, whatever is remembered: a submission may have come between the two reads.
    shown = logs.round_state(store, project, rounds.round, ctx.version)
    return replace(card, state=shown.state(sheet), read_only=past(ctx) or may(ctx.actor, "score", rounds, sheet))


def _scorecard(ctx: Context, facts: Facts, sheet: Sheet, rounds: RoundState) -> Scorecard:
    """All of it that does not hang on who asks."""
    project = sheet.project
    scores = read.scores(home.store(), project, sheet.id, ctx.version)
    beside = home.store().remembered(
        ("beside", project, sheet.id, ctx.version.moment),
        lambda inner: _beside(ctx, inner, rounds, project, sheet.id),
        until="steps",
    )
    suggestions = _suggestions(facts, sheet, beside.entered)
    vetoes = {code: each.veto for code, each in suggestions.items() if each.veto is not None}
    items = items_of(sheet.scheme, scores, vetoes)
    shared = rounds.kind(sheet.id) in (SheetKind.SHARED, SheetKind.PANEL)
    # Points that nobody stands by yet are asked about first; who scores alone has no archive to fill.
    without = frozenset(item.indicator.code for item in items if item.status is Status.EXAMPLE)
    return Scorecard(
        facts.project,
        sheet,
        items,
        tally(items, sheet.grade_scheme),
        flags(items, measures(facts), None, beside.evidenced | without if shared else None, suggestions),
        facts.claim("reported_score"),
        suggestions=suggestions,
        answered=beside.answered,
    )


class _Beside(NamedTuple):
    """What stands beside a sheet's scores, and changes far less often."""

    entered: Mapping[str, str]
    """By code, as JSON."""
    answered: frozenset[tuple[str, str]]
    """(code, kind) of flags."""
    evidenced: frozenset[str]
    """Codes with evidence on some sheet of the round."""


def _beside(ctx: Context, session: Session, rounds: RoundState, project: str, sheet: str) -> _Beside:
    answers = {
        (event.code, event.kind): event.answer
        for event in logs.events_in(session, logs.FLAG_ANSWERS, project, sheet, ctx.version)
    }
    return _Beside(
        {e.code: e.content for e in logs.events_in(session, logs.INPUTS, project, sheet, ctx.version)},
        frozenset(key for key, answer in answers.items() if answer),
        frozenset(file.code for file in logs.evidence_in(session, project) if file.sheet in rounds.sheets),
    )


def measures(facts: Facts) -> Measures:
    """The measures that rules compute from: at the default planned time."""
    key = ("measures", facts.project.id, facts.batch)
    return home.store().remembered(key, lambda _: Measures(measures_of(facts)))


def _suggestions(facts: Facts, sheet: Sheet, entered: Mapping[str, str]) -> Mapping[str, Suggestion]:
    scheme = sheet.scheme
    key = ("suggestions", facts.project.id, facts.batch, scheme.id, scheme.version, tuple(sorted(entered.items())))

    def make(_: Session) -> Mapping[str, Suggestion]:
        known = measures(facts)
        inputs = {code: from_json(content) for code, content in entered.items()}
        return {i.code: suggest(i, known, inputs.get(i.code)) for i in scheme.indicators}

    return home.store().remembered(key, make)


@asks(Deed.SEE)
def compare(ctx: Context, project: str, left: str, right: str) -> Comparison:
    """The items on which two sheets differ, in the order of the left one. Raises UnknownName, NotAllowed."""
    return differences_of(scorecard(ctx, project, left), scorecard(ctx, project, right))


def differences_of(a: Scorecard, b: Scorecard) -> Comparison:
    """The items on which two sheets, or two moments of one, differ."""
    others = {item.indicator.code: item.points for item in b.items}
    rows = (Difference(i.indicator.code, i.indicator.l3, i.points, others.get(i.indicator.code)) for i in a.items)
    return Comparison(a.tally.total, b.tally.total, tuple(row for row in rows if row.left != row.right))


@asks(Deed.SCORE)
def save(ctx: Context, project: str, sheet: str, raw_edits: Sequence[object]) -> dict[str, Answer]:
    """Judge changes as a browser sent them and write those that fit, durably, in one transaction.

    Returns an answer for each edit_id; an edit that arrived before is answered as saved and not written again.
    Raises NameNeeded when the actor has no name and there is something to write, UnknownName, StoreError.
    """
    if not raw_edits:
        return {}
    named(ctx, Message("请先填写您的姓名,再修改评分;姓名用于记录是谁改的。"))
    if len(raw_edits) > MOST_EDITS:
        raise InputError(
            Message(
                "一次收到{count}处修改,最多{most}处,均未计入。请刷新页面后重填。",
                {"count": len(raw_edits), "most": MOST_EDITS},
            ),
            (),
        )
    store = home.store()
    scheme = read.sheet(store, project, sheet).scheme
    arrived = [read_edit(raw) for raw in raw_edits]
    edits = [edit for edit in arrived if isinstance(edit, Edit)]
    refused: dict[str, Answer] = {e[0]: e[1] for e in arrived if not isinstance(e, Edit) and e[0] is not None}
    closed: Message | None = None
    clashed = False

    def look(session: Session) -> None:
        nonlocal closed
        closed = may(ctx.actor, "score", logs.round_state_now(store, session, project, round_of(sheet)), sheet)

    def decide(
        current: Mapping[str, ScoreEvent], known: Callable[[Iterable[str]], Mapping[str, ScoreEvent]]
    ) -> tuple[list[write.NewScore], dict[str, Answer | None]]:
        nonlocal clashed
        stored: Mapping[str, ScoreEvent] | None = None
        newest = dict(current)
        changes: list[write.NewScore] = []
        answers: dict[str, Answer | None] = {}
        for edit in edits:
            if edit.edit_id in answers:
                continue
            outcome = judge(edit, scheme, newest.get(edit.code), None)
            if clashed or not isinstance(outcome, Change):
                # What follows the newest event is not stored yet, or its edit_id would clash with itself.
                stored = known([edit.edit_id for edit in edits]) if stored is None else stored
                outcome = judge(edit, scheme, newest.get(edit.code), stored.get(edit.edit_id))
            if closed is not None and not isinstance(outcome, Saved):
                # What was saved before the sheet closed stays answered as saved, else it would be sent forever.
                outcome = Refused(Message("{why}这处修改未计入。", {"why": closed}))
            if isinstance(outcome, Change):
                new = write.NewScore(**vars(outcome), note="", actor=ctx.actor)
                changes.append(new)
                newest[edit.code] = _upcoming(project, sheet, new, newest.get(edit.code))
                answers[edit.edit_id] = None
            else:
                answers[edit.edit_id] = outcome
        clashed = True  # whoever is asked again has clashed
        return changes, answers

    answers, written = write.append_scores(store, project, sheet, decide, look)
    saved = {event.edit_id: event for event in written}
    return refused | {key: answer if answer is not None else Saved(saved[key]) for key, answer in answers.items()}


def _upcoming(project: str, sheet: str, new: write.NewScore, current: ScoreEvent | None) -> ScoreEvent:
    """The event that `new` is about to become, for judging its own successors within the same batch."""
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
def new_blank_sheet(ctx: Context, project: str) -> Sheet:
    """A sheet without a single score, by the working sheet's scheme.

    Raises NameNeeded when the actor has no name, NotAllowed when the round is locked.
    """
    named(ctx, Message("请先填写您的姓名,再新建评分表;姓名用于记录是谁建的。"))
    store = home.store()
    refusal = may(ctx.actor, "score", _round(project, WORKING), WORKING)
    if refusal is not None:
        raise NotAllowed([refusal])
    working = read.sheet(store, project, WORKING)
    number = sum(sheet.id.startswith("r1/blank-") for sheet in read.sheets(store, project)) + 1
    return write.add_sheet(
        store,
        project,
        f"r1/blank-{number}",
        render(Message("空白评分表{number}", {"number": number}), "zh_CN"),
        working.scheme,
        working.grade_scheme,
        ctx.actor,
    )
