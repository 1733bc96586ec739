"""讨论: what the panel says of an item among itself, to whom, and which of it stands in the minutes.

An expert hears it once their own sheet is submitted, as they see the panel's sheet: it tells the others' scores.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping, Sequence

from core.errors import Message, NotAllowed, UnknownName
from core.model.context import Actor, Context
from core.model.panel_events import TalkEvent
from core.model.rights import Deed, Role
from core.model.storable import need_text
from core.scoring.round_state import RoundState, panel_id, working_id
from core.scoring.talk import thread, waiting
from core.scoring.workflow import may, stands_still
from core.service.base import identity, open_store
from core.service.base.asking import asks, named
from core.service.scoring.assignments import evaluators
from core.service.scoring.independence import panel_shown, record_seen
from core.service.scoring.rounds import event_of, known_code
from core.store import logs, people, read
from core.store.database import Session

MOST_REMARK = 2000
"""Characters of a remark."""


@asks(Deed.SEE)
def persons(ctx: Context, project: str, round_id: str) -> dict[str, str]:
    """Name whom a remark may be meant for, by id: the round's experts, the chiefs, who has said or put down something.

    Raises UnknownName, NotAllowed while the actor scores alone.
    """
    store = open_store.of(ctx)
    event_of(store, project, round_id)
    record_seen(ctx, project, round_id, [panel_id(round_id)])
    found = {each.id: each.name for each in evaluators(ctx, project, round_id)}
    for person in people.known(store).values():
        if person.active and any(g.role is Role.CHIEF and g.project in (None, project) for g in person.grants):
            found.setdefault(identity.actor_id(person.id), person.name)
    for said in logs.events(store, logs.TALK, project, round_id):
        found.setdefault(said.actor, said.actor_name)
    for decided in logs.events(store, logs.DELIBERATIONS, project, round_id):
        found.setdefault(decided.actor, decided.actor_name)
    return found


@asks(Deed.TALK)
def remark(
    ctx: Context,
    project: str,
    round_id: str,
    code: str,
    text: str,
    mentioned: Collection[str] = (),
    edit_id: str | None = None,
) -> None:
    """Say something of an item, meant for these persons (ids of `persons`) in particular.

    An edit_id that arrives twice is written once. Raises NameNeeded, UnknownName, NotAllowed while the actor scores
    alone, or in a round in which nothing can be entered.
    """
    named(ctx)
    kept = need_text(text, Message("请写明要说的话。"), MOST_REMARK)
    known = persons(ctx, project, round_id)
    if any(each not in known for each in mentioned):
        raise UnknownName(Message("提到的人不在本轮的名单里，未发送。请刷新后重新选择。"))
    meant = json.dumps([[each, known[each]] for each in dict.fromkeys(mentioned)], ensure_ascii=False)
    _add(ctx, project, round_id, code, edit_id, {"kind": "said", "text": kept, "mentioned": meant})


@asks(Deed.TALK)
def resolve(
    ctx: Context, project: str, round_id: str, code: str, resolved: bool = True, edit_id: str | None = None
) -> None:
    """Hold the talk on an item to be resolved, or open it again; nothing where it is so already.

    Raises as `remark`, also where nobody has said anything.
    """
    _add(ctx, project, round_id, code, edit_id, {"kind": "resolved" if resolved else "reopened"})


@asks(Deed.CHAIR)
def mark(
    ctx: Context,
    project: str,
    round_id: str,
    code: str,
    revision: int,
    minuted: bool = True,
    edit_id: str | None = None,
) -> None:
    """Mark a remark for the minutes, or no longer, also in a locked round: its minutes may still be written.

    Raises NameNeeded, UnknownName where there is no such remark, NotAllowed.
    """
    kind = "marked" if minuted else "unmarked"
    _add(ctx, project, round_id, code, edit_id, {"kind": kind, "about": revision})


def _add(ctx: Context, project: str, round_id: str, code: str, edit_id: str | None, own: Mapping[str, object]) -> None:
    actor = named(ctx)
    store = open_store.of(ctx)
    event_of(store, project, round_id)
    known_code(read.sheet(store, project, working_id(round_id)), code)
    record_seen(ctx, project, round_id, [panel_id(round_id)])
    draft = {"about": 0, "text": "", "mentioned": "[]", **own, "code": code}
    draft["edit_id"] = edit_id or secrets.token_hex(16)

    def decide(session: Session, known: Sequence[TalkEvent]) -> tuple[list[logs.Draft], None]:
        if any(event.edit_id == draft["edit_id"] for event in known):
            return [], None
        _need_open(actor, logs.round_state(session, project, round_id), str(draft["kind"]))
        here = [event for event in known if event.code == code]
        return ([draft] if _changes(here, draft) else []), None

    logs.append(store, logs.TALK, project, round_id, actor, decide)


def _need_open(actor: Actor, state: RoundState, kind: str) -> None:
    still = None if kind in ("marked", "unmarked") else stands_still(state)
    if (why := still or may(actor, "see", state, state.panel)) is not None:
        raise NotAllowed([why])


def _changes(known: Sequence[TalkEvent], draft: Mapping[str, object]) -> bool:
    """Tell whether an event would change anything on its item. Raises UnknownName for a remark that is not there."""
    now = thread(known)
    if draft["kind"] == "said":
        return True
    if draft["kind"] in ("marked", "unmarked"):
        found = next((each for each in now.remarks if each.event.revision == draft["about"]), None)
        if found is None:
            raise UnknownName(Message("这条发言不存在，请刷新后再试。"))
        return found.minuted != (draft["kind"] == "marked")
    if not now.remarks:
        raise NotAllowed([Message("这一项还没有人发言。")])
    return now.open == (draft["kind"] == "resolved")


@asks(Deed.SEE)
def heard(ctx: Context, project: str, round_id: str) -> tuple[TalkEvent, ...]:
    """List the talk of a round, oldest first; empty while the actor scores alone. Raises UnknownName."""
    store = open_store.of(ctx)
    event_of(store, project, round_id)
    found = logs.events(store, logs.TALK, project, round_id, ctx.version)
    return found if found and panel_shown(ctx, project, round_id) else ()


@asks(Deed.SEE)
def mentions(ctx: Context, project: str, round_id: str) -> tuple[TalkEvent, ...]:
    """List the remarks that wait for the actor's answer, oldest first; none while they score alone.

    Nobody goes on record by it: it is asked before the board is shown. Raises UnknownName.
    """
    store = open_store.of(ctx)
    event_of(store, project, round_id)
    state = logs.round_state(store, project, round_id)
    if state.undecided(ctx.actor) or may(ctx.actor, "see", state, state.panel) is not None:
        return ()
    return waiting(logs.events(store, logs.TALK, project, round_id, ctx.version), ctx.actor.id)
