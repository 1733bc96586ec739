"""Health of the dashboard, for whoever watches over it without saying who they are."""

from __future__ import annotations

from typing import Literal

from core.errors import StoreError
from core.service.base import open_store
from core.store import read
from core.store.errors import StoreFull, StoreNotWritable

Reason = Literal["store", "loss", "full", "read-only"]


def not_ready() -> Reason | None:
    """Say why nobody can save anything now; None: a write has just been tried, and undone.

    The `store` does not answer, is only to be read after a `loss` or for want of rights (`read-only`), or its disk is
    `full`.
    """
    try:
        if not open_store.is_whole():
            return "loss"
        open_store.store().try_writing()
    except StoreFull:
        return "full"
    except StoreNotWritable:
        return "read-only"
    except StoreError:
        return "store"
    return None


def answers() -> bool:
    """True where the store can at least be read."""
    try:
        read.answers(open_store.store())
    except StoreError:
        return False
    return True
