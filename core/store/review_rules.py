"""What projects say of the review of imports and corrections: events, nothing is overwritten."""

from __future__ import annotations

from core.errors import Message
from core.model.context import Actor
from core.model.review_rule import ReviewRule
from core.store import clock
from core.store.database import Source, Store
from core.store.event_log import signed


def newest(source: Source, project: str) -> ReviewRule | None:
    """What the project says now; None: nothing yet."""
    return source.remembered(
        ("review_rule", project),
        lambda session: next(iter(session.made(ReviewRule, "review_rules", project=project)), None),
        until="steps",
    )


def add(store: Store, project: str, needed: bool, actor: Actor) -> None:
    """Say it anew; what is so already is not written again. Raises StoreError."""
    with store.writing("steps", Message("另一处同时改了复核规则，本次未保存。请刷新后重试。")) as session:
        old = newest(session, project)
        if old is None or old.needed != needed:
            made_at = clock.after(old.made_at) if old is not None else clock.now()
            row = {"project": project, "revision": old.revision + 1 if old is not None else 1, "needed": needed}
            session.insert("review_rule", [row | signed(actor, made_at)])
