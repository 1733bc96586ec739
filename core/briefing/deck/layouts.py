"""The slides in the making: the template's layouts by their role, and the places that a slide takes from its layout.

Colours and fonts are the template's: what is drawn in ours is written as a colour of the theme, so that another theme
restyles the deck.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from core.briefing import theme
from core.briefing.deck.box import Box
from core.briefing.deck.places import (
    CALLED,
    COVER_LINES,
    Places,
    Role,
    content_places,
    cover_places,
    lacking,
    of_ours,
)
from core.briefing.deck.template_file import opened
from core.briefing.template_file import NoTemplate
from core.errors import Message
from core.model.context import AmountUnit
from core.render.office import Fonts
from core.text.amounts import STORED

FONTS = Fonts("+mn-lt", "+mn-ea")
"""Those of the theme, at each text too: WPS looks there first."""
_OURS = Path(__file__).with_name("template.pptx")
_LAYOUTS: Mapping[Role, str] = {"cover": "封面", "content": "内容"}
_ON_EVERY_SLIDE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
"""Places that the library leaves to the layout."""


@dataclass(frozen=True)
class Slides:
    """A presentation in the making, and what its template wants where."""

    presentation: Any
    places: Mapping[Role, Places]
    tones: theme.Tones
    said: list[Message] = field(default_factory=list)
    """What the template lacks, and what stands elsewhere for it: a sentence each."""
    unit: AmountUnit = STORED
    """In which amounts are printed."""
    boxes: dict[tuple[Role, str], Box] = field(default_factory=dict)
    """Where the layouts have their places, as far as it was asked: the library looks it up each time."""
    left_out: dict[Role, list[Any]] = field(default_factory=dict)
    """What the library does not take over from a layout, ready to be."""

    def say(self, what: Message) -> None:
        """Add a sentence, once."""
        if what not in self.said:
            self.said.append(what)


def empty_deck(template: bytes | None = None) -> Slides:
    """A presentation without slides: 16:9, with the layouts, fonts and colours of a template, by default ours.

    Raises NoTemplate.
    """
    if template is None:
        ours = Presentation(str(_OURS))
        by_name = {each.name: each for each in ours.slide_layouts}
        return Slides(ours, {role: of_ours(by_name[name], role) for role, name in _LAYOUTS.items()}, theme.OURS)
    presentation = opened(template)
    content = content_places(presentation.slide_masters)
    if isinstance(content, Message):
        raise NoTemplate(content)
    cover = cover_places(presentation.slide_masters, content)
    master = content.layout.slide_master
    part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype == RT.THEME)
    used = theme.theme_of(part, master.element.find(qn("p:clrMap")).attrib)
    slides = Slides(presentation, {"cover": cover, "content": content}, used.tones(), lacking(cover, content))
    if used.dark:
        slides.say(Message("模板是深色底，图和表按浅色底设计：请逐页看一遍颜色。"))
    return slides


def add(slides: Slides, role: Role) -> Any:
    """Add a slide with all the places of its layout that are used, and a box for each line that has none."""
    places = slides.places[role]
    slide: Any = slides.presentation.slides.add_slide(places.layout)
    for each in list(slide.placeholders):
        called = places.taken.get(each.placeholder_format.idx)
        if called is None:
            take_away(each)
        else:  # the library calls them all "… Placeholder 3"
            each._element.nvSpPr.cNvPr.set("name", called)
    if role not in slides.left_out:
        slides.left_out[role] = list(_on_every_slide(places))
    tree = slide.shapes._spTree
    free = 1 + max(int(each.get("id")) for each in tree.iter(qn("p:cNvPr")))
    for number, each in enumerate(map(deepcopy, slides.left_out[role]), free):
        each.nvSpPr.cNvPr.set("id", str(number))
        tree.append(each)
    there = {each.get("name") for each in tree.iter(qn("p:cNvPr"))}
    for line, box in places.boxes.items():
        if CALLED[line] not in there and not (line == "document" and COVER_LINES in there):
            made = slide.shapes.add_textbox(*map(Inches, (box.left, box.top, box.width, box.height)))
            made.name = COVER_LINES if line == "document" else CALLED[line]
    return slide


def _on_every_slide(places: Places) -> Iterator[Any]:
    """Date, footer and number of a layout, without what they inherit from it."""
    for each in places.layout.placeholders:
        called = places.taken.get(each.placeholder_format.idx)
        if called is not None and each.placeholder_format.type in _ON_EVERY_SLIDE:
            made = deepcopy(each._element)
            made.nvSpPr.cNvPr.set("name", called)
            properties = made.spPr
            for inherited in list(properties):
                properties.remove(inherited)
            style = made.txBody.find(qn("a:lstStyle"))
            for inherited in list(style if style is not None else ()):
                style.remove(inherited)
            yield made


def box_of(slides: Slides, role: Role, shape: Any) -> Box:
    """Where a shape stands: its own box, or that of its place in the layout. Inches."""
    found = shape._element.find(f".//{qn('p:ph')}")
    if found is None or shape._element.spPr.find(qn("a:xfrm")) is not None:
        return _box(shape)
    key = role, found.get("idx", "0")
    if key not in slides.boxes:
        slides.boxes[key] = _box(shape)
    return slides.boxes[key]


def _box(shape: Any) -> Box:
    inch = Inches(1)
    return Box(shape.left / inch, shape.top / inch, shape.width / inch, shape.height / inch)


def place(slide: Any, name: str) -> Any:
    """The place of a slide that is called so."""
    # `slide.shapes` asks each of its shapes by XPath what it is, which takes most of a deck's time.
    found = next(x for x in slide.shapes._spTree if any(y.get("name") == name for y in x.iter(qn("p:cNvPr"))))
    return slide.shapes._shape_factory(found)


def move(shape: Any, box: Box) -> None:
    """Let a place stand elsewhere than its layout has it."""
    shape.left, shape.top, shape.width, shape.height = map(Inches, (box.left, box.top, box.width, box.height))


def take_away(shape: Any) -> None:
    """Leave out a place that nothing is said in: else it asks for text."""
    shape._element.getparent().remove(shape._element)


def number(slide: Any, position: int) -> None:
    """Write the slide's number as a field, which follows when slides are moved."""
    body = place(slide, CALLED["number"]).text_frame._txBody
    if body.find(".//" + qn("a:fld")) is None:
        for old in body.findall(qn("a:p")):
            body.remove(old)
        shown = f'<a:rPr lang="zh-CN" sz="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>{FONTS.xml}</a:rPr>'
        known = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
        field = f'<a:fld id="{known}" type="slidenum">{shown}<a:t>1</a:t></a:fld>'
        body.append(parse_xml(f'<a:p {nsdecls("a")}><a:pPr algn="r"/>{field}</a:p>'))
    next(body.iter(qn("a:fld"))).find(qn("a:t")).text = str(position)


def follow_theme(slides: Slides) -> None:
    """Write our colours as those of the theme, on all slides, their notes and charts."""
    for tree in _trees(slides.presentation):
        theme.follow(tree, slides.tones)


def _trees(presentation: Any) -> Iterator[Any]:
    for slide in presentation.slides:
        yield slide._element
        if slide.has_notes_slide:
            yield slide.notes_slide._element
        for relation in slide.part.rels.values():
            if relation.reltype == RT.CHART:
                yield relation.target_part._element
