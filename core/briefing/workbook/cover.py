"""封面: what the workbook is about, what it comes to, and who stands by it."""

from __future__ import annotations

import io

from PIL import Image

from core.briefing.content import BriefingContent, RoundScore
from core.briefing.excel import A4, ROW, Formula, Page, height_of, quoted
from core.briefing.qr import square_png
from core.briefing.spreadsheet import ScoreSheet
from core.briefing.workbook.sheet import running_head
from core.errors import chinese
from core.model.view_code import ViewCode
from core.scoring import plain
from core.text.file_text import printable
from core.text.numbers import MISSING, points

COVER_WIDTHS = (18, 66)
"""Of its two columns: labels, texts."""
_ROW = 24.0
"""Points of a row of one line."""
_SQUARE = 96
"""Pixels of the QR code: an inch."""
COVER = "封面"
BLANK = "【待填写】"


def cover(page: Page, found: BriefingContent, scores: ScoreSheet | None) -> None:
    """The first worksheet: portrait, two columns. What hangs on points is a formula over the score table."""
    sheet = page.worksheet
    page.over(0, 0, 0, 1, f"{found.title}绩效评价工作簿", "title")
    sheet.set_row(0, 60)
    live = {} if scores is None or found.score is None else _live(found.score, scores)
    for row, (label, text) in enumerate(_rows(found), start=1):
        page.over(row, 0, row, 0, label, "head")
        if label in live:
            page.formula(row, 1, Formula(live[label], printable(text)), "left")
        else:
            page.over(row, 1, row, 1, text, "left")
        sheet.set_row(row, max(_ROW, height_of(text, page.widths[1], "left") + _ROW - ROW))
    if found.view_code is not None:
        sheet.insert_image(row + 2, 0, "view_code.png", _picture(found.view_code))
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 1)
    running_head(sheet, found)


def _live(score: RoundScore, scores: ScoreSheet) -> dict[str, str]:
    """得分, 评价等级 and 等级余量 as formulas that say what `_rows` says."""
    return {
        "得分": f'IF({scores.scored}=0,"{MISSING}",{_text(scores.decisive)})',
        "评价等级": scores.grade,
        "等级余量": f'IF({scores.grade}="{MISSING}",{_open(score, scores)},{_margin(score, scores)})',
    }


def _text(figure: str) -> str:
    return f'TEXT({figure},"#,##0.00")'


def _open(score: RoundScore, scores: ScoreSheet) -> str:
    """While something is open: what the total can still be. The words are `core.scoring.whatif.margin_sentence`'s."""
    total, lost = (scores.cell(scores.total, field) for field in ("points", "deduction"))
    most = f"({scores.weight}-{lost})"
    low, high = (
        _text(f"IF(AND({scores.left_out}>0,{scores.weight}>0),ROUND({each}/{scores.weight}*100,2),{each})")
        for each in (total, most)
    )
    return "&".join((
        quoted("已评"), scores.scored, quoted("/"), f"({len(score.items)}-{scores.left_out})",
        quoted("项，已评部分"), _text(total), quoted("/"), _text(scores.scored_weight),
        quoted("分，总分区间"), low, quoted("～"), high, quoted("；全部评完后定等级。"),
    ))  # fmt: skip


def _margin(score: RoundScore, scores: ScoreSheet) -> str:
    """The margin of the grade: a sentence a grade, chosen by the grade that the score table comes to."""
    if score.tally.veto is not None:
        return quoted(str(score.margin))
    grades = score.sheet.grade_scheme.grades
    now = _text(scores.decisive)
    found = ""
    for number in reversed(range(len(grades))):
        grade, last = grades[number], number == len(grades) - 1
        better = None if number == 0 else grades[number - 1]
        bound = f"（≥{plain(grade.floor)}）" if not last else "" if better is None else f"（<{plain(better.floor)}）"
        parts = [quoted(f"{grade.name}{bound}")]
        if not last:
            down = _text(f"{scores.decisive}-{grade.floor:f}")
            parts += [quoted("：再扣超过"), down, quoted(f"分降为{grades[number + 1].name}")]
        if better is not None:
            parts += [quoted("：再得" if last else "，再得"), _text(f"{better.floor:f}-{scores.decisive}")]
            parts += [quoted(f"分升为{better.name}")]
        sentence = "&".join([*parts, quoted("；当前"), now, quoted("分。")])
        found = f"IF({scores.grade}={quoted(grade.name)},{sentence},{found})" if found else sentence
    return found


def _picture(view_code: ViewCode) -> dict[str, object]:
    """The QR code, about 25 mm wide."""
    data = io.BytesIO(square_png(view_code))
    scale = {"x_scale": _SQUARE / Image.open(data).width, "y_scale": _SQUARE / Image.open(data).width}
    return {"image_data": data, "description": f"查验码：{view_code.code}", **scale}


def _rows(found: BriefingContent) -> list[tuple[str, str]]:
    facts, score = found.facts, found.score
    rows = [
        ("项目名称", found.title),
        ("批复文号", facts.project.approval or MISSING),
        ("涉及街镇", chinese(facts.places) or MISSING),
        ("数据截至", chinese(facts.as_of)),
        ("数据来源", facts.project.source),
        ("支付与工期", str(found.headline or MISSING)),
        ("受益范围", str(found.homes_headline or MISSING)),
    ]
    if score is not None:
        locked = f"已由{score.locked_by}于{score.locked_at}锁定" if score.locked_by else "未锁定（草稿）"
        rows += [
            ("评价轮次", f"{score.round}（{score.kind}） · {locked}"),
            ("评分表", f"{score.sheet.name} · {score.sheet.scheme.name}第{score.sheet.scheme.version}版"),
            ("得分", points(score.tally.decisive) if score.tally.scored else MISSING),
            ("评价等级", score.tally.grade or MISSING),
            ("等级余量", str(score.margin)),
            ("报告得分", str(score.claimed or MISSING)),
        ]
        if score.changes:
            rows.append(("锁定后有变", score.every_change))
        if score.remark:
            rows.append(("说明", score.remark))
    rows += [("密级", found.confidentiality)] if found.confidentiality else []
    rows += [("水印", found.watermark)] if found.watermark else []
    if found.view_code is not None:
        rows.append(("查验码", found.view_code.code))
    return [*rows, *((label, BLANK) for label in ("委托单位", "评价机构", "主评人", "编制日期"))]
