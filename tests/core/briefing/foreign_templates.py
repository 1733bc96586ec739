"""Templates as other offices have them: English names, other fonts and colours, other places, or fewer of them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

SECRET = "去年的方案"
LATIN, EAST_ASIAN = "Times New Roman", "楷体"
COLOURS = {
    "dk1": "202020", "lt1": "FFFFFF", "dk2": "3A2E5C", "lt2": "EFEAF7", "accent1": "6A3D9A", "accent2": "C2410C",
    "accent3": "0F766E", "accent4": "A16207", "accent5": "BE185D", "accent6": "4D7C0F",
}  # fmt: skip


def wide(change: Callable[[Any], None] = lambda _: None) -> bytes:
    """The library's own template, English and with all its layouts, on wide slides, in fonts and colours of its own."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(13.333), Inches(7.5)
    made.element.find(qn("p:sldSz")).attrib.pop("type", None)
    master = made.slide_master
    for owner in (master, *master.slide_layouts):
        for point in owner.element.iter(qn("a:off"), qn("a:ext")):
            for name in ("x", "cx"):
                if point.get(name) is not None:
                    point.set(name, str(round(int(point.get(name)) * 4 / 3)))
    themed(master)
    change(made)
    return saved(made)


def themed(master: Any, colours: dict[str, str] = COLOURS) -> None:
    """Give a master's theme fonts and colours of its own."""
    part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype == RT.THEME)
    root = etree.fromstring(part.blob)
    for name, value in colours.items():
        place = root.find(f".//{qn('a:clrScheme')}/{qn('a:' + name)}")
        for old in list(place):
            place.remove(old)
        etree.SubElement(place, qn("a:srgbClr"), val=value)
    for face in ("a:majorFont", "a:minorFont"):
        root.find(f".//{qn(face)}/{qn('a:latin')}").set("typeface", LATIN)
        root.find(f".//{qn(face)}/{qn('a:ea')}").set("typeface", EAST_ASIAN)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def placed(shape: Any, left: float, top: float, width: float, height: float) -> None:
    """Put a shape there; inches."""
    shape.left, shape.top, shape.width, shape.height = map(Inches, (left, top, width, height))


def layout(made: Any, name: str) -> Any:
    """The layout of that name."""
    return next(each for each in made.slide_layouts if each.name == name)


def decorated() -> bytes:
    """A line below low titles at the left, a bar of colour at the bottom with footers on it, a stripe at the side."""

    def change(made: Any) -> None:
        master = made.slide_master
        for each in (master, layout(made, "Title Only")):
            title = next(x for x in each.placeholders if x.placeholder_format.type == PP_PLACEHOLDER.TITLE)
            placed(title, 0.9, 0.35, 10.9, 0.7)
        drawn = master.shapes._spTree
        for left, top, width, height in ((0, 0, 0.35, 7.5), (0.9, 1.1, 11.5, 0.04), (0, 6.95, 13.333, 0.55)):
            drawn.append(block(len(drawn) + 100, left, top, width, height))
        placed(layout(made, "Title Slide").placeholders[0], 0.9, 0.6, 11.5, 1.2)
        placed(layout(made, "Title Slide").placeholders[1], 0.9, 1.9, 11.5, 1.5)
        layout(made, "Title Slide").element.set("showMasterSp", "0")
        white(master)

    return wide(change)


def white(master: Any) -> None:
    """White words in the footers of a master and its layouts: a bar of colour is behind them."""
    for owner in (master, *master.slide_layouts):
        for each in owner.placeholders:
            if each.placeholder_format.type in (
                PP_PLACEHOLDER.DATE,
                PP_PLACEHOLDER.FOOTER,
                PP_PLACEHOLDER.SLIDE_NUMBER,
            ):
                for fill in each._element.iter(qn("a:solidFill")):
                    for old in list(fill):
                        fill.remove(old)
                    fill.append(parse_xml(f'<a:schemeClr {nsdecls("a")} val="bg1"/>'))


def block(number: int, left: float, top: float, width: float, height: float) -> Any:
    """A rectangle in the first accent's colour; inches."""
    place = " ".join(f'{n}="{Inches(v)}"' for n, v in zip(("x", "y"), (left, top), strict=True))
    size = " ".join(f'{n}="{Inches(v)}"' for n, v in zip(("cx", "cy"), (width, height), strict=True))
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="block {number}"/><p:cNvSpPr/><p:nvPr/>'
        f"</p:nvSpPr><p:spPr><a:xfrm><a:off {place}/><a:ext {size}/></a:xfrm>"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
        "</p:spPr></p:sp>"
    )


def sparse() -> bytes:
    """One layout with a title and nothing else: no title slide, no date, no page numbers, no footer."""

    def change(made: Any) -> None:
        for each in list(made.slide_layouts):
            if each.name != "Title Only":
                made.slide_layouts.remove(each)
        for each in list(made.slide_layouts[0].placeholders):
            if each.placeholder_format.type != PP_PLACEHOLDER.TITLE:
                each._element.getparent().remove(each._element)
        placed(made.slide_layouts[0].placeholders[0], 0.9, 0.3, 11.5, 0.8)

    return wide(change)


def with_slides() -> bytes:
    """Somebody's last talk: slides with a chart, notes and a picture, a section, a thumbnail, an author."""

    def change(made: Any) -> None:
        for n in range(3):
            slide = made.slides.add_slide(layout(made, "Title and Content"))
            slide.shapes.title.text = f"{SECRET}{n}"
            slide.notes_slide.notes_text_frame.text = SECRET
            data = CategoryChartData()
            data.categories = [SECRET]
            data.add_series(SECRET, [1])
            box = [Inches(each) for each in (1, 2, 4, 3)]
            slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, data)
            slide.shapes.add_shape(MSO_SHAPE.OVAL, *box)
        ids = [each.get("id") for each in made.slides._sldIdLst]
        listed = "".join(f'<p14:sldId id="{each}"/>' for each in ids)
        office = "http://schemas.microsoft.com/office/powerpoint/2010/main"
        made.element.append(
            parse_xml(
                f'<p:extLst {nsdecls("p")}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><p14:sectionLst '
                f'xmlns:p14="{office}"><p14:section name="{SECRET}" id="{{6A0E2E0B-1B5C-4B53-8B0B-1F7D2F1B0001}}">'
                f"<p14:sldIdLst>{listed}</p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>"
            )
        )
        about = made.core_properties
        about.author = about.keywords = about.comments = about.title = SECRET

    return wide(change)


def saved(made: Any) -> bytes:
    """The file."""
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def fonts_of(content: bytes) -> set[str]:
    """The fonts that the first master's theme names."""
    master = Presentation(io.BytesIO(content)).slide_master
    part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype == RT.THEME)
    return set(re.findall(r'<a:(?:latin|ea) typeface="([^"]+)"', part.blob.decode()))
