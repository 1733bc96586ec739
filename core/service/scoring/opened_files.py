"""Filed PDFs and pictures opened in a tab of their own, under an address that only who has seen their list knows.

In some modes a request does not say who sends it, only the page knows: the address itself says for whom it was made,
holds for an hour after the list was last shown, and what is opened asks the rights again.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from core.errors import Message, UnknownName
from core.model.context import Actor, Context
from core.model.panel_events import EvidenceFile
from core.model.rights import Deed
from core.service.base.asking import asks
from core.service.scoring import item_records

VIEWED = ("application/pdf", "image/png", "image/jpeg")
"""Media types that a browser shows by itself; all others are downloaded."""
WITHIN = 3600.0
"""Seconds that an address holds."""
MOST = 10_000
"""Addresses that are known at a time."""


@dataclass(frozen=True)
class OpenedFile:
    """A content as a browser is given it."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class _Asked:
    ctx: Context
    project: str
    sheet: str
    file_id: str
    until: float
    """Of time.monotonic()."""


_key = secrets.token_bytes(32)
_lock = threading.Lock()
_known: OrderedDict[str, _Asked] = OrderedDict()


@asks(Deed.SEE)
def tokens(ctx: Context, project: str, sheet: str) -> Mapping[str, str]:
    """Make the token of each file of a sheet that a browser shows, by the file's id. Raises UnknownName, NotAllowed."""
    return tokens_of(ctx, item_records.evidence(ctx, project, sheet))


@asks(Deed.SEE)
def tokens_of(ctx: Context, files: Iterable[EvidenceFile]) -> Mapping[str, str]:
    """Make the token of each of these files that a browser shows, by the file's id; what is opened asks the rights."""
    found: dict[str, str] = {}
    for file in files:
        if file.media_type in VIEWED:
            said = "\n".join((ctx.actor.id, file.project, file.sheet, file.id))
            token = hmac.new(_key, said.encode(), hashlib.sha256).hexdigest()
            found[file.id] = token
            _keep(token, _Asked(ctx, file.project, file.sheet, file.id, time.monotonic() + WITHIN))
    return found


def _keep(token: str, asked: _Asked) -> None:
    with _lock:
        _known[token] = asked
        _known.move_to_end(token)
        while len(_known) > MOST:
            _known.popitem(last=False)


def opened(token: str, asker: Actor | None) -> OpenedFile:
    """Open a file by its token. `asker`: who sends the request; None where the mode does not say it.

    Raises UnknownName for a token that is not known, is too old or is another person's, NotAllowed.
    """
    with _lock:
        asked = _known.get(token)
    if asked is None or asked.until < time.monotonic() or (asker is not None and asker.id != asked.ctx.actor.id):
        raise UnknownName(Message("这个地址已失效。请回到“专家评议—资料与佐证”重新打开。"))
    ctx = asked.ctx if asker is None else replace(asked.ctx, actor=asker)
    file = next(f for f in item_records.evidence(ctx, asked.project, asked.sheet) if f.id == asked.file_id)
    content = item_records.evidence_content(ctx, asked.project, asked.sheet, asked.file_id)
    return OpenedFile(file.name, file.media_type, content)
