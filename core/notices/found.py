"""What is to be told of a project now: alarms that began, days that are near or past. Pure.

Nothing about persons: no evaluator, no owner of a finding, and not the finding's own text, in which names may stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from core.errors import Message
from core.model.notice import Notice
from core.model.project import Facts
from core.model.rectification import Kind, Rectification
from core.model.reference import Limits
from core.model.reporting import OPEN, Report
from core.progress.alarms import Alarm, of_snapshot
from core.text import word

NEAR = 7
"""Days before a rectification's due date from which it is told."""
NEAR_REPORT = 3
"""Days before the last day of a reporting period from which it is told who has not reported."""


def alarm_notices(project: str, series: Sequence[Facts], limits: Limits, told: Collection[str]) -> tuple[Notice, ...]:
    """Make a notice of each alarm of the newest snapshot that nobody was told of since it began.

    `series`: the released snapshots in the order of time. A key has the as-of day of a snapshot, not its batch: a
    correction of another figure makes a new batch of that day, and is no news. What was told on a day stands while the
    alarm is there in every snapshot since; one that ended in between began anew. Snapshots before that day are not
    looked at, and none but the newest for what was never told.
    """
    if not series:
        return ()
    newest, keys = series[-1], dict[str, Alarm]()
    days: dict[str, list[str]] = {}
    for key in told:
        days.setdefault(key[:-_DAY], []).append(key[-_DAY:])
    asked: list[tuple[Alarm, str]] = []
    for alarm in of_snapshot(newest, limits):
        before = days.get(_alarm_key(project, alarm, newest.as_of)[:-_DAY], [])
        if not before:
            keys[_alarm_key(project, alarm, newest.as_of)] = alarm
        elif (last := max(before)) < newest.as_of.isoformat():
            asked.append((alarm, last))
    since, began = newest.as_of, {_same(alarm): newest.as_of for alarm, _ in asked}
    for facts in reversed(series[:-1]):
        running = [(alarm, last) for alarm, last in asked if began[_same(alarm)] == since]
        if all(last > facts.as_of.isoformat() for _, last in running):
            break
        there = {_same(alarm) for alarm in of_snapshot(facts, limits)}
        began |= {_same(alarm): facts.as_of for alarm, _ in running if _same(alarm) in there}
        since = facts.as_of
    anew = [alarm for alarm, last in asked if began[_same(alarm)].isoformat() > last]
    keys |= {_alarm_key(project, alarm, began[_same(alarm)]): alarm for alarm in anew}
    return tuple(Notice(key, project, _said(alarm), _link("alarms", project)) for key, alarm in keys.items())


_DAY = len("2024-12-31")


def _said(alarm: Alarm) -> Message:
    if any(each.is_estimate for each in alarm.measures):
        return Message("预警：{said}（测算值·非批复数）", {"said": alarm.message})
    return Message("预警：{said}", {"said": alarm.message})


_Same = tuple[str, str | None, str]


def _same(alarm: Alarm) -> _Same:
    return alarm.rule, alarm.place, alarm.basis


def _alarm_key(project: str, alarm: Alarm, began: date) -> str:
    return "/".join(("alarm", project, alarm.rule, alarm.basis, alarm.place or "", began.isoformat()))


def rectification_notices(
    project: str, found: Iterable[Rectification], today: date, told: Collection[str]
) -> tuple[Notice, ...]:
    """Make a notice of each rectification whose day is near, and another once it is past.

    Another day is another key: who has put it off is told again.
    """
    return tuple(notice for each in found for notice in _due(project, each, today) if notice.key not in told)


_NEAR: Mapping[Kind, str] = {
    "problem": word("问题整改：有一个问题的整改期限是{due}，还有{days}天。"),
    "recommendation": word("问题整改：有一条建议的整改期限是{due}，还有{days}天。"),
}
_TODAY: Mapping[Kind, str] = {
    "problem": word("问题整改：有一个问题的整改期限是今天（{due}）。"),
    "recommendation": word("问题整改：有一条建议的整改期限是今天（{due}）。"),
}
_PAST: Mapping[Kind, str] = {
    "problem": word("问题整改：有一个问题的整改期限已过（{due}），还未整改。"),
    "recommendation": word("问题整改：有一条建议的整改期限已过（{due}），还未整改。"),
}


def _due(project: str, found: Rectification, today: date) -> Iterator[Notice]:
    if found.due is None or found.state not in ("open", "working") or (found.due - today).days > NEAR:
        return
    days = (found.due - today).days
    when = "past" if days < 0 else "near"
    words = _PAST if days < 0 else _NEAR if days else _TODAY
    text = Message(words[found.point.kind], {"due": found.due, "days": days} if days > 0 else {"due": found.due})
    key = "/".join(("finding", project, found.point.id, found.due.isoformat(), when))
    yield Notice(key, project, text, _link("findings", project, finding=found.point.id))


def reporting_notices(
    project: str, reports: Iterable[Report], today: date, told: Collection[str]
) -> tuple[Notice, ...]:
    """Make a notice of each reporting period while places have not reported: opened, near its last day, and past it.

    Only the newest of the three is told, to whoever was told of none before.
    """
    return tuple(notice for each in reports for notice in _to_report(project, each, today) if notice.key not in told)


def _to_report(project: str, report: Report, today: date) -> Iterator[Notice]:
    period, places = report.period, report.in_state(*OPEN)
    if not places:
        return
    days = (period.due - today).days
    when = "past" if days < 0 else "near" if days <= NEAR_REPORT else "opened"
    texts = {
        "opened": Message("街镇填报：截至{day}的数请在{due}前报。", {"day": period.as_of, "due": period.due}),
        "near": Message(
            "街镇填报：截至{day}的数，{places}还未报，{due}前报。",
            {"day": period.as_of, "places": places, "due": period.due},
        ),
        "past": Message(
            "街镇填报：截至{day}的数，{places}还未报，期限已过（{due}）。",
            {"day": period.as_of, "places": places, "due": period.due},
        ),
    }
    key = "/".join(("reporting", project, period.id, when))
    yield Notice(key, project, texts[when], _link("reporting", project, period=period.id))


def _link(page: str, project: str, **more: str) -> str:
    return f"{page}?{urlencode({'project': project, **more})}"
