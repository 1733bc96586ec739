"""Reads through a cache that is keyed by the data's version: shared by all sessions, never older than the store."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

import streamlit as st

from core.model.context import Until
from core.service.base import open_store
from pages.shared import state
from pages.shared.answer_cache import AnswerCache
from pages.shared.session import context

T = TypeVar("T")
MOST_KEPT = 512
"""Answers: of fifty people on a sheet of their own, and of the pages that all see."""


def read(call: Callable[..., T], *args: Hashable) -> T:
    """The service call's answer for this session's context and language, computed once until it can have changed.

    Only for calls whose answer does not depend on who asks, but for what their roles let them see.
    """
    ctx = context()
    return kept((_key(call), ctx.actor.grants, args), lambda: call(ctx, *args))


def read_own(call: Callable[..., T], *args: Hashable) -> T:
    """The same for calls whose answer depends on who asks: kept for each person by themselves."""
    ctx = context()
    return kept((_key(call), ctx.actor, args), lambda: call(ctx, *args))


def now() -> Hashable:
    """What is read at present, and in which language and unit: as long as it is the same, so is every answer."""
    return open_store.opened(), open_store.store().versions, context().version, state.language(), state.unit()


def kept(question: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, once for all sessions of one language, unit and version; `question` says until when too."""
    key = (open_store.opened(), context().version, state.language(), state.unit(), question)
    return cast(T, _shelf().get(key, make))


def looked_at(name: str, question: Hashable, look: Callable[[], T]) -> T:
    """What `look` gives, kept in this session under that name until the question or the store is another one."""
    key = (question, open_store.store().versions)
    held = st.session_state.get(name)
    if held is None or held[0] != key:
        held = st.session_state[name] = (key, look())
    return cast(T, held[1])


def _key(call: Callable[..., object]) -> Hashable:
    # Whoever did not say what ends their answer is asked again after every write.
    until: Until = getattr(call, "until", "any")
    return call.__module__, call.__qualname__, open_store.store().counted(until)


@st.cache_resource(show_spinner=False)
def _shelf() -> AnswerCache:
    return AnswerCache(MOST_KEPT)
