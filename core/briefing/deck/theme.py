"""Fonts and colours of the slides: in the theme, and again at every text, since WPS looks there first."""

from __future__ import annotations

from typing import Any

from pptx import Presentation
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.presentation import Presentation as Slides
from pptx.util import Inches, Pt

from core.figures.palette import LINE, MONEY, street_colours
from core.render.office import Fonts, dress

EAST_ASIAN = "微软雅黑"
LATIN = "Microsoft YaHei"
WIDE, HIGH = 13.333, 7.5
"""Inches: 16:9."""
TITLE_ONLY = "Title Only"
FONTS = Fonts(LATIN, EAST_ASIAN)


def empty_deck() -> Slides:
    """A presentation without slides: 16:9, one layout (a title), our fonts and colours."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = Inches(WIDE), Inches(HIGH)
    for layout in list(slides.slide_layouts):
        if layout.name != TITLE_ONLY:
            slides.slide_layouts.remove(layout)
    master = slides.slide_master
    for holder in master.placeholders:
        # Made for 4:3: the same places on the wider slide. The layout follows its master.
        holder.left, holder.width = int(holder.left * 4 / 3), int(holder.width * 4 / 3)
    title = master.placeholders[0]
    title.left, title.top, title.width, title.height = Inches(0.5), Inches(0.45), Inches(WIDE - 1), Inches(0.9)
    for style in master.element.iter(qn("p:titleStyle")):
        for level in style:
            level.set("algn", "l")
            for each in level.iter(qn("a:defRPr")):
                each.set("sz", str(Pt(26).centipoints))
    _dress_theme(master.part)
    _dress_theme(slides.notes_master.part)
    dress(master.element, FONTS)
    return slides


def _dress_theme(owner: Any) -> None:
    part = next(rel.target_part for rel in owner.rels.values() if rel.reltype.endswith("/theme"))
    # The library reads the slides' theme as bytes and makes the notes' theme as a tree.
    tree = getattr(part, "_element", None)
    parsed = parse_xml(part.blob) if tree is None else tree
    _fonts_and_colours(parsed)
    if tree is None:
        part.blob = serialize_part_xml(parsed)


def _fonts_and_colours(theme: Any) -> None:
    for fonts in (*theme.iter(qn("a:majorFont")), *theme.iter(qn("a:minorFont"))):
        fonts.find(qn("a:latin")).set("typeface", LATIN)
        fonts.find(qn("a:ea")).set("typeface", EAST_ASIAN)
        for script in fonts.findall(qn("a:font")):
            if script.get("script") == "Hans":
                script.set("typeface", EAST_ASIAN)
    accents = list(street_colours(tuple("123456")).values())
    colours = {f"accent{n}": colour for n, colour in enumerate(accents, 1)} | {"dk2": MONEY, "lt2": LINE}
    for scheme in theme.iter(qn("a:clrScheme")):
        for name, colour in colours.items():
            holder = scheme.find(qn(f"a:{name}"))
            for old in list(holder):
                holder.remove(old)
            value = OxmlElement("a:srgbClr")
            value.set("val", colour.removeprefix("#"))
            holder.append(value)
