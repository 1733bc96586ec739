"""Pictures of places before and after: events, nothing is overwritten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.errors import Message
from core.model.context import NEWEST, Version
from core.model.rectification import Proof
from core.model.site_picture import SitePicture
from core.store.database import Session, Source, Store
from core.store.redaction import keep_content


def pictures(source: Source, project: str, version: Version = NEWEST) -> tuple[SitePicture, ...]:
    """The pictures that were there at the version's moment, by place and day."""
    moment = version.moment or datetime.max

    def make(session: Session) -> tuple[SitePicture, ...]:
        found = (_picture(row) for row in session.rows("site_pictures", project=project, until=moment))
        return tuple(each for each in found if not each.withdrawn)

    return source.remembered(("site_pictures", project, version.moment), make, until="steps")


def _picture(row: dict[str, Any]) -> SitePicture:
    return SitePicture(**row | {"picture": Proof.read(row["picture"])})


def add(store: Store, project: str, picture: SitePicture, file: tuple[str, bytes] | None = None) -> None:
    """Write the next event of a picture; `file`: digest and content, stored once a content. Raises StoreError."""
    with store.writing("steps", Message("另一处同时处理了这张照片，本次未保存。请刷新后重试。")) as session:
        if file is not None:
            keep_content(session, *file)
        session.insert("site_picture", [vars(picture) | {"project": project, "picture": picture.picture.stored()}])
