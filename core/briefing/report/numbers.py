"""Numbers that headings count by themselves, as the document's lists and styles have them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "零一二三四五六七八九"
_CHINESE = ("chinese", "taiwanese", "japanese", "ideograph")
_PLACE = re.compile(r"%([1-9])")


class HeadingNumbers:
    """The numbers of a document's headings, from the first to the last."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        self._styles = {each.get(qn("w:styleId")): each for each in styles.iter(qn("w:style"))}
        self._numbering = numbering
        self._counted: dict[str, list[int]] = defaultdict(lambda: [0] * 9)

    def next(self, style: str) -> str:
        """The number of the next heading of a style, with what stands behind it; "" where it has none."""
        list_id, depth = self._place(style)
        levels = self._levels(list_id)
        if depth not in levels:
            return ""
        counted = self._counted[list_id]
        counted[depth] += 1
        counted[depth + 1 :] = [0] * (8 - depth)
        level = levels[depth]
        legal = level.find(qn("w:isLgl")) is not None
        shown = _PLACE.sub(
            lambda found: _written(levels, int(found[1]) - 1, counted, legal=legal), _said(level, "w:lvlText")
        )
        return shown if _said(level, "w:suff") == "nothing" else f"{shown} "

    def _place(self, style: str) -> tuple[str, int]:
        """The list of a style and its level there; "" for none. A style has it from the one it stands on, too."""
        list_id, depth, here = "", "", style
        seen: set[str] = set()
        while here in self._styles and here not in seen and not list_id:
            seen.add(here)
            found = self._styles[here]
            numbered = found.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if numbered is not None:
                depth = depth or _said(numbered, "w:ilvl")
                list_id = _said(numbered, "w:numId")
            here = _said(found, "w:basedOn")
        linked = [n for n, each in self._levels(list_id).items() if _said(each, "w:pStyle") == style]
        return list_id, linked[0] if linked else int(depth or 0)

    def _levels(self, list_id: str) -> dict[int, Any]:
        of = [each for each in self._numbering.iter(qn("w:num")) if each.get(qn("w:numId")) == list_id]
        name = _said(of[0], "w:abstractNumId") if of else ""
        every = list(self._numbering.iter(qn("w:abstractNum")))
        found = [each for each in every if each.get(qn("w:abstractNumId")) == name]
        link = _said(found[0], "w:numStyleLink") if found else ""
        if link:
            found = [each for each in every if _said(each, "w:styleLink") == link]
        return {int(each.get(qn("w:ilvl"))): each for each in (found[0] if found else ()) if each.tag == qn("w:lvl")}


def _said(element: Any, name: str) -> str:
    found = element.find(qn(name))
    return "" if found is None else str(found.get(qn("w:val"), ""))


def _written(levels: dict[int, Any], depth: int, counted: list[int], *, legal: bool) -> str:
    """A level's number in the form that the level asks for; `legal`: in Arabic figures whatever it asks for."""
    level = levels.get(depth)
    form = "decimal" if level is None or legal else _said(level, "w:numFmt")
    begun = int(_said(level, "w:start") or 1) if level is not None else 1
    number = max(counted[depth], 1) + begun - 1
    if form.startswith(_CHINESE):
        return numeral(number)
    if form.endswith("Letter"):
        letter = chr(ord("A") + (number - 1) % 26)
        return letter if form.startswith("upper") else letter.lower()
    return str(number)


def numeral(number: int) -> str:
    """1..99 in Chinese: 一，十，十二，二十一."""
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return before + (_DIGITS[ones] if ones else "")
