"""Pairs of pictures before and after that documents show: few, small, each with its place and day."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from core.briefing.content import MOST_PAIRS, PicturePair, ShownPicture
from core.errors import Message, NotAllowed
from core.model.context import Context
from core.model.rights import Deed
from core.model.site_picture import SitePicture
from core.render import photo
from core.service.base.asking import asks
from core.service.progress import site_pictures

_MOST_NAME = 30
"""Characters of a place or community in a caption."""


@asks(Deed.SEE)
def photo_pairs(ctx: Context, project: str) -> tuple[PicturePair, ...]:
    """The first places that have both: the earliest picture before and the newest one after. Raises UnknownName."""
    pairs = (
        PicturePair(before, after)
        for each in site_pictures.pictures(ctx, project)
        if (before := _first(ctx, project, each.before)) and (after := _first(ctx, project, reversed(each.after)))
    )
    return tuple(islice(pairs, MOST_PAIRS))


def _first(ctx: Context, project: str, pictures: Iterable[SitePicture]) -> ShownPicture | None:
    """The first of them that still has its content: what was redacted is in no document."""
    for each in pictures:
        try:
            made = photo.small(site_pictures.content(ctx, project, each.id))
        except NotAllowed:
            continue
        if made is not None:
            return ShownPicture(made, _caption(each))
    return None


def _caption(each: SitePicture) -> Message:
    place = " ".join(name[:_MOST_NAME] for name in (each.place, each.community) if name)
    params = {"place": place, "day": each.taken_on}
    if each.moment == "before":
        return Message("{place}改造前（{day}）", params)
    return Message("{place}改造后（{day}）", params)
