"""People and their roles: events in the store itself, beside everything else that was decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.errors import Message
from core.model.context import Actor
from core.model.person import AccountEvent, Person, UserEvent, people
from core.store.database import Source, Store
from core.store.event_log import signed

Draft = Mapping[str, str]
"""kind, and of role, project and name what it needs."""
_CLASH = Message("另一处同时改了这个账号，本次未保存。请重试。")


def events(source: Source) -> tuple[UserEvent, ...]:
    """Everything that was decided about anybody, each person's oldest first."""
    return source.remembered(
        ("user_events",), lambda session: tuple(session.made(UserEvent, "user_events")), until="steps"
    )


def account_events(source: Source) -> tuple[AccountEvent, ...]:
    """Everything that was done about anybody's password or lock, each person's oldest first."""
    return source.remembered(
        ("account_events",), lambda session: tuple(session.made(AccountEvent, "account_events")), until="steps"
    )


def known(store: Store) -> Mapping[str, Person]:
    """Everybody as they stand now, by id."""
    return store.remembered(("people",), lambda session: people(events(session)), until="steps")


def add(store: Store, person: str, actor: Actor, decide: Callable[[Mapping[str, Person]], list[Draft]]) -> None:
    """Put down what `decide` makes of the person, given everybody as they stand; it may raise.

    Raises StoreError.
    """
    with store.writing("steps", _CLASH) as session:
        everybody = events(session)
        drafts = decide(people(everybody))
        so_far = sum(event.person == person for event in everybody)
        every = {"role": "", "project": "", "name": "", "person": person, **signed(actor)}
        rows = [{**every, **draft, "revision": so_far + number} for number, draft in enumerate(drafts, start=1)]
        session.insert("user_event", rows)


def note(store: Store, person: str, kind: str, actor: Actor) -> None:
    """Put down what is done about somebody's password or lock. Raises StoreError."""
    with store.writing("steps", _CLASH) as session:
        so_far = sum(event.person == person for event in account_events(session))
        row = {"person": person, "revision": so_far + 1, "kind": kind, **signed(actor)}
        session.insert("account_event", [row])
