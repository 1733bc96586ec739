"""Which style of another office's template stands for which of ours: by what it is called, or by its level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from docx.oxml.ns import qn

from core.briefing.report.template_file import Opened
from core.text import word

_CALLED: Mapping[str, tuple[str, ...]] = {
    "Title": ("title", "标题", "文档标题", "公文标题", "报告标题", "主标题", "大标题"),
    "Subtitle": ("subtitle", "副标题"),
    "Heading1": ("heading1", "标题1", "一级标题"),
    "Heading2": ("heading2", "标题2", "二级标题"),
    "BodyText": (
        "公文正文", "报告正文", "bodytextfirstindent", "正文首行缩进", "normalindent", "正文缩进", "bodytext",
        "正文文本", "normal", "正文",
    ),
    "ListNumber": ("listnumber", "列表编号", "编号列表", "listparagraph", "列表段落", "列出段落"),
    "Caption": ("caption", "题注", "图表标题"),
    "ContentsHeading": ("tocheading", "toc标题", "目录标题"),
    "TOC1": ("toc1", "目录1"),
    "TOC2": ("toc2", "目录2"),
    "Header": ("header", "页眉"),
    "Footer": ("footer", "页脚"),
    "TableGrid": ("tablegrid", "网格型", "表格网格型"),
}  # fmt: skip
"""What offices call the styles that stand for ours, the better ones first; the case and spaces do not count."""
EXPECTED = {
    "Title": word("标题"), "Heading1": word("标题1"), "Heading2": word("标题2"), "Caption": word("题注"),
    "TOC1": word("目录1"), "TOC2": word("目录2"), "TableGrid": word("表格网格"),
}  # fmt: skip
"""Names of the styles that a template is expected to have."""
_LEVELS = {"Heading1": "0", "Heading2": "1"}


def styles_of(found: Opened) -> dict[str, str]:
    """Ids of its styles by ours, as far as it has them; a list without a style of its own is written as the body."""
    document, styles = found.document, dict[str, str]()
    for ours_id, names in _CALLED.items():
        of = of_kind(document, "table" if ours_id == "TableGrid" else "paragraph")
        known: dict[str, str] = {}
        for each in of:
            for name in (said(each, "w:name"), *said(each, "w:aliases").split(","), id_of(each)):
                known.setdefault(_key(name), id_of(each))
        used = found.table if ours_id == "TableGrid" and found.table in map(id_of, of) else ""
        named = used or next((known[each] for each in names if each in known), "")
        if named or (named := _by_level(of, _LEVELS.get(ours_id), styles.values())):
            styles[ours_id] = named
    for kind, ours_id in (("paragraph", "Normal"), ("table", "TableNormal")):
        default = [id_of(each) for each in of_kind(document, kind) if each.get(qn("w:default")) in ("1", "true", "on")]
        styles[ours_id] = default[0] if default else ""
    if styles["Normal"]:
        styles.setdefault("BodyText", styles["Normal"])
    if "BodyText" in styles:
        styles.setdefault("ListNumber", styles["BodyText"])
    return styles


def _by_level(styles: Iterable[Any], level: str | None, taken: Iterable[str]) -> str:
    """A style that stands at that level of the outline, whatever it is called; ""."""
    if level is None:
        return ""
    at = [each for each in styles if each.xpath("string(./w:pPr/w:outlineLvl/@w:val)") == level]
    return next((id_of(each) for each in at if id_of(each) not in taken), "")


def _key(name: str) -> str:
    return re.sub(r"[\s_\-]", "", name).casefold()


def said(element: Any, name: str) -> str:
    """A value below an element; ""."""
    found = element.find(qn(name))
    return "" if found is None else str(found.get(qn("w:val"), ""))


def of_kind(document: Any, kind: str) -> list[Any]:
    """Its styles of paragraphs, or of tables."""
    return [each for each in document.styles.element.iter(qn("w:style")) if each.get(qn("w:type")) == kind]


def id_of(style: Any) -> str:
    """What a paragraph calls its style."""
    return str(style.get(qn("w:styleId")))
