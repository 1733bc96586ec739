"""What is told by mail and webhook: notices, and the steps of sending them; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from core.errors import Message
from core.model.notice import Notice, SendingStep, Step, Told
from core.store import clock
from core.store.database import Session, Source, Store
from core.text.kept_message import read, written

Steps = Mapping[str, tuple[SendingStep, ...]]
"""The steps of sending notices to one channel, by key."""
CLASH = Message("另一处正在发送提醒，本次未发送。稍后会再试。")


def told(source: Source) -> tuple[Told, ...]:
    """Every notice with its sendings, in the order in which they were put down."""
    return source.remembered(("told",), _told, until="steps")


def _told(session: Session) -> tuple[Told, ...]:
    sendings: dict[str, dict[str, tuple[SendingStep, ...]]] = {}
    for key, channel, _, step, said, made_at in session.run("notice_sendings"):
        of = sendings.setdefault(key, {})
        of[channel] = (*of.get(channel, ()), SendingStep(step, read(said) if said else None, made_at))
    return tuple(
        Told(Notice(key, project, read(text), link), made_at, sendings.get(key, {}))
        for key, project, text, link, made_at in session.run("notices")
    )


def add(store: Store, notices: Iterable[Notice], channels: Collection[str]) -> int:
    """Put down those whose key is new, each to be sent to each of these channels. Returns how many. Raises StoreError.

    What is new is asked within the transaction: two that put down at a time leave each notice once.
    """
    with store.writing("steps", CLASH) as session:
        known = {each.notice.key for each in told(session)}
        new = {each.key: each for each in notices if each.key not in known}
        if new:
            now = clock.now()
            rows = [vars(each) | {"text": written(each.text), "made_at": now} for each in new.values()]
            session.insert("notice", rows)
            queued = [(key, channel, 1) for key in new for channel in channels]
            session.insert("notice_sending", [_row(each, "queued", None, now) for each in queued])
    return len(new)


def step(store: Store, channel: str, decide: Callable[[Steps], Sequence[str]], step: Step, said: Message | None) -> int:
    """Put down this step for the keys that `decide` makes of all sendings to that channel. Returns how many.

    It decides within the transaction, on what is there. Raises StoreError.
    """
    with store.writing("steps", CLASH) as session:
        known = {each.notice.key: each.steps[channel] for each in told(session) if channel in each.steps}
        keys = decide(known)
        newest = max((known[key][-1].made_at for key in keys), default=datetime.min)
        at = clock.after(newest)
        rows = [_row((key, channel, len(known[key]) + 1), step, said, at) for key in keys]
        session.insert("notice_sending", rows)
    return len(keys)


def _row(key: tuple[str, str, int], step: Step, said: Message | None, made_at: datetime) -> dict[str, object]:
    at = dict(zip(("key", "channel", "seq"), key, strict=True))
    return at | {"step": step, "said": written(said) if said else "", "made_at": made_at}
