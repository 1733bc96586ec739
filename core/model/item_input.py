"""Entries of evaluators at an item beside its points: the input of its rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class ItemInput:
    """Entries at one item. Nothing entered is not "none found": it leaves the rule waiting (待补佐证)."""

    ticks: tuple[bool | None, ...] = ()
    """One for each point of a checklist, in its order; None: not yet answered."""
    faults: int | None = None
    """Kinds of faults found."""
    answers: tuple[int, ...] = ()
    """Answers of a survey by grade, best first."""
    level: str | None = None
    """The band of a judgement (高, 中, 低)."""
    figures: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    """Figures by the rule's own names: rates in per cent (92.5), amounts in 万元. They go before the measures."""
    veto: bool = False
    """The ground of the item's one-vote veto was found."""
