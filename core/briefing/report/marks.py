"""Whose paper it is: the line that says who may read it at the top left of every page, and the watermark behind it."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from core.briefing.report.template import Template

_HIGH, _MOST_WIDE = 36, 420
"""Points of a watermark's letters, and of its length on a page of A4."""
_NAMESPACES = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
_KIND = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
    ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)
"""Words along a line, as Word has always drawn its watermarks: WPS and LibreOffice read it too."""


def put(template: Template, confidentiality: str, watermark: str) -> None:
    """Write both into the heads of all pages, that of the first page too; nothing where there is neither."""
    if not confidentiality and not watermark:
        return
    for number, head in enumerate((template.first_head(), *template.heads())):
        first = head.paragraphs[0]._p
        if confidentiality:
            first.addprevious(template.element(_line(confidentiality, "Secrecy" if number == 0 else "SecrecyInside")))
        if watermark:
            first.append(parse_xml(_drawn(watermark, number, template.fonts.east_asian)))


def _line(text: str, style: str) -> str:
    """As GB/T 9704 has it on the first page, and small on the others."""
    words = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{words}</w:p>'


def _drawn(text: str, number: int, family: str) -> str:
    """A run with the words, in the middle of the page, slanting and pale."""
    wide = min(_length(text) * _HIGH, _MOST_WIDE)
    high = round(wide / _length(text) * 1.2)
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{round(wide)}pt;height:{high}pt;rotation:325;"
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    font = f'"font-family:&quot;{escape(family)}&quot;;font-size:1pt"'
    return (
        f"<w:r {nsdecls('w')} {_NAMESPACES}><w:rPr><w:noProof/></w:rPr><w:pict>{_KIND}"
        f'<v:shape id="watermark{number + 1}" o:spid="_x0000_s{2049 + number}" type="#_x0000_t136" alt=""'
        f' style="{style}" o:allowincell="f" fillcolor="#c8ced4" stroked="f"><v:fill opacity=".5"/>'
        f"<v:textpath style={font} string={quoteattr(text)}/></v:shape></w:pict></w:r>"
    )


def _length(text: str) -> float:
    """Of the words, in their letters' height: a Chinese letter is square, another half as wide."""
    return sum(1.0 if ord(letter) > _LATIN_ENDS else 0.5 for letter in text)


_LATIN_ENDS = 0x2E7F
