"""七、其他需要说明的问题: what the data do not settle, how the figures are to be read, and who signs."""

from __future__ import annotations

from core.briefing.content import BriefingContent
from core.briefing.headlines import bands_of, doubts
from core.briefing.report.page import Blank, Cell, ReportPage
from core.checks.finding import STATUS_NAMES
from core.errors import chinese
from core.figures.palette import SCENARIO_BAND
from core.text.numbers import MISSING


def other(page: ReportPage, found: BriefingContent) -> None:
    """The chapter, and the signatures below it."""
    page.heading(1, "其他需要说明的问题")
    page.heading(2, "数据核对")
    open_checks = doubts(found.checks)
    if open_checks:
        page.para(f"资料中有{len(open_checks)}处不一致或待核实，核实情况如下。")
        rows = [
            (Cell(each.id, align="center"), STATUS_NAMES[each.status], f"{each.title}：{each.message}",
             found.answers.get(each.id) or "尚未核实")
            for each in open_checks
        ]  # fmt: skip
        page.table("不一致和待核实的数据", ("数据疑点", "结论", "内容", "核实情况"), rows, shares=(1.2, 1.6, 8, 3))
    else:
        page.para("资料之间没有发现不一致或待核实之处。")
    page.heading(2, "数据口径")
    page.para(f"数据截至{chinese(found.facts.as_of)}；“{MISSING}”表示没有数据或不能计算，不是零。")
    page.para("因四舍五入，分项之和与合计可能略有差异。")
    if bands_of(found.panels.values()):
        page.para(f"标明“{SCENARIO_BAND}”的数以假定为前提（分摊概算、由报告推算到位资金等），不能代替批复数和填报数。")
    if found.score is not None and found.score.remark:
        page.para(found.score.remark)
    page.para("其他事项：", Blank("需要说明的其他问题"))
    for label in ("评价机构（盖章）", "主评人（签字）", "日期"):
        page.para(f"{label}：", Blank(label))
