"""The log: one line of JSON an event, for whoever runs the dashboard; nothing that anybody typed is ever in it.

    {"time": "2024-12-31T02:32:00.000Z", "level": "info", "what": "page", "ms": 84.2, "page": "budget", …}

What is written is chosen by name: fields of ours, and of an error its type and the lines of code that it went through.
The text of an error, the values in a sentence of another package, addresses and headers stay out, since a name, a
reason or a score may stand in them.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import streamlit as st

from pages.shared import streamlit_loggers

REQUEST = "X-Request-Id"
"""The header by which deploy/asgi.py tells a page which request it runs in."""
_ROOT = Path(__file__).resolve().parents[2]
_OWN = ("renewal", "core", "pages", "deploy")
"""Loggers whose sentences are literals of this program (their values are left out all the same)."""
_ID = re.compile(r"[0-9a-f]{8,32}")
_log = logging.getLogger("renewal")


class LogLines(logging.Formatter):
    """Records as lines of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        own = _is_own(record)
        line: dict[str, Any] = {
            "time": f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "what": str(record.msg) if own and isinstance(record.msg, str) else record.name,
        }
        if not own:
            line["at"] = [f"{_place(record.pathname)}:{record.lineno}"]
        fields: Fields | None = getattr(record, "fields", None)
        if fields is not None:
            line |= {name: value for name, value in vars(fields).items() if value is not None}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["at"] = _went_through(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _is_own(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in _OWN


def _went_through(trace: TracebackType | None) -> list[str]:
    return [f"{_place(step.filename)}:{step.lineno} {step.name}" for step in traceback.extract_tb(trace)]


def _place(file: str) -> str:
    path = Path(file)
    return path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name


@dataclass
class Fields:
    """What an event may say beside its name. Nothing here is ever taken from what people type."""

    ms: float | None = None
    request: str | None = None
    page: str | None = None
    """The page's part of the address, as the program names it."""
    status: int | None = None
    """Of an answer."""
    fault: str | None = None
    """The number that the person was shown."""
    count: int | None = None


def event(what: str, fields: Fields, *, error: bool = False) -> None:
    """Write a line; with `error` also what exception is being handled, without its text."""
    _log.log(logging.ERROR if error else logging.INFO, what, extra={"fields": fields}, exc_info=error)


@contextmanager
def timed(what: str) -> Iterator[Fields]:
    """Write a line about what happens inside, with its duration, however it ends."""
    fields, start = Fields(request=request()), time.perf_counter()
    try:
        yield fields
    finally:
        fields.ms = round(1000 * (time.perf_counter() - start), 1)
        event(what, fields)


def request() -> str | None:
    """The id of the request (for a page: of its connection) that this runs in; None where nothing gives one."""
    found = st.context.headers.get(REQUEST)
    return found if found is not None and _ID.fullmatch(found) else None


def set_up() -> None:
    """Let everything in this process that logs do so in lines. Doing it twice changes nothing."""
    root = logging.getLogger()
    if any(isinstance(handler.formatter, LogLines) for handler in root.handlers):
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LogLines())
    handler.addFilter(lambda record: record.levelno >= logging.WARNING or _is_own(record))
    root.addHandler(handler)
    for name in _OWN:
        logging.getLogger(name).setLevel(logging.INFO)
    logging.captureWarnings(True)
    threading.excepthook = _of_thread
    streamlit_loggers.take_over()


def _of_thread(lost: threading.ExceptHookArgs) -> None:
    if lost.exc_value is not None:
        _log.error("thread ended by an error", exc_info=(lost.exc_type, lost.exc_value, lost.exc_traceback))
