"""封面."""

from __future__ import annotations

from core.briefing.content import BriefingContent
from core.briefing.headlines import state_bands
from core.briefing.qr import square_png
from core.briefing.report.page import ReportPage
from core.errors import Message
from core.text import word

SQUARE = 22
"""Millimetres of the QR code."""


def cover(page: ReportPage, found: BriefingContent) -> None:
    """Title, what the document is (还原稿, 草稿), and who answers for it."""
    page.para(page.say(found.title), "\n", word("绩效评价报告"), style="CoverTitle")
    bands = state_bands(found.score)
    if bands:
        page.para(Message("（{bands}）", {"bands": " · ".join(map(page.say, bands))}), style="Subtitle")
    page.para(Message("数据截至{day}", {"day": found.facts.as_of}), style="Subtitle")
    for _ in range(6 if found.view_code is None else 3):
        page.para("", style="Subtitle")
    if found.view_code is not None:
        code = page.say(Message("查验码：{code}", {"code": found.view_code.code}))
        page.picture(square_png(found.view_code), SQUARE, code)
        page.para(code, style="Figure")
    for label in (word("委托单位"), word("评价机构"), word("报告日期")):
        page.ask(label, style="Subtitle")
