"""Moments as the people in front of the screen read them."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo


@cache
def _zone() -> ZoneInfo:
    return ZoneInfo(os.environ.get("RENEWAL_TZ", "Asia/Shanghai"))


def hour_minute(moment: datetime) -> str:
    """A stored moment (naive UTC) as 10:32 in `RENEWAL_TZ`."""
    return f"{moment.replace(tzinfo=UTC).astimezone(_zone()):%H:%M}"
