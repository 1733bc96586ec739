"""Who may do what: events in the store itself, beside everything else that was decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.errors import Message, StoreError
from core.model.context import Actor
from core.model.person import Person, UserEvent, people
from core.store import write
from core.store.database import Session, Store
from core.store.errors import StoreClash

Draft = Mapping[str, str]
"""kind, and of role, project and name what it needs."""


def events(store: Store) -> tuple[UserEvent, ...]:
    """Everything that was decided about anybody, each person's oldest first."""
    return store.remembered(("user_events",), _events_in, until="steps")


def _events_in(session: Session) -> tuple[UserEvent, ...]:
    return tuple(UserEvent(*row) for row in session.run("user_events"))


def known(store: Store) -> Mapping[str, Person]:
    """Everybody as they stand now, by id."""
    return store.remembered(("people",), lambda session: people(_events_in(session)), until="steps")


def add(store: Store, person: str, actor: Actor, decide: Callable[[Person | None], list[Draft]]) -> None:
    """Put down what `decide` makes of the person as they stand (None: nobody yet); it may raise.

    Raises StoreError.
    """
    try:
        with store.writing("steps") as session:
            so_far = [event for event in _events_in(session) if event.person == person]
            drafts = decide(people(so_far).get(person))
            empty = {"role": "", "project": "", "name": ""}
            who = {"actor": actor.id, "actor_name": actor.name or "", "made_at": write.now()}
            rows = [
                {**empty, **draft, **who, "person": person, "revision": len(so_far) + number}
                for number, draft in enumerate(drafts, start=1)
            ]
            session.insert("user_event", rows)
    except StoreClash:
        raise StoreError(Message("另一处同时改了这个账号,本次未保存。请重试。")) from None
