"""Redaction of a content that must not be here: its bytes go; its record, and who took it out, stay."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import Message, NotAllowed, UnknownName
from core.model.context import Context
from core.model.rights import Deed
from core.model.storable import need_text
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.base.moments import day_and_time
from core.store import logs
from core.store import redaction as stored
from core.store.database import Store
from core.store.redaction import Redaction


@asks(Deed.REDACT)
def redact(ctx: Context, project: str, digest: str, reason: str) -> None:
    """Take a content out of the project's evidence and proofs, by its SHA-256 (which also tells it without opening it).

    It does not come in again, from anybody. Raises NameNeeded, NotAllowed without a reason, UnknownName.
    """
    actor = named(ctx)
    kept = need_text(reason, Message("请写明清除的理由和依据。"))
    if not stored.redact(open_store.of(ctx), project, digest.strip().lower(), kept, actor):
        raise UnknownName(Message("这个项目里没有摘要为“{digest}”的文件。请核对摘要。", {"digest": digest[:64]}))


@asks(Deed.SEE)
def redactions(ctx: Context, project: str) -> Mapping[str, Message]:
    """List the sentences that stand in place of redacted contents, by digest."""
    found = stored.redactions(open_store.of(ctx))
    return {digest: _sentence(each) for digest, each in found.items()}


def content(store: Store, digest: str) -> bytes:
    """Return a stored content. Raises NotAllowed for one that was taken out."""
    gone = stored.redactions(store).get(digest)
    if gone is not None:
        raise NotAllowed([_sentence(gone)])
    return logs.evidence_content(store, digest)


def _sentence(each: Redaction) -> Message:
    params = {"when": day_and_time(each.made_at), "who": each.actor_name, "reason": each.reason}
    return Message("内容已由{who}于{when}清除，理由：{reason}", params)
