"""The evaluation report in Word: the trade's outline of 财预〔2020〕10号, its figures from the measures, its annexes.

In the language of the one who asks. What only people can write is a marked blank, never invented.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

from core.briefing.content import BriefingContent
from core.briefing.headlines import running
from core.briefing.report import marks
from core.briefing.report.analysis import analysis
from core.briefing.report.annexes import annexes
from core.briefing.report.basics import basics
from core.briefing.report.borrowed import borrowed
from core.briefing.report.conclusion import conclusion
from core.briefing.report.cover import cover
from core.briefing.report.lessons import lessons, remedies
from core.briefing.report.open_questions import other
from core.briefing.report.page import ReportPage, run
from core.briefing.report.procedure import procedure
from core.briefing.report.template import Template, ours
from core.errors import Message
from core.text import render
from core.text.file_text import printable

__all__ = ["report_docx", "report_in_template"]


def report_docx(found: BriefingContent) -> bytes:
    """The report. A project without a round, scores or money has blanks and sentences in their place."""
    return _written(found, ours(found.language))


def report_in_template(found: BriefingContent, template: bytes) -> tuple[bytes, tuple[Message, ...]]:
    """The same in a template that somebody brings, and a sentence for each thing that it lacks. Raises NoTemplate."""
    made = borrowed(template, found.language)
    return _written(found, made), made.said


def _written(found: BriefingContent, template: Template) -> bytes:
    document, facts = template.document, found.facts
    _running(template, found)
    page = ReportPage(template, found.language, facts.project.source, facts.as_of, found.parts)
    cover(page, found)
    page.contents()
    for chapter in (basics, procedure, conclusion, analysis, lessons, remedies, other):
        chapter(page, found)
    page.turn()
    annexes(page, found)
    page.write()
    _properties(document, page, found)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _running(template: Template, found: BriefingContent) -> None:
    """What stands in the heads of the pages."""
    title = printable(" · ".join((render(found.title, found.language), *running(found))))
    for head in template.heads():
        template.add_line(head, "Header", run(title))
    marks.put(template, printable(render(found.confidentiality, found.language)), printable(found.watermark))


def _properties(document: Any, page: ReportPage, found: BriefingContent) -> None:
    """The data's moment, not the click's; and nobody's name, the library's least of all."""
    about = document.core_properties
    title = page.say(Message("{project}绩效评价报告", {"project": found.title}))
    about.title, about.author, about.comments = printable(title)[:255], "", ""
    about.last_modified_by, about.revision, about.language = "", 1, "en-GB" if page.language == "en" else "zh-CN"
    about.created = about.modified = datetime.combine(found.facts.as_of, time())
