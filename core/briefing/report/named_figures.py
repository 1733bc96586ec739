"""Figures by their names, as the pages print them."""

from __future__ import annotations

from core.briefing.content import BriefingContent, RoundScore
from core.errors import Message
from core.figures.figure import Words
from core.figures.palette import RECONSTRUCTION_BAND
from core.text import word
from core.text.how_computed import printed
from core.text.numbers import MISSING

POINTS = word("分")
"""Unit of scores."""


def said(found: BriefingContent, name: str, basis: str | None = None) -> Words:
    """The whole project's measure of that id and basis with its unit; — where undefined."""
    known = [m for m in found.figures.all if (m.id, m.place) == (name, None) and basis in (None, m.basis)]
    return printed(known[0]) if known else MISSING


def scored(title: Words, score: RoundScore) -> Words:
    """The caption of a table of scores; on a reconstruction it says so."""
    with_band = Message("{title}（{band}）", {"title": title, "band": RECONSTRUCTION_BAND})
    return with_band if score.sheet.reconstruction else title
