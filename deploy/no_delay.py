"""Every answer leaves at once: TCP_NODELAY on each connection, whatever its socket was made with.

asyncio sets it only where a socket names its protocol (asyncio.base_events._set_nodelay). Streamlit binds its own
socket without one: each second of two small writes then waits until the browser has acknowledged the first, some 40 ms
on Linux, for every file of the program and every message of a page.
"""

from __future__ import annotations

import socket
from asyncio import base_events


def begin() -> None:
    """Have asyncio set it on all TCP connections that are made from now on."""
    base_events._set_nodelay = _set  # type: ignore[attr-defined]


def _set(sock: socket.socket) -> None:
    if sock.family in (socket.AF_INET, socket.AF_INET6) and sock.type == socket.SOCK_STREAM:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
