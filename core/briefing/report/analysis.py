"""四、绩效评价指标分析: the items of each level 1 group, and the figures that belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.briefing.content import BriefingContent, RoundScore
from core.briefing.report.before_after import before_after
from core.briefing.report.named_figures import scored
from core.briefing.report.page import Blank, ReportPage
from core.briefing.spreadsheet import shown_points
from core.scoring import ScoredItem
from core.text.how_computed import condition, printed
from core.text.numbers import MISSING, percent, points

_BELONGING = {
    "过程": ("rates", "allocation"),
    "管理": ("rates", "allocation"),
    "产出": ("pace", "monthly"),
    "效益": ("unit_costs", "intensity", "household_area"),
}
"""Tables of the pages that stand under a level 1 group, in both frames: 财预〔2020〕10号 and 财预〔2021〕61号."""


def analysis(page: ReportPage, found: BriefingContent) -> None:
    """The chapter. What belongs to no group of the scheme comes last."""
    page.heading(1, "绩效评价指标分析")
    score = found.score
    shown: list[str] = []
    if score is not None:
        for name, part in score.tally.subtotals.items():
            page.heading(2, f"{name}情况")
            items = [item for item in score.items if item.indicator.l1 == name]
            got = f"得{points(part.points)}分，得分率{percent(part.rate)}" if part.scored_weight else "尚未评分"
            page.para(f"{name}指标{len(items)}项，适用分值{points(part.weight)}分，{got}。")
            page.table(
                scored(f"{name}二级指标得分", score),
                ("二级指标", "适用分值", "得分", "扣分", "得分率"),
                _seconds(score, name),
                unit="分",
                shares=(6, 2, 2, 2, 2),
                source=str(score.source),
            )
            page.table(scored(f"{name}指标得分", score), ("编号", "三级指标", "分值", "得分", "扣分"), _rows(items),
                       unit="分", shares=(2, 6, 2, 2, 2), source=str(score.source))  # fmt: skip
            _deductions(page, items)
            belonging = _BELONGING.get(name, ())
            shown += belonging
            _tables(page, found, belonging)
            if name == "产出":
                _planned_times(page, found)
            page.para(f"{name}情况分析：", Blank(f"{name}情况的分析"))
    rest = [each for names in dict.fromkeys(_BELONGING.values()) for each in names if each not in shown]
    if score is None or any(each in found.panels for each in rest):
        page.heading(2, "其他数据")
        _tables(page, found, rest)
    if "pace" in rest:
        _planned_times(page, found)
    if score is None:
        page.para("指标分析：", Blank("各项指标的分析"))
    before_after(page, found)


def _seconds(score: RoundScore, l1: str) -> list[tuple[str, ...]]:
    """A row a level 2 group."""
    return [
        (l2, points(part.weight), points(part.points), points(part.deduction), percent(part.whole_rate))
        for (of, l2), part in score.tally.second.items()
        if of == l1
    ]


def _rows(items: Sequence[ScoredItem]) -> list[tuple[str, ...]]:
    return [
        (i.indicator.code, i.indicator.l3, points(i.indicator.weight), points_or_word(i), points(i.deduction))
        for i in items
    ]


def points_or_word(item: ScoredItem) -> str:
    """Points with two decimals, or the word that stands for them."""
    shown = shown_points(item)
    return points(item.points) if item.points is not None else str(shown) or MISSING


def _deductions(page: ReportPage, items: Sequence[ScoredItem]) -> None:
    for item in items:
        if item.deduction:
            reason = item.event.reason if item.event else ""
            opening = f"{item.indicator.l3}（{item.indicator.code}）扣{points(item.deduction)}分："
            page.para(opening, _sentence(reason) if reason else Blank("扣分原因"))


def _sentence(text: str) -> str:
    """Ended as a sentence is; otherwise as it was written."""
    return text if text.endswith(tuple("。.;；!！?？…")) else f"{text}。"


def _tables(page: ReportPage, found: BriefingContent, names: Iterable[str]) -> None:
    for name in names:
        page.grid(found.panels.get(name))


def _planned_times(page: ReportPage, found: BriefingContent) -> None:
    """The schedule at every planned time that the documents give: the verdict may hang on which one counts."""
    if len(found.planned_times) < 2 or not found.facts.spend:
        return
    schedules = [measures for _, measures in found.planned_times]
    columns = [str(condition(measures[0])).removeprefix("计划工期") for measures in schedules]
    rows = [(row[0].name, *(str(printed(m)) for m in row)) for row in zip(*schedules, strict=True)]
    page.table("不同计划工期下的进度", ("指标", *columns), rows)
