"""Figures by their names, as the pages print them."""

from __future__ import annotations

from core.briefing.content import BriefingContent, RoundScore
from core.figures.palette import RECONSTRUCTION_BAND
from core.text.how_computed import printed
from core.text.numbers import MISSING


def said(found: BriefingContent, name: str, basis: str | None = None) -> str:
    """The whole project's measure of that id and basis with its unit; — where undefined."""
    known = [m for m in found.figures.all if (m.id, m.place) == (name, None) and basis in (None, m.basis)]
    return str(printed(known[0])) if known else MISSING


def scored(title: str, score: RoundScore) -> str:
    """The caption of a table of scores; on a reconstruction it says so."""
    return f"{title}（{RECONSTRUCTION_BAND}）" if score.sheet.reconstruction else title
