"""SVG: the charts of a figure as pictures that need no script."""

from __future__ import annotations

import re

from core.figures.figure import FigurePanel, LineChart, Words, in_words
from core.render import typst
from core.render.time_axis import with_months
from core.text import render

_LONG = re.compile(r"\d+\.\d{3,}")
"""Digits that nobody sees, and that are a third of the file."""
_WIDE = re.compile(r' width="[^"]*" height="[^"]*"')


def charts(panel: FigurePanel, width: int, height: int) -> list[str]:
    """Draw each chart of a figure in its words and unit, so many pixels of a frame of 1600 wide and high.

    As wide as the place where they stand; what they say is for `panel.alt` beside them.
    """

    def say(words: Words, _: str = "") -> str:
        return render(words, panel.look.language, panel.look.unit)

    made = []
    for marks in typst.drawable(panel.figure):
        shown = in_words(marks, say)
        shown = with_months(shown, say) if isinstance(shown, LineChart) else shown
        size = {"width": width, "height": height}
        data = {**typst.locale(panel.look.language), **size, "chart": typst.chart(shown)}
        drawn = typst.draw(typst.ALONE, data, "svg").pages[0].decode()
        drawn = _LONG.sub(lambda found: f"{float(found[0]):.2f}", drawn)
        made.append(_WIDE.sub(' aria-hidden="true"', drawn, count=1))
    return made
