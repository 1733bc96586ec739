"""七、其他需要说明的问题: what the data do not settle, how the figures are to be read, and who signs."""

from __future__ import annotations

from core.briefing.content import BriefingContent
from core.briefing.headlines import bands_of, doubts
from core.briefing.report.page import Cell, ReportPage
from core.checks.finding import STATUS_NAMES
from core.errors import Message
from core.figures.palette import SCENARIO_BAND
from core.text import word
from core.text.marks import labelled
from core.text.numbers import MISSING


def other(page: ReportPage, found: BriefingContent) -> None:
    """The chapter, and the signatures below it."""
    page.chapter("other")
    page.heading(2, word("数据核对"))
    open_checks = doubts(found.checks)
    if open_checks:
        page.para(Message("资料中有{count}处不一致或待核实，核实情况如下。", {"count": len(open_checks)}))
        rows = [
            (Cell(each.id, align="center"), STATUS_NAMES[each.status],
             labelled(page.say(each.title), page.say(each.message), page.language),
             found.answers.get(each.id) or word("尚未核实"))
            for each in open_checks
        ]  # fmt: skip
        headings = (word("数据疑点"), word("结果"), word("说明"), word("核实情况"))
        page.table(word("不一致和待核实的数据"), headings, rows, shares=(1.2, 1.6, 8, 3))
    else:
        page.para(word("资料之间没有发现不一致或待核实之处。"))
    page.heading(2, word("数据口径"))
    known = {"day": found.facts.as_of, "sign": MISSING}
    page.para(Message("数据截至{day}；“{sign}”表示没有数据或不能计算，不是零。", known))
    page.para(word("因四舍五入，分项之和与合计可能略有差异。"))
    if bands_of(found.panels.values()):
        band = {"band": SCENARIO_BAND}
        page.para(
            Message("标明“{band}”的数以假定为前提（分摊概算、由报告推算到位资金等），不能代替批复数和填报数。", band)
        )
    remark = found.score.remark_in(page.language) if found.score is not None else ""
    if remark:
        page.para(remark)
    page.ask(word("其他事项"), word("需要说明的其他问题"))
    for label in (word("评价机构（盖章）"), word("主评人（签字）"), word("日期")):
        page.ask(label)
