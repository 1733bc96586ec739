"""一、基本情况: the project, its scope and its money, and what it was to achieve."""

from __future__ import annotations

from core.briefing.content import BriefingContent
from core.briefing.report.named_figures import said
from core.briefing.report.page import Cell, ReportPage
from core.errors import Message
from core.figures.figure import Words
from core.figures.money import estimate
from core.text import word
from core.text.amounts import unit_of_amounts
from core.text.numbers import MISSING


def basics(page: ReportPage, found: BriefingContent) -> None:
    """The chapter."""
    page.chapter("basics")
    page.heading(2, word("项目概况"))
    page.ask(word("立项背景"), word("立项背景、政策依据和项目目的"))
    facts = [(label, Cell(text, align="left")) for label, text in _facts(found)]
    page.table(word("项目基本信息"), (word("事项"), word("说明")), facts, shares=(1, 3))
    page.ask(word("主要建设内容"), word("主要建设内容和实施方式"))
    if found.homes_headline is not None:
        said = Message("{headline}。受益数为计划范围，不是完成数。", {"headline": found.homes_headline})
        page.para(said)
        page.grid(found.panels.get("scope"))
    else:
        page.ask(word("受益范围未填报"), word("受益的小区、楼栋、户数和面积"))
    page.ask(word("项目组织管理"), word("主管部门、实施单位及职责分工"))
    _money(page, found)
    page.heading(2, word("项目绩效目标"))
    page.ask(word("总体目标"), word("经批复的总体绩效目标"))
    page.ask(word("阶段性目标"), word("评价期内的阶段性目标及其指标值"))


def _facts(found: BriefingContent) -> list[tuple[str, Words]]:
    facts, planned = found.facts, found.baseline
    approved, places = facts.project.approved_on, facts.places
    time = Message("{start}至{end}", {"start": planned.start, "end": planned.end}) if planned else MISSING
    return [
        (word("项目名称"), found.title),
        (word("批复文号"), facts.project.approval or MISSING),
        (word("批复日期"), Message("{day}", {"day": approved}) if approved else MISSING),
        (word("涉及街镇"), Message("{places}", {"places": places}) if places else MISSING),
        (word("计划工期"), time),
        (word("概算"), said(found, "estimate")),
        (word("累计支付"), said(found, "paid")),
        (word("数据截至"), Message("{day}", {"day": facts.as_of})),
        (word("资料来源"), facts.project.source),
    ]


def _money(page: ReportPage, found: BriefingContent) -> None:
    if not found.facts.spend:
        page.ask(word("资金情况未填报"), word("预算安排、资金到位和使用情况"))
        return
    sums = {
        "estimate": said(found, "estimate"), "day": found.facts.as_of, "paid": said(found, "paid"),
        "rate": said(found, "paid_rate", "estimate"), "unpaid": said(found, "remaining", "estimate"),
    }  # fmt: skip
    if MISSING not in sums.values():
        page.para(Message("项目概算{estimate}，截至{day}累计支付{paid}，占概算{rate}；未支付{unpaid}。", sums))
    elif found.money_headline is not None:
        page.para(Message("{sentence}。", {"sentence": found.money_headline}))
    page.grid(found.panels.get("funding"))
    page.grid(found.panels.get("estimate"))
    page.chart(estimate(found.facts, found.figures).chart, unit_of_amounts())
    if found.facts.divided:
        page.para(word("概算已分解到街镇：各街镇执行率按各自的批复数计算。"))
    else:
        page.para(word("概算只批到项目，未分解到街镇：各街镇占概算的比例是确定的，没有各街镇自己的批复执行率。"))
