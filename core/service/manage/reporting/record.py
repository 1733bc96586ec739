"""The record of the reporting periods: who opened, submitted, returned, reviewed and released what, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.errors import Message
from core.model.context import Context
from core.model.reporting import Report, ReportStep
from core.model.rights import Deed
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.moments import day_and_time
from core.store import read, snapshots
from core.store import reporting as stored
from core.store.snapshots import Snapshot


@dataclass(frozen=True)
class RecordedStep:
    """A step as a sentence."""

    made_at: datetime
    """Naive UTC."""
    message: Message
    """Whole sentence, with who and when."""


@asks(Deed.SEE)
def steps(ctx: Context, project: str) -> tuple[RecordedStep, ...]:
    """Tell the steps of all reporting periods of a project at the context's version, oldest first. Raises UnknownName.

    That a snapshot was withdrawn which a release had made is one of them.
    """
    store, last = open_store.of(ctx), ctx.version.moment
    read.facts(store, project)
    made = {each.batch: each for each in snapshots.snapshots(store, project)}
    found = [
        step
        for period in stored.periods(store, project)
        for step in _of_report(stored.report(store, period), made)
        if last is None or step.made_at <= last
    ]
    return tuple(sorted(found, key=lambda step: step.made_at))


def _of_report(report: Report, made: dict[str, Snapshot]) -> Iterator[RecordedStep]:
    period = report.period
    params: dict[str, object] = {"day": period.as_of, "due": period.due, "places": period.places}
    what = Message("开了填报期，{due}前报；街镇：{places}", params)
    yield _told(report, period.made_at, period.actor_name, what)
    for step in report.steps:
        yield _told(report, step.made_at, step.actor_name, _words(step))
        of = made.get(step.batch) if step.kind == "released" else None
        if of is not None and of.state == "withdrawn" and of.state_at is not None:
            taken = Message("撤回了已生效的批次{batch}，理由：{reason}", {"batch": of.batch, "reason": of.reason})
            yield _told(report, of.state_at, of.state_by, taken)


def _told(report: Report, made_at: datetime, who: str, what: Message) -> RecordedStep:
    params = {"when": day_and_time(made_at), "who": who, "day": report.period.as_of, "what": what}
    return RecordedStep(made_at, Message("{when} {who}，截至{day}的填报：{what}", params))


def _words(step: ReportStep) -> Message:
    params = {"place": step.place, "reason": step.reason, "batch": step.batch}
    if step.kind == "released":
        whole, partly = Message("使其生效，批次{batch}", params), Message("使其生效，批次{batch}；{reason}", params)
        return partly if step.reason else whole
    texts = {
        "submitted": Message("提交了{place}的数", params),
        "recalled": Message("撤回了{place}的提交", params),
        "returned": Message("退回了{place}的数，理由：{reason}", params),
        "reviewed": Message("复核通过了{place}的数", params),
    }
    return texts[step.kind]
