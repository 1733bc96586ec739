"""一、基本情况: the project, its scope and its money, and what it was to achieve."""

from __future__ import annotations

from core.briefing.content import BriefingContent
from core.briefing.report.named_figures import said
from core.briefing.report.page import Blank, Cell, ReportPage
from core.errors import chinese
from core.figures.money import estimate
from core.text.numbers import MISSING


def basics(page: ReportPage, found: BriefingContent) -> None:
    """The chapter."""
    page.heading(1, "基本情况")
    page.heading(2, "项目概况")
    page.para("立项背景：", Blank("立项背景、政策依据和项目目的"))
    facts = [(label, Cell(text, align="left")) for label, text in _facts(found)]
    page.table("项目基本信息", ("项目", "内容"), facts, shares=(1, 3))
    page.para("主要建设内容：", Blank("主要建设内容和实施方式"))
    if found.homes_headline is not None:
        page.para(f"{found.homes_headline}。受益数为计划范围，不是完成数。")
        page.grid(found.panels.get("scope"))
    else:
        page.para("受益范围未填报：", Blank("受益的小区、楼栋、户数和面积"))
    page.para("项目组织管理：", Blank("主管部门、实施单位及职责分工"))
    _money(page, found)
    page.heading(2, "项目绩效目标")
    page.para("总体目标：", Blank("经批复的总体绩效目标"))
    page.para("阶段性目标：", Blank("评价期内的阶段性目标及其指标值"))


def _facts(found: BriefingContent) -> list[tuple[str, str]]:
    facts, planned = found.facts, found.baseline
    return [
        ("项目名称", found.title),
        ("批复文号", facts.project.approval or MISSING),
        ("批复日期", chinese(facts.project.approved_on or MISSING)),
        ("涉及街镇", chinese(facts.places) or MISSING),
        ("计划工期", f"{chinese(planned.start)}至{chinese(planned.end)}" if planned else MISSING),
        ("概算", said(found, "estimate")),
        ("累计支付", said(found, "paid")),
        ("数据截至", chinese(facts.as_of)),
        ("资料来源", facts.project.source),
    ]


def _money(page: ReportPage, found: BriefingContent) -> None:
    if not found.facts.spend:
        page.para("资金情况未填报：", Blank("预算安排、资金到位和使用情况"))
        return
    page.para(
        f"项目概算{said(found, 'estimate')}，截至{chinese(found.facts.as_of)}累计支付{said(found, 'paid')}，"
        f"占概算{said(found, 'paid_rate', 'estimate')}；未支付{said(found, 'remaining', 'estimate')}。"
    )
    page.grid(found.panels.get("funding"))
    page.grid(found.panels.get("estimate"))
    page.chart(estimate(found.facts, found.figures).chart, "万元")
    if found.facts.divided:
        page.para("概算已分解到街镇：各街镇执行率按各自的批复数计算。")
    else:
        page.para("概算只批到项目，未分解到街镇：各街镇占概算的比例是确定的，没有各街镇自己的批复执行率。")
