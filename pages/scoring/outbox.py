"""The score grid's outbox: every change that the browser holds, applied once, answered until the browser lets go.

The same function serves the callback and the value that a new session finds in the component at its first run
(after a restart of the server no callback comes). An edit that is stored already is answered, not written again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, cast

import streamlit as st

from core.errors import NotAllowed, UnknownName
from core.model.scorecard import ScoreEvent
from core.scoring import Answer, Conflict, Saved
from core.service.base.moments import hour_minute
from core.service.scoring import item_records, scorecards
from pages.scoring import offer
from pages.shared import log, sent_edits
from pages.shared.sent_edits import Anothers, anothers, edit_id_of
from pages.shared.session import actor, context
from pages.shared.words import say

MOST_ENTRIES = 200
"""Entries taken in one go; a person's outbox holds a few."""
_IDS = re.compile(r"[0-9a-zA-Z-]{16,64}")


def apply(project: str, sheet: str, value: Mapping[str, Any]) -> bool:
    """Save what the component's value holds and remember the answers for the next mount; whether there was anything.

    Raises StoreError, UnknownName; NameNeeded when edits come without a name.
    """

    def save(edits: Sequence[object]) -> Mapping[str, Answer]:
        with log.timed("save") as saving:
            saving.count = len(edits)
            return scorecards.save(context(), project, sheet, edits)

    found = sent_edits.answered(value.get("outbox"), answers(project, sheet), Saved, save)
    if found is None:
        return False
    st.session_state[_key(project, sheet)], anything = found
    return anything


Write = Callable[[str, str, Mapping[str, Any]], str]
"""(edit_id, item, content) -> the time at which it was written. Raises NotAllowed, UnknownName."""


def apply_inputs(project: str, sheet: str, value: Mapping[str, Any], write: Write | None = None) -> None:
    """The same for what evaluators enter for the rules to compute from, or `write` writes.

    Raises StoreError, UnknownName; NameNeeded when entries come without a name.
    """
    sent = value.get("inputs")
    if not isinstance(sent, Sequence) or isinstance(sent, str):
        return
    known = entered(project, sheet)
    kept: dict[str, dict[str, str]] = {}
    for entry in sent[:MOST_ENTRIES]:
        edit_id = edit_id_of(entry)
        if not _IDS.fullmatch(edit_id) or not isinstance(entry.get("content"), Mapping):
            continue
        kept[edit_id] = known.get(edit_id) or _enter(write or partial(_put, project, sheet), edit_id, entry)
    st.session_state[_entries(project, sheet)] = kept


def _enter(write: Write, edit_id: str, entry: Mapping[str, Any]) -> dict[str, str]:
    if (not_theirs := anothers(entry, actor())) is not None:
        return {"another": say(not_theirs.message)}
    try:
        return {"at": write(edit_id, str(entry.get("code")), entry["content"])}
    except (NotAllowed, UnknownName) as error:
        return {"message": say(error.message)}


def _put(project: str, sheet: str, edit_id: str, code: str, content: Mapping[str, Any]) -> str:
    event = item_records.put_input(context(), project, sheet, code, offer.content(content), edit_id)
    return hour_minute(event.made_at)


def entered(project: str, sheet: str) -> dict[str, dict[str, str]]:
    """The answers to entries that the browser may not have seen yet, by edit_id."""
    return cast(dict[str, dict[str, str]], st.session_state.get(_entries(project, sheet), {}))


def _entries(project: str, sheet: str) -> str:
    return f"entered_{project}_{sheet}"


def answers(project: str, sheet: str) -> dict[str, Answer | Anothers]:
    """The answers that the browser may not have seen yet, by edit_id."""
    return cast(dict[str, Answer | Anothers], st.session_state.get(_key(project, sheet), {}))


def as_data(found: Mapping[str, Answer | Anothers]) -> dict[str, dict[str, Any]]:
    """The answers as the component reads them."""
    return sent_edits.as_data(found, _answer)


def _answer(answer: Answer) -> dict[str, Any]:
    if isinstance(answer, Saved):
        return sent_edits.saved(answer.event.revision, answer.event.made_at)
    if not isinstance(answer, Conflict):
        return sent_edits.refused(answer.message)
    return {"state": "conflict", "theirs": _theirs(answer.theirs)}


def _theirs(event: ScoreEvent | None) -> dict[str, Any]:
    if event is None:
        return {"points": None, "status": "unscored", "revision": 0, "by": "", "at": ""}
    return {
        "points": None if event.points is None else f"{event.points:.2f}",
        "status": event.status.value,
        "reason": event.reason,
        "revision": event.revision,
        "by": event.actor_name,
        "at": hour_minute(event.made_at),
    }


def _key(project: str, sheet: str) -> str:
    return f"answers_{project}_{sheet}"
