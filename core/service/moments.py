"""Moments as people read them."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo


@cache
def _zone() -> ZoneInfo:
    return ZoneInfo(os.environ.get("RENEWAL_TZ", "Asia/Shanghai"))


def local(moment: datetime) -> datetime:
    """A stored moment (naive UTC) in `RENEWAL_TZ`."""
    return moment.replace(tzinfo=UTC).astimezone(_zone())


def day_and_time(moment: datetime) -> str:
    """2024-12-31 10:32, the same in every language."""
    return f"{local(moment):%Y-%m-%d %H:%M}"
