"""Answers kept by their question, for all sessions: made once, however many ask for them at the same time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any


class AnswerCache:
    """At most so many answers; the one that was not asked for the longest goes first. Share only what cannot change.

    st.cache_resource does the same, but takes every question apart first, which costs more than most answers here.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, question: Hashable, make: Callable[[], Any]) -> Any:
        """The answer; `make` gives it where it is not there yet. What `make` raises is not kept."""
        with self._lock:
            if question in self._kept:
                self._kept.move_to_end(question)
                return self._kept[question]
            turn = self._making.setdefault(question, threading.Lock())
        with turn:
            with self._lock:
                if question in self._kept:
                    return self._kept[question]
            try:
                answer = make()
                with self._lock:
                    self._kept[question] = answer
                    while len(self._kept) > self._most:
                        self._kept.popitem(last=False)
            finally:
                with self._lock:
                    self._making.pop(question, None)
            return answer
