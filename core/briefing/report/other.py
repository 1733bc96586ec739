"""七、其他需要说明的问题: what the data do not settle, how the figures are to be read, and who signs."""

from __future__ import annotations

from core.briefing.evaluation import Evaluation
from core.briefing.report.page import Blank, Cell, Page
from core.charts.frame import SCENARIO_BAND
from core.errors import chinese
from core.text.numbers import MISSING


def other(page: Page, found: Evaluation) -> None:
    """The chapter, and the signatures below it."""
    page.heading(1, "其他需要说明的问题")
    page.heading(2, "数据核对")
    if found.doubts:
        page.para(f"资料中有{len(found.doubts)}处不一致或待核实,核实情况如下。")
        rows = [
            (Cell(each.id, align="center"), each.status, f"{each.title}:{each.message}", each.answer or "尚未核实")
            for each in found.doubts
        ]
        page.table("不一致和待核实的数据", ("核对", "结论", "内容", "核实情况"), rows, shares=(1.2, 1.6, 8, 3))
    else:
        page.para("资料之间没有发现不一致或待核实之处。")
    page.heading(2, "数据口径")
    page.para(f"数据截至{chinese(found.facts.as_of)};“{MISSING}”表示没有数据或不能计算,不是零。")
    page.para("因四舍五入,分项之和与合计可能略有差异。")
    if any(each.estimate for each in found.grids):
        page.para(f"标明“{SCENARIO_BAND}”的数以假定为前提(分摊概算、由报告推算到位资金等),不能代替批复数和填报数。")
    if found.result is not None and found.result.remark:
        page.para(found.result.remark)
    page.para("其他事项:", Blank("需要说明的其他问题"))
    for label in ("评价机构(盖章)", "主评人(签字)", "日期"):
        page.para(f"{label}:", Blank(label))
