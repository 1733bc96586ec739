"""分工: which items each evaluator of a round scores, as the chief says."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.errors import Message, UnknownName
from core.model.context import Context
from core.model.panel_events import Assignment, SheetKind
from core.model.rights import Deed, Role
from core.scoring.assignment import scorers, thin
from core.scoring.round_state import slug, taken_off, working_id
from core.scoring.workflow import may
from core.service.base import identity, open_store
from core.service.base.asking import asks, named
from core.service.scoring.rounds import allow, event_of, known_code, theirs
from core.store import logs, people, read
from core.store.database import Session


@dataclass(frozen=True)
class Evaluator:
    """Somebody who scores in a round, or has the role to and has not started yet."""

    id: str
    name: str
    sheet: str
    """Id of their sheet, whether it is there or not."""
    codes: frozenset[str] | None
    """Items that they score; None: all."""
    expected: bool
    """True where they have a sheet or a 分工; False: they only have the role, or were taken off the round."""
    fixed: Message | None
    """Reason why the one who asks may not change that now."""


@asks(Deed.SEE)
def evaluators(ctx: Context, project: str, round_id: str) -> tuple[Evaluator, ...]:
    """List who scores in the round: those with a sheet first, then who has the role; nobody in a 自评.

    A chief is listed once they have a sheet. Raises UnknownName.
    """
    event = event_of(open_store.of(ctx), project, round_id)
    store = open_store.of(ctx)
    if event.self_assessed:
        return ()
    state = logs.round_state(store, project, round_id)
    found = {owner.owner: owner.owner_name for owner in state.owners.values() if owner.kind is SheetKind.EVALUATOR}
    for person in people.known(store).values():
        roles = {grant.role for grant in person.grants if grant.project in (None, project)}
        if person.active and Role.EVALUATOR in roles and Role.CHIEF not in roles:
            found.setdefault(identity.actor_id(person.id), person.name)
    sheets = {person: f"{round_id}/{slug(person)}" for person in found}
    off = taken_off(state.parts)
    return tuple(
        Evaluator(
            id=person,
            name=name,
            sheet=sheets[person],
            codes=state.assigned.get(sheets[person]),
            expected=sheets[person] not in off and (sheets[person] in state.owners or sheets[person] in state.assigned),
            fixed=may(ctx.actor, "assign", state, sheets[person]),
        )
        for person, name in found.items()
    )


@asks(Deed.CHAIR)
def assign(ctx: Context, project: str, round_id: str, person: str, codes: Collection[str]) -> None:
    """Say which items somebody scores in the round; none named: all of them.

    Raises NameNeeded, UnknownName, NotAllowed in a locked round, or once their sheet is submitted.
    """
    actor = named(ctx)
    store = open_store.of(ctx)
    who = next((each for each in evaluators(ctx, project, round_id) if each.id == person), None)
    if who is None:
        raise UnknownName(Message("本轮没有这位评价人，请刷新后再试。"))
    like = read.sheet(store, project, working_id(round_id))
    for code in codes:
        known_code(like, code)
    ordered = [each.code for each in like.scheme.indicators if each.code in codes]
    if len(ordered) == len(like.scheme.indicators):
        ordered = []
    draft = {"person": person, "person_name": who.name, "codes": json.dumps(ordered)}

    def decide(session: Session, known: Sequence[Assignment]) -> tuple[list[logs.Draft], None]:
        allow(session, actor, "assign", project, who.sheet)
        own = [each.codes for each in known if each.person == person]
        return ([] if own[-1:] == [draft["codes"]] else [draft]), None

    logs.append(store, logs.ASSIGNMENTS, project, round_id, actor, decide)


@asks(Deed.SEE)
def too_few(ctx: Context, project: str, round_id: str) -> Message | None:
    """Say which items have fewer evaluators than an item should have; None: none has, or nobody scores yet.

    Whoever stays out of an item (回避) is none of them. Raises UnknownName.
    """
    who = [each for each in evaluators(ctx, project, round_id) if each.expected]
    state = logs.round_state(open_store.of(ctx), project, round_id)
    like = read.sheet(open_store.of(ctx), project, working_id(round_id))
    sheets = [theirs(state, like.scheme, each.sheet) for each in who]
    return thin(scorers(like.scheme, sheets), state.least_scorers) if sheets else None
