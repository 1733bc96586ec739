"""The evaluation as a workbook: cover, score table, level 2, deductions, evidence, experts' scores, checks,
communities, workings.

In the language of the one who asks. Figures are numbers, sums are live formulas stored with their values of the
moment; text is text, also a name that begins with = + - @.
"""

from __future__ import annotations

from datetime import datetime, time

from core.briefing.content import BriefingContent
from core.briefing.excel import Page
from core.briefing.spreadsheet import ScoreTable, score_sheet
from core.briefing.workbook.checks import checks
from core.briefing.workbook.communities import communities
from core.briefing.workbook.cover import COVER, COVER_WIDTHS, cover
from core.briefing.workbook.deductions import deductions
from core.briefing.workbook.evidence import evidence
from core.briefing.workbook.experts import experts
from core.briefing.workbook.second_level import second_level
from core.briefing.workbook.sheet import EvaluationBook, running_head
from core.briefing.workbook.workings import workings
from core.errors import Message
from core.ingest.score_tables.in_english import SCORE_TITLE

__all__ = ["workbook_xlsx"]


def workbook_xlsx(found: BriefingContent) -> bytes:
    """The workbook; a project without a round has neither scores nor evidence, and no sheets for them."""
    book = EvaluationBook(found)
    # The moment of the data, not of the click: the same state gives the same file.
    book.raw.set_properties({"title": book.say(found.title), "created": datetime.combine(found.facts.as_of, time())})
    score = found.score
    front = Page(book, book.say(COVER), COVER_WIDTHS)
    scores = None
    if score is not None:
        table = ScoreTable(
            title=book.say(Message(SCORE_TITLE, {"project": found.title})),
            round=book.say(score.round),
            sheet=score.sheet,
            items=score.items,
            as_of=found.facts.as_of,
            source=book.say(score.source),
            grade=score.tally.grade,
            remark=score.remark_in(found.language),
        )
        scores = score_sheet(book, table)
        running_head(scores.page.worksheet, found)
        second_level(book, score, scores)
        deductions(book, score, scores)
        evidence(book)
        experts(book, score, scores)
    if found.checks:
        checks(book)
    if found.communities:
        communities(book)
    workings(book)
    cover(front, found, scores)
    return book.content()
