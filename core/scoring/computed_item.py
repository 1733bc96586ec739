"""Items whose points nobody entered: a panel's result, or points tried out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.model.scorecard import Status
from core.scoring.tally import ScoredItem


@dataclass(frozen=True)
class ComputedItem(ScoredItem):
    """An item with points and a status of its own, whatever its event says. `tally` adds it up like any other.

    `event` is the one it started from, or None.
    """

    given: Decimal | None = None
    """Points (分), two decimals; counted only with a scored status."""
    given_status: Status = Status.UNSCORED

    @property
    def status(self) -> Status:
        """Status given to it."""
        return self.given_status

    @property
    def points(self) -> Decimal | None:
        """Points that count, or None."""
        return self.given if self.given_status.scored else None
