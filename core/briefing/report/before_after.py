"""改造前后对比, the last section of 四、绩效评价指标分析: figures before and after, and pictures of both."""

from __future__ import annotations

from core.briefing.content import BriefingContent
from core.briefing.headlines import COMPARED_BASIS, compared_title
from core.briefing.report.page import ReportPage


def before_after(page: ReportPage, found: BriefingContent) -> None:
    """The section; nothing where neither a figure nor a pair of pictures is there."""
    panel = found.panels.get("before_and_after")
    if panel is None and not found.pictures:
        return
    page.heading(2, "改造前后对比")
    page.para(f"{compared_title(found)}。")
    if panel is not None:
        page.grid(panel, source=str(panel.figure.source), remark=str(COMPARED_BASIS))
    for pair in found.pictures:
        page.photos([(each.photo, str(each.caption)) for each in (pair.before, pair.after)])
