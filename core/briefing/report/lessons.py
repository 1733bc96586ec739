"""五、主要经验及做法、存在的问题及原因分析, and 六、有关建议: as they were put down under 问题整改."""

from __future__ import annotations

from core.briefing.content import BriefingContent, OpenFinding
from core.briefing.report.page import Blank, ReportPage
from core.briefing.report.template import PROBLEMS, REMEDIES
from core.errors import Message
from core.text import word
from core.text.marks import labelled, listed


def lessons(page: ReportPage, found: BriefingContent) -> None:
    """Chapter 五."""
    page.chapter("lessons")
    page.heading(2, word("主要经验及做法"))
    page.para(Blank(word("主要经验及做法")))
    page.heading(2, word("存在的问题及原因分析"))
    _listed(page, _noted(found, problems=True), PROBLEMS)
    page.para(Blank(word("存在的问题及原因分析")))


def remedies(page: ReportPage, found: BriefingContent) -> None:
    """Chapter 六."""
    page.chapter("remedies")
    given = _noted(found, problems=False)
    _listed(page, given, REMEDIES)
    if not given:
        page.para(Blank(word("有针对性、可操作的建议")))


def _noted(found: BriefingContent, *, problems: bool) -> list[OpenFinding]:
    """The problems, or the recommendations, as they were put down."""
    return sorted((each for each in found.remedies if each.problem is problems), key=lambda each: each.noted_at)


def _listed(page: ReportPage, every: list[OpenFinding], number: int) -> None:
    for each in every:
        about = {
            word("来源"): each.source, word("整改状态"): each.state,
            word("责任单位"): each.owner, word("整改期限"): each.due,
        }  # fmt: skip
        known = (labelled(page.say(name), page.say(value), page.language) for name, value in about.items() if value)
        params = {"text": each.text, "about": listed(known, page.language)}
        page.listed(number, Message("{text}（{about}）", params))
