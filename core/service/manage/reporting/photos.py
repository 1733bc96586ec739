"""现场照片 from the form: a picture of one's own place or community, taken today."""

from __future__ import annotations

from core.errors import Message, NotAllowed
from core.model.context import Context
from core.model.reporting import ReportingPeriod
from core.model.rights import Deed
from core.model.site_picture import SitePicture
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.manage.reporting.periods import known, own_places, today
from core.service.progress import site_pictures
from core.store import read
from core.store import site_pictures as stored


@asks(Deed.REPORT)
def file(
    ctx: Context, project: str, period: str, place: str, community: str, moment: str, name: str, content: bytes
) -> None:
    """File a picture of a row of the period that is one's own, with today as its day.

    `moment`: "before" or "after". Raises NameNeeded, UnknownName, NotAllowed for somebody else's place and for a file
    that is no picture.
    """
    actor, store = named(ctx), open_store.of(ctx)
    of = known(store, project, period)
    if place not in own_places(store, ctx.actor, read.facts(store, project)) or place not in of.places:
        raise NotAllowed([Message("“{place}”不由您填报。如有需要请联系数据员。", {"place": place[:40]})])
    if (place, community) not in of.rows(place):
        raise NotAllowed([Message("“{name}”不在这一期的填报表里。请刷新后再试。", {"name": community[:40]})])
    site_pictures.put(store, actor, project, place, community, moment, today(), name, content)


@asks(Deed.SEE)
def filed(ctx: Context, project: str, period: str) -> tuple[SitePicture, ...]:
    """The pictures of a period's places that were filed since it was opened. Raises UnknownName."""
    of = known(open_store.of(ctx), project, period)
    every = stored.pictures(open_store.of(ctx), project, ctx.version)
    return tuple(each for each in every if _is_of(each, of))


def _is_of(picture: SitePicture, period: ReportingPeriod) -> bool:
    return picture.place in period.places and picture.made_at >= period.made_at
