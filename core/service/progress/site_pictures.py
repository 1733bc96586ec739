"""Pictures before and after, by place: filed with their day, shown side by side, taken back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from core.errors import Message, NotAllowed, UnknownName
from core.ingest.files import kept_kinds
from core.model.context import Actor, Context
from core.model.rights import Deed
from core.model.site_picture import SitePicture, When
from core.model.storable import not_longer
from core.service.base import open_store, redaction
from core.service.base.asking import asks, named
from core.service.base.moments import local
from core.service.base.project import facts as facts_of
from core.service.evidence.findings import MOST_NAME, proof_of
from core.store import clock, site_pictures
from core.store.database import Store
from core.text.one_line import one_line


@dataclass(frozen=True)
class PlacePictures:
    """The pictures of one place or community."""

    place: str
    community: str
    before: tuple[SitePicture, ...]
    after: tuple[SitePicture, ...]


@asks(Deed.SEE, until="steps")
def pictures(ctx: Context, project: str, place: str | None = None) -> tuple[PlacePictures, ...]:
    """The pictures of every place that has any, or of one. Raises UnknownName."""
    every = site_pictures.pictures(open_store.of(ctx), project, ctx.version)
    keys = dict.fromkeys((each.place, each.community) for each in every if place in (None, each.place))
    return tuple(PlacePictures(*key, _of(every, key, "before"), _of(every, key, "after")) for key in keys)


def _of(every: Sequence[SitePicture], key: tuple[str, str], moment: When) -> tuple[SitePicture, ...]:
    return tuple(each for each in every if (each.place, each.community) == key and each.moment == moment)


@asks(Deed.ANSWER)
def file(
    ctx: Context,
    project: str,
    place: str,
    community: str,
    moment: str,
    taken_on: date | None,
    name: str,
    content: bytes,
) -> None:
    """File a picture of a place.

    Raises NameNeeded, UnknownName for a place that the project does not have, NotAllowed for a file that is no picture
    or cannot be opened, without a day, and with a day that has not come yet.
    """
    actor = named(ctx)
    if place not in facts_of(ctx, project).places or moment not in get_args(When):
        raise UnknownName(Message("项目中没有街镇“{name}”。请检查名称。", {"name": place[:MOST_NAME]}))
    put(open_store.of(ctx), actor, project, place, community, moment, taken_on, name, content)


def put(
    store: Store,
    actor: Actor,
    project: str,
    place: str,
    community: str,
    moment: str,
    taken_on: date | None,
    name: str,
    content: bytes,
) -> None:
    """File a picture of a known place, for somebody who may. Raises NotAllowed as `file` does."""
    shown, stored = proof_of(name, content, kept_kinds.PICTURES)
    if taken_on is None:
        raise NotAllowed([Message("请填写拍摄日期。")])
    if taken_on > local(clock.now()).date():
        raise NotAllowed([Message("拍摄日期{day}还没有到，请核对。", {"day": taken_on})])
    picture = SitePicture(
        id=secrets.token_hex(8),
        seq=1,
        place=place,
        community=not_longer(one_line(community), MOST_NAME),
        moment="before" if moment == "before" else "after",
        taken_on=taken_on,
        picture=shown,
        withdrawn=False,
        actor=actor.id,
        actor_name=actor.name or "",
        made_at=clock.now(),
    )
    site_pictures.add(store, project, picture, stored)


@asks(Deed.ANSWER)
def take_back(ctx: Context, project: str, picture: str) -> None:
    """Take a picture back; that it was there stays on record. Raises NameNeeded, UnknownName."""
    actor, found = named(ctx), _known(ctx, project, picture)
    back = replace(
        found,
        seq=found.seq + 1,
        withdrawn=True,
        actor=actor.id,
        actor_name=actor.name or "",
        made_at=clock.after(found.made_at),
    )
    site_pictures.add(open_store.of(ctx), project, back)


@asks(Deed.SEE)
def content(ctx: Context, project: str, picture: str) -> bytes:
    """The picture itself. Raises UnknownName, NotAllowed once it was redacted."""
    return redaction.content(open_store.of(ctx), _known(ctx, project, picture).picture.digest)


def _known(ctx: Context, project: str, picture: str) -> SitePicture:
    every = site_pictures.pictures(open_store.of(ctx), project, ctx.version)
    found = next((each for each in every if each.id == picture), None)
    if found is None:
        raise UnknownName(Message("没有这张照片，请刷新后再试。"))
    return found
