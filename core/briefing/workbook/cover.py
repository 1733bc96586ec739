"""封面: what the workbook is about, what it comes to, and who stands by it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

from PIL import Image

from core.briefing.content import BriefingContent, RoundScore
from core.briefing.excel import A4, ROW, Book, Formula, Live, Page, height_of, quoted
from core.briefing.qr import square_png
from core.briefing.spreadsheet import ScoreSheet
from core.briefing.workbook.sheet import running_head
from core.errors import Message
from core.model.view_code import ViewCode
from core.scoring.whatif import margin_words, open_words
from core.text import word
from core.text.file_text import printable
from core.text.numbers import MISSING, points

COVER_WIDTHS = (18, 66)
"""Of its two columns: labels, texts."""
_ROW = 24.0
"""Points of a row of one line."""
_SQUARE = 96
"""Pixels of the QR code: an inch."""
COVER = word("封面")
BLANK = word("【待填写】")
_FILLED_IN = (word("委托单位"), word("评价机构"), word("主评人"), word("编制日期"))
"""What only people can write."""
_POINTS, _GRADE, _MARGIN = word("得分"), word("评价等级"), word("等级余量")
Words = Message | str | date


def cover(page: Page, found: BriefingContent, scores: ScoreSheet | None) -> None:
    """The first worksheet: portrait, two columns. What hangs on points is a formula over the score table."""
    book, sheet = page.book, page.worksheet
    page.over(0, 0, 0, 1, book.say(Message("{project}绩效评价工作簿", {"project": found.title})), "title")
    sheet.set_row(0, 60)
    live = {} if scores is None or found.score is None else _live(book, found.score, scores)
    for row, (label, words) in enumerate(_rows(found), start=1):
        name, text = book.label(label), book.say(words)
        page.over(row, 0, row, 0, name, "head")
        if label in live:
            page.formula(row, 1, Formula(live[label], printable(text)), "left")
        else:
            page.over(row, 1, row, 1, text, "left")
        high = max(height_of(text, page.widths[1], "left"), height_of(name, page.widths[0], "head"))
        sheet.set_row(row, max(_ROW, high + _ROW - ROW))
    if found.view_code is not None:
        sheet.insert_image(row + 2, 0, "view_code.png", _picture(book, found.view_code))
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    running_head(sheet, found)


def _live(book: Book, score: RoundScore, scores: ScoreSheet) -> dict[str, str]:
    """得分, 评价等级 and 等级余量 as formulas that say what `_rows` says."""
    still_open = _open(book, score, scores)
    return {
        _POINTS: f'IF({scores.scored}=0,"{MISSING}",{_text(scores.decisive)})',
        _GRADE: scores.grade,
        _MARGIN: f'IF({scores.grade}="{MISSING}",{still_open},{_margin(book, score, scores)})',
    }


def _text(figure: str) -> str:
    return f'TEXT({figure},"#,##0.00")'


def _open(book: Book, score: RoundScore, scores: ScoreSheet) -> str:
    """While something is open: what the total can still be."""
    total, lost = (scores.cell(scores.total, field) for field in ("points", "deduction"))
    most = f"({scores.weight}-{lost})"
    low, high = (
        _text(f"IF(AND({scores.left_out}>0,{scores.weight}>0),ROUND({each}/{scores.weight}*100,2),{each})")
        for each in (total, most)
    )
    return book.said(open_words(
        scored=Live(scores.scored), items=Live(f"({len(score.items)}-{scores.left_out})"), points=Live(_text(total)),
        weight=Live(_text(scores.scored_weight)), low=Live(low), high=Live(high),
    ))  # fmt: skip


def _margin(book: Book, score: RoundScore, scores: ScoreSheet) -> str:
    """The margin of the grade: a sentence a grade, chosen by the grade that the score table comes to."""
    if score.tally.veto is not None:
        return quoted(book.say(score.margin))
    grades = score.sheet.grade_scheme
    last, now = len(grades.grades) - 1, Live(_text(scores.decisive))
    found = ""
    for number, grade in reversed([*enumerate(grades.grades)]):
        down = None if number == last else Live(_text(f"{scores.decisive}-{grade.floor:f}"))
        up = None if number == 0 else Live(_text(f"{grades.grades[number - 1].floor:f}-{scores.decisive}"))
        sentence = book.said(margin_words(grades, number, now, down, up))
        found = f"IF({scores.grade}={quoted(book.say(grade.name))},{sentence},{found})" if found else sentence
    return found


def _picture(book: Book, view_code: ViewCode) -> dict[str, object]:
    """The QR code, about 25 mm wide."""
    data = io.BytesIO(square_png(view_code))
    scale = {"x_scale": _SQUARE / Image.open(data).width, "y_scale": _SQUARE / Image.open(data).width}
    said = book.say(Message("查验码：{code}", {"code": view_code.code}))
    return {"image_data": data, "description": said, **scale}


def _rows(found: BriefingContent) -> list[tuple[str, Words]]:
    facts, score = found.facts, found.score
    rows: list[tuple[str, Words]] = [
        (word("项目名称"), found.title),
        (word("批复文号"), facts.project.approval or MISSING),
        (word("涉及街镇"), Message("{places}", {"places": facts.places}) if facts.places else MISSING),
        (word("数据截至"), facts.as_of),
        (word("数据来源"), facts.project.source),
        (word("支付与工期"), found.headline or MISSING),
        (word("受益范围"), found.homes_headline or MISSING),
    ]
    if score is not None:
        rows += _of_score(score)
        if score.changes:
            rows.append((word("锁定后有变"), score.every_change_in(found.language)))
        if remark := score.remark_in(found.language):
            rows.append((word("说明"), remark))
    rows += [(word("密级"), found.confidentiality)] if found.confidentiality else []
    rows += [(word("水印"), found.watermark)] if found.watermark else []
    if found.view_code is not None:
        rows.append((word("查验码"), found.view_code.code))
    return [*rows, *((label, BLANK) for label in _FILLED_IN)]


def _of_score(score: RoundScore) -> Iterator[tuple[str, Words]]:
    """Round, sheet, and what the sheet comes to."""
    scheme, sums = score.sheet.scheme, score.tally
    locked = Message("已由{name}于{time}锁定", {"name": score.locked_by, "time": score.locked_at})
    state = locked if score.locked_by else Message("未锁定（草稿）")
    yield (
        word("评价轮次"),
        Message("{round}（{kind}） · {state}", {"round": score.round, "kind": score.kind, "state": state}),
    )
    of_scheme = {"sheet": score.sheet.name, "scheme": scheme.name, "version": scheme.version}
    yield word("评分表"), Message("{sheet} · {scheme}第{version}版", of_scheme)
    yield _POINTS, points(sums.decisive) if sums.scored else MISSING
    yield _GRADE, sums.grade or MISSING
    yield _MARGIN, score.margin
    yield word("报告得分"), score.claimed or MISSING
