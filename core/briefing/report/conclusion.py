"""三、综合评价情况及评价结论: total, grade, how far it holds, and what the figures say."""

from __future__ import annotations

from core.briefing.content import BriefingContent, RoundScore
from core.briefing.report.named_figures import scored
from core.briefing.report.page import Blank, ReportPage
from core.figures.money import payment_and_time
from core.figures.scores import level1_rates, level1_table
from core.model.project import Facts
from core.text.numbers import points


def conclusion(page: ReportPage, found: BriefingContent) -> None:
    """The chapter."""
    page.heading(1, "综合评价情况及评价结论")
    if found.score is None or not found.score.tally.scored:
        page.para("尚未评分，没有评价得分和等级：", Blank("评价得分、等级和结论"))
    else:
        _scores(page, found.facts, found.score)
    if found.score is not None and found.score.claimed is not None:
        page.para(f"{found.score.claimed}。")
    if found.headline is not None:
        page.para(f"{found.headline}。")
    page.chart(payment_and_time(found.facts, found.figures).chart, "比例")
    for sentence in found.sentences.values():
        page.para(str(sentence))
    page.para("综合评价：", Blank("对项目总体绩效的文字结论"))


def _scores(page: ReportPage, facts: Facts, score: RoundScore) -> None:
    sums = score.tally
    if sums.grade is None:
        page.para(f"{score.round}《{score.sheet.name}》评分尚未完成，不定等级。{score.margin}")
    else:
        raw = f"（不适用指标不计分，按适用分值折算；未折算{points(sums.total)}分）"
        normalised = "" if sums.normalised is None else raw
        page.para(
            f"{score.round}《{score.sheet.name}》评价得分{points(sums.decisive)}分{normalised}，评价等级为“{sums.grade}”。{score.margin}"
        )
    if score.changes:
        page.para(score.every_change)
    if score.remark:
        page.para(score.remark)
    page.table(
        scored("一级指标得分", score),
        ("一级指标", "适用分值", "得分", "得分率"),
        level1_table(sums),
        unit="分",
        source=str(score.source),
    )
    rates = level1_rates(facts, score.sheet, sums, score.source).chart
    page.chart(rates, "得分÷已评分值", title=scored("一级指标得分率", score), source=str(score.source))
    if not sums.complete:
        page.para("得分率按已评指标的分值计算。", style="TableNote")
