"""Whose paper it is: the line that says who may read it, and the watermark behind what a slide shows."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from core.briefing.deck.box import Box
from core.briefing.deck.layouts import FONTS
from core.briefing.deck.places import HIGH, MARGIN, WIDE, Places
from core.briefing.wrapping import width

LINE = 11
"""Points of the line that says who may read it."""
_LINE_WIDE, _LINE_HIGH, _LINE_TOP = 5.0, 0.22, 0.27
_LARGEST, _LEAST = 30, 16
"""Points of a watermark."""
_BOX = Box(1.2, 1.25, WIDE - 2.4, HIGH - 2.5)
"""Inches that it takes before it is turned."""
_ROWS, _TURN, _PALE = 3, -20, 10_000
"""How often it stands below each other, degrees, and how much of its ink there is (thousandths of a percent)."""
_APART = "\u2003" * 5
"""Between two of them on one line."""
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative val="1" '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"/></a:ext></a:extLst>'
)


def line_box(places: Places) -> Box:
    """Where the line stands: at the top right of our own slides, at the right of a foreign template's band."""
    if places.ours:
        return Box(WIDE - MARGIN - _LINE_WIDE, _LINE_TOP, _LINE_WIDE, _LINE_HIGH)
    band = places.band
    right = min(band.left + band.width, WIDE - MARGIN)
    return Box(right - _LINE_WIDE, band.top, _LINE_WIDE, band.height)


def put_watermark(slide: Any, text: str, language: str) -> None:
    """Lay the words behind all else on a slide, slanting and pale; `language`: zh-CN, en-US."""
    size, said = _fitting(text)
    properties = (
        f'<a:rPr lang="{language}" sz="{Pt(size).centipoints}"><a:solidFill><a:schemeClr val="tx1">'
        f'<a:alpha val="{_PALE}"/></a:schemeClr></a:solidFill>{FONTS.xml}</a:rPr>'
    )
    between = (_BOX.height * 72 - _ROWS * size * 1.2) / (_ROWS - 1)
    after = f'<a:spcAft><a:spcPts val="{round(between * 100)}"/></a:spcAft>'
    row = f"<a:r>{properties}<a:t>{escape(said)}</a:t></a:r></a:p>"
    rows = "".join(f'<a:p><a:pPr algn="ctr">{after if n < _ROWS - 1 else ""}</a:pPr>{row}' for n in range(_ROWS))
    tree = slide.shapes._spTree
    number = 1 + max(map(int, tree.xpath(".//p:cNvPr/@id")))
    left, top, wide, high = map(Inches, (_BOX.left, _BOX.top, _BOX.width, _BOX.height))
    shape = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="watermark">{_DECORATIVE}</p:cNvPr>'
        '<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr><a:xfrm rot="{(360 + _TURN) * 60_000}"><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
        '<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle/>{rows}</p:txBody></p:sp>"
    )
    tree.insert(2, shape)  # behind what the slide shows: the first two say what kind of tree it is


def _fitting(text: str) -> tuple[int, str]:
    """The largest size at which the words stand twice on a line, else once at the least."""
    twice = f"{text}{_APART}{text}"
    for size in range(_LARGEST, _LEAST - 1, -1):
        if width(twice, size) <= _BOX.width * 72:
            return size, twice
    return _LEAST, text
