"""The square beside a 查验码: where the code opens, or the code itself while nobody has said where."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

from core.model.view_code import ViewCode

_DOT = 8
"""Pixels of a dot: sharp on paper up to 3 cm."""


def square(view_code: ViewCode) -> segno.QRCode:
    """The QR code, of medium error correction."""
    return _square(view_code.address or view_code.code)


def square_png(view_code: ViewCode) -> bytes:
    """A picture of it, with the quiet zone that readers need."""
    return _png(view_code.address or view_code.code)


@lru_cache(maxsize=64)
def _png(said: str) -> bytes:
    """Every slide of a deck carries the one of the deck."""
    stream = io.BytesIO()
    _square(said).save(stream, kind="png", scale=_DOT, border=2)
    return stream.getvalue()


def _square(said: str) -> segno.QRCode:
    return segno.make(said, error="m", micro=False)
