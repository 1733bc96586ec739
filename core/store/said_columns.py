"""What people have said of the columns of a project's files: remembered for the next file, and forgotten when asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.errors import Message
from core.model.context import Actor
from core.store import clock
from core.store.database import Session, Source, Store
from core.store.event_log import signed

Said = Mapping[tuple[str, str, str], str | None]
"""Layout, place and heading of a column -> its field; "" leaves it out, None forgets what was said."""


@dataclass(frozen=True)
class SaidColumn:
    """The meaning of a column, as somebody has said."""

    layout: str
    """The layout of headings that it holds for; "": wherever the heading stands."""
    place: str
    """The column in that layout (C); without a layout the heading."""
    heading: str
    field: str
    """"" leaves the column out."""
    said_by: str
    made_at: datetime


def said_columns(source: Source, project: str) -> tuple[SaidColumn, ...]:
    """What counts of all that was said, by layout."""

    def make(session: Session) -> tuple[SaidColumn, ...]:
        rows = session.rows("said_columns", project=project)
        return tuple(SaidColumn(**row) for row in rows if row["field"] is not None)

    return source.remembered(("said_columns", project), make)


def note(session: Session, project: str, said: Said, actor: Actor, moment: datetime) -> None:
    """Write what is new, in a transaction; a column that means what it meant is not written again."""
    known = {(row["layout"], row["place"]): row["field"] for row in session.rows("said_columns", project=project)}
    for (layout, place, heading), field in said.items():
        if known.get((layout, place)) != field:
            ((newest,),) = session.run("newest_layout_mapping", project=project, layout=layout, place=place)
            row = {
                "project": project, "layout": layout, "place": place, "seq": newest + 1, "heading": heading,
                "field": field,
            }  # fmt: skip
            session.insert("layout_mapping", [row | signed(actor, moment)])


def forget(store: Store, project: str, columns: Iterable[SaidColumn], actor: Actor) -> None:
    """What was said of these columns no longer counts. Raises StoreError."""
    said: Said = {(each.layout, each.place, each.heading): None for each in columns}
    with store.writing("data", Message("另一处同时改了表头对应，本次未改。请刷新后重试。")) as session:
        note(session, project, said, actor, clock.now())
