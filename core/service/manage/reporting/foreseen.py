"""The alarms that stand once what was submitted counts: told to who has reported it, and in its review."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import Message
from core.model.context import Context
from core.model.rights import Deed, may_do
from core.progress.alarms import Alarm, of_snapshot
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.reference import reference
from core.service.evidence.alarms import GROUNDS
from core.service.manage.reporting.form import facts_before
from core.service.manage.reporting.periods import known, own_places
from core.service.manage.reporting.review import dated, made_of_reports
from core.store import reporting as stored


@asks(Deed.REPORT)
def alarms(ctx: Context, project: str, period: str) -> Mapping[str, tuple[Message, ...]]:
    """Word the alarms that stand once what is submitted counts, by place; under "" those of the whole project.

    They go on from what counts now, a part of the period that was released included. A reporter's rest on what their
    own places have submitted, and are of those places alone. Raises UnknownName, NotAllowed where the list of
    communities does not take what was typed.
    """
    with open_store.of(ctx).reading() as session:
        there = stored.report(session, known(session, project, period))
        before = facts_before(session, there.period)
        mine = own_places(session, ctx.actor, before)
        places = [place for place in there.period.places if place in mine and there.state(place) in _SUBMITTED]
        if not places:
            return {}
        made = made_of_reports(session, there, before, places)
    whole = may_do(ctx.actor.grants, Deed.CERTIFY, project)
    found: dict[str, tuple[Message, ...]] = {}
    for alarm in of_snapshot(dated(made.facts, there.period, before.batch, before.project.source), reference().limits):
        if alarm.place in places or (alarm.place is None and whole):
            found[alarm.place or ""] = (*found.get(alarm.place or "", ()), _said(alarm))
    return found


def _said(alarm: Alarm) -> Message:
    """Its sentence, with what it rests on where that is an assumption."""
    if not any(m.is_estimate for m in alarm.measures):
        return alarm.message
    return Message("{said}（{label}）", {"said": alarm.message, "label": GROUNDS["estimate"]})


_SUBMITTED = ("submitted", "reviewed")
