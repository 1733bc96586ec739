"""Logs of events: tables that are read as a whole and added to at their end, each event numbered, dated and chained."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar, cast

from core.model.context import Actor
from core.store import clock, digest, event_order
from core.store.digest import Link
from core.store.errors import StoreClash
from core.store.event_order import Placed
from core.store.session import Session

T = TypeVar("T")
Draft = Mapping[str, object]
"""The fields of a new event that its author decides on: all but project, scope, revision and moment."""


class Event(Protocol):
    """One event of a log, beside what it is about."""

    @property
    def revision(self) -> int:
        """1, 2, 3 … within what is counted."""

    @property
    def made_at(self) -> datetime:
        """Naive UTC."""


E = TypeVar("E", bound=Event)
TRIES = 3
"""Attempts at a write: it is decided anew where somebody else's came first."""


def _as_it_is(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return row


@dataclass(frozen=True)
class Log(Generic[E]):
    """One table of events of projects."""

    table: str
    event: type[E]
    scope: str
    """The column of what an event belongs to: sheet or round."""
    key: tuple[str, ...] = ()
    """Columns within which revisions are counted."""
    chained: bool = False
    own_name: bool = True
    """The first event follows a digest with the table's name in it; that of scores, the oldest chain, has none."""
    words: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict, hash=False)
    """Fields that are more than their text, with how they are made of it."""
    turned: Callable[[Mapping[str, Any]], Mapping[str, Any]] = _as_it_is
    """Makes of an event's fields what its table holds of them, and back."""

    def link(self, row: Mapping[str, Any]) -> Link[E]:
        """An event with its digests ("" where the table has none), of its row in the table."""
        return self.made(self.turned(row))

    def made(self, row: Mapping[str, Any]) -> Link[E]:
        """An event with its digests, of its fields."""
        fields: dict[str, Any] = {
            name: self.words[name](value) if name in self.words else value for name, value in row.items()
        }
        previous, own = fields.pop("previous", ""), fields.pop("digest", "")
        return Link(self.event(**fields), previous, own)

    def counted(self, of: Link[Any]) -> tuple[object, ...]:
        """The key within which an event's revisions are counted, in its scope."""
        return tuple(getattr(of.event, name) for name in self.key)

    def start(self, project: str, scope: str) -> str:
        """The digest that the first event of a chain follows."""
        return digest.start(project, scope, self.table if self.own_name else None)


def signed(actor: Actor, made_at: datetime | None = None) -> dict[str, object]:
    """Author and moment (naive UTC; None: now) of a row, as every table has them."""
    return {"actor": actor.id, "actor_name": actor.name or "", "made_at": made_at or clock.now()}


def placed(session: Session, log: Log[E], project: str, scope: str | None = None) -> list[Placed[Link[E]]]:
    """The events of a sheet or round (None: of all), each with the moment by which it was there, oldest first."""
    among = {"project": (project,)} if scope is None else {"project": (project,), log.scope: (scope,)}
    links = [log.link(row) for (row,) in session.run_among(log.table, "events", among)]

    def line(link: Link[E]) -> tuple[object, ...]:
        return getattr(link.event, log.scope), *log.counted(link)

    links.sort(key=lambda link: (link.event.made_at, *line(link), link.event.revision))
    return event_order.in_order(event_order.chains(links) if log.chained else event_order.by_revision(links, line))


def links(
    session: Session, log: Log[E], project: str, scope: str | None = None, until: datetime | None = None
) -> list[Link[E]]:
    """The events of a sheet or round (None: of all) that were there at a moment (None: now), oldest first."""
    return [link for moment, link in placed(session, log, project, scope) if until is None or moment <= until]


def add(
    session: Session,
    log: Log[E],
    project: str,
    scope: str,
    drafts: Sequence[Draft],
    known: Sequence[Link[E]],
    newest: datetime,
) -> tuple[Link[E], ...]:
    """Write drafts as the next events of a sheet or round: in order, each later than and chained to the one before it.

    `known`: its events, or the newest of each that is counted for itself, the newest of all last. `newest`: when the
    last thing happened there.
    """
    revisions: dict[tuple[object, ...], int] = {}
    for link in known:
        revisions[log.counted(link)] = max(revisions.get(log.counted(link), 0), link.event.revision)
    previous = known[-1].digest if known else log.start(project, scope)
    written: list[Link[E]] = []
    for draft in drafts:
        newest = clock.after(newest)
        count = tuple(draft[name] for name in log.key)
        revisions[count] = revisions.get(count, 0) + 1
        own = {"edit_id": secrets.token_hex(16)} if "edit_id" in log.event.__annotations__ else {}
        row = {"project": project, log.scope: scope, **own, **draft, "revision": revisions[count], "made_at": newest}
        link = log.made(row)
        if log.chained:
            link = Link(link.event, previous, digest.digest(previous, cast(digest.Chained, link.event)))
            previous = link.digest
        written.append(link)
    session.insert(log.table, [{**log.turned(vars(link.event)), **_place(log, link)} for link in written])
    return tuple(written)


def _place(log: Log[Any], link: Link[Any]) -> dict[str, object]:
    return {"previous": link.previous, "digest": link.digest} if log.chained else {}


def retried(once: Callable[[], T]) -> T:
    """Call a write, anew where somebody else's came first. Raises StoreClash when it did every time."""
    for _ in range(TRIES - 1):
        with suppress(StoreClash):
            return once()
    return once()
