"""改造前后对比, the last section of 四、绩效评价指标分析: figures before and after, and pictures of both."""

from __future__ import annotations

from core.briefing.content import BriefingContent
from core.briefing.headlines import COMPARED_BASIS, compared_title
from core.briefing.report.page import ReportPage
from core.errors import Message
from core.text import word


def before_after(page: ReportPage, found: BriefingContent) -> None:
    """The section; nothing where neither a figure nor a pair of pictures is there."""
    panel = found.panels.get("before_and_after")
    if panel is None and not found.pictures:
        return
    page.heading(2, word("改造前后对比"))
    page.para(Message("{sentence}。", {"sentence": compared_title(found)}))
    if panel is not None:
        page.grid(panel, source=panel.figure.source, remark=COMPARED_BASIS)
    for pair in found.pictures:
        page.photos([(each.photo, page.say(each.caption)) for each in (pair.before, pair.after)])
