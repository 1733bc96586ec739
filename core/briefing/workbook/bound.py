"""评分表汇编: the table of signatures, the panel's sheet, each expert's own, and all of them side by side.

What an expert's table says of itself, the comparison and the table of signatures follow when a figure in it is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from core.briefing.content import BriefingContent, Expert, RoundScore, Signer
from core.briefing.excel import A4, worksheet_names
from core.briefing.spreadsheet import ScoreSheet, ScoreTable, score_sheet
from core.briefing.workbook.experts import EXPERTS, experts
from core.briefing.workbook.sheet import EvaluationBook, running_head
from core.briefing.workbook.signing import SIGNING, SigningPage
from core.ingest.score_tables.in_english import SCORE_TITLE
from core.scoring.sheet_source import sheet_source
from core.scoring.whatif import margin_sentence


def bound_xlsx(found: BriefingContent, score: RoundScore, signers: Sequence[Signer], panel: bool) -> bytes:
    """The workbook; `panel`: the score's sheet is the panel's own."""
    book = EvaluationBook(found)
    # The moment of the data, not of the click: the same state gives the same file.
    about = {"title": f"{found.title}评分表汇编", "created": datetime.combine(found.facts.as_of, time())}
    book.raw.set_properties(about)
    front = SigningPage(book, score)
    name, *names = worksheet_names([score.sheet.name, *(each.name for each in found.experts)], (SIGNING, EXPERTS))
    result = _table(book, score, name)
    own = [_of_expert(book, score, each, title) for each, title in zip(found.experts, names, strict=True)]
    experts(book, score, result, own)
    front.fill(signers, dict(zip(map(_key, found.experts), own, strict=True)), result if panel else None)
    return book.content()


def _key(expert: Expert) -> str:
    return expert.sheet.id


def _of_expert(book: EvaluationBook, score: RoundScore, expert: Expert, name: str) -> ScoreSheet:
    """An expert's own table, with their line to sign."""
    margin = margin_sentence(expert.tally, expert.sheet.grade_scheme)
    items = tuple(expert.items.values())
    of_it = replace(score, sheet=expert.sheet, items=items, tally=expert.tally, banner=None, margin=margin)
    return _table(book, of_it, name, expert.name)


def _table(book: EvaluationBook, score: RoundScore, name: str, owner: str = "") -> ScoreSheet:
    found = book.found
    table = ScoreTable(
        title=SCORE_TITLE.format(project=found.title),
        round=str(score.round),
        sheet=score.sheet,
        items=score.items,
        as_of=found.facts.as_of,
        source=str(sheet_source(score.sheet, score.round)),
        grade=score.tally.grade,
        remark=score.remark,
        owner=owner,
    )
    made = score_sheet(book, table, name, A4)
    running_head(made.page.worksheet, replace(found, score=score))
    return made
