"""Who sends a request, where the mode says it with each."""

from __future__ import annotations

from anyio import to_thread
from starlette.requests import HTTPConnection

from core.model.context import Actor
from core.service.base import identity
from core.service.manage import accounts


async def asker(connection: HTTPConnection) -> Actor | None:
    """The asker; None: only the page knows."""
    mode = identity.mode()
    if mode == "accounts":
        return await to_thread.run_sync(accounts.who_has, connection.cookies.get(identity.COOKIE)) or identity.NOBODY
    if mode == "proxy":
        return await to_thread.run_sync(identity.known_as, connection.headers.get(identity.HEADER, ""))
    return None
