"""Items whose points nobody entered: a panel's result, or what somebody only tries out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.model.scorecard import Status
from core.scoring.tally import Item


@dataclass(frozen=True)
class Standing(Item):
    """An item that stands where it was worked out or supposed to stand, whatever its event says.

    It is added up by `tally` like any other item. `event` is the one it started from, or None.
    """

    given: Decimal | None = None
    """Points (分), two decimals; counted only with a scored status."""
    stands: Status = Status.UNSCORED

    @property
    def status(self) -> Status:
        """Where it was put."""
        return self.stands

    @property
    def points(self) -> Decimal | None:
        """Points that count, or None."""
        return self.given if self.stands.scored else None
