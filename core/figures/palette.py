"""Colours by meaning, and the bands that what is shown may need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.text import word

INK = "#1B2733"
QUIET = "#55626E"
LINE = "#D5DAE0"
TRACK = "#EDF0F3"
STRIP = "#F1F3F5"
PAPER = "#FFFFFF"
AXIS = "#8A94A0"
MONEY = "#12436D"
"""Money of the whole project."""
TIME = "#6B7785"
"""Time, and what is planned."""
UNPAID = "#D3D9DF"
"""未支付: neutral, no street's colour."""
DEDUCTED = "#8A5A00"
"""Points lost. Not red: in China red reads as up."""
TINT = "#8FA9BF"
"""The second part of what MONEY is of."""
CAUTION, CAUTION_PAPER = "#B35C00", "#FBF1E6"
"""What needs attention, always with a word, and the paper behind it."""

_STREETS = (
    "#12436D", "#28A197", "#801650", "#F46A25",
    "#3D3D3D", "#A285D1", "#4C7A34", "#B58900", "#6B8BA4", "#B0413E",
)  # fmt: skip

_PALEST = 0.18
"""How much of the colour the palest shade has."""

SCENARIO_BAND = word("测算值·非批复数")
RECONSTRUCTION_BAND = word("还原稿·非原表")


def shades(steps: int) -> tuple[str, ...]:
    """MONEY in so many steps, the palest first and the full colour last."""
    full, paper = (rgb(colour) for colour in (MONEY, PAPER))
    shares = [1.0] if steps == 1 else [_PALEST + (1 - _PALEST) * at / (steps - 1) for at in range(steps)]
    mixed = ((round(p + (f - p) * share) for f, p in zip(full, paper, strict=True)) for share in shares)
    return tuple("#" + "".join(f"{part:02X}" for part in each) for each in mixed)


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of a colour, 0 to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def street_colours(places: Sequence[str]) -> Mapping[str, str]:
    """One colour a street, by its place in the project's order, on every figure."""
    return {place: _STREETS[i % len(_STREETS)] for i, place in enumerate(places)}
