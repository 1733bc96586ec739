"""汇总: what a panel's result would change on its own sheet, and what somebody has decided there by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from core.model.scorecard import ScoreEvent, Status
from core.scoring.consensus import Consensus, PanelItem


@dataclass(frozen=True)
class TakenOver:
    """An item whose result is not what stands on the panel's sheet."""

    item: PanelItem
    """With the result: its points and status."""
    now: ScoreEvent | None
    """What stands there; None: nothing yet."""

    @property
    def code(self) -> str:
        """Code of the indicator."""
        return self.item.indicator.code

    @property
    def blank(self) -> bool:
        """True where the sheet says nothing of the item so far."""
        return self.now is None or self.now.status is Status.UNSCORED

    @property
    def decided(self) -> bool:
        """True where somebody has put there by hand what stands: what came of the sheets has a note of its origin."""
        return not self.blank and self.now is not None and not self.now.note

    @property
    def then(self) -> ScoreEvent | None:
        """What stands there now, with the points and status of the result; None where nothing stands there."""
        return None if self.now is None else replace(self.now, points=self.item.points, status=self.item.status)


def taken_over(
    result: Consensus, current: Mapping[str, ScoreEvent], codes: Collection[str] | None = None
) -> tuple[TakenOver, ...]:
    """List the items (of `codes`; None: all) on which the result says something else than the sheet, in its order.

    `current`: the newest event of each item of the panel's sheet. What nobody has scored changes nothing there.
    """
    found = (
        TakenOver(item, current.get(item.indicator.code))
        for item in result.items
        if item.status is not Status.UNSCORED and (codes is None or item.indicator.code in codes)
    )
    return tuple(
        each
        for each in found
        if each.now is None or (each.now.points, each.now.status) != (each.item.points, each.item.status)
    )
