"""The score grid's outbox: every change that the browser holds, applied once, answered until the browser lets go.

The same function serves the callback and the value that a new session finds in the component at its first run
(after a restart of the server no callback comes). An edit that is stored already is answered, not written again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

import streamlit as st

from core.errors import UnknownName
from core.scoring import Answer, Conflict, Saved
from core.scoring.workflow import NotAllowed
from core.service import panel, scoring
from pages.scoring import offer
from pages.shared import log
from pages.shared.clock import hour_minute
from pages.shared.session import context, introduce
from pages.shared.words import say

MOST_ENTRIES = 200
"""Entries taken in one go; a person's outbox holds a few."""
_IDS = re.compile(r"[0-9a-zA-Z-]{16,64}")


def apply(project: str, sheet: str, value: Mapping[str, Any]) -> bool:
    """Save what the component's value holds and remember the answers for the next mount; whether there was anything.

    Raises StoreError, UnknownName; NameNeeded when edits come without a name.
    """
    introduce(value.get("who"))
    outbox = value.get("outbox")
    if not isinstance(outbox, Sequence) or isinstance(outbox, str):
        return False
    known = answers(project, sheet)
    ids = [edit.get("edit_id") for edit in outbox if isinstance(edit, Mapping)]
    waiting = [e for e in outbox if not isinstance(known.get(_edit_id(e)), Saved)]
    kept = {key: answer for key, answer in known.items() if key in ids}
    if waiting:
        with log.timed("save") as saving:
            saving.count = len(waiting)
            kept |= scoring.save(context(), project, sheet, waiting)
    st.session_state[_key(project, sheet)] = kept
    return bool(waiting)


def apply_inputs(project: str, sheet: str, value: Mapping[str, Any]) -> None:
    """The same for what evaluators enter for the rules to compute from.

    Raises StoreError, UnknownName; NameNeeded when entries come without a name.
    """
    sent = value.get("inputs")
    if not isinstance(sent, Sequence) or isinstance(sent, str):
        return
    known = entered(project, sheet)
    kept: dict[str, dict[str, str]] = {}
    for entry in sent[:MOST_ENTRIES]:
        edit_id = _edit_id(entry)
        if not _IDS.fullmatch(edit_id) or not isinstance(entry.get("content"), Mapping):
            continue
        kept[edit_id] = known.get(edit_id) or _enter(project, sheet, edit_id, entry)
    st.session_state[_entries(project, sheet)] = kept


def _enter(project: str, sheet: str, edit_id: str, entry: Mapping[str, Any]) -> dict[str, str]:
    content = offer.content(entry["content"])
    try:
        event = panel.put_input(context(), project, sheet, str(entry.get("code")), content, edit_id)
    except (NotAllowed, UnknownName) as error:
        return {"message": say(error.message)}
    return {"at": hour_minute(event.made_at)}


def entered(project: str, sheet: str) -> dict[str, dict[str, str]]:
    """The answers to entries that the browser may not have seen yet, by edit_id."""
    return cast(dict[str, dict[str, str]], st.session_state.get(_entries(project, sheet), {}))


def _entries(project: str, sheet: str) -> str:
    return f"entered_{project}_{sheet}"


def answers(project: str, sheet: str) -> dict[str, Answer]:
    """The answers that the browser may not have seen yet, by edit_id."""
    return cast(dict[str, Answer], st.session_state.get(_key(project, sheet), {}))


def as_data(found: Mapping[str, Answer]) -> dict[str, dict[str, Any]]:
    """The answers as the component reads them."""
    return {edit_id: _answer(answer) for edit_id, answer in found.items()}


def _answer(answer: Answer) -> dict[str, Any]:
    if isinstance(answer, Saved):
        return {"state": "saved", "revision": answer.event.revision, "at": hour_minute(answer.event.made_at)}
    if not isinstance(answer, Conflict):
        return {"state": "refused", "message": say(answer.message)}
    theirs = answer.theirs
    if theirs is None:
        return {
            "state": "conflict",
            "theirs": {"points": None, "status": "unscored", "revision": 0, "by": "", "at": ""},
        }
    return {
        "state": "conflict",
        "theirs": {
            "points": None if theirs.points is None else f"{theirs.points:.2f}",
            "status": theirs.status.value,
            "reason": theirs.reason,
            "revision": theirs.revision,
            "by": theirs.actor_name,
            "at": hour_minute(theirs.made_at),
        },
    }


def _edit_id(edit: object) -> str:
    return str(edit.get("edit_id")) if isinstance(edit, Mapping) else ""


def _key(project: str, sheet: str) -> str:
    return f"answers_{project}_{sheet}"
