"""街镇边界 of projects: rows that follow each other, nothing is overwritten."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from types import MappingProxyType

from core.errors import Message
from core.model.boundaries import Boundaries, Outlines
from core.model.context import NEWEST, Version
from core.store import clock
from core.store.database import Session, Source, Store


def boundaries(source: Source, project: str, version: Version = NEWEST) -> Boundaries | None:
    """The newest row of the project at the version's moment, also one that withdraws; None: there was none."""
    moment = version.moment or datetime.max

    def make(session: Session) -> Boundaries | None:
        for row in session.rows("place_boundaries", project=project, moment=moment):
            return Boundaries(**row | {"outlines": _outlines(row["outlines"])})
        return None

    return source.remembered(("boundaries", project, version.moment), make)


def add(store: Store, project: str, decide: Callable[[Boundaries | None], Boundaries | None]) -> None:
    """Put down what `decide` makes of the newest row; None: nothing. Raises StoreError, and what it raises."""
    with store.writing("data", Message("另一处同时改了街镇边界，本次未保存。请刷新后重试。")) as session:
        newest = boundaries(session, project)
        made = decide(newest)
        if made is None:
            return
        after = datetime.min if newest is None else newest.made_at
        text = json.dumps(dict(made.outlines), ensure_ascii=False, separators=(",", ":"))
        said = {"project": project, "outlines": text, "made_at": clock.after(after, made.made_at)}
        session.insert("place_boundary", [vars(made) | said])


def _outlines(stored: str) -> Outlines:
    found: dict[str, list[list[list[float]]]] = json.loads(stored)
    return MappingProxyType(
        {place: tuple(tuple((x, y) for x, y in ring) for ring in rings) for place, rings in found.items()}
    )
