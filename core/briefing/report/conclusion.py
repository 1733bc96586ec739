"""三、综合评价情况及评价结论: total, grade, how far it holds, and what the figures say."""

from __future__ import annotations

from core.briefing.content import BriefingContent, RoundScore
from core.briefing.report.named_figures import POINTS, scored
from core.briefing.report.page import ReportPage
from core.errors import Message
from core.figures.money import payment_and_time
from core.figures.scores import level1_rates, level1_table
from core.model.project import Facts
from core.text import word
from core.text.numbers import points


def conclusion(page: ReportPage, found: BriefingContent) -> None:
    """The chapter."""
    page.chapter("conclusion")
    if found.score is None or not found.score.tally.scored:
        page.ask(word("尚未评分，没有评价得分和等级"), word("评价得分、等级和结论"))
    else:
        _scores(page, found.facts, found.score)
    if found.score is not None and found.score.claimed is not None:
        page.para(Message("{sentence}。", {"sentence": found.score.claimed}))
    if found.headline is not None:
        page.para(Message("{sentence}。", {"sentence": found.headline}))
    page.chart(payment_and_time(found.facts, found.figures).chart, word("比例"))
    for sentence in found.sentences.values():
        page.para(sentence)
    page.ask(word("综合评价"), word("对项目总体绩效的文字结论"))


def _scores(page: ReportPage, facts: Facts, score: RoundScore) -> None:
    sums = score.tally
    page.para(_graded(score))
    for remark in (score.every_change_in(page.language), score.remark_in(page.language)):
        if remark:
            page.para(remark)
    page.table(
        scored(word("一级指标得分"), score),
        (word("一级指标"), word("适用分值"), word("得分"), word("得分率")),
        level1_table(sums),
        unit=POINTS,
        source=score.source,
    )
    rates = level1_rates(facts, score.sheet, sums, score.source).chart
    page.chart(rates, word("得分÷已评分值"), title=scored(word("一级指标得分率"), score), source=score.source)
    if not sums.complete:
        page.para(word("得分率按已评指标的分值计算。"), style="TableNote")


def _graded(score: RoundScore) -> Message:
    """Points and grade with how far it holds; how it was made where some items do not apply."""
    sums = score.tally
    params = {"round": score.round, "sheet": score.sheet.name, "margin": score.margin}
    if sums.grade is None:
        return Message("{round}《{sheet}》评分尚未完成，不定等级。{margin}", params)
    params |= {"points": points(sums.decisive), "grade": sums.grade}
    if sums.normalised is None:
        return Message("{round}《{sheet}》评价得分{points}分，评价等级为“{grade}”。{margin}", params)
    return Message(
        "{round}《{sheet}》评价得分{points}分（不适用指标不计分，按适用分值折算；未折算{raw}分），"
        "评价等级为“{grade}”。{margin}",
        params | {"raw": points(sums.total)},
    )
