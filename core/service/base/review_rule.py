"""Whether imports and corrections of a project count only once a second person has released them."""

from __future__ import annotations

from core.model.context import Context
from core.model.review_rule import ReviewRule
from core.model.rights import Deed, Role
from core.service.base import identity, open_store
from core.service.base.asking import asks, named
from core.store import read, snapshots
from core.store import review_rules as stored


@asks(Deed.SEE)
def needed(ctx: Context, project: str) -> bool:
    """True where they wait: what the project says; where it says nothing, in every mode in which people log in.

    Nothing waits in a project of which nothing counts yet: nobody could find it. Nor does what is typed on the machine.
    """
    if any(grant.role is Role.OPERATOR for grant in ctx.actor.grants):
        return False
    store = open_store.of(ctx)
    said = stored.newest(store, project)
    waits = identity.mode() != "local" if said is None else said.needed
    return waits and any(each.state == "released" for each in snapshots.snapshots(store, project))


@asks(Deed.SEE)
def said(ctx: Context, project: str) -> ReviewRule | None:
    """What the project says, and who has said it; None: nothing, the mode decides. Raises UnknownName."""
    store = open_store.of(ctx)
    read.facts(store, project)
    return stored.newest(store, project)


@asks(Deed.CERTIFY)
def change(ctx: Context, project: str, *, needed: bool) -> None:
    """Have them wait from now on, or no longer. Raises NameNeeded, UnknownName, StoreError."""
    actor, store = named(ctx), open_store.of(ctx)
    read.facts(store, project)
    stored.add(store, project, needed, actor)
