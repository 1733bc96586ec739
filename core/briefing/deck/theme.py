"""Fonts and colours of the slides: in the theme, and again at every text, since WPS looks there first."""

from __future__ import annotations

import re
from typing import Any

from pptx import Presentation
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.presentation import Presentation as Slides
from pptx.util import Inches, Pt

from core.charts.frame import LINE, MONEY, street_colours

EAST_ASIAN = "微软雅黑"
LATIN = "Microsoft YaHei"
WIDE, HIGH = 13.333, 7.5
"""Inches: 16:9."""
TITLE_ONLY = "Title Only"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
FONTS = f'<a:latin typeface="{LATIN}"/><a:ea typeface="{EAST_ASIAN}"/>'
"""Of a text, as the format has them."""
_TEXTS = (qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr"))


def plain(text: str) -> str:
    """Text that XML can hold."""
    return _CONTROL.sub("", text)


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
    dress(master.element)
    return slides


def dress(tree: Any) -> None:
    """Set the fonts of every text in a slide, its notes or a chart."""
    for text in tree.iter(*_TEXTS):
        known = text.find(qn("a:ea"))
        if known is not None and known.get("typeface") == EAST_ASIAN:
            continue
        for old in text.findall(qn("a:latin")) + text.findall(qn("a:ea")):
            text.remove(old)
        latin, east = OxmlElement("a:latin"), OxmlElement("a:ea")
        latin.set("typeface", LATIN)
        east.set("typeface", EAST_ASIAN)
        after = [child for child in text if child.tag in _BEFORE]
        place = text.index(after[-1]) + 1 if after else 0
        text.insert(place, latin)
        text.insert(place + 1, east)


_BEFORE = frozenset(
    qn(f"a:{name}")
    for name in (
        "ln", "noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill", "effectLst", "effectDag",
        "highlight", "uLnTx", "uLn", "uFillTx", "uFill",
    )
)  # fmt: skip
"""What the schema wants before the fonts."""


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
