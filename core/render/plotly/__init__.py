"""Plotly: figures on a screen, with their caption inside the picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import plotly.graph_objects as go

from core.figures.areas import Areas
from core.figures.figure import (
    Bars,
    DayBars,
    Dots,
    Figure,
    FigureLook,
    FigurePanel,
    LineChart,
    Pairs,
    ShareCurve,
    SmallMultiples,
    Spans,
    Stack,
)
from core.render.plotly import areas, bars, lines, milestones, pairs, plane
from core.render.plotly.canvas import Canvas
from core.render.plotly.stack import stack

_BY_MARKS: Mapping[type, Callable[[Canvas, Any], None]] = {
    Bars: bars.bars,
    SmallMultiples: bars.multiples,
    Stack: stack,
    Spans: bars.spans,
    LineChart: lines.line_chart,
    DayBars: milestones.milestones,
    Pairs: pairs.pairs,
    ShareCurve: plane.share_curve,
    Dots: plane.dots,
    Areas: areas.areas,
}
_BY_ID: Mapping[str, Callable[[Canvas, Any], None]] = {
    "payment_and_time": bars.with_whole,
    "funding": bars.one_in_another,
}
"""Figures that a screen draws otherwise than their marks are mostly drawn."""


@lru_cache(maxsize=128)
def drawn(panel: FigurePanel) -> go.Figure:
    """The figure of a panel, drawn once for all runs of a page that have the panel from a cache."""
    return draw(panel.figure, panel.look)


def draw(figure: Figure, look: FigureLook) -> go.Figure:
    """A figure for one screen."""
    canvas = Canvas(figure, look)
    _BY_ID.get(figure.id, _BY_MARKS[type(figure.marks)])(canvas, figure.marks)
    return canvas.drawn()
