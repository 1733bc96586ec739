"""The evaluation as a workbook: cover, score table, deductions, evidence, experts' scores, workings of every measure.

Chinese whatever the screen's language is. Figures are numbers, sums are live formulas stored with their values of the
moment; text is text, also a name that begins with = + - @.
"""

from __future__ import annotations

from datetime import datetime, time

from core.briefing.evaluation import Evaluation
from core.briefing.spreadsheet import ScoreTable, new_book, score_sheet
from core.briefing.workbook.cover import cover
from core.briefing.workbook.deductions import deductions
from core.briefing.workbook.evidence import evidence
from core.briefing.workbook.experts import experts
from core.briefing.workbook.sheet import Book, running_head
from core.briefing.workbook.workings import workings

__all__ = ["workbook_xlsx"]


def workbook_xlsx(found: Evaluation) -> bytes:
    """The workbook; a project without a round has neither scores nor evidence, and no sheets for them."""
    stream, raw = new_book()
    # The moment of the data, not of the click: the same state gives the same file.
    raw.set_properties({"title": found.title, "created": datetime.combine(found.facts.as_of, time())})
    book = Book(raw, found)
    cover(book)
    result = found.result
    if result is not None:
        table = ScoreTable(
            title=f"{found.title}绩效评价指标评分表",
            sheet=result.sheet,
            items=result.items,
            as_of=found.facts.as_of,
            source=found.facts.project.source,
            grade=result.tally.grade,
            remark=result.remark,
        )
        running_head(score_sheet(raw, table), found)
        deductions(book, result)
        evidence(book)
        experts(book, result)
    workings(book)
    raw.close()
    return stream.getvalue()
