"""The evaluation report in Word: the trade's outline of 财预〔2020〕10号, its figures from the measures, its annexes.

Chinese whatever the screen's language is. What only people can write is a marked blank, never invented.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from core.briefing.content import BriefingContent
from core.briefing.headlines import running
from core.briefing.report import marks
from core.briefing.report.analysis import analysis
from core.briefing.report.annexes import annexes
from core.briefing.report.basics import basics
from core.briefing.report.conclusion import conclusion
from core.briefing.report.cover import cover
from core.briefing.report.lessons import lessons, remedies
from core.briefing.report.open_questions import other
from core.briefing.report.page import ReportPage, field, run
from core.briefing.report.procedure import procedure
from core.briefing.report.styles import dress
from core.errors import chinese
from core.text.file_text import printable

__all__ = ["report_docx"]


def report_docx(found: BriefingContent) -> bytes:
    """The report. A project without a round, scores or money has blanks and sentences in their place."""
    document = Document()
    _bare(document)
    dress(document)
    references = _running(document, found)
    facts = found.facts
    page = ReportPage(document, facts.project.source, chinese(facts.as_of))
    cover(page, found)
    page.contents()
    for chapter in (basics, procedure, conclusion, analysis, lessons, remedies, other):
        chapter(page, found)
    page.turn(references)
    annexes(page, found)
    page.write(references)
    _properties(document, found)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _bare(document: Any) -> None:
    """Take away what the library's template brings: a second set of styles and a picture of an empty page."""
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail")):
                del part.rels[key]


def _running(document: Any, found: BriefingContent) -> list[Any]:
    """Head and foot of the pages, page numbers at the outer side; returns the references that a section needs to show
    them.
    """
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    title = printable(" · ".join((found.title, *running(found))))
    for head, foot, style in (
        (section.header, section.footer, "Footer"), (section.even_page_header, section.even_page_footer, "FooterEven"),
    ):  # fmt: skip
        head.paragraphs[0].text = title
        paragraph = foot.paragraphs[0]._p  # the library has no fields
        number = f"{run('— ')}{field(' PAGE ', '1')}{run(' —')}"
        inside = parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{number}</w:p>')
        paragraph.getparent().replace(paragraph, inside)
    marks.put(section, printable(found.confidentiality), printable(found.watermark))
    wanted = (qn("w:headerReference"), qn("w:footerReference"))
    return [each for each in section._sectPr if each.tag in wanted]


def _properties(document: Any, found: BriefingContent) -> None:
    """The data's moment, not the click's; and nobody's name, the library's least of all."""
    about = document.core_properties
    about.title, about.author, about.comments = printable(f"{found.title}绩效评价报告")[:255], "", ""
    about.last_modified_by, about.revision, about.language = "", 1, "zh-CN"
    about.created = about.modified = datetime.combine(found.facts.as_of, time())
