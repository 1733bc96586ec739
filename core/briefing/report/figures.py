"""Figures by their names, as the pages print them."""

from __future__ import annotations

from core.briefing.evaluation import Evaluation, Grid, Line, Result
from core.charts.frame import RECONSTRUCTION_BAND
from core.text.numbers import MISSING


def line(found: Evaluation, name: str, basis: str | None = None) -> Line | None:
    """The whole project's measure of that id and basis, or None."""
    for each in found.lines:
        m = each.measure
        if (m.id, m.place) == (name, None) and basis in (None, m.basis):
            return each
    return None


def said(found: Evaluation, name: str, basis: str | None = None) -> str:
    """Its value with its unit, without a space between the two; — where it is undefined."""
    known = line(found, name, basis)
    return MISSING if known is None else known.value.replace(" ", "")


def grid(found: Evaluation, name: str) -> Grid | None:
    """The table of that id, or None."""
    return next((each for each in found.grids if each.id == name), None)


def scored(title: str, result: Result) -> str:
    """The caption of a table of scores; on a reconstruction it says so."""
    return f"{title}({RECONSTRUCTION_BAND})" if result.sheet.reconstruction else title
