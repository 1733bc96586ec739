"""Persons by connection of this process: written by each run of a page, read before an upload is taken."""

from __future__ import annotations

from collections.abc import Callable

_opened_by: dict[str, str] = {}


def opened(connection: str, person: str) -> None:
    """Note that somebody's page has just run on this connection; `person`: an actor's id."""
    _opened_by[connection] = person


def person_of(connection: str) -> str | None:
    """Find the person at the connection; None: no page has run on it."""
    return _opened_by.get(connection)


def of_person(person: str) -> tuple[str, ...]:
    """List the connections of one person."""
    return tuple(each for each, who in tuple(_opened_by.items()) if who == person)


def forget(ended: Callable[[str], bool]) -> None:
    """Drop the connections that have ended."""
    for each in tuple(_opened_by):
        if ended(each):
            _opened_by.pop(each, None)
