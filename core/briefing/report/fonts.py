"""The fonts of a style, for what has to be told by name: charts and the watermark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from core.render.office import Fonts

_THEMES = {"major": "a:majorFont", "minor": "a:minorFont"}
_SCRIPT = "Hans"


def fonts_of(document: Any, style: str) -> Fonts:
    """The fonts that a paragraph style comes to: its own, those of what it stands on, or the document's."""
    said = list(_said(document.styles.element, style))
    latin = _first(document, said, "ascii", "asciiTheme", "a:latin") or "Times New Roman"
    return Fonts(latin, _first(document, said, "eastAsia", "eastAsiaTheme", "a:ea") or "宋体")


def _said(styles: Any, style: str) -> Iterator[Any]:
    """What is said of fonts, from the style to the document."""
    by_id = {each.get(qn("w:styleId")): each for each in styles.iter(qn("w:style"))}
    seen: set[str] = set()
    while style in by_id and style not in seen:
        seen.add(style)
        yield from by_id[style].findall(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        on = by_id[style].find(qn("w:basedOn"))
        style = "" if on is None else on.get(qn("w:val"))
    yield from styles.findall(f"{qn('w:docDefaults')}//{qn('w:rFonts')}")


def _first(document: Any, said: list[Any], named: str, themed: str, script: str) -> str:
    for each in said:
        place = each.get(qn(f"w:{themed}"), "")
        font = _of_theme(document, place[:5], script) if place else each.get(qn(f"w:{named}"), "")
        if font:
            return str(font)
    return ""


def _of_theme(document: Any, place: str, script: str) -> str:
    """A font of the theme; the one for Chinese where it names none for East Asia at large."""
    parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype == RT.THEME]
    found = parse_xml(parts[0].blob).find(f".//{qn(_THEMES[place])}") if parts and place in _THEMES else None
    if found is None:
        return ""
    font = str(found.find(qn(script)).get("typeface", ""))
    others = [each.get("typeface", "") for each in found.iter(qn("a:font")) if each.get("script") == _SCRIPT]
    return font or (others[0] if others and script == "a:ea" else "")
