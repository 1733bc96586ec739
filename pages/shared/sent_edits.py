"""Changes that a browser sends, each with who made it: what somebody else made than who asks now is not written.

It waits in the browser for who made it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from core.errors import Message
from core.model.context import Actor
from core.service.base.moments import hour_minute
from pages.shared.session import actor
from pages.shared.words import say

T = TypeVar("T")


@dataclass(frozen=True)
class Anothers:
    """The answer to what somebody else made than who asks now."""

    message: Message


def maker() -> dict[str, str] | None:
    """Whom the browser's changes are of: {id, name}; None: whoever makes them has not given a name."""
    asking = actor()
    return None if asking.name is None else {"id": asking.id, "name": asking.name}


def anothers(entry: object, asking: Actor) -> Anothers | None:
    """None: it is of who asks now."""
    if not isinstance(entry, Mapping) or asking.name is None or entry.get("by") == asking.id:
        return None
    return Anothers(
        Message(
            "有修改不是{name}填写的，没有记到{name}名下；它留在填写人所用的浏览器里，由填写人回来后自动保存。",
            {"name": asking.name},
        )
    )


def edit_id_of(edit: object) -> str:
    """The id of a change; "": it has none."""
    return str(edit.get("edit_id")) if isinstance(edit, Mapping) else ""


def answered(
    sent: object, known: Mapping[str, T | Anothers], saved: type, save: Callable[[Sequence[object]], Mapping[str, T]]
) -> tuple[dict[str, T | Anothers], bool] | None:
    """The answers to what a browser holds, those that it may not have seen yet, and whether anything was to be saved.

    `known`: the answers so far, of which those of class `saved` stand. None: it is no outbox. Raises what `save` does.
    """
    if not isinstance(sent, Sequence) or isinstance(sent, str):
        return None
    ids = [each.get("edit_id") for each in sent if isinstance(each, Mapping)]
    kept = {key: answer for key, answer in known.items() if key in ids}
    waiting: list[object] = []
    asking = actor()
    for edit in sent:
        if isinstance(known.get(edit_id_of(edit)), saved):
            continue
        if (not_theirs := anothers(edit, asking)) is None:
            waiting.append(edit)
        else:
            kept[edit_id_of(edit)] = not_theirs
    if waiting:
        kept |= save(waiting)
    return kept, bool(waiting)


def as_data(found: Mapping[str, T | Anothers], data: Callable[[Any], dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The answers as a component reads them; `data` says so of each that is not Anothers."""
    return {
        edit_id: {"state": "another", "message": say(answer.message)} if isinstance(answer, Anothers) else data(answer)
        for edit_id, answer in found.items()
    }


def saved(revision: int, moment: datetime) -> dict[str, Any]:
    """Say that a change is in the store."""
    return {"state": "saved", "revision": revision, "at": hour_minute(moment)}


def refused(message: Message) -> dict[str, Any]:
    """Say why a change was not taken."""
    return {"state": "refused", "message": say(message)}
