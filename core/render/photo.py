"""Photographs made small for a page: upright as they were taken, without what the camera wrote into them."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from core.figures.palette import PAPER

MOST = 900
"""Pixels of the longer side: 3 inches of a page at 300 dots an inch."""
_QUALITY = 85


@dataclass(frozen=True)
class Photo:
    """A photograph as .jpg, and its size in pixels."""

    jpeg: bytes
    wide: int
    high: int

    def within(self, width: float, height: float) -> tuple[float, float]:
        """The largest width and height that it has in a place, its shape kept."""
        scale = min(width / self.wide, height / self.high)
        return self.wide * scale, self.high * scale


def small(content: bytes) -> Photo | None:
    """A stored picture made small; None: it cannot be opened as one."""
    try:
        with Image.open(io.BytesIO(content)) as found:
            found.draft("RGB", (MOST, MOST))
            upright = ImageOps.exif_transpose(found).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    upright.thumbnail((MOST, MOST))
    paper = Image.new("RGB", upright.size, PAPER)
    paper.paste(upright, mask=upright)
    stream = io.BytesIO()
    paper.save(stream, "jpeg", quality=_QUALITY)
    return Photo(stream.getvalue(), *paper.size)
