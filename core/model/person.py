"""People who may log in, as the events about them tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from core.model.rights import Grant, Role


@dataclass(frozen=True)
class UserEvent:
    """One thing that was decided about somebody."""

    person: str
    revision: int
    kind: str
    """added granted revoked disabled enabled."""
    role: str
    project: str
    """"" for all projects."""
    name: str
    actor: str
    actor_name: str
    made_at: datetime
    """Naive UTC."""


@dataclass(frozen=True)
class AccountEvent:
    """One thing that was done about somebody's password or lock."""

    person: str
    revision: int
    kind: str
    """set one_time changed unlocked."""
    actor: str
    actor_name: str
    made_at: datetime
    """Naive UTC."""


@dataclass(frozen=True)
class Person:
    """Somebody whom the administrator has entered."""

    id: str
    """Login."""
    name: str
    """Name in records."""
    grants: frozenset[Grant] = frozenset()
    active: bool = True


def people(events: Iterable[UserEvent]) -> dict[str, Person]:
    """Everybody as they stand after these events (each person's oldest first), by id."""
    found: dict[str, Person] = {}
    for event in events:
        if event.kind == "added":
            known = found.get(event.person, Person(event.person, event.name))
            found[event.person] = replace(known, name=event.name)
            continue
        person = found[event.person]
        if event.kind in ("disabled", "enabled"):
            found[event.person] = replace(person, active=event.kind == "enabled")
            continue
        grant = Grant(Role(event.role), event.project or None)
        grants = person.grants | {grant} if event.kind == "granted" else person.grants - {grant}
        found[event.person] = replace(person, grants=grants)
    return found
