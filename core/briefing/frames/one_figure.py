"""One figure by itself as a picture of 3:4, for a chat on a telephone."""

from __future__ import annotations

from core.briefing.content import BriefingContent
from core.briefing.frames import draw
from core.briefing.frames.builder import FrameBuilder
from core.briefing.frames.frame import Frame
from core.figures.figure import Figure
from core.figures.in_unit import of_money
from core.model.view_code import ViewCode
from core.render import typst
from core.text import word

TEMPLATE = "briefing/frames/phone.typ"
WIDE, HIGH = 1800, 2400
"""Pixels of the picture."""
_MOST_CHARTS = 2
"""Charts that find room below each other; the table has what the others show."""


def figure_frame(content: BriefingContent, figure: Figure, view_code: ViewCode | None = None) -> Frame:
    """The figure with its finding, its table and its foot, in the content's words."""
    make = FrameBuilder(content, view_code)
    charts = typst.drawable(figure)[:_MOST_CHARTS]
    whole = bool(figure.rows) and figure.rows[-1][0] in (word("合计"), word("全项目"))
    return make.frame(
        figure.id,
        str(figure.name),
        figure.finding or figure.name,
        str(figure.unit),
        figure.basis,
        charts=[make.chart(each, charts=len(charts), behind=0, money=of_money(figure)) for each in charts],
        tables=[make.table(figure.headings, figure.rows, last=whole)] if figure.rows else [],
        due=[figure.band] if figure.band else [],
        source=figure.source,
    )


def phone_png(frame: Frame) -> typst.Drawing:
    """The picture, with what its drawing says of itself."""
    return typst.draw(TEMPLATE, draw.data_of([frame]), "png", draw.PPI)
