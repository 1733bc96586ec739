"""二、绩效评价工作开展情况: what was evaluated, by which indicators, and how far the work has come."""

from __future__ import annotations

from core.briefing.content import BriefingContent, RoundScore
from core.briefing.report.named_figures import POINTS
from core.briefing.report.page import ReportPage
from core.errors import Message
from core.figures.figure import Words
from core.scoring import plain
from core.text import word
from core.text.marks import in_a_row
from core.text.numbers import points


def procedure(page: ReportPage, found: BriefingContent) -> None:
    """The chapter."""
    score = found.score
    page.chapter("procedure")
    page.heading(2, word("绩效评价目的、对象和范围"))
    page.ask(word("评价目的"))
    what = {"project": found.title, "places": found.facts.places, "day": found.facts.as_of}
    if found.facts.places:
        page.para(Message("评价对象为{project}，涉及{places}；数据截至{day}。", what))
    else:
        page.para(Message("评价对象为{project}；数据截至{day}。", what))
    page.heading(2, word("评价原则、指标体系、方法和标准"))
    page.ask(word("评价原则和方法"), word("评价原则、采用的评价方法"))
    if score is None:
        page.ask(word("评价指标体系"), word("评价指标体系和评分标准"))
    else:
        _scheme(page, score)
    page.heading(2, word("绩效评价工作过程"))
    if score is not None:
        _work(page, found, score)
    page.ask(word("前期准备、现场调研和问卷"), word("调研时间、方式、样本数和访谈对象"))


def _scheme(page: ReportPage, score: RoundScore) -> None:
    scheme = score.sheet.scheme
    used = {"scheme": scheme.name, "version": scheme.version, "count": len(scheme.indicators)}
    page.para(
        Message("采用《{scheme}》第{version}版，共{count}项三级指标，各一级指标分值见下表，逐项评分见附件1。", used)
    )
    groups = score.tally.subtotals
    rows = [
        (name, str(sum(each.l1 == name for each in scheme.indicators)), points(part.weight))
        for name, part in groups.items()
    ]
    rows.append((word("合计"), str(len(scheme.indicators)), points(score.tally.weight)))
    headings = (word("一级指标"), word("三级指标（项）"), word("适用分值"))
    page.table(word("一级指标及分值"), headings, rows, unit=POINTS)
    graded = {"grades": score.sheet.grade_scheme.name, "ranges": in_a_row(map(page.say, _grades(score)), page.language)}
    page.para(Message("评价等级按《{grades}》划分：{ranges}。", graded))


def _grades(score: RoundScore) -> list[Message]:
    """90分以上（含）为优，80分以上（含）为良，… 60分以下为差."""
    grades = score.sheet.grade_scheme.grades
    if len(grades) == 1:
        return [Message("均为{grade}", {"grade": grades[0].name})]
    above = [
        Message("{points}分以上（含）为{grade}", {"points": plain(each.floor), "grade": each.name})
        for each in grades[:-1]
    ]
    return [*above, Message("{points}分以下为{grade}", {"points": plain(grades[-2].floor), "grade": grades[-1].name})]


def _work(page: ReportPage, found: BriefingContent, score: RoundScore) -> None:
    state: Words = word("尚未锁定，本报告为草稿")
    if score.locked_by:
        state = Message("已由{name}于{when}锁定", {"name": score.locked_by, "when": score.locked_at})
    called: Words = Message("“{round}”（{kind}）", {"round": score.round, "kind": score.kind})
    if score.kind == str(score.round):
        called = Message("“{round}”", {"round": score.round})
    based = {"round": called, "sheet": score.sheet.name, "state": state}
    page.para(Message("本报告依据评价轮次{round}的《{sheet}》，{state}。", based))
    if found.experts:
        names = tuple(Message("{name}（{state}）", {"name": each.name, "state": each.state}) for each in found.experts)
        page.para(Message("本轮评分表：{names}；多人评分按“{rule}”汇总。", {"names": names, "rule": score.rule_name}))
