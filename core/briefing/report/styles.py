"""Look of the report: A4 after GB/T 9704 (margins 37/35/28/26 mm, body 16 pt 仿宋, 28 pt lines), numbered headings.

Every font is named for East Asian text too (w:eastAsia): without it Word falls back to a Japanese one. The template
that the library brings is emptied of its styles and lists, so that nothing of it shows.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

BODY, HEAVY, CURSIVE, TITLE, PLAIN = "仿宋", "黑体", "楷体", "方正小标宋简体", "宋体"
LATIN = "Times New Roman"
TWIPS = 1440 / 25.4
"""In a millimetre."""
A4 = (210, 297)
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
PROBLEMS, REMEDIES = 3, 4
"""Numbers of the two lists, each from 1."""


def upright() -> int:
    """Twips that a table may take on an upright page."""
    return round((A4[0] - LEFT - RIGHT) * TWIPS)


def sideways() -> int:
    """Twips that a table may take on a page turned sideways."""
    return round((A4[1] - LEFT - RIGHT) * TWIPS)


def dress(document: Any) -> None:
    """Put the report's styles and lists in place of the template's."""
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    made = parse_xml(f"<w:styles {nsdecls('w')}>{_defaults()}{''.join(_styles())}</w:styles>")
    styles.extend(list(made))
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    numbering.extend(list(parse_xml(f"<w:numbering {nsdecls('w')}>{_lists()}</w:numbering>")))


def page_setup(references: Any, *, landscape: bool, first_plain: bool) -> Any:
    """A section's properties; `references` are its headers and footers."""
    width, height = (A4[1], A4[0]) if landscape else A4
    turned = ' w:orient="landscape"' if landscape else ""
    made = parse_xml(
        f"<w:sectPr {nsdecls('w')}>"
        f'<w:pgSz w:w="{round(width * TWIPS)}" w:h="{round(height * TWIPS)}"{turned}/>'
        f'<w:pgMar w:top="{_mm(TOP)}" w:bottom="{_mm(BOTTOM)}" w:left="{_mm(LEFT)}" w:right="{_mm(RIGHT)}"'
        f' w:header="{_mm(15)}" w:footer="{_mm(25)}" w:gutter="0"/>'
        f"{'<w:titlePg/>' if first_plain else ''}</w:sectPr>"
    )
    for number, each in enumerate(references):
        made.insert(number, deepcopy(each))
    return made


def _mm(value: int) -> int:
    return round(value * TWIPS)


def _fonts(east: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{east}"/>'


def _run(east: str, half_points: int, *, bold: bool = False, colour: str = "") -> str:
    tint = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'<w:rPr>{_fonts(east)}{"<w:b/>" if bold else ""}{tint}<w:sz w:val="{half_points}"/></w:rPr>'


def _defaults() -> str:
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(BODY)}<w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )


def _style(
    name: str, key: str, paragraph: str = "", run: str = "", *, based: str = "Normal", following: str = ""
) -> str:
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/>{after}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr>{run}</w:style>"
    )


def _heading(level: int, run: str) -> str:
    numbered = f'<w:keepNext/><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    lines = '<w:spacing w:before="120" w:line="560" w:lineRule="exact"/>'
    outline = f'<w:outlineLvl w:val="{level}"/>'
    return _style(f"heading {level + 1}", f"Heading{level + 1}", numbered + lines + outline, run, following="BodyText")


_LINES = '<w:spacing w:line="560" w:lineRule="exact"/>'
_CLOSE = '<w:spacing w:line="480" w:lineRule="exact"/>'
"""So that the contents of the whole outline stand on one page."""
_TO_PAGE = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{upright()}"/></w:tabs>'
"""Dots from a heading to its page."""
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _styles() -> list[str]:
    return [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>",
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr></w:style>",
        _style("Body Text", "BodyText", f'{_LINES}{_INDENT}<w:jc w:val="both"/>'),
        _style("Title", "Title", '<w:spacing w:before="2400" w:after="600"/><w:jc w:val="center"/>',
               _run(TITLE, 44)),
        _style("Subtitle", "Subtitle", f'{_LINES}<w:jc w:val="center"/>', _run(CURSIVE, 32)),
        _heading(0, _run(HEAVY, 32)),
        _heading(1, _run(CURSIVE, 32)),
        _heading(2, _run(BODY, 32, bold=True)),
        _style("附件标题", "Annex", '<w:keepNext/><w:pageBreakBefore/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/>'
               '</w:numPr><w:spacing w:after="120"/><w:outlineLvl w:val="0"/>', _run(HEAVY, 32), following="BodyText"),
        _style("List Number", "ListNumber", f"{_LINES}{_INDENT}"),
        _style("caption", "Caption", '<w:keepNext/><w:spacing w:before="160"/><w:jc w:val="center"/>',
               _run(HEAVY, 24)),
        _style("图", "Figure", '<w:keepNext/><w:spacing w:before="160"/><w:jc w:val="center"/>'),
        _style("表内文字", "TableText", '<w:spacing w:line="280" w:lineRule="atLeast"/>', _run(BODY, 21)),
        _style("评分表文字", "TableSmall", '<w:spacing w:line="260" w:lineRule="atLeast"/>', _run(BODY, 20)),
        _style("表头", "TableHead", '<w:keepNext/><w:jc w:val="center"/>', _run(HEAVY, 21), based="TableText"),
        _style("表注", "TableNote", '<w:spacing w:before="40" w:after="160"/>', _run(BODY, 18)),
        _style("表的单位", "TableUnit", '<w:keepNext/><w:spacing w:after="20"/><w:jc w:val="right"/>', _run(BODY, 18)),
        _style("目录标题", "ContentsHeading", '<w:pageBreakBefore/><w:spacing w:after="240"/><w:jc w:val="center"/>',
               _run(HEAVY, 32)),
        _style("toc 1", "TOC1", f"{_TO_PAGE}{_CLOSE}"),
        _style("toc 2", "TOC2", f'{_TO_PAGE}{_CLOSE}<w:ind w:left="640"/>'),
        _style("header", "Header", '<w:jc w:val="right"/>', _run(BODY, 18, colour="55626E")),
        _style("footer", "Footer", '<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>', _run(PLAIN, 28)),
        _style("偶数页页脚", "FooterEven", '<w:ind w:leftChars="100" w:left="280" w:rightChars="0" w:right="0"/>'
               '<w:jc w:val="left"/>', based="Footer"),
    ]  # fmt: skip


def _level(number: int, form: str, text: str, style: str, room: str) -> str:
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    indent = "" if style == "Annex" else _INDENT
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{linked}<w:suff w:val="{room}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{indent}</w:pPr></w:lvl>'
    )


def _lists() -> str:
    headings = "".join(
        _level(n, form, text, f"Heading{n + 1}", "nothing")
        for n, (form, text) in enumerate(
            (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))
        )
    )
    made = (headings, _level(0, "decimal", "附件%1", "Annex", "space"), _level(0, "decimal", "%1.", "", "space"))
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        for n, levels in enumerate(made)
    )
    plain = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(2))
    restarted = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
        for n in (PROBLEMS, REMEDIES)
    )
    return abstract + plain + restarted
