"""The clock that dates what is written: naive UTC with microseconds."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

AHEAD = timedelta(minutes=5)
"""The most by which a clock may be ahead: what is dated later comes of one that was far ahead."""
TICK = timedelta(microseconds=1)
"""The least by which what follows is later."""
_log = logging.getLogger(__name__)


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC).replace(tzinfo=None)


def latest() -> datetime:
    """The last moment that counts: what is dated later comes of a clock that was far ahead."""
    return now() + AHEAD


def after(newest: datetime, moment: datetime | None = None) -> datetime:
    """The moment of what comes after `newest`: a clock that has been set back does not reorder anything.

    What a clock far ahead has dated does not date what follows it: that is dated by the clock (`moment`; None: now),
    and what follows what is not told by the time alone (core.store.event_order).
    """
    moment = moment or now()
    if newest > moment + AHEAD:
        warn_ahead(newest)
        return moment
    return max(moment, newest + TICK)


def warn_ahead(newest: datetime) -> None:
    """Say in the log that a clock was far ahead, or is now set back."""
    _log.warning("a record is dated %s, far ahead of this machine's clock: what follows is dated by the clock", newest)
