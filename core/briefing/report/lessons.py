"""五、主要经验及做法、存在的问题及原因分析, and 六、有关建议: as they were put down under 问题整改."""

from __future__ import annotations

from core.briefing.content import BriefingContent, OpenFinding
from core.briefing.report.page import Blank, ReportPage
from core.briefing.report.template import PROBLEMS, REMEDIES


def lessons(page: ReportPage, found: BriefingContent) -> None:
    """Chapter 五."""
    page.heading(1, "主要经验及做法、存在的问题及原因分析")
    page.heading(2, "主要经验及做法")
    page.para(Blank("主要经验及做法"))
    page.heading(2, "存在的问题及原因分析")
    _listed(page, _noted(found, problems=True), PROBLEMS)
    page.para(Blank("存在的问题及原因分析"))


def remedies(page: ReportPage, found: BriefingContent) -> None:
    """Chapter 六."""
    page.heading(1, "有关建议")
    given = _noted(found, problems=False)
    _listed(page, given, REMEDIES)
    if not given:
        page.para(Blank("有针对性、可操作的建议"))


def _noted(found: BriefingContent, *, problems: bool) -> list[OpenFinding]:
    """The problems, or the recommendations, as they were put down."""
    return sorted((each for each in found.remedies if each.problem is problems), key=lambda each: each.noted_at)


def _listed(page: ReportPage, every: list[OpenFinding], number: int) -> None:
    for each in every:
        about = [each.source and f"来源：{each.source}", f"整改状态：{each.state}"]
        about += [each.owner and f"责任单位：{each.owner}", f"期限：{each.due}" if each.due else ""]
        page.listed(number, f"{each.text}（{'；'.join(filter(None, about))}）")
