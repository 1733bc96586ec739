"""Saved views: a person's own, each a name for an address of this house."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import replace

from core.errors import Message, NotAllowed, UnknownName
from core.model.context import Context
from core.model.rights import Deed
from core.model.saved_view import SavedView
from core.model.storable import need_text, not_longer
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.store import clock, read
from core.store import saved_views as stored
from core.text.one_line import one_line

MOST_NAME = 40
"""Characters of a name."""
MOST_ADDRESS = 2000
MOST_VIEWS = 50
"""Views of a person in a project."""
_ADDRESS = re.compile(r"[a-z]*\?[!-~]*")
"""A page and its query, as an address carries them: no other host can be named by it."""


@asks(Deed.SEE, until="steps")
def views(ctx: Context, project: str) -> tuple[SavedView, ...]:
    """List what the one who asks has saved in the project, in that order; nobody reads another's."""
    found = stored.saved_views(open_store.of(ctx), project).values()
    return tuple(each for each in found if each.actor == ctx.actor.id and each.address)


@asks(Deed.SEE)
def save(ctx: Context, project: str, name: str, address: str) -> None:
    """Save a view; under a name that one has used, the new address takes the place of the old.

    Raises NameNeeded, UnknownName, NotAllowed for an empty or too long name, or what is no address of this house.
    """
    actor = named(ctx)
    store = open_store.of(ctx)
    read.facts(store, project)
    kept = need_text(one_line(name), Message("请填写视图的名称。"), MOST_NAME)
    if not _ADDRESS.fullmatch(address):
        raise NotAllowed([Message("这不是本系统的网址，未保存。")])
    not_longer(address, MOST_ADDRESS)

    def decide(known: Mapping[str, SavedView]) -> SavedView:
        own = [each for each in known.values() if each.actor == actor.id and each.address]
        same = next((each for each in own if each.name == kept), None)
        if same is None and len(own) >= MOST_VIEWS:
            raise NotAllowed([Message("最多{most}个视图，请先删去不用的。", {"most": MOST_VIEWS})])
        view_id, seq = (secrets.token_hex(6), 1) if same is None else (same.id, same.seq + 1)
        return SavedView(view_id, seq, kept, address, actor.id, actor.name or "", clock.now())

    stored.add(store, project, decide)


@asks(Deed.SEE)
def remove(ctx: Context, project: str, saved: str) -> None:
    """Remove one of one's own views; what was saved stays in the record. Raises NameNeeded, UnknownName."""
    actor = named(ctx)

    def decide(known: Mapping[str, SavedView]) -> SavedView:
        found = known.get(saved)
        if found is None or found.actor != actor.id or not found.address:
            raise UnknownName(Message("没有这个视图，请刷新后再试。"))
        return replace(found, seq=found.seq + 1, address="", actor_name=actor.name or "", made_at=clock.now())

    stored.add(open_store.of(ctx), project, decide)
