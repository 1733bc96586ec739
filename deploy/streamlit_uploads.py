"""The files that Streamlit keeps for its connections, counted and freed.

Streamlit keeps a file until its connection's state goes, which nothing but the next connection makes it look at.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from core.service.base import connections

_ended: dict[str, float] = {}
"""Connections that were found cut, and when."""


def held(connection: str) -> tuple[int, int]:
    """How many files are kept for a connection, and their bytes."""
    files = tuple(_manager().file_storage.get(connection, {}).values())
    return len(files), sum(len(each.data) for each in files)


def connection_ended() -> None:
    """A WebSocket has closed: look at once, and again when nobody can come back to it, for files to free."""
    free()
    asyncio.get_running_loop().call_later(_may_come_back() + 1, free)


def free(now: Callable[[], float] = time.monotonic) -> None:
    """Drop the files of connections that nobody can come back to. `now`: seconds."""
    runtime, manager = Runtime.instance(), _manager()
    for connection in tuple(manager.file_storage):
        if runtime.is_active_session(connection):
            _ended.pop(connection, None)
        elif now() - _ended.setdefault(connection, now()) >= _may_come_back():
            manager.remove_session_files(connection)
            del _ended[connection]
    connections.forget(lambda each: not runtime.is_active_session(each) and each not in manager.file_storage)


def _may_come_back() -> float:
    """Seconds for which Streamlit keeps the state of a connection that was cut."""
    return float(st.get_option("server.disconnectedSessionTTL"))


def _manager() -> MemoryUploadedFileManager:
    manager = Runtime.instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return manager
