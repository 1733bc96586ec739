"""二、绩效评价工作开展情况: what was evaluated, by which indicators, and how far the work has come."""

from __future__ import annotations

from core.briefing.content import BriefingContent, RoundScore
from core.briefing.report.page import Blank, ReportPage
from core.errors import chinese
from core.scoring import plain
from core.text.numbers import points


def procedure(page: ReportPage, found: BriefingContent) -> None:
    """The chapter."""
    score = found.score
    page.heading(1, "绩效评价工作开展情况")
    page.heading(2, "绩效评价目的、对象和范围")
    page.para("评价目的：", Blank("评价目的"))
    places = chinese(found.facts.places)
    within = f"，涉及{places}" if places else ""
    page.para(f"评价对象为{found.title}{within}；数据截至{chinese(found.facts.as_of)}。")
    page.heading(2, "评价原则、指标体系、方法和标准")
    page.para("评价原则和方法：", Blank("评价原则、采用的评价方法"))
    if score is None:
        page.para("评价指标体系：", Blank("评价指标体系和评分标准"))
    else:
        _scheme(page, score)
    page.heading(2, "绩效评价工作过程")
    if score is not None:
        _work(page, found, score)
    page.para("前期准备、现场调研和问卷：", Blank("调研时间、方式、样本数和访谈对象"))


def _scheme(page: ReportPage, score: RoundScore) -> None:
    scheme = score.sheet.scheme
    page.para(
        f"采用《{scheme.name}》第{scheme.version}版，共{len(scheme.indicators)}项三级指标，"
        f"各一级指标分值见下表，逐项评分见附件1。"
    )
    groups = score.tally.subtotals
    rows = [
        (name, str(sum(each.l1 == name for each in scheme.indicators)), points(part.weight))
        for name, part in groups.items()
    ]
    rows.append(("合计", str(len(scheme.indicators)), points(score.tally.weight)))
    page.table("一级指标及分值", ("一级指标", "三级指标（项）", "适用分值"), rows, unit="分")
    page.para(f"评价等级按《{score.sheet.grade_scheme.name}》划分：{_grades(score)}。")


def _grades(score: RoundScore) -> str:
    """90分以上(含)为优,80分以上(含)为良, … 60分以下为差."""
    grades = score.sheet.grade_scheme.grades
    above = [f"{plain(each.floor)}分以上（含）为{each.name}" for each in grades[:-1]]
    last = f"{plain(grades[-2].floor)}分以下为{grades[-1].name}" if len(grades) > 1 else f"均为{grades[-1].name}"
    return "，".join([*above, last])


def _work(page: ReportPage, found: BriefingContent, score: RoundScore) -> None:
    state = f"已由{score.locked_by}于{score.locked_at}锁定" if score.locked_by else "尚未锁定，本报告为草稿"
    kind = "" if score.kind == str(score.round) else f"（{score.kind}）"
    page.para(f"本报告依据评价轮次“{score.round}”{kind}的《{score.sheet.name}》，{state}。")
    if found.experts:
        names = chinese(tuple(f"{each.name}（{each.state}）" for each in found.experts))
        page.para(f"本轮评分表：{names}；多人评分按“{score.rule_name}”汇总。")
