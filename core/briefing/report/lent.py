"""Styles and lists of ours for a template that has none, in its own fonts and colours: a heavy letter becomes bold."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from core.briefing.report.roles import id_of, said

_OURS_ALONE = frozenset(("Normal", "DefaultParagraphFont", "TableNormal", "Heading3", "FooterEven"))
"""Styles of our template that the report does not write in."""
_HEAVY = frozenset(("黑体", "方正小标宋简体"))


def lend_lists(document: Any, lender: Any) -> dict[str, str]:
    """Copy our lists, which stand where the style of a paragraph has them; their numbers by ours."""
    into, out = document.part.numbering_part.element, lender.part.numbering_part.element
    forms = [int(each) for each in into.xpath("./w:abstractNum/@w:abstractNumId")]
    numbers = [int(each) for each in into.xpath("./w:num/@w:numId")]
    first_form, first_number = max(forms, default=-1) + 1, max(numbers, default=0) + 1
    made: dict[str, str] = {}
    for each in out.xpath("./w:abstractNum | ./w:num"):
        copy = deepcopy(each)
        if each.tag == qn("w:abstractNum"):
            copy.set(qn("w:abstractNumId"), str(first_form + int(each.get(qn("w:abstractNumId")))))
            for level in copy.findall(qn("w:lvl")):
                for own in (*level.findall(qn("w:pStyle")), *level.findall(qn("w:pPr"))):
                    level.remove(own)
            into.insert(len(into.xpath("./w:numPicBullet | ./w:abstractNum")), copy)
        else:
            number = each.get(qn("w:numId"))
            made[number] = str(first_number + int(number))
            copy.set(qn("w:numId"), made[number])
            form = copy.find(qn("w:abstractNumId"))
            form.set(qn("w:val"), str(first_form + int(form.get(qn("w:val")))))
            into.insert(len(into.xpath("./w:numPicBullet | ./w:abstractNum | ./w:num")), copy)
    return made


def lend_styles(
    document: Any, lender: Any, styles: Mapping[str, str], lists: Mapping[str, str], width: int
) -> dict[str, str]:
    """Copy our styles where it has none, for a text of so many twips; their ids by ours."""
    made: dict[str, str] = {}
    there = list(document.styles.element.iter(qn("w:style")))
    ids, names = {id_of(each) for each in there}, {said(each, "w:name") for each in there}
    known = {(id_of(each), said(each, "w:name")) for each in there}  # a template may be made of ours
    for each in lender.styles.element.iter(qn("w:style")):
        ours_id = id_of(each)
        if ours_id in styles or ours_id in _OURS_ALONE:
            continue
        if (ours_id, said(each, "w:name")) in known:
            made[ours_id] = ours_id
            continue
        copy = deepcopy(each)
        made[ours_id] = _free(ours_id, ids)
        copy.set(qn("w:styleId"), made[ours_id])
        copy.find(qn("w:name")).set(qn("w:val"), _free(said(each, "w:name"), names))
        _linked(copy, {**styles, **made}, lists)
        _plain(copy)
        for tab in copy.iter(qn("w:tab")):
            tab.set(qn("w:pos"), str(width))
        document.styles.element.append(copy)
    return made


def _linked(style: Any, styles: Mapping[str, str], lists: Mapping[str, str]) -> None:
    for link in style.xpath("./w:basedOn | ./w:next"):
        wanted = styles.get(link.get(qn("w:val")), "")
        if wanted:
            link.set(qn("w:val"), wanted)
        else:
            style.remove(link)
    for number in style.iter(qn("w:numId")):
        number.set(qn("w:val"), lists[number.get(qn("w:val"))])


def _free(name: str, taken: set[str]) -> str:
    """The name, or one made of it that nothing has yet."""
    found = next(each for n in range(len(taken) + 1) if (each := f"{name}{n or ''}") not in taken)
    taken.add(found)
    return found


def _plain(style: Any) -> None:
    """Take our fonts and colours away from a style."""
    for fonts in style.xpath("./w:rPr/w:rFonts"):
        letters = fonts.getparent()
        if fonts.get(qn("w:eastAsia")) in _HEAVY and letters.find(qn("w:b")) is None:
            letters.insert(1, OxmlElement("w:b"))
        letters.remove(fonts)
    for colour in style.xpath("./w:rPr/w:color"):
        colour.getparent().remove(colour)
