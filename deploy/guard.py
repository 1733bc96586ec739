"""In front of everything that is served: who is let through, from where, and the headers that keep browsers strict."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, MutableMapping
from secrets import compare_digest
from typing import Any
from urllib.parse import quote

import streamlit as st
from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from core.errors import Message, RenewalError
from core.service.base import identity
from core.service.manage import accounts
from core.text import render
from deploy import index_page, streamlit_uploads
from deploy import streamlit_addresses as addresses
from deploy.asker import asker
from deploy.first_visit import KEY, OPENING
from deploy.health import ALIVE, READY
from deploy.opened_files import SHUT_OFF
from deploy.origin import is_foreign, knows_host, leaves_from_page
from deploy.uploads import Uploads, not_own

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

HEALTH = (addresses.HEALTH, addresses.SCRIPT_HEALTH, ALIVE, READY)
_PUBLIC = ("/static/", "/favicon.png", "/login", "/logout", "/password")
"""What somebody who has not logged in may have: the parts of the program, and the way in."""


def policy(*, logs_in: bool) -> str:
    """The Content-Security-Policy. Streamlit writes styles into the page and makes components' scripts into blobs.

    It also looks whether there is WebAssembly, which takes a word of its own; `eval` stays forbidden.
    """
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(("'self'", "blob:", "'wasm-unsafe-eval'", *index_page.script_hashes(logs_in=logs_in))),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' blob:",  # a picture that the page has just drawn is fetched from itself
        "worker-src": "'self' blob:",
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class Guard:
    """ASGI middleware."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._mode = identity.mode()
        self._logs_in = self._mode == "accounts"
        self._uploads = Uploads(streamlit_uploads.held)
        self._headers = {
            "Content-Security-Policy": policy(logs_in=self._logs_in),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, or say why not."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        stopped = await self._stopped(scope)
        if scope["type"] == "websocket":
            if stopped is not None:
                await send({"type": "websocket.close", "code": 1008})
                return
            try:
                await self._app(scope, receive, send)
            finally:
                streamlit_uploads.connection_ended()
            return
        if stopped is not None:
            await stopped(scope, receive, self._with_headers(scope, send))
            return
        # The page is ours (see _with_headers), whichever copy of Streamlit's a browser still has.
        plain = ("if-none-match", "if-modified-since", "range")
        if not scope["path"].startswith(addresses.FILES):
            scope["headers"] = [pair for pair in scope["headers"] if pair[0].decode("latin-1") not in plain]
        if scope["path"].startswith(addresses.UPLOADS) and scope["method"] in ("PUT", "DELETE"):
            await self._upload(scope, receive, self._with_headers(scope, send))
            return
        await self._app(scope, receive, self._with_headers(scope, send))

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a file on to Streamlit, where it may be kept; or that one is not wanted any longer."""
        connection = scope["path"].removeprefix(addresses.UPLOADS).partition("/")[0]
        who = await asker(HTTPConnection(scope))
        if scope["method"] == "DELETE":
            refused = not_own(connection, who)
            await (self._app if refused is None else _said(403, refused))(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "")
        # What does not say how long it is may become as long as Streamlit lets any file be.
        size = int(length) if length.isdecimal() else st.get_option("server.maxUploadSize") * 2**20
        refused = self._uploads.admit(connection, size, who)
        if refused is not None:
            await _said(403, refused)(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._uploads.done(connection, size)

    async def _stopped(self, scope: Scope) -> Response | None:
        """The answer to a request that does not get through; None: it does."""
        path: str = scope["path"]
        if path in HEALTH:
            return None
        if path.startswith(addresses.UNNEEDED):
            return PlainTextResponse("Not Found", 404)
        headers = Headers(scope=scope)
        if not knows_host(headers.get("host")):
            return _said(403, identity.HOST_UNKNOWN)
        if is_foreign(scope["type"], scope.get("method", ""), headers):
            return _said(403, identity.FOREIGN_PAGE)
        if path.endswith(addresses.LOGOUT) and not leaves_from_page(scope.get("method", ""), headers):
            return _said(403, identity.FOREIGN_PAGE)
        try:
            identity.check_address(scope["server"][0] if scope.get("server") else None)
            return None if self._mode in ("local", "oidc") else await self._nobody(scope, path, headers)
        except identity.WrongMode as wrong:
            return _said(403, wrong.message)
        except RenewalError as error:
            return _said(503, error.message)

    async def _nobody(self, scope: Scope, path: str, headers: Headers) -> Response | None:
        """The answer to somebody who has not said who they are."""
        key = os.environ.get(KEY)
        if key and compare_digest(headers.get(OPENING, "").encode(), key.encode()):
            return None
        if self._mode == "proxy":
            named = headers.getlist(identity.HEADER)
            return None if len(named) == 1 and named[0].strip() else _said(403, identity.NO_HEADER)
        if path.startswith(_PUBLIC):
            return None
        token = HTTPConnection(scope).cookies.get(identity.COOKIE)
        session = await to_thread.run_sync(accounts.session_of, token)
        if session is not None and not session[1]:
            return None
        way_in = "login" if session is None else "password"
        if scope["type"] == "http" and scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
            query = scope["query_string"].decode("latin-1")
            asked = quote(f"{path}?{query}" if query else path, safe="")
            return RedirectResponse(f"./{way_in}?next={asked}", 303)
        return _said(401, identity.NOT_IN)

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        """The strict headers on every answer; and in place of Streamlit's page, ours."""
        replaced = False

        async def sent(message: MutableMapping[str, Any]) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"].startswith(addresses.MEDIA):
                    headers["Content-Security-Policy"] = SHUT_OFF
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if index_page.is_streamlits(message["status"], headers):
                    replaced = True
                    body = index_page.page(scope["path"], logs_in=self._logs_in)
                    for name in ("etag", "last-modified", "content-encoding"):
                        del headers[name]
                    headers["content-length"] = str(len(body))
                    headers["cache-control"] = "no-cache"
                    await send(message)
                    content = b"" if scope["method"] == "HEAD" else body
                    await send({"type": "http.response.body", "body": content})
                    return
            if not (replaced and message["type"] == "http.response.body"):
                await send(message)

        return sent


def _said(status: int, message: Message) -> Response:
    """A sentence in both languages: nobody has chosen one yet."""
    return PlainTextResponse(f"{render(message, 'zh_CN')}\n{render(message, 'en')}\n", status)
