"""Our own template for a report in English: headings count as English ones do, in letters of 12 points."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

_VALUE, _LINE = qn("w:val"), qn("w:line")
_NUMBERS = {"%1、": "%1.", "（%2）": "%1.%2", "附件%1": "Annex %1"}
_SIZES = {"32": "24", "44": "40"}
"""Half points: GB/T 9704 is for 汉字，and Latin letters of 16 points are those of a children's book."""
_LINES = {"560": "380", "480": "400"}
"""Twentieths of a point from line to line."""


def put_into_english(document: Any) -> None:
    """Change numbers (1., 1.1, Annex 1), sizes and lines in place."""
    for level in document.part.numbering_part.element.iter(qn("w:lvl")):
        text = level.find(qn("w:lvlText"))
        english = _NUMBERS.get(text.get(_VALUE))
        if english is not None:
            text.set(_VALUE, english)
            level.find(qn("w:numFmt")).set(_VALUE, "decimal")
            level.find(qn("w:suff")).set(_VALUE, "space")
    styles = document.styles.element
    for size in styles.iter(qn("w:sz"), qn("w:szCs")):
        size.set(_VALUE, _SIZES.get(size.get(_VALUE), size.get(_VALUE)))
    for lines in styles.iter(qn("w:spacing")):
        if _LINE in lines.attrib:
            lines.set(_LINE, _LINES.get(lines.get(_LINE), lines.get(_LINE)))
