"""A place on a slide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A place on the slide, inches."""

    left: float
    top: float
    width: float
    height: float

    def columns(self, share: float, gap: float = 0.3) -> tuple[Box, Box]:
        """The left part, which takes that share, and the right one."""
        first = (self.width - gap) * share
        rest = self.width - gap - first
        return (
            Box(self.left, self.top, first, self.height),
            Box(self.left + first + gap, self.top, rest, self.height),
        )

    def rows(self, height: float, gap: float = 0.15) -> tuple[Box, Box]:
        """The upper part of that height, and the lower one."""
        upper = min(height, self.height)
        lower = max(self.height - upper - gap, 0.0)
        return (
            Box(self.left, self.top, self.width, upper),
            Box(self.left, self.top + self.height - lower, self.width, lower),
        )
