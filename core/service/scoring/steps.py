"""Steps of a round's sheets: submit, withdraw, return, recuse, lock, unlock."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from core.errors import Message, NotAllowed, ask
from core.model.context import Context
from core.model.panel_events import WHOLE_SHEET, Recusal, SheetEvent
from core.model.rights import Deed
from core.model.storable import need_text
from core.scoring.round_state import RoundState, panel_id
from core.scoring.tally import items_of
from core.scoring.workflow import Action, may, unscored, without_reason
from core.scoring.workflow import lock_problems as _lock_problems
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.scoring import scorecards
from core.service.scoring.independence import record_seen
from core.service.scoring.rounds import allow, event_of, known_code
from core.store import logs, read
from core.store.database import Session
from core.text.numbers import half_up


def _step(
    ctx: Context,
    project: str,
    sheet: str,
    action: Action,
    kind: str,
    reason: str,
    check: Callable[[Session, RoundState], str] = lambda session, state: "",
) -> SheetEvent:
    """Take a step of a sheet's work flow; `check` may refuse it, and gives what it freezes."""
    actor = named(ctx)
    store = open_store.of(ctx)
    edit_id = secrets.token_hex(16)

    def decide(session: Session, known: Sequence[SheetEvent]) -> tuple[list[logs.Draft], None]:
        frozen = check(session, allow(session, actor, action, project, sheet))
        return [{"kind": kind, "reason": reason, "frozen": frozen, "edit_id": edit_id}], None

    logs.append(store, logs.SHEET_EVENTS, project, sheet, actor, decide)
    return next(e for e in logs.events(store, logs.SHEET_EVENTS, project, sheet) if e.edit_id == edit_id)


@asks(Deed.SCORE)
def submit(ctx: Context, project: str, sheet: str, agreed: str = "") -> SheetEvent:
    """Submit the sheet: others see it, and it cannot be changed until it is returned.

    Raises NameNeeded, UnknownName, NotAllowed (also with every deduction that lacks its reason), Question with the
    items that are not scored: `agreed` is its answer.
    """
    found = read.sheet(open_store.of(ctx), project, sheet)

    def check(session: Session, state: RoundState) -> str:
        scores = {link.event.code: link.event for link in read.newest_links(session, project, sheet)}
        items = items_of(found.scheme, scores, recused=state.recused.get(sheet, ()), assigned=state.assigned.get(sheet))
        if not any(item.event for item in items if not item.unassigned):
            # Or the others' scores could be had for nothing.
            raise NotAllowed([Message("本表一项都还没有评，不能提交。不参加评分的，请申请回避。")])
        unexplained = without_reason(items)
        if unexplained:
            whole = Message("有{count}项扣分未写原因，未提交。请补写后再提交。", {"count": len(unexplained)})
            raise NotAllowed(unexplained, whole)
        blank = unscored(items)
        ask(blank, Message("还有{count}项未评，提交后不能再填。确定提交吗？", {"count": len(blank)}), agreed)
        return ""

    return _step(ctx, project, sheet, "submit", "submitted", "", check)


@asks(Deed.SCORE)
def withdraw(ctx: Context, project: str, sheet: str) -> SheetEvent:
    """Take one's submitted sheet back to change it, as long as nobody else has submitted one.

    Raises NameNeeded, UnknownName, NotAllowed.
    """
    read.sheet(open_store.of(ctx), project, sheet)
    return _step(ctx, project, sheet, "withdraw", "returned", "")


@asks(Deed.CHAIR)
def return_sheet(ctx: Context, project: str, sheet: str, reason: str) -> SheetEvent:
    """Give a submitted sheet back to its owner to change. Raises NameNeeded, UnknownName, NotAllowed."""
    named(ctx)
    read.sheet(open_store.of(ctx), project, sheet)
    return _step(ctx, project, sheet, "return", "returned", need_text(reason, Message("请写明退回的理由。")))


@asks(Deed.SEE)
def lock_problems(ctx: Context, project: str, round_id: str) -> tuple[Message, ...]:
    """List all that holds the round's lock up now; empty: it can be locked. Raises UnknownName."""
    event_of(open_store.of(ctx), project, round_id)
    store = open_store.of(ctx)
    state = logs.round_state(store, project, round_id)
    refusal = may(ctx.actor, "lock", state, state.panel)
    if refusal is not None:
        return (refusal,)
    record_seen(ctx, project, round_id, [state.panel])
    return _problems(ctx, project, state)


def _problems(ctx: Context, project: str, state: RoundState) -> tuple[Message, ...]:
    if state.panel not in state.sheets:
        return _lock_problems(state, None, ())
    card = scorecards.unrecorded(ctx, project, state.panel)
    return _lock_problems(state, card.items, card.open_flags)


@asks(Deed.CHAIR)
def lock(ctx: Context, project: str, round_id: str, reason: str = "") -> SheetEvent:
    """Lock the round: nothing in it moves any more, and what it rests on is frozen under a digest.

    Raises NameNeeded, UnknownName, NotAllowed with everything that holds it up.
    """
    actor = named(ctx)
    event = event_of(open_store.of(ctx), project, round_id)
    store = open_store.of(ctx)
    lock_problems(ctx, project, round_id)  # what holds it up is told, and who is told goes on record first

    def check(session: Session, state: RoundState) -> str:
        # Nothing is written between this check and the commit: writers wait for each other.
        problems = _problems(ctx, project, state)
        if problems:
            raise NotAllowed(problems, Message("还不能锁定，有{count}处未解决。", {"count": len(problems)}))
        card = scorecards.unrecorded(ctx, project, state.panel)
        return logs.freeze(
            {
                "batch": read.facts(store, project, ctx.version).batch,
                "scheme": [card.sheet.scheme.id, card.sheet.scheme.version],
                "grade_scheme": card.sheet.grade_scheme.id,
                "round": event.name,
                "rule": event.rule,
                "total": str(half_up(card.tally.decisive, 2)),
                "grade": card.tally.grade,
                "locked_by": actor.name,
                "names": {sheet: state.owner_name(sheet) for sheet in state.sheets if state.is_personal(sheet)},
                "heads": logs.heads_in(session, project, state.sheets),
            }
        )

    return _step(ctx, project, panel_id(round_id), "lock", "locked", reason.strip()[:500], check)


@asks(Deed.CHAIR)
def unlock(ctx: Context, project: str, round_id: str, reason: str) -> SheetEvent:
    """Open a locked round again: by another person than who locked it. Raises NameNeeded, UnknownName, NotAllowed."""
    named(ctx)
    event_of(open_store.of(ctx), project, round_id)
    kept = need_text(reason, Message("请写明解锁的理由。"))
    return _step(ctx, project, panel_id(round_id), "unlock", "unlocked", kept)


@asks(Deed.SCORE)
def recuse(ctx: Context, project: str, sheet: str, code: str | None, reason: str, active: bool = True) -> Recusal:
    """Recuse from (回避) an item (None: the whole sheet), or end it: its scores stay on record and count nowhere.

    Raises NameNeeded, UnknownName, NotAllowed.
    """
    actor = named(ctx)
    store = open_store.of(ctx)
    found = read.sheet(store, project, sheet)
    if code is not None:
        known_code(found, code)
    kept = need_text(reason, Message("请写明回避的理由。") if active else Message("请写明取消回避的理由。"))

    def decide(session: Session, known: Sequence[Recusal]) -> tuple[list[logs.Draft], None]:
        allow(session, actor, "recuse", project, sheet)
        return [{"code": code or WHOLE_SHEET, "active": active, "reason": kept}], None

    logs.append(store, logs.RECUSALS, project, sheet, actor, decide)
    return [e for e in logs.events(store, logs.RECUSALS, project, sheet) if e.code == (code or WHOLE_SHEET)][-1]
