"""Outlines with no more corners than a screen can show; neighbours keep the line between them in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.model.boundaries import Outlines, Point, Ring

RawRings = tuple[tuple[tuple[Point, ...], bool], ...]
"""Closed lines as a file has them, each with whether it is an outer one (else: a hole)."""
_GRIDS = (2000, 1000, 500, 250)
"""Cells across the whole map, the finest first; a screen has about 700 pixels for it."""
MOST_POINTS = 6000
"""Corners of a map, beyond which a coarser grid is taken."""
_LEAST = 3


def thinned(found: Mapping[str, RawRings]) -> Outlines:
    """Put every corner on a grid, and leave out those that fall together: equal corners stay equal.

    A part that is smaller than a cell is left out; a place of such parts alone has no rings.
    """
    every = [point for rings in found.values() for ring, _ in rings for point in ring]
    if not every:
        return {}
    west, south = min(x for x, _ in every), min(y for _, y in every)
    span = max(max(x for x, _ in every) - west, max(y for _, y in every) - south)
    made: Outlines = {}
    for cells in _GRIDS:
        step = span / cells
        made = {place: tuple(_on_grid(rings, (west, south), step)) for place, rings in found.items()}
        if sum(len(ring) for rings in made.values() for ring in rings) <= MOST_POINTS:
            break
    return made


def _on_grid(rings: RawRings, corner: Point, step: float) -> Iterable[Ring]:
    for ring, outer in rings:
        cells: list[tuple[int, int]] = []
        for x, y in ring if step else ():
            cell = (round((x - corner[0]) / step), round((y - corner[1]) / step))
            if not cells or cells[-1] != cell:
                cells.append(cell)
        while len(cells) > 1 and cells[0] == cells[-1]:
            cells.pop()
        area = _twice_area(cells)
        if len(cells) >= _LEAST and area:
            turned = cells if (area > 0) == outer else cells[::-1]
            yield tuple((round(corner[0] + x * step, 6), round(corner[1] + y * step, 6)) for x, y in turned)


def _twice_area(cells: list[tuple[int, int]]) -> int:
    """Twice the area within the line, positive where it runs against the clock."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(cells, cells[1:] + cells[:1], strict=True))
