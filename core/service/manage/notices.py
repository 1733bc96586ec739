"""提醒：what is to be told is put down, claimed and settled in the store; the sending itself is the command's."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from weakref import WeakKeyDictionary

from core.errors import Message, NotAllowed, UnknownName
from core.model.context import Context
from core.model.notice import Notice, Step, Told
from core.model.rights import Deed
from core.notices import due as rule
from core.notices import settings as of
from core.notices.due import STATE_WORDS as STATE_WORDS
from core.notices.due import State
from core.notices.found import alarm_notices, rectification_notices, reporting_notices
from core.notices.letters import Due, Letter, letters
from core.notices.settings import Settings, WrongSettings
from core.service.base import open_store
from core.service.base.asking import asks, past
from core.service.base.moments import day_and_time, local
from core.service.base.reference import reference
from core.store import clock, read, rectification, reporting, snapshots
from core.store import notices as stored
from core.store.database import Store
from core.store.secret_file import open_to_others
from core.store.snapshots import Snapshot
from core.text import word

CHANNEL_WORDS: Mapping[str, str] = {
    "": word("未发送"),
    "mail": word("邮件"),
    "wecom": word("企业微信"),
    "dingtalk": word("钉钉"),
    "feishu": word("飞书"),
}
NOT_SENT = word("启用前已有")
FILE = "RENEWAL_NOTICES"
"""Names the file with the settings; without it they are in the environment."""


def settings() -> Settings:
    """Read the settings of this process: it is the one that sends. Raises WrongSettings."""
    named = os.environ.get(FILE, "")
    if not named:
        return of.of_environment(os.environ)
    file = Path(named)
    try:
        why, text = open_to_others(file), file.read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        raise WrongSettings(
            Message("读不到提醒的设置文件“{file}”。请核对RENEWAL_NOTICES和文件的权限。", {"file": named})
        ) from None
    if why is not None:
        raise WrongSettings(why)
    return of.of_file(text)


def base_url() -> str:
    """Read where the dashboard is reached; "" where nothing says it."""
    return os.environ.get("RENEWAL_BASE_URL", "").rstrip("/")


@asks(Deed.TELL)
def put_down(ctx: Context, channels: Collection[str]) -> int:
    """Put down what is to be told now and was never told, for these channels (none: it counts as told).

    Returns how many. Raises NotAllowed in an earlier version, StoreError.
    """
    store = _writable(ctx)
    known = {each.notice.key for each in stored.told(store)}
    looked = {project: snapshots.snapshots(store, project) for project in read.project_names(store)}
    new = [notice for project in looked for notice in _found(store, project, known, looked[project])]
    count = stored.add(store, new, channels) if new else 0
    _looked_at[store] = looked
    return count


_looked_at: WeakKeyDictionary[Store, Mapping[str, tuple[Snapshot, ...]]] = WeakKeyDictionary()
"""Snapshots of each project of an open store when its alarms were last put down: while they stay, so do the alarms.

The timer asks every ten minutes, and each snapshot of a long series costs as much as a page."""


def _found(store: Store, project: str, known: Collection[str], seen: tuple[Snapshot, ...]) -> Iterator[Notice]:
    if _looked_at.get(store, {}).get(project) != seen:
        yield from alarm_notices(project, read.series(store, project), reference().limits, known)
    today = local(clock.now()).date()
    yield from rectification_notices(project, rectification.findings(store, project), today, known)
    reports = (reporting.report(store, period) for period in reporting.periods(store, project))
    yield from reporting_notices(project, reports, today, known)


@asks(Deed.TELL)
def due(ctx: Context, channel: str, base: str, most: int) -> tuple[Letter, ...]:
    """Make the messages that are to be sent to a channel now, in the context's language. Raises StoreError.

    `base`: where the dashboard is reached, for the links ("": none); `most`: the bytes that the channel takes.
    """
    store, now = open_store.of(ctx), clock.now()
    names = read.project_names(store)
    found = [
        Due(each.notice, names.get(each.notice.project, each.notice.project), rule.bundle(each.steps[channel]))
        for each in stored.told(store)
        if channel in each.steps and rule.is_due(each.steps[channel], now)
    ]
    return tuple(letters(found, base, ctx.language, most))


@asks(Deed.TELL)
def claim(ctx: Context, channel: str, keys: Sequence[str]) -> bool:
    """Put down that these are about to leave; False, and nothing is put down: another process has one of them.

    Raises StoreError.
    """
    now = clock.now()

    def decide(known: stored.Steps) -> Sequence[str]:
        return keys if all(key in known and rule.is_due(known[key], now) for key in keys) else ()

    return stored.step(_writable(ctx), channel, decide, "claimed", None) > 0


@asks(Deed.TELL)
def settle(
    ctx: Context, channel: str, keys: Sequence[str], result: Step, said: Message | None, *, claimed: bool = True
) -> None:
    """Put down what became of them. Raises StoreError.

    `claimed`: they were claimed before. What failed earlier is put down only where nobody else has claimed it since:
    it would take the claim for settled.
    """

    def decide(known: stored.Steps) -> Sequence[str]:
        return [key for key in keys if key in known and (known[key][-1].step == "claimed") == claimed]

    stored.step(_writable(ctx), channel, decide, result, said)


@asks(Deed.TELL)
def again(ctx: Context, channel: str) -> int:
    """Ask once more for what is in doubt or given up at a channel. Returns how many. Raises StoreError."""
    now = clock.now()

    def decide(known: stored.Steps) -> Sequence[str]:
        return [key for key, steps in known.items() if rule.may_repeat(steps, now)]

    return stored.step(_writable(ctx), channel, decide, "again", None)


@dataclass(frozen=True)
class SendingLine:
    """A notice and what became of it at a channel; without a channel it counts as told and was sent nowhere."""

    notice: Notice
    made_at: datetime
    channel: str
    state: State | None
    at: datetime
    """When its newest step was; naive UTC."""
    due: datetime | None
    """When it is tried again; None: not by itself."""
    said: Message | None


def channel(line: SendingLine) -> str:
    """Name the channel: a robot without a name of its own by its form."""
    return CHANNEL_WORDS.get(line.channel, line.channel)


def result(line: SendingLine) -> Message | str:
    """Word what became of it, with the time of the next try."""
    if line.state is None:
        return NOT_SENT
    if line.state == "retry" and line.due is not None:
        return Message("{state}（{time}）", {"state": STATE_WORDS[line.state], "time": day_and_time(line.due)})
    return STATE_WORDS[line.state]


@asks(Deed.SEE)
def told(ctx: Context, project: str) -> tuple[SendingLine, ...]:
    """List what was told of a project, the newest first. Raises UnknownName, StoreError."""
    store = open_store.of(ctx)
    if project not in read.project_names(store):
        raise UnknownName(Message("没有编号为“{project}”的项目。请核对项目编号。", {"project": project[:40]}))
    return _lines(each for each in stored.told(store) if each.notice.project == project)


@asks(Deed.SEE_ALL)
def all_told(ctx: Context) -> tuple[SendingLine, ...]:
    """List what was told of every project, the newest first. Raises StoreError."""
    return _lines(iter(stored.told(open_store.of(ctx))))


def _lines(every: Iterator[Told]) -> tuple[SendingLine, ...]:
    now = clock.now()
    lines = [line for each in every for line in _of(each, now)]
    return tuple(reversed(lines))


def _of(each: Told, now: datetime) -> Iterator[SendingLine]:
    if not each.steps:
        yield SendingLine(each.notice, each.made_at, "", None, each.made_at, None, None)
    for channel, steps in each.steps.items():
        standing, last = rule.standing(steps, now), steps[-1]
        yield SendingLine(each.notice, each.made_at, channel, standing.state, last.made_at, standing.due, last.said)


def _writable(ctx: Context) -> Store:
    if (why := past(ctx)) is not None:
        raise NotAllowed([why])
    return open_store.of(ctx)
