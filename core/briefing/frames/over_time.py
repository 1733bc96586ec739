"""The frame of two or more snapshots: 变化趋势."""

from __future__ import annotations

from dataclasses import replace

from core.briefing.frames.builder import FrameBuilder
from core.briefing.frames.frame import Frame
from core.briefing.frames.names import FRAME_NAMES
from core.errors import Message
from core.figures import over_time as figures_of
from core.figures.figure import Label, LineChart
from core.figures.palette import MONEY, QUIET, SCENARIO_BAND
from core.progress.trend import Trend
from core.text import word

_MOST_STRETCHES = 6


def trend(make: FrameBuilder, found: Trend, headline: Message) -> Frame:
    """变化趋势: payment by each as-of day against the planned line, and the pace between the days."""
    stretches = figures_of.stretches(make.facts, found.stretches, make.figures.one("needed_per_month"), _MOST_STRETCHES)
    return make.frame(
        "trend",
        FRAME_NAMES["trend"],
        headline,
        word("万元，万元/月"),
        Message("工期线：概算在计划工期内按天均摊；月均：两期累计支付之差÷其间月数"),
        charts=[make.chart(_curve(make, found)), make.chart(stretches.chart)],
        # The headline says when all will be paid, at the paces seen: an assumption.
        due=(SCENARIO_BAND,) if found.fastest.value is not None else (),
    )


def _curve(make: FrameBuilder, found: Trend) -> LineChart:
    """The page's curve, with the months and amounts of the newest points in place of the words of the newest."""
    chart = figures_of.curve(make.facts, found).marks
    assert isinstance(chart, LineChart)
    points = next(line.points for line in chart.lines if line.heavy)[-3:]
    newest = [
        Label(day, value, figures_of.month_and_amount(day, value), strong=n == 0, colour=MONEY if n == 0 else QUIET)
        for n, (day, value) in enumerate(reversed(points))
    ]
    said = [label.text for label in newest]
    others = (label for label in chart.labels if not label.strong and label.text not in said)
    return replace(chart, labels=(*newest, *others))
