"""Whether the dashboard can be worked with: asked by whoever watches over it, without saying who they are."""

from __future__ import annotations

from typing import Literal

from core.errors import StoreError
from core.service import home
from core.store import read

Reason = Literal["store", "loss"]


def not_ready() -> Reason | None:
    """Why nobody can work now: the `store` does not answer, or is only to be read after a `loss`; None: all is well."""
    try:
        if not home.is_whole():
            return "loss"
        read.answers(home.store())
    except StoreError:
        return "store"
    return None
