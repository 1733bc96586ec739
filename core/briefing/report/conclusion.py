"""三、综合评价情况及评价结论: total, grade, how far it holds, and what the figures say."""

from __future__ import annotations

from core.briefing.evaluation import Evaluation, Result
from core.briefing.report.figures import scored
from core.briefing.report.page import Blank, Page
from core.briefing.report.pictures import payment_and_time, rates
from core.text.numbers import percent, points


def conclusion(page: Page, found: Evaluation) -> None:
    """The chapter."""
    page.heading(1, "综合评价情况及评价结论")
    if found.result is None or not found.result.tally.scored:
        page.para("尚未评分,没有评价得分和等级:", Blank("评价得分、等级和结论"))
    else:
        _scores(page, found.result)
    if found.result is not None and found.result.claimed:
        page.para(f"{found.result.claimed}。")
    if found.headline:
        page.para(f"{found.headline}。")
    page.chart(payment_and_time(found))
    for sentence in found.sentences:
        page.para(sentence)
    page.para("综合评价:", Blank("对项目总体绩效的文字结论"))


def _scores(page: Page, result: Result) -> None:
    sums = result.tally
    if sums.grade is None:
        page.para(f"评分尚未完成,不定等级。{result.margin}")
    else:
        raw = f"(不适用指标不计分,按适用分值折算;未折算{points(sums.total)}分)"
        normalised = "" if sums.normalised is None else raw
        page.para(f"评价得分{points(sums.decisive)}分{normalised},评价等级为“{sums.grade}”。{result.margin}")
    if result.remark:
        page.para(result.remark)
    rows = [
        (name, points(part.weight), points(part.points), percent(part.rate)) for name, part in sums.subtotals.items()
    ]
    rows.append(("合计", points(sums.weight), points(sums.total), percent(sums.rate)))
    page.table(scored("一级指标得分", result), ("一级指标", "适用分值", "得分", "得分率"), rows, unit="分")
    page.chart(rates(result))
    if not sums.complete:
        page.para("得分率按已评指标的分值计算。", style="TableNote")
