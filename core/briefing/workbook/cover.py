"""封面: what the workbook is about, what it comes to, and who stands by it."""

from __future__ import annotations

import io

from PIL import Image

from core.briefing.evaluation import Evaluation
from core.briefing.qr import square_png
from core.briefing.spreadsheet import ROW, height_of, printable
from core.briefing.workbook.sheet import Book, running_head
from core.errors import chinese
from core.model.passport import Passport
from core.text.numbers import MISSING, points

_WIDTHS = (18, 66)
_ROW = 24.0
"""Points of a row of one line."""
_SQUARE = 96
"""Pixels of the QR code: an inch."""
BLANK = "【待填写】"


def cover(book: Book) -> None:
    """The first worksheet: portrait, two columns."""
    found = book.found
    sheet = book.raw.add_worksheet("封面")
    for number, width in enumerate(_WIDTHS):
        sheet.set_column(number, number, width)
    sheet.merge_range(0, 0, 0, 1, "", book.style("title"))
    sheet.write_string(0, 0, printable(f"{found.title}绩效评价工作簿"), book.style("title"))
    sheet.set_row(0, 60)
    for row, (label, text) in enumerate(_rows(found), start=1):
        sheet.write_string(row, 0, label, book.style("head"))
        sheet.write_string(row, 1, printable(text), book.style("left"))
        sheet.set_row(row, max(_ROW, height_of(text, _WIDTHS[1], "left") + _ROW - ROW))
    if found.passport is not None:
        sheet.insert_image(row + 2, 0, "passport.png", _picture(found.passport))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    running_head(sheet, found)


def _picture(passport: Passport) -> dict[str, object]:
    """The QR code, about 25 mm wide."""
    data = io.BytesIO(square_png(passport))
    scale = {"x_scale": _SQUARE / Image.open(data).width, "y_scale": _SQUARE / Image.open(data).width}
    return {"image_data": data, "description": f"查验码 {passport.code}", **scale}


def _rows(found: Evaluation) -> list[tuple[str, str]]:
    facts, result = found.facts, found.result
    rows = [
        ("项目名称", found.title),
        ("批复文号", facts.project.approval or MISSING),
        ("涉及街镇", chinese(facts.places) or MISSING),
        ("数据截至", chinese(facts.as_of)),
        ("数据来源", facts.project.source),
        ("支付与工期", found.headline or MISSING),
        ("受益范围", found.scope or MISSING),
    ]
    if result is not None:
        locked = f"已由{result.locked_by}于{result.locked_at}锁定" if result.locked_by else "未锁定(草稿)"
        rows += [
            ("评价轮次", f"{result.round}({result.kind}) · {locked}"),
            ("评分表", f"{result.sheet.name} · {result.sheet.scheme.name} 第{result.sheet.scheme.version}版"),
            ("得分", points(result.tally.decisive) if result.tally.scored else MISSING),
            ("评价等级", result.tally.grade or MISSING),
            ("等级余量", result.margin),
            ("报告得分", result.claimed or MISSING),
        ]
        if result.remark:
            rows.append(("说明", result.remark))
    if found.passport is not None:
        rows.append(("查验码", found.passport.code))
    return [*rows, *((label, BLANK) for label in ("委托单位", "评价机构", "主评人", "编制日期"))]
