"""A report's template that somebody brings, emptied of what is not a template's."""

from __future__ import annotations

import io
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from core.briefing import template_file
from core.briefing.report.heads_and_feet import tidied
from core.errors import Message

_KEPT = frozenset((RT.STYLES, RT.NUMBERING, RT.THEME, RT.FONT_TABLE, RT.SETTINGS, RT.HEADER, RT.FOOTER))
"""What hangs on a document and is the template's; all else speaks of its text, or of who wrote it."""
_SETTINGS = frozenset(
    qn(f"w:{name}")
    for name in (
        "mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter",
        "gutterAtTop", "defaultTabStop", "autoHyphenation", "evenAndOddHeaders", "drawingGridHorizontalSpacing",
        "drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery",
        "characterSpacingControl", "noLineBreaksAfter", "noLineBreaksBefore", "compat", "themeFontLang",
        "clrSchemeMapping", "decimalSymbol", "listSeparator",
    )
)  # fmt: skip
"""Settings that change how a page looks, and no others."""
_A4, _MARGIN = (11906, 16838), "1440"
"""Twips: the sheet and its margins where a template says nothing of them."""


@dataclass(frozen=True)
class Opened:
    """A template without its text."""

    document: Any
    table: str
    """Id of the style of its first table; ""."""
    said: tuple[Message, ...]
    """What was left out of it, or is not as it was."""


def opened(content: bytes) -> Opened:
    """Open a template without its text and what hangs on it; styles, lists, theme, heads and feet stay.

    Raises NoTemplate.
    """
    found: Opened = template_file.opened(content, template_file.PAPER, _emptied)
    return found


def _emptied(stream: io.BytesIO) -> Opened:
    document = Document(stream)
    if RT.STYLES not in {rel.reltype for rel in document.part.rels.values()}:
        raise ValueError  # the library would bring its own
    body = document.element.body
    tables = body.xpath(".//w:tbl/w:tblPr/w:tblStyle/@w:val")
    section, turned = _last_upright(body)
    for each in list(body):
        body.remove(each)
    body.append(section)
    shown = set(section.xpath("./*/@r:id"))
    _drop(document.part, lambda key, rel: rel.reltype in _KEPT and (key in shown or not _on_pages(rel)))
    lost = [tidied(rel.target_part) for rel in document.part.rels.values() if _on_pages(rel)]
    _only_templates(document)
    said = [Message("模板没有竖向的页，最后一页转成竖向。")] if turned else []
    said += [Message("模板的页眉、页脚中指向别处的内容和页码以外的域未带入。")] if any(lost) else []
    return Opened(document, str(tables[0]) if tables else "", tuple(said))


def _on_pages(rel: Any) -> bool:
    return rel.reltype in (RT.HEADER, RT.FOOTER)


def _drop(part: Any, keep: Any) -> None:
    for key, rel in list(part.rels.items()):
        if rel.is_external or not keep(key, rel):
            del part.rels[key]


def _only_templates(document: Any) -> None:
    """Leave no setting, property or change behind that is about the text, or about somebody."""
    settings = document.settings.element
    for each in list(settings):
        if each.tag not in _SETTINGS:
            settings.remove(each)
    package = document.part.package
    _drop(package, lambda _, rel: rel.reltype in (RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES))
    for rel in document.part.rels.values():
        if rel.reltype in (RT.SETTINGS, RT.STYLES):
            _drop(rel.target_part, lambda *_: False)
        elif not _on_pages(rel):
            _drop(rel.target_part, lambda *_: True)
    about = document.core_properties
    about.category = about.content_status = about.identifier = about.keywords = about.subject = about.version = ""
    for root in (document.styles.element, *_lists(document)):
        for each in [each for each in root.iter() if str(each.tag).endswith("Change")]:
            each.getparent().remove(each)


def _lists(document: Any) -> Iterator[Any]:
    yield from (rel.target_part.element for rel in document.part.rels.values() if rel.reltype == RT.NUMBERING)


def _last_upright(body: Any) -> tuple[Any, bool]:
    """The sheet of the last section whose pages stand upright, with the heads and feet that it shows; whether it was
    turned for want of one.
    """
    shown: dict[tuple[str, str], Any] = {}
    found = last = None
    for each in body.iter(qn("w:sectPr")):
        if each.getparent().tag == qn("w:sectPrChange"):
            continue
        # Heads and feet are those of the section before where one has none of its own.
        shown |= {
            (ref.tag, ref.get(qn("w:type"))): ref for ref in each.xpath("./w:headerReference|./w:footerReference")
        }
        last = _sheet(each, shown)
        found = last if _wide(last) <= _high(last) else found
    if found is not None:
        return found, False
    made = last if last is not None else _sheet(OxmlElement("w:sectPr"), shown)
    size = made.find(qn("w:pgSz"))
    wide, high = sorted((_wide(made), _high(made)))
    turned = _wide(made) > wide
    size.set(qn("w:w"), str(wide))
    size.set(qn("w:h"), str(high))
    return made, turned


def _wide(section: Any) -> int:
    return int(section.find(qn("w:pgSz")).get(qn("w:w")))


def _high(section: Any) -> int:
    return int(section.find(qn("w:pgSz")).get(qn("w:h")))


def _sheet(section: Any, shown: dict[tuple[str, str], Any]) -> Any:
    """What a section says of its sheet and its running heads, and nothing of its columns, numbers or notes."""
    made = OxmlElement("w:sectPr")
    made.extend(deepcopy(each) for each in shown.values())
    size, room = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    made.append(OxmlElement("w:pgSz"))
    for name, usual in zip(("w:w", "w:h"), _A4, strict=True):
        made[-1].set(qn(name), str(usual) if size is None else size.get(qn(name), str(usual)))
    made.append(OxmlElement("w:pgMar"))
    for name in ("top", "right", "bottom", "left", "header", "footer", "gutter"):
        wanted = "0" if name == "gutter" else _MARGIN
        made[-1].set(qn(f"w:{name}"), wanted if room is None else room.get(qn(f"w:{name}"), wanted))
    made.extend(deepcopy(each) for name in ("w:titlePg", "w:docGrid") for each in section.findall(qn(name)))
    return made
