"""Undo and redo on a sheet: what the one who asks may take back, and the change that takes it back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.errors import Message
from core.model.context import Context
from core.model.rights import Deed
from core.model.scorecard import ScoreEvent, Status
from core.scoring import Refused, ScoreChange
from core.scoring.round_state import round_of
from core.scoring.undoing import Act, Step, standing, steps_of
from core.scoring.workflow import may, not_theirs
from core.service.base import open_store
from core.service.base.asking import asks, past
from core.service.base.moments import day_and_time
from core.service.scoring.event_sentences import points_or_status
from core.store import logs, read


@dataclass(frozen=True)
class Offered:
    """A step that may be undone or redone."""

    step: Step
    why_not: Message | None
    """None: it can be."""


@dataclass(frozen=True)
class OfferedSteps:
    """The asker's own steps on a sheet, the next one last."""

    undo: tuple[Offered, ...] = ()
    redo: tuple[Offered, ...] = ()


@asks(Deed.SEE)
def steps(ctx: Context, project: str, sheet: str) -> OfferedSteps:
    """List the asker's own steps on the sheet, while they may score on it. Raises UnknownName."""
    store = open_store.of(ctx)
    read.sheet(store, project, sheet)
    state = logs.round_state(store, project, round_of(sheet))
    if past(ctx) or may(ctx.actor, "score", state, sheet) is not None:
        return OfferedSteps()
    # Read once a change for all who score on the sheet.
    events = store.remembered(("steps", project, sheet), lambda _: read.history(store, project, sheet), until="any")
    found = steps_of(events, ctx.actor.id)
    changed = {code for each in (*found.undo, *found.redo) for code in each.changes}
    out = frozenset(code for code in changed if not_theirs(state, sheet, code) is not None)
    undo, redo = (tuple(Offered(each, _why_not(each, out)) for each in kind) for kind in (found.undo, found.redo))
    return OfferedSteps(undo, redo)


def _why_not(step: Step, out: Collection[str]) -> Message | None:
    if not step.changes.keys().isdisjoint(out):
        return Message("其中有您已回避或未分配给您的项，未改动任何一项；要改，请先取消回避，或请主评人调整分工。")
    theirs = step.stopped
    if theirs is None:
        return None
    return Message(
        "{who}{when}已把{code}改为{points}，未改动任何一项。",
        {
            "who": theirs.actor_name,
            "when": day_and_time(theirs.made_at),
            "code": theirs.code,
            "points": points_or_status(theirs),
        },
    )


def changes(
    actor: str, act: Act, edit_ids: Mapping[str, str], events: Sequence[ScoreEvent], out: Collection[str]
) -> dict[str, ScoreChange] | Refused:
    """Make the changes, by edit_id, that undo or redo a step: all of them or none.

    `edit_ids` are the browser's, by code; `events` are the sheet's, oldest first; from what is `out` the asker stays.
    """
    step = next((each for each in steps_of(events, actor).of(act.kind) if each.id == act.step), None)
    if step is not None and (why_not := _why_not(step, out)) is not None:
        return Refused(why_not)
    newest = {event.code: event for event in events}
    if step is None or edit_ids.keys() != step.changes.keys() or not standing(step, act.kind, newest):
        return Refused(Message("这一步已不能撤销或重做，未改动任何一项。请看各项现在的得分。"))
    return {edit_ids[code]: _change(edit_ids[code], code, event) for code, event in step.values(act.kind).items()}


def _change(edit_id: str, code: str, event: ScoreEvent | None) -> ScoreChange:
    if event is None:
        return ScoreChange(edit_id, code, None, Status.UNSCORED, "")
    return ScoreChange(edit_id, code, event.points, event.status, event.reason, event.note)
