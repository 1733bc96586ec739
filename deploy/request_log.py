"""A line in the log for each request and each connection, and an id by which the lines of its pages are found."""

from __future__ import annotations

import secrets
import time

from starlette.datastructures import MutableHeaders

from core.service.base.sections import SECTIONS
from deploy import streamlit_addresses as addresses
from deploy.guard import Application, Receive, Scope, Send
from deploy.health import ALIVE, READY
from pages.shared import log

SLOW = 1000.0
"""Milliseconds from which on a part of the program, or a look at the health, is worth a line."""
_PARTS = (*addresses.FILES, addresses.INSIDE, ALIVE, READY)


def page_of(path: str) -> str:
    """What a request is about, in words of ours: never the address, in which anything may have been typed."""
    part = path.strip("/")
    if part in SECTIONS or part in ("login", "logout", "password"):
        return part
    if path == "/":
        return "overview"
    return next((each.strip("/") for each in _PARTS if path.startswith(each)), "other")


class RequestLog:
    """ASGI middleware; the first of all."""

    def __init__(self, app: Application) -> None:
        self._app = app
        log.set_up()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through under an id of its own."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        # Not the one that a browser sends: an id is ours.
        fields = log.Fields(request=secrets.token_hex(8), page=page_of(scope["path"]))
        headers = MutableHeaders(scope=scope)
        headers[log.REQUEST] = fields.request or ""
        start = time.perf_counter()

        async def sent(message: Scope) -> None:
            if message["type"] == "http.response.start":
                fields.status = message["status"]
                MutableHeaders(scope=message)[log.REQUEST] = fields.request or ""
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            fields.ms = round(1000 * (time.perf_counter() - start), 1)
            if scope["type"] == "websocket":
                log.event("connection", fields)
            elif not scope["path"].startswith(_PARTS) or fields.ms > SLOW or (fields.status or 500) >= 400:
                log.event("request", fields)
