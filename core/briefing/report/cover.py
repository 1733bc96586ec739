"""封面."""

from __future__ import annotations

from core.briefing.content import BriefingContent
from core.briefing.headlines import state_bands
from core.briefing.qr import square_png
from core.briefing.report.page import Blank, ReportPage
from core.errors import chinese

SQUARE = 22
"""Millimetres of the QR code."""


def cover(page: ReportPage, found: BriefingContent) -> None:
    """Title, what the document is (还原稿, 草稿), and who answers for it."""
    page.para(f"{found.title}\n绩效评价报告", style="CoverTitle")
    bands = state_bands(found.score)
    if bands:
        page.para(f"（{' · '.join(bands)}）", style="Subtitle")
    page.para(f"数据截至{chinese(found.facts.as_of)}", style="Subtitle")
    for _ in range(6 if found.view_code is None else 3):
        page.para("", style="Subtitle")
    if found.view_code is not None:
        page.picture(square_png(found.view_code), SQUARE, f"查验码：{found.view_code.code}")
        page.para(f"查验码：{found.view_code.code}", style="Figure")
    for label in ("委托单位", "评价机构", "报告日期"):
        page.para(f"{label}：", Blank(label), style="Subtitle")
