"""Reads through a cache that is keyed by the data's version: shared by all sessions, never older than the store."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

import streamlit as st

from core.model.context import Context
from core.service import home
from pages.shared import state
from pages.shared.session import context

T = TypeVar("T")


def read(call: Callable[..., T], *args: Hashable) -> T:
    """The service call's answer for this session's context and language, computed once a data version.

    Only for calls whose answer does not depend on who asks, but for what their roles let them see.
    """
    ctx = context()
    return cast(T, _cached((*_key(call), ctx.actor.grants, args), call, ctx))


def read_own(call: Callable[..., T], *args: Hashable) -> T:
    """The same for calls whose answer depends on who asks: kept for each person by themselves."""
    ctx = context()
    return cast(T, _cached((*_key(call), ctx.actor, args), call, ctx))


def now() -> Hashable:
    """What is read at present, and in which language: as long as it is the same, so is every answer."""
    return home.opened(), home.store().versions, context().version, state.language()


def _key(call: Callable[..., Any]) -> tuple[Hashable, ...]:
    return (f"{call.__module__}.{call.__qualname__}", now())


@st.cache_resource(max_entries=256, show_spinner=False)
def _cached(key: tuple[Any, ...], _call: Callable[..., Any], _ctx: Context) -> Any:
    return _call(_ctx, *key[-1])
