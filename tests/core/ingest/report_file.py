"""A Word report made by hand: the two tables of FACTS 1 as such reports have them, around them whatever text is given.

One cell of 概算 over four rows, 序号 1 2 3 2, spaces behind amounts, 合计 over two cells, units in the cells of the
second table; those of the first stand in the line above it, or nowhere.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


@dataclass(frozen=True)
class Cell:
    """A cell of a Word table."""

    text: str = ""
    width: int = 1
    down: str = ""
    """restart: a merge downwards begins here; continue: it goes on."""


Row = Sequence[Cell | str]


def paragraph(text: str) -> str:
    """Two runs, as Word leaves them after an edit."""
    half = len(text) // 2
    runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in (text[:half], text[half:]))
    return f"<w:p>{runs}</w:p>"


def table(rows: Iterable[Row]) -> str:
    """A w:tbl."""
    lines = ("".join(map(_cell, row)) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def _cell(cell: Cell | str) -> str:
    if isinstance(cell, str):
        cell = Cell(cell)
    span = f'<w:gridSpan w:val="{cell.width}"/>' if cell.width > 1 else ""
    down = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[cell.down]
    return f"<w:tc><w:tcPr>{span}{down}</w:tcPr>{paragraph(cell.text)}</w:tc>"


def docx(*blocks: str, parts: Mapping[str, str | bytes] | None = None, document: str = "") -> bytes:
    """A .docx of paragraphs and tables in that order, with more `parts`; `document` is its text part as XML instead."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        body = f"<w:document {W}><w:body>{''.join(blocks)}</w:body></w:document>"
        archive.writestr("word/document.xml", document or f'<?xml version="1.0" encoding="UTF-8"?>{body}')
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return stream.getvalue()


SPEND: list[Row] = [
    ["序号", "街道名称", "概算金额", "已投资金额", "累计支付"],
    ["1", "璜土镇", Cell("15,000.00", down="restart"), "2,164.00 ", "2,164.00 "],
    ["2", "夏港街道", Cell(down="continue"), "2,627.00", "2,627.00"],
    ["3", "申港街道", Cell(down="continue"), "1,900.00", "1,900.00"],
    ["2", "利港街道", Cell(down="continue"), "1,309.00", "1,309.00"],
    [Cell("合计", width=2), "15,000.00", "8,000.00", "8,000.00"],
]
HOMES: list[Row] = [
    ["序号", "街道名称", "受益小区数量", "受益栋数", "受益户数", "受益面积"],
    ["1", "璜土镇", "（总）5-5个", "128栋", "4520户", "39万平方米"],
    ["2", "夏港街道", "（总）9-9个", "254栋", "8400户", "112.38万平方米"],
    ["3", "申港街道", "（总）9-9个", "193栋", "6542户", "77万平方米"],
    ["2", "利港街道", "（总）5-5个", "205栋", "6848户", "102.29万平方米"],
    [Cell("合计", width=2), "（总）28-28个", "780栋", "26310户", "330.67万平方米"],
]


def report(
    before: Sequence[str] = (),
    after: Sequence[str] = (),
    *,
    spend: Iterable[Row] = SPEND,
    homes: Iterable[Row] = HOMES,
    unit: str = "单位：万元",
) -> bytes:
    """The report: paragraphs, the two tables in 一（一）5 and 6, paragraphs."""
    middle = ["2023年度申港、夏港区域老小区改造项目资金明细表", *([unit] if unit else [])]
    return docx(
        *map(paragraph, before),
        *map(paragraph, ["一、项目情况", "（一）项目概况。", "5、资金使用情况", *middle]),
        table(spend),
        *map(paragraph, ["注：支出截至2024年12月31日。", "6、改造情况", "项目受益明细表"]),
        table(homes),
        *map(paragraph, after),
    )
