"""Moments in local time."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import Message, RenewalError


@cache
def zone() -> ZoneInfo:
    """Time zone that `RENEWAL_TZ` names. Raises RenewalError for one that there is not."""
    named = os.environ.get("RENEWAL_TZ", "Asia/Shanghai")
    try:
        return ZoneInfo(named)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise RenewalError(
            Message("没有“{zone}”这个时区。请检查RENEWAL_TZ的设置，例如Asia/Shanghai。", {"zone": named})
        ) from error


def local(moment: datetime) -> datetime:
    """Convert a stored moment (naive UTC) into `RENEWAL_TZ`."""
    return moment.replace(tzinfo=UTC).astimezone(zone())


def hour_minute(moment: datetime) -> str:
    """A stored moment as 10:32, which every language writes so."""
    return f"{local(moment):%H:%M}"


def day_and_time(moment: datetime) -> str:
    """Print a moment as 2024-12-31 10:32, in every language."""
    return f"{local(moment):%Y-%m-%d %H:%M}"
