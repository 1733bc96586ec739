"""Moments in local time, as the service words them; they are made in core.text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.scoring import ScoredItem
from core.text.moments import day_and_time as day_and_time
from core.text.moments import hour_minute as hour_minute
from core.text.moments import local as local
from core.text.moments import zone as zone


def last_changed(items: Iterable[ScoredItem]) -> date | None:
    """Find the day on which the last of these items was scored; None: none has been."""
    moments = [item.event.made_at for item in items if item.event is not None]
    return local(max(moments)).date() if moments else None
