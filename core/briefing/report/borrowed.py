"""A template of another office for the report: its styles by what they are for, and ours where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

from core.briefing import theme
from core.briefing.report.heads_and_feet import has_page_number, number_drawings, on_the_first_page
from core.briefing.report.lent import lend_lists, lend_styles
from core.briefing.report.numbers import HeadingNumbers
from core.briefing.report.page import field, run
from core.briefing.report.roles import EXPECTED, styles_of
from core.briefing.report.template import TWIPS, Template, ours
from core.briefing.report.template_file import opened
from core.briefing.template_file import NoTemplate
from core.briefing.theme import Tones
from core.errors import Message
from core.model.context import Language

_HEADINGS = {"Heading1": 0, "Heading2": 1}
_HEADINGS_LIST = "1"
"""The number of our list of headings."""
_NOT_IN_CONTENTS = ("Title", "CoverTitle", "Subtitle", "ContentsHeading", "Caption")
_NO_LEVEL = 9
_BEHIND_LEVEL = ("w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange")
"""What stands behind the level of the outline in a paragraph's properties."""
_LEAST = 110
"""Millimetres that a table needs, upright or turned sideways."""
_COLOURS = {"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"}
_NUMBER = run("— ") + field(" PAGE ", "1") + run(" —")


def borrowed(content: bytes, language: Language = "zh_CN") -> Template:
    """The report's template out of a file that somebody brings. Raises NoTemplate."""
    found, lender = opened(content), ours(language)
    document = found.document
    width = _width(document)
    _complete(document, lender.document)
    styles = styles_of(found)
    said = list(found.said)
    lacking = tuple(name for ours_id, name in EXPECTED.items() if ours_id not in styles)
    if lacking:
        said.append(Message("模板没有这些样式：{names}。用默认的样式代替，字体用模板的。", {"names": lacking}))
    counted = _counts(document, styles)
    if not counted:
        said.append(Message("模板的标题样式没有编号，由报告编号。"))
    lists = lend_lists(document, lender.document)
    lent = lend_styles(document, lender.document, styles, lists, width)
    styles |= lent
    _count(document, styles, lent, "" if counted else lists[_HEADINGS_LIST])
    _outline(document, styles)
    on_the_first_page(document.sections[0])
    number_drawings(document)
    return _numbered(Template(document, styles, lists, _tones(document), tuple(said)))


def _width(document: Any) -> int:
    """Twips of its text. Raises NoTemplate where a table finds no room, upright or turned sideways."""
    template = Template(document)
    least = min(template.width(), template.width(turned=True))
    if least < _LEAST * TWIPS:
        raise NoTemplate(
            Message(
                "模板的版心只有{room}毫米，表格放不下（至少{least}毫米）。请缩小模板的页边距。",
                {"room": round(least / TWIPS), "least": _LEAST},
            )
        )
    return template.width()


def _complete(document: Any, lender: Any) -> None:
    """Add the parts that a document may lack: empty ones, and our theme."""
    part = document.part
    there = {rel.reltype for rel in part.rels.values()}
    if RT.NUMBERING not in there:
        empty = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        name = PackURI("/word/numbering.xml")
        part.relate_to(NumberingPart(name, CT.WML_NUMBERING, empty, part.package), RT.NUMBERING)
    if RT.FONT_TABLE not in there:
        blob = f"<w:fonts {nsdecls('w')}/>".encode()
        part.relate_to(Part(PackURI("/word/fontTable.xml"), CT.WML_FONT_TABLE, blob, part.package), RT.FONT_TABLE)
    if RT.THEME not in there:
        blob = next(rel.target_part.blob for rel in lender.part.rels.values() if rel.reltype == RT.THEME)
        part.relate_to(Part(PackURI("/word/theme/theme1.xml"), CT.OFC_THEME, blob, part.package), RT.THEME)


def _counts(document: Any, styles: Mapping[str, str]) -> bool:
    """Whether its first heading counts by itself."""
    numbers = HeadingNumbers(document.styles.element, document.part.numbering_part.element)
    return "Heading1" in styles and bool(numbers.next(styles["Heading1"]))


def _style(document: Any, name: str) -> Any:
    return next(each for each in document.styles.element.iter(qn("w:style")) if each.get(qn("w:styleId")) == name)


def _count(document: Any, styles: Mapping[str, str], lent: Mapping[str, str], number: str) -> None:
    """Let headings count in that list; "": as the template has them, and a heading that is lent to it does not."""
    for ours_id, level in _HEADINGS.items():
        properties = _style(document, styles[ours_id]).get_or_add_pPr()
        if number:
            _put_number(properties, number, level)
        elif ours_id in lent and properties.numPr is not None:
            properties.remove(properties.numPr)
    for ours_id in _NOT_IN_CONTENTS:
        properties = _style(document, styles[ours_id]).get_or_add_pPr()
        if properties.numPr is None:  # it may stand on a heading
            _put_number(properties, "0", 0)


def _put_number(properties: Any, number: str, level: int) -> None:
    placed = properties.get_or_add_numPr()
    placed.get_or_add_ilvl().set(qn("w:val"), str(level))
    placed.get_or_add_numId().set(qn("w:val"), number)


def _outline(document: Any, styles: Mapping[str, str]) -> None:
    """Let headings, and nothing else, stand in the contents when an office program makes them anew."""
    for ours_id, level in {**_HEADINGS, "Annex": 0, **dict.fromkeys(_NOT_IN_CONTENTS, _NO_LEVEL)}.items():
        properties = _style(document, styles[ours_id]).get_or_add_pPr()
        for old in properties.findall(qn("w:outlineLvl")):
            properties.remove(old)
        made = OxmlElement("w:outlineLvl")
        made.set(qn("w:val"), str(level))
        properties.insert_element_before(made, *_BEHIND_LEVEL)


def _numbered(template: Template) -> Template:
    """Put the pages' numbers into the feet where neither head nor foot has them."""
    without = [
        foot
        for head, foot in zip(template.heads(), template.feet(), strict=True)
        if not has_page_number(head) and not has_page_number(foot)
    ]
    for foot in without:
        template.add_line(foot, "Footer", _NUMBER)
    if not without:
        return template
    return replace(template, said=(*template.said, Message("模板没有页码，页码加在页脚里。")))


def _tones(document: Any) -> Tones:
    """The colours of its theme."""
    part = next(rel.target_part for rel in document.part.rels.values() if rel.reltype == RT.THEME)
    said = document.settings.element.find(qn("w:clrSchemeMapping"))
    used = {}
    for name, usual in _COLOURS.items():
        wanted = usual if said is None else said.get(qn(f"w:{name}"), usual)
        used[name.replace("t1", "tx1").replace("t2", "tx2")] = wanted.replace("light", "lt").replace("dark", "dk")
    return theme.theme_of(part, used).tones()
