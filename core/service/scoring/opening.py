"""Opening of rounds and sheets: a new round, blank sheets, leaving an empty one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from core.errors import Message, NotAllowed
from core.model.context import Actor, Context
from core.model.panel_events import (
    LEAST_SCORERS,
    RoundKind,
    RoundSetting,
    RoundStep,
    SelfShown,
    SheetKind,
    SheetOwner,
    Shown,
)
from core.model.rights import Deed, Role, everywhere
from core.model.scorecard import Sheet
from core.model.storable import need_text
from core.scoring.consensus import Rule
from core.scoring.round_settings import draft, new_round
from core.scoring.round_state import left, panel_id, slug, taken_off, working_id
from core.scoring.workflow import Action, may
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.scoring import setting_up
from core.service.scoring.independence import step
from core.service.scoring.rounds import allow, event_of
from core.store import logs, new_rounds, read
from core.store.database import Session
from core.text import render


@asks(Deed.CHAIR)
def open_round(
    ctx: Context,
    project: str,
    name: str,
    kind: RoundKind | str,
    rule: Rule | str,
    form: str | None = None,
    *,
    deadline: date | None = None,
    least_scorers: int = LEAST_SCORERS,
    shown: Shown | str = Shown.AFTER_SUBMIT,
    self_shown: SelfShown | str = SelfShown.AFTER_SUBMIT,
    scheme: tuple[str, int] | None = None,
    grades: str | None = None,
    experts: Collection[str] = (),
) -> RoundSetting:
    """Open a round: everything in it starts blank, and each of the experts (ids of `setting_up.experts`) has a sheet.

    `scheme` (id and version), `grades`: of its sheets; None: those of the newest reviewed round's working sheet.
    `form` names the form that was filled in: however often it is sent, it opens one round.

    Raises NameNeeded, UnknownName, NotAllowed.
    """
    actor = named(ctx)
    begins = new_round(name, RoundKind(kind), Rule(rule).value)
    setting = setting_up.checked(begins, deadline, least_scorers, shown, self_shown)
    store = open_store.of(ctx)
    read.facts(store, project)  # an unknown project is said as such
    like = setting_up.template(store, project, scheme, grades)
    people = setting_up.named_experts(ctx, project, experts)
    owned = SheetKind.UNIT if setting["kind"] is RoundKind.SELF else SheetKind.EVALUATOR

    def sheets(name: str) -> Iterator[tuple[Sheet, SheetOwner | None]]:
        yield replace(like, id=working_id(name)), None
        for person, title in people.items():
            own = f"{name}/{slug(person)}"
            yield replace(like, id=own, name=_title(title)), SheetOwner(project, own, person, title, owned)

    return new_rounds.add_round(store, project, setting, lambda name: tuple(sheets(name)), actor, form)


def _title(person: str) -> str:
    return render(Message("{name}的评分表", {"name": person}), "zh_CN")


@asks(Deed.CHAIR)
def set_rule(ctx: Context, project: str, round_id: str, rule: Rule | str) -> RoundSetting:
    """Change how several scores become one; what was taken over already stays. Raises NotAllowed in a locked round."""

    def make(now: RoundSetting, session: Session) -> logs.Draft:
        allow(session, ctx.actor, "answer", project, panel_id(round_id))
        return draft(now, rule=Rule(rule).value)

    return setting_up.change(ctx, project, round_id, make)


@asks(Deed.CHAIR)
def add_experts(ctx: Context, project: str, round_id: str, experts: Collection[str]) -> None:
    """Give each of these experts (ids of `setting_up.experts`) a blank sheet of the round, who has none yet.

    Raises NameNeeded, UnknownName, NotAllowed, also for somebody who has seen the others' scores: they have to ask.
    """
    actor = named(ctx)
    event = event_of(open_store.of(ctx), project, round_id)
    for person, title in setting_up.named_experts(ctx, project, experts).items():
        _own_sheet(ctx, event, Actor(person, title, everywhere(Role.EVALUATOR)), actor)


@asks(Deed.SCORE)
def my_sheet(ctx: Context, project: str, round_id: str) -> Sheet:
    """Return the actor's own sheet of the round, made blank when there is none yet.

    Raises NameNeeded, UnknownName, NotAllowed in a locked round, or (until a chief says yes: it is asked for) once the
    actor has seen the others' scores.
    """
    actor = named(ctx)
    event = event_of(open_store.of(ctx), project, round_id)
    try:
        return _own_sheet(ctx, event, actor, actor)
    except NotAllowed:
        _ask_in(ctx, project, round_id, actor)
        raise


def _own_sheet(ctx: Context, event: RoundSetting, owner: Actor, actor: Actor) -> Sheet:
    own = f"{event.round}/{slug(owner.id)}"
    if own in left(logs.round_state(open_store.of(ctx), event.project, event.round).parts):
        return _start_again(ctx, event, own, owner, actor)
    kind = SheetKind.UNIT if event.self_assessed else SheetKind.EVALUATOR
    return _sheet(ctx, event, own, _title(owner.name or ""), actor, owner, kind, "start")


def _start_again(ctx: Context, event: RoundSetting, own: str, owner: Actor, actor: Actor) -> Sheet:
    """Give a sheet back to the owner who had left it or was taken off; it is as it was."""
    store = open_store.of(ctx)

    def decide(session: Session, known: Sequence[RoundStep]) -> tuple[list[logs.Draft], None]:
        state = logs.round_state(session, event.project, event.round)
        if actor.id != owner.id:
            # Whoever adds them again knows that they were taken off; all else holds for them as for anybody.
            off = taken_off(known).get(own)
            state = replace(state, parts=tuple(each for each in state.parts if each != off))
        if (refusal := may(owner, "start", state, own)) is not None:
            raise NotAllowed([refusal])
        return [step("started", owner)] if own in left(known) else [], None

    logs.append(store, logs.ROUND_STEPS, event.project, event.round, actor, decide)
    return read.sheet(store, event.project, own)


def _ask_in(ctx: Context, project: str, round_id: str, actor: Actor) -> None:
    """Put down, once, that somebody asks to score who has seen the others' scores."""

    def decide(session: Session, known: Sequence[RoundStep]) -> tuple[list[logs.Draft], None]:
        state = logs.round_state(session, project, round_id)
        waits = any(each.person == actor.id for each in state.asking)
        open_still = state.lock is None and state.closed is None
        off = f"{round_id}/{slug(actor.id)}" in taken_off(known)
        may_ask = open_still and not off and state.own(actor) is None and state.knows(actor)
        may_ask = may_ask and not state.admitted(actor)
        return [step("asked", actor)] if may_ask and not waits else [], None

    logs.append(open_store.of(ctx), logs.ROUND_STEPS, project, round_id, actor, decide)


@asks(Deed.SCORE)
def leave(ctx: Context, project: str, round_id: str) -> None:
    """Step back from one's own sheet while it is empty: from then on it is as if it had not been started.

    Raises NameNeeded, UnknownName, NotAllowed.
    """
    actor = named(ctx)
    event_of(open_store.of(ctx), project, round_id)
    store = open_store.of(ctx)

    def decide(session: Session, known: Sequence[RoundStep]) -> tuple[list[logs.Draft], None]:
        state = logs.round_state(session, project, round_id)
        own = state.own(actor)
        if own is None:
            raise NotAllowed([Message("您在本轮没有评分表，不用退出。")])
        allow(session, actor, "recuse", project, own)
        if logs.anything_on(session, project, own):
            raise NotAllowed([Message("您的评分表已有内容，不能退出；不参加评分的，请申请回避。")])
        return [step("left", actor)], None

    logs.append(store, logs.ROUND_STEPS, project, round_id, actor, decide)


@asks(Deed.CHAIR)
def take_off(ctx: Context, project: str, round_id: str, person: str, reason: str) -> None:
    """Take an evaluator off the round: their sheet counts nowhere and stays on record; a chief may add them again.

    Raises NameNeeded, UnknownName, NotAllowed without a reason, of a submitted sheet, or in a locked or closed round.
    """
    actor = named(ctx)
    event_of(open_store.of(ctx), project, round_id)
    kept = need_text(reason, Message("请写明移出的理由。"))
    own = f"{round_id}/{slug(person)}"

    def decide(session: Session, known: Sequence[RoundStep]) -> tuple[list[logs.Draft], None]:
        state = allow(session, actor, "take_off", project, own)
        return [step("left", Actor(person, state.owner_name(own)), kept)], None

    logs.append(open_store.of(ctx), logs.ROUND_STEPS, project, round_id, actor, decide)


@asks(Deed.CHAIR)
def panel_sheet(ctx: Context, project: str, round_id: str) -> Sheet:
    """Return the panel's sheet of the round, made blank when there is none yet.

    Raises NameNeeded, UnknownName, NotAllowed in a locked round, or while the actor's own sheet is not submitted.
    """
    actor = named(ctx)
    event = event_of(open_store.of(ctx), project, round_id)
    return _sheet(
        ctx,
        event,
        panel_id(round_id),
        render(Message("评审组评分表"), "zh_CN"),
        actor,
        Actor("", ""),
        SheetKind.PANEL,
        "score",
    )


def _sheet(
    ctx: Context,
    event: RoundSetting,
    sheet: str,
    title: str,
    actor: Actor,
    owner: Actor,
    kind: SheetKind,
    action: Action,
) -> Sheet:
    store = open_store.of(ctx)
    found = next((each for each in read.sheets(store, event.project) if each.id == sheet), None)
    if found is not None:
        return found

    def check(session: Session) -> None:
        # Nobody may start a sheet of their own once they may not write in the round any more, or have seen the others'.
        allow(session, owner if action == "start" else actor, action, event.project, sheet)

    like = read.sheet(store, event.project, working_id(event.round))
    owned = SheetOwner(event.project, sheet, owner.id, owner.name or "", kind)
    return logs.add_owned_sheet(store, event.project, sheet, title, like.scheme, like.grade_scheme, owned, actor, check)
