"""The square beside a 查验码: where the code opens, or the code itself while nobody has said where."""

from __future__ import annotations

import io

import segno

from core.model.view_code import ViewCode

_DOT = 8
"""Pixels of a dot: sharp on paper up to 3 cm."""


def square(view_code: ViewCode) -> segno.QRCode:
    """The QR code, of medium error correction."""
    return segno.make(view_code.address or view_code.code, error="m", micro=False)


def square_png(view_code: ViewCode) -> bytes:
    """The same as a picture, with the quiet zone that readers need."""
    stream = io.BytesIO()
    square(view_code).save(stream, kind="png", scale=_DOT, border=2)
    return stream.getvalue()
