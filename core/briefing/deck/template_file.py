"""A deck's template that somebody brings, emptied of what is not a template's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from core.briefing import template_file
from core.briefing.template_file import NoTemplate
from core.errors import Message

_WIDE, _HIGH = 13.333, 7.5
_SLACK = 0.01
_KEPT = frozenset(
    (RT.SLIDE_MASTER, RT.NOTES_MASTER, RT.HANDOUT_MASTER, RT.THEME, RT.PRES_PROPS, RT.TABLE_STYLES, RT.FONT)
)
"""What hangs on a presentation and is the template's; all else speaks of its slides, or of who made them."""
_LISTS = ("p:sldIdLst", "p:custShowLst", "p:custDataLst", "p:extLst", "p:smartTags", "p:photoAlbum")
"""What names slides, or parts that go with them."""


def opened(content: bytes) -> Any:
    """Open a template without its slides and what hangs on them; masters, layouts and themes stay.

    Raises NoTemplate.
    """
    presentation = template_file.opened(content, template_file.SLIDES, Presentation)
    wrong = _of_another_size(presentation)
    if wrong is not None:
        raise NoTemplate(wrong)
    _empty(presentation)
    return presentation


def _of_another_size(presentation: Any) -> Message | None:
    """The slides are laid out in inches: on a page of another size all would stand elsewhere."""
    wide, high = presentation.slide_width / 914400, presentation.slide_height / 914400
    if abs(wide - _WIDE) <= _SLACK and abs(high - _HIGH) <= _SLACK:
        return None
    return Message(
        "模板的页面是{wide}×{high}厘米，幻灯片按16:9宽屏（33.87×19.05厘米）排版。"
        "请在模板的“设计—幻灯片大小”里选“宽屏”，另存后再用。",
        {"wide": f"{wide * 2.54:.2f}", "high": f"{high * 2.54:.2f}"},
    )


def _empty(presentation: Any) -> None:
    root, part = presentation.element, presentation.part
    for name in _LISTS:
        for each in root.findall(qn(name)):
            root.remove(each)
    if not _has_notes(part):
        for each in root.findall(qn("p:notesMasterIdLst")):
            root.remove(each)
        _drop(part, lambda rel: rel.reltype == RT.NOTES_MASTER)
    _drop(part, lambda rel: rel.reltype not in _KEPT)
    for each in list(_reached(part)):
        _drop(each, lambda rel: not rel.is_external and rel.target_part.partname.startswith("/ppt/slides/"))
    # The picture of its first slide, and its slides' titles.
    package = part.package
    for key in [key for key, rel in package._rels.items() if rel.reltype.endswith(("/thumbnail", _ABOUT))]:
        package._rels.pop(key)
    about = presentation.core_properties
    about.category = about.comments = about.content_status = about.keywords = about.subject = about.title = ""
    if RT.NOTES_MASTER not in {rel.reltype for rel in part.rels.values()}:
        key = part.relate_to(part.notes_master_part, RT.NOTES_MASTER)
        listed = f'<p:notesMasterIdLst {nsdecls("p", "r")}><p:notesMasterId r:id="{key}"/></p:notesMasterIdLst>'
        root.find(qn("p:sldMasterIdLst")).addnext(parse_xml(listed))


_ABOUT = "/extended-properties"


def _has_notes(part: Any) -> bool:
    """Whether its notes pages have a place for notes."""
    masters = [rel.target_part for rel in part.rels.values() if rel.reltype == RT.NOTES_MASTER]
    return any(each.notes_master.element.xpath(".//p:ph[@type='body']") for each in masters)


def _drop(part: Any, those: Any) -> None:
    """Take away relationships, and the links and list entries that name them."""
    for key in [key for key, rel in part.rels.items() if those(rel)]:
        for each in part._element.xpath(f".//*[@r:id='{key}']") if hasattr(part, "_element") else ():
            each.getparent().remove(each)
        part.rels.pop(key)


def _reached(part: Any, seen: set[Any] | None = None) -> Iterator[Any]:
    """Masters and layouts, which may link to slides."""
    seen = seen if seen is not None else set()
    for rel in list(part.rels.values()):
        if not rel.is_external and rel.target_part not in seen:
            seen.add(rel.target_part)
            yield rel.target_part
            yield from _reached(rel.target_part, seen)
