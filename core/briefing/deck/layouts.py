"""The template of the slides: its layouts by their role, and the places that a slide takes from its layout.

Colours and fonts are the template's: what is drawn in ours is written as a colour of the theme, so that another theme
restyles the deck.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, Literal

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Slides

from core.figures.palette import INK, LINE, MONEY, PAPER, QUIET, STRIP, TIME, TINT, TRACK
from core.render.office import Fonts

WIDE = 13.333
"""Inches of a slide: 16:9."""
FONTS = Fonts("+mn-lt", "+mn-ea")
"""Those of the theme, at each text too: WPS looks there first."""
_OURS = Path(__file__).with_name("template.pptx")

Role = Literal["cover", "content"]
Line = Literal["kind", "below", "day", "as_of", "scope", "footer", "number", "document"]
_LAYOUTS: Mapping[Role, str] = {"cover": "封面", "content": "内容"}
_PLACES: Mapping[Line, str] = {
    "kind": "类别占位符", "below": "副标题占位符", "day": "日期占位符", "footer": "页脚占位符", "number": "页码占位符",
    "document": "副标题占位符", "as_of": "日期文字占位符", "scope": "范围占位符",
}  # fmt: skip
_ON_EVERY_SLIDE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
"""Places that the library leaves to the layout."""


def empty_deck() -> Slides:
    """A presentation without slides: 16:9, with our layouts, fonts and colours."""
    return Presentation(str(_OURS))


def add(slides: Slides, role: Role) -> Any:
    """Add a slide with all the places of its layout."""
    layout: Any = next(each for each in slides.slide_layouts if each.name == _LAYOUTS[role])
    slide: Any = slides.slides.add_slide(layout)
    # The library calls them all "… Placeholder 3".
    of_layout = {each.placeholder_format.idx: each.name for each in layout.placeholders}
    for each in slide.placeholders:
        each._element.nvSpPr.cNvPr.set("name", of_layout[each.placeholder_format.idx])
    for each in layout.placeholders:
        if each.placeholder_format.type in _ON_EVERY_SLIDE:
            made = deepcopy(each._element)
            made.nvSpPr.cNvPr.set("id", str(1 + max(map(int, slide.shapes._spTree.xpath(".//p:cNvPr/@id")))))
            properties = made.spPr
            for inherited in list(properties):
                properties.remove(inherited)
            style = made.txBody.find(qn("a:lstStyle"))
            for inherited in list(style):
                style.remove(inherited)
            slide.shapes._spTree.append(made)
    return slide


def place(slide: Any, line: Line) -> Any:
    """The place of a slide that is meant for it."""
    return next(each for each in slide.placeholders if each.name == _PLACES[line])


def take_away(shape: Any) -> None:
    """Leave out a place that nothing is said in: else it asks for text."""
    shape._element.getparent().remove(shape._element)


def number(slide: Any, position: int) -> None:
    """Write the slide's number as a field, which follows when slides are moved."""
    text = place(slide, "number").text_frame._txBody.find(".//" + qn("a:t"))
    text.text = str(position)


_OF_THEME: Mapping[str, str] = {
    INK: "tx1", PAPER: "bg1", QUIET: "tx2", STRIP: "bg2", TRACK: "bg2", LINE: "bg2", MONEY: "accent1",
    "#28A197": "accent2", "#801650": "accent3", "#F46A25": "accent4", TINT: "accent5", TIME: "accent6",
}  # fmt: skip
_DARKER: Mapping[str, int] = {LINE: 90_000, TRACK: 97_000}


def follow_theme(slides: Slides) -> None:
    """Write our colours as those of the theme, on all slides, their notes and charts."""
    for tree in _trees(slides):
        for colour in list(tree.iter(qn("a:srgbClr"))):
            ours = f"#{colour.get('val')}"
            if ours in _OF_THEME:
                colour.getparent().replace(colour, _scheme(ours))


def _trees(slides: Slides) -> Iterator[Any]:
    for slide in slides.slides:
        yield slide._element
        if slide.has_notes_slide:
            yield slide.notes_slide._element
        for shape in slide.shapes:
            if shape.has_chart:
                yield shape.chart._chartSpace


def _scheme(ours: str) -> Any:
    darker = f'<a:lumMod val="{_DARKER[ours]}"/>' if ours in _DARKER else ""
    return parse_xml(f'<a:schemeClr {nsdecls("a")} val="{_OF_THEME[ours]}">{darker}</a:schemeClr>')
