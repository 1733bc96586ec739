"""Everything is answerable: histories, replay, undo."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from core.errors import Message
from core.model.context import Context, Version
from core.model.rights import Deed
from core.model.scorecard import ScoreEvent, Status
from core.scoring import Answer, Conflict, Refused, Saved
from core.scoring.workflow import may
from core.scoring.workflow import round_of as round_of_sheet
from core.service import home, scoring
from core.service.asking import asks, named
from core.service.happened import Sentence, of_comment, of_minutes, of_round, on_sheet, standing
from core.service.moments import day_and_time
from core.service.rounds import event_of, known_code, see
from core.service.scoring import Comparison, Scorecard
from core.store import logs, read, write
from core.store.database import Session


@asks(Deed.SEE)
def item_history(ctx: Context, project: str, sheet: str, code: str) -> tuple[Sentence, ...]:
    """All that happened to one item of a sheet, oldest first. Raises UnknownName, NotAllowed."""
    known_code(see(ctx, project, sheet), code)
    happened = [sentence for sentence in on_sheet(ctx.version, project, sheet, code) if sentence.code == code]
    return tuple(sorted(happened, key=lambda sentence: sentence.made_at))


@asks(Deed.SEE)
def timeline(ctx: Context, project: str, round_id: str) -> tuple[Sentence, ...]:
    """All that happened in a round on the sheets that the actor may see, oldest first. Raises UnknownName."""
    event_of(project, round_id)
    store = home.store()
    state = logs.round_state(store, project, round_id)
    happened: list[Sentence] = []
    for sheet in state.sheets:
        if may(ctx.actor, "see", state, sheet) is None:
            happened += on_sheet(ctx.version, project, sheet)
    said = [of_comment(event) for event in logs.events(store, logs.COMMENTS, project, round_id, ctx.version)]
    changed = [of_round(event) for event in logs.events(store, logs.ROUND_EVENTS, project, round_id, ctx.version)]
    written = [of_minutes(event) for event in logs.events(store, logs.MINUTES, project, round_id, ctx.version)]
    return tuple(sorted([*happened, *said, *changed, *written], key=lambda sentence: sentence.made_at))


@asks(Deed.SEE)
def moments(ctx: Context, project: str, sheet: str) -> tuple[datetime, ...]:
    """When the sheet's scores changed, oldest first: where a replay can stop. Raises UnknownName, NotAllowed."""
    see(ctx, project, sheet)
    return tuple(dict.fromkeys(event.made_at for event in read.history(home.store(), project, sheet)))


@asks(Deed.SEE)
def at(ctx: Context, project: str, sheet: str, moment: datetime | None) -> Scorecard:
    """The sheet as it stood at a moment (naive UTC; None: now). Raises UnknownName, NotAllowed."""
    return scoring.scorecard(replace(ctx, version=Version(ctx.version.batch, moment)), project, sheet)


@asks(Deed.SEE)
def compare_moments(
    ctx: Context, project: str, sheet: str, earlier: datetime | None, later: datetime | None
) -> Comparison:
    """The items on which two moments of a sheet differ. Raises UnknownName, NotAllowed."""
    return scoring.differences_of(at(ctx, project, sheet, earlier), at(ctx, project, sheet, later))


@asks(Deed.SEE)
def undo_sentence(ctx: Context, project: str, sheet: str, code: str) -> Message | None:
    """What undoing the item's newest change would do; None when there is nothing to undo.

    Raises UnknownName, NotAllowed.
    """
    known_code(see(ctx, project, sheet), code)
    events = read.history(home.store(), project, sheet, code)
    if not events:
        return None
    newest, target = events[-1], events[-2] if len(events) > 1 else None
    params: dict[str, object] = {
        "who": newest.actor_name,
        "when": day_and_time(newest.made_at),
        "code": code,
        "now": standing(newest),
        "then": standing(target),
    }
    return Message("撤销{who}{when}的修改:{code}由{now}恢复为{then}。", params)


@asks(Deed.SCORE)
def undo(ctx: Context, project: str, sheet: str, code: str, base: int | None = None) -> Answer:
    """Write a new event that restores what the item was before its newest change; doing it twice changes nothing.

    `base` is the revision that the person saw: if somebody has changed it since, they are asked (Conflict).
    Raises NameNeeded, UnknownName, StoreError.
    """
    actor = named(ctx)
    store = home.store()
    known_code(read.sheet(store, project, sheet), code)
    closed: list[Message] = []
    edit_id = secrets.token_hex(16)

    def look(session: Session) -> None:
        refusal = may(actor, "score", logs.round_state_now(store, session, project, round_of_sheet(sheet)), sheet)
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
        events = read.history(store, project, sheet, code)
        target = events[-2] if len(events) > 1 else None
        if target is None:
            return [write.NewScore(code, edit_id, None, Status.UNSCORED, "", "", actor)], None
        return [write.NewScore(code, edit_id, target.points, target.status, target.reason, target.note, actor)], None

    answer, written = write.append_scores(store, project, sheet, decide, look)
    return answer or Saved(written[0])
