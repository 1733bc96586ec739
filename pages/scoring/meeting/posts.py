"""What is said and decided on the board, written once each: remarks, their end, marks for the minutes, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from core.errors import Message, NotAllowed
from core.model.panel_events import Deliberation
from core.scoring.round_state import panel_id
from core.scoring.talk import Remark, Thread
from core.service.base.moments import day_and_time, hour_minute
from core.service.scoring import deliberations, talk
from pages.scoring import outbox
from pages.shared.session import context
from pages.shared.words import say, t


def apply(here: str, round_id: str, value: Mapping[str, Any]) -> None:
    """Write what the board's value holds, once each, and remember the answers.

    Raises StoreError, UnknownName; NameNeeded when anything comes without a name.
    """
    outbox.apply_inputs(here, panel_id(round_id), value, partial(_write, here, round_id))


def _write(here: str, round_id: str, edit_id: str, code: str, content: Mapping[str, Any]) -> str:
    """Write one of them; the time at which that was. Raises NotAllowed, UnknownName."""
    kind, to = str(content.get("kind")), (context(), here, round_id, code)
    text = str(content.get("text") or "")
    if kind == "said":
        meant = content.get("mentioned")
        ids = [str(each) for each in meant] if isinstance(meant, list) else []
        talk.remark(*to, text, ids, edit_id)
    elif kind in ("resolved", "reopened"):
        talk.resolve(*to, kind == "resolved", edit_id)
    elif kind in ("marked", "unmarked"):
        talk.mark(*to, _whole(content.get("about")), kind == "marked", edit_id)
    elif kind in ("discussed", "undiscussed"):
        proposer, base = str(content.get("proposer") or ""), _whole(content.get("base"))
        deliberations.deliberate(*to, kind == "discussed", text, proposer, edit_id, base)
    else:
        raise NotAllowed([Message("不认识的操作，未保存。请刷新页面后再试。")])
    return hour_minute(datetime.now(UTC).replace(tzinfo=None))


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def thread_data(found: Thread) -> dict[str, Any]:
    """The talk on an item."""
    ended = found.resolved
    by = {} if ended is None else {"who": ended.actor_name, "when": day_and_time(ended.made_at)}
    return {
        "remarks": [_remark(each) for each in found.remarks],
        "open": found.open,
        "resolved": t("{who}于{when}标为已解决", **by) if by else "",
    }


def _remark(remark: Remark) -> dict[str, Any]:
    event = remark.event
    return {
        "revision": event.revision,
        "by": event.actor_name,
        "at": day_and_time(event.made_at),
        "text": event.text,
        "minuted": remark.minuted,
    }


def decided_data(found: Deliberation | None) -> dict[str, Any]:
    """What was put down of an item."""
    if found is None:
        return {"discussed": False, "decision": "", "proposer": "", "revision": 0, "by": "", "at": ""}
    return {
        "discussed": found.discussed,
        "decision": found.decision,
        "proposer": say(found.proposer),
        "revision": found.revision,
        "by": found.actor_name,
        "at": day_and_time(found.made_at),
    }
