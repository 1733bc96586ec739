"""Reads through a cache that is keyed by the data's version: shared by all sessions, never older than the store."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

import streamlit as st

from core.service import home
from pages.shared import state
from pages.shared.session import context

T = TypeVar("T")


def read(call: Callable[..., T], *args: Hashable) -> T:
    """The service call's answer for this session's context and language, computed once a data version.

    Only for calls whose answer does not depend on who asks.
    """
    key = (
        f"{call.__module__}.{call.__qualname__}",
        str(home.location()),
        home.store().versions,
        state.language(),
        args,
    )
    return cast(T, _cached(key, call))


@st.cache_resource(max_entries=256, show_spinner=False)
def _cached(key: tuple[Any, ...], _call: Callable[..., Any]) -> Any:
    return _call(context(), *key[-1])
