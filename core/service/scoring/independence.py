"""Independent scoring: whoever is shown the others' scores goes on record; a chief lets them score nevertheless."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from core.errors import Message, NotAllowed, UnknownName
from core.model.context import Actor, Context
from core.model.panel_events import RoundStep
from core.model.rights import Deed
from core.model.storable import need_text
from core.scoring.round_state import RoundState, same_person
from core.scoring.workflow import may
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.store import logs
from core.store.database import Session


@asks(Deed.SEE)
def record_seen(ctx: Context, project: str, round_id: str, sheets: Collection[str]) -> None:
    """Let the actor see these sheets of a round. Raises NotAllowed where they may not yet.

    Whoever could still score alone goes on record as having seen the others' scores, before they are shown.
    """
    store = open_store.of(ctx)
    state = logs.round_state(store, project, round_id)
    _refuse(ctx.actor, state, sheets)
    # Nobody can start a sheet in a store that takes no writes.
    if store.read_only or not _becomes_known(ctx.actor, state, sheets):
        return

    def decide(session: Session, known: Sequence[RoundStep]) -> tuple[list[logs.Draft], None]:
        # Asked again: they may have started a sheet in another window meanwhile.
        now = logs.round_state(session, project, round_id)
        _refuse(ctx.actor, now, sheets)
        return [step("seen", ctx.actor)] if _becomes_known(ctx.actor, now, sheets) else [], None

    logs.append(store, logs.ROUND_STEPS, project, round_id, ctx.actor, decide)


@asks(Deed.SEE)
def seen_sheets(ctx: Context, project: str, round_id: str, among: Collection[str] | None = None) -> tuple[str, ...]:
    """List the sheets of a round (among these; None: all) that the actor may see, and record that they did."""
    state = logs.round_state(open_store.of(ctx), project, round_id)
    visible = tuple(
        sheet
        for sheet in state.sheets
        if (among is None or sheet in among) and may(ctx.actor, "see", state, sheet) is None
    )
    record_seen(ctx, project, round_id, visible)
    return visible


@asks(Deed.SEE)
def panel_shown(ctx: Context, project: str, round_id: str) -> bool:
    """Tell whether the actor may see what tells of the panel's result, and if so record that they did."""
    state = logs.round_state(open_store.of(ctx), project, round_id)
    if may(ctx.actor, "see", state, state.panel) is not None:
        return False
    record_seen(ctx, project, round_id, [state.panel])
    return True


def _refuse(actor: Actor, state: RoundState, sheets: Collection[str]) -> None:
    hidden = next((why for sheet in sheets if (why := may(actor, "see", state, sheet)) is not None), None)
    if hidden is not None:
        raise NotAllowed([hidden])


def _becomes_known(actor: Actor, state: RoundState, sheets: Collection[str]) -> bool:
    return state.undecided(actor) and any(state.tells(actor, sheet) for sheet in sheets)


def step(kind: str, person: Actor, reason: str = "") -> logs.Draft:
    """Draft a step of a person in a round."""
    return {"kind": kind, "person": person.id, "person_name": person.name or "", "reason": reason}


@asks(Deed.CHAIR)
def admit(ctx: Context, project: str, round_id: str, person: str, reason: str) -> RoundStep:
    """Let somebody score who has asked to although they have seen the others' scores.

    Raises NameNeeded, UnknownName for somebody who has not asked, NotAllowed of oneself or in a locked round.
    """
    actor = named(ctx)
    kept = need_text(reason, Message("请写明同意的理由。"))

    def decide(session: Session, known: Sequence[RoundStep]) -> tuple[list[logs.Draft], None]:
        state = logs.round_state(session, project, round_id)
        asked = next((each for each in state.asking if each.person == person), None)
        if asked is None:
            raise UnknownName(Message("此人没有待同意的评分申请，请刷新后再试。"))
        refusal = may(actor, "answer", state, state.panel)
        if refusal is None and same_person(actor, asked.person, asked.person_name):
            refusal = Message("这是您自己的申请，须由另一位主评人同意。")
        if refusal is not None:
            raise NotAllowed([refusal])
        return [step("admitted", Actor(asked.person, asked.person_name), kept)], None

    logs.append(open_store.of(ctx), logs.ROUND_STEPS, project, round_id, actor, decide)
    return logs.events(open_store.of(ctx), logs.ROUND_STEPS, project, round_id)[-1]
