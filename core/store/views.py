"""Views that were shown, by the code that the picture or document carries: written once, when it is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.errors import Message, StoreError
from core.model.context import Actor, Version
from core.model.view_code import View, read_view
from core.store import clock, read
from core.store.database import Store
from core.store.errors import StoreClash
from core.store.event_log import signed

_BEFORE_ALL = datetime(1970, 1, 1)


@dataclass(frozen=True)
class Made:
    """A view that something was made of."""

    view: View
    figures: str
    """Figures of a deck by their slides, as JSON; "" for everything else."""
    by: str
    made_at: datetime
    """Naive UTC."""


def newest(store: Store, project: str, version: Version) -> tuple[datetime, datetime]:
    """The last import and the last step (naive UTC) of the project that count at the version."""
    with store.reading() as session:
        ((data,),) = session.run("newest_data", project=project, until=read.until(session, version))
        ((step,),) = session.run("newest_step", project=project, until=version.moment or clock.latest())
        return data or _BEFORE_ALL, step or _BEFORE_ALL


def find(store: Store, code: str) -> Made | None:
    """The view of a code; None: it was not made here."""
    with store.reading() as session:
        found = session.rows("view", code=code)
    return Made(**found[0] | {"view": read_view(found[0]["view"])}) if found else None


def keep(store: Store, view: View, figures: str, actor: Actor) -> None:
    """Put the view down; one that is there already stays as it is. Raises StoreError."""
    row = {"code": view.code, "project": view.project, "content": view.canonical, "figures": figures, **signed(actor)}
    try:
        with store.writing("views") as session:
            if not session.run("view", code=view.code):
                session.insert("view", [row])
    except StoreClash:
        # Somebody else made the same at the same time: the same code stands for the same view.
        if find(store, view.code) is None:
            raise StoreError(Message("查验码没有存入，文件未生成。请重试。")) from None
