"""The document that the report is written into: its styles by our names for them, its lists, fonts and sheets.

The report is written in the styles and lists of our own template. Where another one takes its place, they are
translated as they are put into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from core.briefing import theme
from core.briefing.report.fonts import fonts_of
from core.briefing.report.in_english import put_into_english
from core.briefing.report.numbers import HeadingNumbers
from core.briefing.theme import Tones
from core.errors import Message
from core.model.context import Language
from core.render.office import Fonts

OURS = Path(__file__).with_name("template.docx")
_FILLED = ".//w:t | .//w:drawing | .//w:pict | .//w:object | .//w:fldChar | .//w:fldSimple"
"""What a paragraph shows."""
_TURNED = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
"""Where each margin of a turned page was."""
PROBLEMS, REMEDIES = 3, 4
"""Numbers of the two lists in our template, each from 1."""
TABLE_LETTERS, SMALL_LETTERS = 21, 20
"""Half points of the letters of a table in our template."""
TWIPS = 1440 / 25.4
"""In a millimetre."""


@dataclass(frozen=True)
class Template:
    """A document without text, and what stands in it for what ours has."""

    document: Any
    styles: Mapping[str, str] = field(default_factory=dict)
    """Ids of its styles by ours, where they differ."""
    lists: Mapping[str, str] = field(default_factory=dict)
    """Numbers of its lists by ours, where they differ."""
    tones: Tones = field(default_factory=lambda: theme.OURS)
    """Its theme's colours by ours."""
    said: tuple[Message, ...] = ()
    """What the template lacks, and what stands there instead: a sentence each."""

    @property
    def section(self) -> Any:
        """Its only section, as the library has it."""
        return self.document.sections[0]

    def style(self, name: str) -> str:
        """Its style in place of that one of ours."""
        return self.styles.get(name, name)

    def element(self, xml: str) -> Any:
        """A piece of the report in its styles and lists."""
        return self._translated(parse_xml(xml))

    def _translated(self, root: Any) -> Any:
        for tag, known in (("w:pStyle", self.styles), ("w:tblStyle", self.styles), ("w:numId", self.lists)):
            for each in root.iter(qn(tag)):
                value = each.get(qn("w:val"))
                each.set(qn("w:val"), known.get(value, value))
        return root

    @property
    def fonts(self) -> Fonts:
        """Those of its body."""
        return fonts_of(self.document, self.style("BodyText"))

    @cached_property
    def bold_heads(self) -> bool:
        """Whether the headings of its tables are bold."""
        head = self.style("TableHead")
        return any(each.get(qn("w:styleId")) == head for each in self.document.styles.element.xpath("./*[w:rPr/w:b]"))

    def colour_charts(self) -> None:
        """Write our colours in the charts as those of its theme."""
        for each in self.document.part.rels.values():
            if each.reltype == RT.CHART:
                chart = parse_xml(each.target_part.blob)
                theme.follow(chart, self.tones)
                each.target_part.hold(serialize_part_xml(chart))

    def numbers(self) -> HeadingNumbers:
        """Counts its headings."""
        return HeadingNumbers(self.document.styles.element, self.document.part.numbering_part.element)

    def width(self, *, turned: bool = False) -> int:
        """Twips that a table may take on an upright page, or on one that is turned sideways."""
        size, room = self._sheet.find(qn("w:pgSz")), self._sheet.find(qn("w:pgMar"))
        whole = int(size.get(qn("w:h" if turned else "w:w")))
        sides = ("top", "bottom", "gutter") if turned else ("left", "right", "gutter")
        return whole - sum(abs(int(room.get(qn(f"w:{side}"), "0"))) for side in sides)

    @property
    def _sheet(self) -> Any:
        return self.section._sectPr

    def upright(self) -> Any:
        """The properties of a section whose first page, the cover, has a head and foot of its own."""
        self.section.different_first_page_header_footer = True
        return deepcopy(self._sheet)

    def sideways(self) -> Any:
        """The properties of a section that is turned sideways with its margins (GB/T 9704, 10.1), with the heads and
        feet of the pages before it."""
        made = deepcopy(self._sheet)
        for each in made.findall(qn("w:titlePg")):
            made.remove(each)
        size = made.find(qn("w:pgSz"))
        wide, high = size.get(qn("w:w")), size.get(qn("w:h"))
        size.set(qn("w:w"), high)
        size.set(qn("w:h"), wide)
        size.set(qn("w:orient"), "landscape")
        room = made.find(qn("w:pgMar"))
        turned = {side: room.get(qn(f"w:{_TURNED[side]}"), "0") for side in _TURNED}
        for side, wide in turned.items():
            room.set(qn(f"w:{side}"), wide)
        for line, side in (("header", "top"), ("footer", "bottom")):
            # Head and foot have to find room in what was a margin at a side.
            far = min(int(room.get(qn(f"w:{line}"), "0")), int(turned[side]) // 2)
            room.set(qn(f"w:{line}"), str(far))
        return made

    def first_head(self) -> Any:
        """The head of the first page."""
        self.section.different_first_page_header_footer = True
        head = self.section.first_page_header
        if head.is_linked_to_previous:
            head.is_linked_to_previous = False  # the library makes one, in a style as ours is called
            self._translated(head._element)
        return head

    def heads(self) -> Iterator[Any]:
        """The heads of all pages but the first."""
        yield self.section.header
        if self.document.settings.odd_and_even_pages_header_footer:
            yield self.section.even_page_header

    def add_line(self, part: Any, style: str, runs: str) -> None:
        """Write a line at the end of a head or a foot, in its last paragraph if that one is empty."""
        last = part.paragraphs[-1]._p
        made = self.element(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>')
        last.addnext(made)
        if not last.xpath(_FILLED):
            last.getparent().remove(last)

    def feet(self) -> Iterator[Any]:
        """The feet of all pages but the first."""
        yield self.section.footer
        if self.document.settings.odd_and_even_pages_header_footer:
            yield self.section.even_page_footer


def ours(language: Language = "zh_CN") -> Template:
    """Our own template, for a report in that language."""
    document = Document(str(OURS))
    if language == "en":
        put_into_english(document)
    return Template(document)
