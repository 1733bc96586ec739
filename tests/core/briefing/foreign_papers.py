"""Word templates as other offices have them: other fonts, colours, margins and names of styles, or fewer of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from lxml import etree
from PIL import Image

SECRET = "去年的报告"
LATIN, EAST_ASIAN = "Arial", "楷体"
ACCENT = "6A3D9A"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHINESE: Mapping[str, tuple[str, str]] = {
    "Normal": ("a", "正文"), "Heading1": ("1", "标题 1"), "Heading2": ("2", "标题 2"), "Title": ("a3", "标题"),
    "Caption": ("a5", "题注"), "TableGrid": ("a6", "网格型"), "Header": ("a7", "页眉"), "Footer": ("a8", "页脚"),
}  # fmt: skip
"""Ids and names of styles in an office that calls them in Chinese."""


def office(change: Callable[[Any], None] = lambda _: None) -> bytes:
    """A letterhead with a picture on every page, counted headings, page numbers, wide margins, a theme of its own."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(35)
    section.top_margin, section.bottom_margin = Mm(40), Mm(30)
    themed(made)
    _head(made)
    _page_number(made)
    _counted(made)
    _in_chinese(made)
    change(made)
    return saved(made)


def english(change: Callable[[Any], None] = lambda _: None) -> bytes:
    """The library's own template: English names, no numbers of headings or pages, a letter's paper."""
    made = Document()
    themed(made)
    change(made)
    return saved(made)


def sparse() -> bytes:
    """One style and nothing else: no headings, lists, theme, fonts, heads or feet."""
    made = Document()
    part = made.part
    for key, rel in list(part.rels.items()):
        if rel.reltype in (RT.NUMBERING, RT.THEME, RT.FONT_TABLE):
            del part.rels[key]
    for each in list(made.styles.element.iter(qn("w:style"))):
        if each.get(qn("w:styleId")) != "Normal":
            each.getparent().remove(each)
    fonts = made.styles.element.find(f".//{qn('w:rFonts')}")
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, font in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", EAST_ASIAN)):
        fonts.set(qn(f"w:{name}"), font)
    return saved(made)


def with_text() -> bytes:
    """Somebody's last report: words, a table, a page turned sideways, comments, links, a field."""

    def change(made: Any) -> None:
        made.add_paragraph(SECRET)
        made.add_table(2, 2, style=made.styles["网格型"]).cell(0, 0).text = SECRET
        made.part.relate_to(f"https://example.org/{SECRET}", RT.HYPERLINK, is_external=True)
        made.part.relate_to(f"file:///{SECRET}.dotx", f"{_OFFICE}/attachedTemplate", is_external=True)
        text = f'<w:comments {nsdecls("w")}><w:comment w:id="0" w:author="{SECRET}"/></w:comments>'.encode()
        made.part.relate_to(Part(PackURI("/word/comments9.xml"), CT.WML_COMMENTS, text, made.part.package), RT.COMMENTS)
        last = made.add_section()
        last.orientation, last.page_width, last.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
        head = made.sections[0].header
        link = head.part.relate_to(f"https://example.org/{SECRET}", RT.HYPERLINK, is_external=True)
        head.paragraphs[0]._p.append(
            parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{link}"><w:r><w:t>网址</w:t></w:r></w:hyperlink>')
        )
        head.paragraphs[0]._p.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" TITLE "><w:r><w:t>{SECRET}</w:t></w:r></w:fldSimple>')
        )
        about = made.core_properties
        about.author = about.keywords = about.comments = about.title = about.last_modified_by = SECRET

    return office(change)


def themed(made: Any) -> None:
    """Give its theme fonts and a colour of its own, and let its words follow the theme."""
    part = next(rel.target_part for rel in made.part.rels.values() if rel.reltype == RT.THEME)
    root = etree.fromstring(part.blob)
    accent = root.find(f".//{qn('a:accent1')}")
    for old in list(accent):
        accent.remove(old)
    etree.SubElement(accent, qn("a:srgbClr"), val=ACCENT)
    for face in ("a:majorFont", "a:minorFont"):
        root.find(f".//{qn(face)}/{qn('a:latin')}").set("typeface", LATIN)
        root.find(f".//{qn(face)}/{qn('a:ea')}").set("typeface", EAST_ASIAN)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _head(made: Any) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (120, 30), "#6A3D9A").save(stream, "PNG")
    paragraph = made.sections[0].header.paragraphs[0]
    paragraph.add_run().add_picture(io.BytesIO(stream.getvalue()), Mm(40))
    paragraph.add_run(" 某市旧改办公室")


def _page_number(made: Any) -> None:
    made.sections[0].footer.paragraphs[0]._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _counted(made: Any) -> None:
    """第一章, 第一节: as its styles of headings count."""
    lists = made.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
        f'<w:pStyle w:val="{n + 1}"/><w:suff w:val="space"/><w:lvlText w:val="第%{n + 1}{what}"/>'
        '<w:lvlJc w:val="left"/></w:lvl>'
        for n, what in enumerate("章节")
    )
    form = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}'
    lists.insert(0, parse_xml(f"{form}</w:abstractNum>"))
    lists.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level, name in enumerate(("Heading1", "Heading2")):
        style = next(each for each in made.styles if each.style_id == name)
        numbered = style.element.get_or_add_pPr().get_or_add_numPr()
        numbered.get_or_add_ilvl().val = level
        numbered.get_or_add_numId().val = 90


def _in_chinese(made: Any) -> None:
    """Call its styles in Chinese, under ids that say nothing; those that nobody needs go."""
    root = made.styles.element
    for each in root.iter(qn("w:style")):
        new = _CHINESE.get(each.get(qn("w:styleId")))
        if new is not None:
            each.set(qn("w:styleId"), new[0])
            each.find(qn("w:name")).set(qn("w:val"), new[1])
    trees = (root, made.element, made.sections[0].header._element, made.sections[0].footer._element)
    names = ("w:basedOn", "w:next", "w:link", "w:pStyle", "w:tblStyle")
    for link in [each for tree in trees for each in tree.iter(*map(qn, names))]:
        link.set(qn("w:val"), _CHINESE.get(link.get(qn("w:val")), (link.get(qn("w:val")), ""))[0])


def saved(made: Any) -> bytes:
    """The file."""
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()
