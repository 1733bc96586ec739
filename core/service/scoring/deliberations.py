"""议定: which items of a round the panel has discussed, what it has decided and who proposed it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from core.errors import Message, NotAllowed
from core.model.context import Context
from core.model.panel_events import Deliberation
from core.model.rights import Deed
from core.model.storable import not_longer, unstorable
from core.scoring.round_state import panel_id, working_id
from core.scoring.workflow import may, stands_still
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.base.moments import day_and_time
from core.service.scoring.independence import panel_shown, record_seen
from core.service.scoring.rounds import event_of, known_code
from core.store import logs, read
from core.store.database import Session

MOST_DECISION = 2000
"""Characters of a decision."""
MOST_PROPOSER = 100
"""Characters of the name of who proposed it."""


@asks(Deed.CHAIR)
def deliberate(
    ctx: Context,
    project: str,
    round_id: str,
    code: str,
    discussed: bool,
    decision: str = "",
    proposer: str = "",
    edit_id: str | None = None,
    base: int | None = None,
) -> None:
    """Put down whether an item has been discussed, the decision and who proposed it; nothing where it is so already.

    `base`: the newest revision that the actor saw, 0 for none. An edit_id that arrives twice is written once. Raises
    NameNeeded, UnknownName, NotAllowed for a proposer of no decision, where somebody has changed it since, while the
    actor scores alone, or in a round in which nothing can be entered.
    """
    actor = named(ctx)
    said, by = decision.strip(), proposer.strip()
    problems = [
        why
        for why in (
            unstorable([said, by]),
            Message("填了提出人，没有填决定；请写明决定，或清空提出人。") if by and not said else None,
        )
        if why is not None
    ]
    if problems:
        raise NotAllowed(problems)
    not_longer(said, MOST_DECISION)
    not_longer(by, MOST_PROPOSER)
    store = open_store.of(ctx)
    event_of(store, project, round_id)
    known_code(read.sheet(store, project, working_id(round_id)), code)
    record_seen(ctx, project, round_id, [panel_id(round_id)])
    draft = {"code": code, "discussed": discussed, "decision": said, "proposer": by}
    key = edit_id or secrets.token_hex(16)

    def decide(session: Session, known: Sequence[Deliberation]) -> tuple[list[logs.Draft], None]:
        if any(event.edit_id == key for event in known):
            return [], None
        state = logs.round_state(session, project, round_id)
        if (why := stands_still(state) or may(actor, "see", state, state.panel)) is not None:
            raise NotAllowed([why])
        newest = next((event for event in reversed(known) if event.code == code), None)
        if (newest is None and not (discussed or said)) or (newest is not None and _says(newest, draft)):
            return [], None
        if newest is not None and base not in (None, newest.revision):
            params = {"who": newest.actor_name, "when": day_and_time(newest.made_at), "code": code}
            raise NotAllowed([Message("{who}于{when}刚改过{code}的议定，本次未保存。请看过后再改。", params)])
        return [{**draft, "edit_id": key}], None

    logs.append(store, logs.DELIBERATIONS, project, round_id, actor, decide)


def _says(event: Deliberation, draft: Mapping[str, object]) -> bool:
    return all(getattr(event, name) == value for name, value in draft.items())


@asks(Deed.SEE)
def deliberated(ctx: Context, project: str, round_id: str) -> tuple[Deliberation, ...]:
    """List what was put down of the items of a round, oldest first; empty while the actor scores alone.

    Raises UnknownName.
    """
    store = open_store.of(ctx)
    event_of(store, project, round_id)
    found = logs.events(store, logs.DELIBERATIONS, project, round_id, ctx.version)
    return found if found and panel_shown(ctx, project, round_id) else ()
