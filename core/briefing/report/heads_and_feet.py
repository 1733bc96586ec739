"""Heads and feet of somebody's template: words, pictures and page numbers stay, and nothing that leads elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn

_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_LINK = "HYPERLINK"
_GONE = frozenset(
    qn(f"w:{name}")
    for name in (
        "del", "moveFrom", "object", "control", "altChunk", "subDoc", "commentRangeStart", "commentRangeEnd",
        "commentReference", "footnoteReference", "endnoteReference", "bookmarkStart", "bookmarkEnd", "permStart",
        "permEnd", "proofErr",
    )
)  # fmt: skip
"""Deleted words, objects of other programs, and marks of who worked on it."""
_ELSEWHERE = frozenset(qn(f"w:{name}") for name in ("object", "control", "altChunk", "subDoc"))
_WRAPPERS = ("w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:hyperlink", "w:sdtContent", "w:sdt")
_ABOUT_THEM = frozenset(qn(f"w:{name}") for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"))
_DRAWN = tuple(qn(f"w:{name}") for name in ("drawing", "pict", "object"))
_DRAWINGS = 5000
"""Above the numbers of the report's own drawings."""


def tidied(part: Any) -> bool:
    """Take away all that is not words, pictures or page numbers; whether something was lost by it."""
    root = part.element
    lost = False
    for each in [each for each in root.iter() if each.tag in _GONE or str(each.tag).endswith("Change")]:
        lost |= each.tag in _ELSEWHERE
        _remove(each)
    for each in [each for name in _WRAPPERS for each in root.iter(qn(name))]:
        _unwrap(each)
    for paragraph in list(root.iter(qn("w:p"))):
        lost |= _plain_fields(paragraph)
    for key, rel in list(part.rels.items()):
        if rel.is_external or rel.reltype != RT.IMAGE:
            del part.rels[key]
    for each in list(_leading_nowhere(root, part.rels)):
        around = [up for up in each.iterancestors(*_DRAWN)]
        link = str(each.tag).rpartition("}")[2].startswith("hlink")
        lost |= not link
        _remove(around[-1] if around and not link else each)
    if root.find(qn("w:p")) is None:
        root.append(OxmlElement("w:p"))
    return lost


def number_drawings(document: Any) -> None:
    """Give each drawing in heads and feet a number that no other one has."""
    parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype in (RT.HEADER, RT.FOOTER)]
    drawn = [each for part in parts for each in part.element.iter(f"{{{nsmap['wp']}}}docPr")]
    for number, each in enumerate(drawn, _DRAWINGS):
        each.set("id", str(number))


def has_page_number(part: Any) -> bool:
    """Whether a head or a foot counts its pages."""
    if part.is_linked_to_previous:
        return False
    root = part._element
    said = [each.text or "" for each in root.iter(qn("w:instrText"))]
    said += [each.get(qn("w:instr"), "") for each in root.iter(qn("w:fldSimple"))]
    return any(_name(each) == "PAGE" for each in said) or next(root.iter(qn("w:pgNum")), None) is not None


def on_the_first_page(section: Any) -> None:
    """Let the first page have the head and the foot of all others, where a template makes no difference."""
    if section.different_first_page_header_footer:
        return
    section.different_first_page_header_footer = True
    pairs = ((section.header, section.first_page_header), (section.footer, section.first_page_footer))
    for every, first in pairs:
        first.is_linked_to_previous = True
        if not every.is_linked_to_previous:
            first.is_linked_to_previous = False
            first.part._element = deepcopy(every.part.element)
            for key, rel in every.part.rels.items():
                first.part.load_rel(rel.reltype, rel.target_part, key)


def _name(instruction: str) -> str:
    return (instruction.split() or [""])[0].upper()


def _remove(element: Any) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _unwrap(element: Any) -> None:
    """Leave what stands in it where it stood."""
    parent = element.getparent()
    place = parent.index(element)
    inside = [each for each in element if each.tag not in _ABOUT_THEM]
    parent.remove(element)
    for each in reversed(inside):
        parent.insert(place, each)


def _plain_fields(paragraph: Any) -> bool:
    """Take away fields that are no page numbers, with what they show; a link's words stay. Whether there were any."""
    lost = False
    for each in [each for each in paragraph.iter(qn("w:fldSimple")) if _of(each, paragraph)]:
        name = _name(each.get(qn("w:instr"), ""))
        if name == _LINK:
            _unwrap(each)
        elif name not in _FIELDS:
            lost = True
            _remove(each)
    for name, runs, shown in _fields([each for each in paragraph.iter(qn("w:r")) if _of(each, paragraph)]):
        if name not in _FIELDS:
            lost |= name != _LINK
            for run in runs:
                if name != _LINK or run not in shown:
                    _remove(run)
    return lost


def _of(element: Any, paragraph: Any) -> bool:
    """Whether it stands in the paragraph itself, in no box that hangs on it."""
    return next(element.iterancestors(qn("w:p"))) is paragraph


def _fields(runs: list[Any]) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """The fields of a paragraph, inner ones first: name, all runs, and those with what it shows."""
    waiting: list[tuple[list[str], list[Any], list[Any]]] = []
    for run in runs:
        kinds = [each.get(qn("w:fldCharType")) for each in run.findall(qn("w:fldChar"))]
        if "begin" in kinds:
            waiting.append(([], [], []))
        for _, every, _ in waiting:
            every.append(run)
        if waiting:
            said, _, shown = waiting[-1]
            said += [each.text or "" for each in run.findall(qn("w:instrText"))]
            if not kinds and not run.findall(qn("w:instrText")):
                shown.append(run)
        if "end" in kinds and waiting:
            said, every, shown = waiting.pop()
            yield _name("".join(said)), every, shown
    for _, every, _ in waiting:  # one that never ends
        yield "", every, []


def _leading_nowhere(root: Any, known: Any) -> Iterator[Any]:
    """Elements that name a relationship which is not there."""
    start = f"{{{nsmap['r']}}}"
    for each in root.iter():
        if any(str(name).startswith(start) and value and value not in known for name, value in each.attrib.items()):
            yield each
