"""Labels of a chart of lines, moved apart where they would lie on each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from core.render.words import width

_LINE = 1.3
"""Height of a line of words, of its size."""
_TAGS = re.compile("<[^>]*>")
_UP = {"bottom": 0.5, "middle": 0.0, "top": -0.5}
"""The middle of words above the point that they hang on, in their height."""
_RIGHT = {"left": 0.0, "center": -0.5, "right": -1.0}
"""Their left edge right of it, in their width."""
Along = Callable[[Any], float]


@dataclass(frozen=True)
class _Box:
    """Where a label stands, pixels from the lower left."""

    left: float
    right: float
    middle: float
    high: float


def apart(notes: Sequence[Mapping[str, Any]], x: Along, y: Along) -> list[Mapping[str, Any]]:
    """The labels, those that would lie on each other moved up or down. `x`, `y`: pixels of a value of either axis."""
    boxes = [_box(each, x, y) for each in notes]
    moved = list(notes)
    for group in _beside(boxes):
        group.sort(key=lambda at: boxes[at].middle)
        places = spread([boxes[at].middle for at in group], [boxes[at].high for at in group])
        for at, place in zip(group, places, strict=True):
            if shift := round(place - boxes[at].middle, 1):
                moved[at] = {**notes[at], "yshift": round(notes[at]["yshift"] + shift, 1)}
    return moved


def top(notes: Sequence[Mapping[str, Any]], y: Along) -> float:
    """Where the highest of the labels ends, pixels from the foot of the plot; 0 without any."""
    boxes = [_box(each, lambda _: 0.0, y) for each in notes]
    return max((each.middle + each.high / 2 for each in boxes), default=0.0)


def spread(middles: Sequence[float], heights: Sequence[float]) -> list[float]:
    """The middles (at least one) in rising order, moved as little as can be so that each stands clear of the one below.

    Those that touch are moved about their common mean: the least squares of a rising order (isotonic regression,
    pool adjacent violators).
    """
    offsets = list(accumulate(((low + high) / 2 for low, high in pairwise(heights)), initial=0.0))
    pools: list[list[float]] = []
    for middle, offset in zip(middles, offsets, strict=True):
        pools.append([middle - offset])
        while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    settled = [_mean(pool) for pool in pools for _ in pool]
    return [base + offset for base, offset in zip(settled, offsets, strict=True)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _box(note: Mapping[str, Any], x: Along, y: Along) -> _Box:
    size, lines = note["font"]["size"], note["text"].split("<br>")
    wide, high = max(width(_TAGS.sub("", line), size) for line in lines), size * _LINE * len(lines)
    left = x(note["x"]) + note["xshift"] + _RIGHT[note["xanchor"]] * wide
    return _Box(left, left + wide, y(note["y"]) + note["yshift"] + _UP[note["yanchor"]] * high, high)


def _beside(boxes: Sequence[_Box]) -> list[list[int]]:
    """The labels that share a stretch of the width, one with the next."""
    groups: list[list[int]] = []
    reach = float("-inf")
    for at in sorted(range(len(boxes)), key=lambda at: boxes[at].left):
        if boxes[at].left >= reach:
            groups.append([])
        groups[-1].append(at)
        reach = max(reach, boxes[at].right)
    return groups
