"""Paragraphs and tables of the slides as the format has them (ECMA-376, DrawingML), each parsed in one go.

Property by property the library takes longer for them than for all else together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from core.briefing.deck.fitting import CELL, Cells
from core.briefing.deck.layouts import FONTS
from core.briefing.wrapping import LINE_HEIGHT
from core.figures.palette import INK, LINE, QUIET

Align = Literal["l", "ctr", "r"]
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's table style without fills and lines."""
_RULE, _HAIRLINE = 19050, 6350
"""English metric units: above and below a table, and between its rows."""


@dataclass(frozen=True)
class ParagraphLook:
    """Look of words: points, #RRGGBB, points after a paragraph."""

    size: float
    language: str
    """zh-CN, en-US."""
    bold: bool = False
    colour: str = INK
    align: Align | None = "l"
    """None: as the place has it."""
    spacing: float = 0
    own: bool = False
    """In the font, colour and weight of the place that they stand in."""


def fill(body: Any, texts: Sequence[str], look: ParagraphLook) -> None:
    """Put paragraphs in place of those that a text body has."""
    for old in body.findall("{*}p"):
        body.remove(old)
    made = parse_xml(f"<p:txBody {nsdecls('p', 'a')}>{_paragraphs(texts or [''], look)}</p:txBody>")
    body.extend(list(made))


def fill_each(body: Any, texts: Sequence[str], looks: Sequence[ParagraphLook]) -> None:
    """The same with a look for each paragraph."""
    for old in body.findall("{*}p"):
        body.remove(old)
    inside = "".join(_paragraphs([text], look) for text, look in zip(texts, looks, strict=True))
    body.extend(list(parse_xml(f"<p:txBody {nsdecls('p', 'a')}>{inside}</p:txBody>")))


@dataclass(frozen=True)
class CellLook:
    """What sets a cell apart."""

    bold: bool = False
    colour: str = ""
    """"" as the others."""
    fill: str = ""


Looks = Mapping[tuple[int, int], CellLook]
"""By row (0: the headings) and column."""


def table(
    cells: Cells,
    widths: Sequence[float],
    heights: Sequence[float],
    look: ParagraphLook,
    right: Sequence[bool],
    apart: Looks = MappingProxyType({}),
) -> Any:
    """A table whose first row is its heading; inches; `right`: which columns stand right."""
    columns = "".join(f'<a:gridCol w="{Inches(wide)}"/>' for wide in widths)
    rows = "".join(
        f'<a:tr h="{Inches(high)}">'
        f"{_row(row, look, right, _of_row(apart, n), head=n == 0, last=n == len(cells) - 1)}</a:tr>"
        for n, (row, high) in enumerate(zip(cells, heights, strict=True))
    )
    return parse_xml(
        f'<a:tbl {nsdecls("a")}><a:tblPr firstRow="1" bandRow="1"><a:tableStyleId>{_PLAIN}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>"
    )


def _of_row(apart: Looks, row: int) -> Mapping[int, CellLook]:
    return {column: each for (of, column), each in apart.items() if of == row}


def _row(
    row: Sequence[str],
    look: ParagraphLook,
    right: Sequence[bool],
    apart: Mapping[int, CellLook],
    *,
    head: bool,
    last: bool,
) -> str:
    side, above = Inches(CELL), Inches(CELL / 2)
    upper = _line("lnT", _RULE, INK) if head else ""
    lower = _line("lnB", _RULE, INK) if last else _line("lnB", _RULE if head else _HAIRLINE, INK if head else LINE)
    margins = f'marL="{side}" marR="{side}" marT="{above}" marB="{above}" anchor="ctr"'
    out = []
    for n, (text, stands_right) in enumerate(zip(row, right, strict=True)):
        own = apart.get(n, CellLook())
        fill = f'<a:solidFill><a:srgbClr val="{own.fill[1:]}"/></a:solidFill>' if own.fill else ""
        properties = f"<a:tcPr {margins}>{upper}{lower}{fill}</a:tcPr>"
        colour = own.colour or (QUIET if head else look.colour)
        align: Align = "r" if stands_right else "l"
        of_cell = ParagraphLook(look.size, look.language, own.bold, colour, align)
        inside = _paragraphs([text], of_cell)
        out.append(f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{inside}</a:txBody>{properties}</a:tc>")
    return "".join(out)


def _line(name: str, wide: int, colour: str) -> str:
    return f'<a:{name} w="{wide}"><a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill></a:{name}>'


def _paragraphs(texts: Sequence[str], look: ParagraphLook) -> str:
    line, after = Pt(look.size * LINE_HEIGHT).centipoints, Pt(look.spacing).centipoints
    align = f' algn="{look.align}"' if look.align else ""
    plain = ' marL="0" indent="0"' if look.own else ""
    no_bullet = "<a:buNone/>" if look.own else ""
    opening = (
        f'<a:p><a:pPr{plain}{align}><a:lnSpc><a:spcPts val="{line}"/></a:lnSpc><a:spcBef><a:spcPts val="0"/>'
        f'</a:spcBef><a:spcAft><a:spcPts val="{after}"/></a:spcAft>{no_bullet}</a:pPr>'
    )
    properties = (
        f'<a:rPr lang="{look.language}" sz="{Pt(look.size).centipoints}"/>'
        if look.own
        else f'<a:rPr lang="{look.language}" sz="{Pt(look.size).centipoints}" b="{int(look.bold)}"><a:solidFill>'
        f'<a:srgbClr val="{look.colour[1:]}"/></a:solidFill>{FONTS.xml}</a:rPr>'
    )
    between = f"<a:br>{properties}</a:br>"
    return "".join(
        opening
        + between.join(f"<a:r>{properties}<a:t>{escape(line)}</a:t></a:r>" for line in text.splitlines() or [""])
        + "</a:p>"
        for text in texts
    )
