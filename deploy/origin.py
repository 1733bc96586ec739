"""Whether a request comes from the dashboard's own page: host and port, as the browser says in Origin.

Streamlit's own check compares host names without the port, and cookies know no port either: without this, a page that
any other program serves on the same machine reads and writes as whoever is logged in.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed as knows_host

__all__ = ["is_foreign", "knows_host", "leaves_from_page"]

_SAFE = ("GET", "HEAD", "OPTIONS")
_PORTS = {"http": 80, "https": 443}


def is_foreign(kind: str, method: str, headers: Headers) -> bool:
    """Whether to refuse it: another page's Origin, or none where something could be written (WebSocket, POST, PUT …).

    Browsers say Origin on every WebSocket, on all but GET and HEAD, and wherever another page wants to read the answer.
    `kind`: `http` or `websocket`, as ASGI has it; `method`: "" for a WebSocket.
    """
    said = headers.getlist("origin")
    if not said:
        return kind == "websocket" or method not in _SAFE
    return len(said) > 1 or not (_is_host(said[0], headers.get("host", "")) or said[0] in _allowed())


def leaves_from_page(method: str, headers: Headers) -> bool:
    """Whether a link that logs out (Streamlit's /auth/logout is a GET) was followed on the dashboard's own page."""
    if method != "GET":
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return _is_host(headers.get("referer", ""), headers.get("host", ""))


def _is_host(origin: str, host: str) -> bool:
    """Whether the origin is the page of that Host; a port that goes without saying may be said or not."""
    try:
        page = urlsplit(origin)
        own = urlsplit(f"{page.scheme}://{host}")
        usual = _PORTS.get(page.scheme)
        return usual is not None and bool(page.hostname) and (
            (page.hostname, page.port or usual) == (own.hostname, own.port or usual)
        )  # fmt: skip
    except ValueError:  # a port that is no number
        return False


def _allowed() -> tuple[str, ...]:
    """Other origins that the administrator has named, whole: server.corsAllowedOrigins."""
    return tuple(st.get_option("server.corsAllowedOrigins"))
