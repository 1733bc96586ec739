"""History of sheets and rounds: sentences, replay, comparison, undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from core.errors import Message
from core.model.context import Context, Version
from core.model.rights import Deed
from core.model.scorecard import ScoreEvent, Status
from core.scoring import Answer, Conflict, Refused, Saved
from core.scoring.round_state import round_of as round_of_sheet
from core.scoring.round_state import working_id
from core.scoring.undoing import edit_id, new_step
from core.scoring.workflow import may, not_theirs
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.base.moments import day_and_time
from core.service.scoring import scorecards
from core.service.scoring.deliberations import deliberated
from core.service.scoring.event_sentences import (
    Sentence,
    by_time,
    of_assignment,
    of_comment,
    of_deliberation,
    of_minutes,
    of_part,
    of_round,
    of_talk,
    on_sheet,
    points_or_status,
    recusals,
)
from core.service.scoring.independence import seen_sheets
from core.service.scoring.rounds import event_of, known_code, seen_sheet
from core.service.scoring.scorecards import Comparison, Scorecard
from core.service.scoring.talk import heard
from core.store import comments, logs, read, write
from core.store.database import Session


@asks(Deed.SEE)
def item_history(ctx: Context, project: str, sheet: str, code: str) -> tuple[Sentence, ...]:
    """Tell the history of one item of a sheet, oldest first. Raises UnknownName, NotAllowed."""
    known_code(seen_sheet(ctx, project, sheet), code)
    return tuple(
        sentence for sentence in on_sheet(open_store.of(ctx), project, sheet, ctx.version) if sentence.code == code
    )


@asks(Deed.SEE)
def timeline(ctx: Context, project: str, round_id: str) -> tuple[Sentence, ...]:
    """Tell the history of a round on the sheets that the actor may see, oldest first. Raises UnknownName."""
    event_of(open_store.of(ctx), project, round_id)
    store = open_store.of(ctx)
    seen = seen_sheets(ctx, project, round_id)
    sheets = [on_sheet(store, project, sheet, ctx.version) for sheet in seen]
    state = logs.round_state(store, project, round_id, ctx.version)
    # Who stays out of the whole sheet never submits it: nobody is shown it, but the reason stands in the minutes.
    out = [sheet for sheet in state.sheets if state.is_recused(sheet) and sheet not in seen]
    stays = [recusals(store, project, read.sheet(store, project, sheet), ctx.version) for sheet in out]
    said = [of_comment(event) for event in comments.comments(store, project, round_id, ctx.version)]
    every = logs.settings(store, project, ctx.version)
    settings = every.get(round_id, ())
    # A round that is deleted has no record of its own to be read in: that it was is told in those of the others.
    deleted = [of_round(each[-1], each[0]) for each in every.values() if each[-1].change == "deleted"]
    gone = sorted((replace(each, in_minutes=False) for each in deleted), key=lambda each: each.made_at)
    changed = [of_round(now, before) for before, now in zip((None, *settings), settings, strict=False) if now.revision]
    written = [of_minutes(event) for event in logs.events(store, logs.MINUTES, project, round_id, ctx.version)]
    parts = logs.events(store, logs.ROUND_STEPS, project, round_id, ctx.version)
    steps = [of_part(event) for event in parts if event.kind != "opened"]  # the round's own sentence says it
    # A round that came with the data has no sheet yet, and nobody scores in it.
    shared = [
        of_assignment(event, read.sheet(store, project, working_id(round_id)).scheme)
        for event in logs.events(store, logs.ASSIGNMENTS, project, round_id, ctx.version)
    ]
    talked = of_talk(heard(ctx, project, round_id))
    decided = [of_deliberation(event) for event in deliberated(ctx, project, round_id)]
    return by_time(*sheets, *stays, said, changed, gone, written, steps, shared, talked, decided)


@asks(Deed.SEE)
def moments(ctx: Context, project: str, sheet: str) -> tuple[datetime, ...]:
    """Moments of the sheet's changes, oldest first: the stops of a replay. Raises UnknownName, NotAllowed."""
    seen_sheet(ctx, project, sheet)
    return tuple(dict.fromkeys(moment for moment, _ in read.placed(open_store.of(ctx), project, sheet)))


@asks(Deed.SEE)
def at(ctx: Context, project: str, sheet: str, moment: datetime | None) -> Scorecard:
    """Read the sheet at a moment (naive UTC; None: now). Raises UnknownName, NotAllowed."""
    return scorecards.scorecard(replace(ctx, version=Version(ctx.version.batch, moment)), project, sheet)


@asks(Deed.SEE)
def compare_moments(
    ctx: Context, project: str, sheet: str, earlier: datetime | None, later: datetime | None
) -> Comparison:
    """List the items on which two moments of a sheet differ. Raises UnknownName, NotAllowed."""
    return scorecards.differences_of(at(ctx, project, sheet, earlier), at(ctx, project, sheet, later))


@asks(Deed.SEE)
def undo_sentence(ctx: Context, project: str, sheet: str, code: str) -> Message | None:
    """Word the undoing of the item's newest change; None when there is nothing to undo.

    Raises UnknownName, NotAllowed.
    """
    known_code(seen_sheet(ctx, project, sheet), code)
    events = read.history(open_store.of(ctx), project, sheet, code)
    if not events:
        return None
    newest, target = events[-1], events[-2] if len(events) > 1 else None
    params: dict[str, object] = {
        "who": newest.actor_name,
        "when": day_and_time(newest.made_at),
        "code": code,
        "now": points_or_status(newest),
        "then": points_or_status(target),
    }
    return Message("撤销{who}{when}的修改：{code}由{now}恢复为{then}。", params)


@asks(Deed.SCORE)
def restore(
    ctx: Context, project: str, sheet: str, code: str, base: int | None = None, revision: int | None = None
) -> Answer:
    """Write a new event that restores what the item was at a revision (None: before its newest change; 0: no event).

    `base` is the newest revision that the person saw: if somebody has changed it since, they are asked (Conflict).
    Raises NameNeeded, UnknownName, StoreError.
    """
    actor = named(ctx)
    store = open_store.of(ctx)
    known_code(read.sheet(store, project, sheet), code)
    closed: list[Message] = []
    change = edit_id(new_step())

    def check(session: Session) -> None:
        state = logs.round_state_now(store, session, project, round_of_sheet(sheet))
        refusal = may(actor, "score", state, sheet) or not_theirs(state, sheet, code)
        closed[:] = [] if refusal is None else [refusal]

    def decide(
        current: Mapping[str, ScoreEvent], _: Callable[[Iterable[str]], Mapping[str, ScoreEvent]]
    ) -> tuple[list[write.NewScore], Answer | None]:
        if closed:
            return [], Refused(closed[0])
        newest = current.get(code)
        if newest is None:
            return [], Refused(Message("{code}还没有可撤销的修改。", {"code": code}))
        if base is not None and newest.revision != base:
            return [], Conflict(newest)
        # Writers wait for each other: this is the history up to `newest`.
        events = {event.revision: event for event in read.history(store, project, sheet, code)}
        target = events.get(newest.revision - 1 if revision is None else revision)
        if target is None and revision:
            return [], Refused(Message("{code}没有这一次修改，未恢复。请刷新页面后再看。", {"code": code}))
        if target is None:
            return [write.NewScore(code, change, None, Status.UNSCORED, "", "", actor)], None
        return [write.NewScore(code, change, target.points, target.status, target.reason, target.note, actor)], None

    answer, written = write.append_scores(store, project, sheet, decide, check)
    return answer or Saved(written[0])
