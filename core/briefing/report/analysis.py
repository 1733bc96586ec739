"""四、绩效评价指标分析: the items of each level 1 group, and the figures that belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.briefing.content import BriefingContent, RoundScore
from core.briefing.item_words import shown_points
from core.briefing.report.before_after import before_after
from core.briefing.report.named_figures import POINTS, scored
from core.briefing.report.page import Blank, ReportPage
from core.briefing.report.works import any_works, works
from core.errors import Message
from core.figures.figure import Words
from core.scoring import ScoredItem
from core.scoring.tally import Subtotal
from core.text import word
from core.text.how_computed import printed
from core.text.marks import labelled
from core.text.numbers import MISSING, percent, points

_OUTPUTS = "产出"
_BELONGING = {
    "过程": ("rates", "allocation"),
    "管理": ("rates", "allocation"),
    _OUTPUTS: ("pace", "monthly"),
    "效益": ("unit_costs", "intensity", "household_area"),
}
"""Tables of the pages that stand under a level 1 group, in both frames: 财预〔2020〕10号 and 财预〔2021〕61号."""


def analysis(page: ReportPage, found: BriefingContent) -> None:
    """The chapter. What belongs to no group of the scheme comes last."""
    page.chapter("analysis")
    score = found.score
    shown: list[str] = []
    if score is not None:
        for name, part in score.tally.subtotals.items():
            page.heading(2, Message("{group}情况", {"group": name}))
            items = [item for item in score.items if item.indicator.l1 == name]
            page.para(_got(name, part, len(items)))
            page.table(
                scored(Message("{group}二级指标得分", {"group": name}), score),
                (word("二级指标"), word("适用分值"), word("得分"), word("扣分"), word("得分率")),
                _seconds(score, name),
                unit=POINTS,
                shares=(6, 2, 2, 2, 2),
                source=score.source,
            )
            page.table(
                scored(Message("{group}指标得分", {"group": name}), score),
                (word("编号"), word("三级指标"), word("分值"), word("得分"), word("扣分")),
                _rows(items),
                unit=POINTS,
                shares=(2, 6, 2, 2, 2),
                source=score.source,
            )
            _deductions(page, items)
            belonging = _BELONGING.get(name, ())
            shown += belonging
            _tables(page, found, belonging)
            if name == _OUTPUTS:
                _planned_times(page, found)
                works(page, found)
            page.ask(Message("{group}情况分析", {"group": name}), Message("{group}情况的分析", {"group": name}))
    rest = [each for names in dict.fromkeys(_BELONGING.values()) for each in names if each not in shown]
    outputs = "pace" in rest and (any_works(found) or len(found.planned_times) > 1)
    if score is None or outputs or any(each in found.panels for each in rest):
        page.heading(2, word("其他数据"))
        _tables(page, found, rest)
    if "pace" in rest:
        _planned_times(page, found)
        works(page, found)
    if score is None:
        page.ask(word("指标分析"), word("各项指标的分析"))
    before_after(page, found)


def _got(name: str, part: Subtotal, items: int) -> Message:
    """How many items a level 1 group has, its full marks, and what it got."""
    params = {"group": name, "count": items, "full": points(part.weight)}
    if not part.scored_weight:
        return Message("{group}指标{count}项，适用分值{full}分，尚未评分。", params)
    params |= {"got": points(part.points), "rate": percent(part.rate)}
    return Message("{group}指标{count}项，适用分值{full}分，得{got}分，得分率{rate}。", params)


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
            reason = page.say(item.event.reason) if item.event else ""
            params = {"name": item.indicator.l3, "code": item.indicator.code, "points": points(item.deduction)}
            opening = page.say(Message("{name}（{code}）扣{points}分", params))
            why = sentence(reason) if reason else Blank(word("扣分原因"))
            page.para(labelled(opening, "", page.language), why)


def sentence(text: str) -> Words:
    """Ended as a sentence is; otherwise as it was written."""
    return text if text.endswith(tuple("。.;；!！?？…")) else Message("{sentence}。", {"sentence": text})


def _tables(page: ReportPage, found: BriefingContent, names: Iterable[str]) -> None:
    for name in names:
        page.grid(found.panels.get(name))


def _planned_times(page: ReportPage, found: BriefingContent) -> None:
    """The schedule at every planned time that the documents give: the verdict may hang on which one counts."""
    if len(found.planned_times) < 2 or not found.facts.spend:
        return
    schedules = [measures for _, measures in found.planned_times]
    columns = [
        Message("{start}—{end}", {"start": f"{each.start:%Y.%m}", "end": f"{each.end:%Y.%m}"})
        for each, _ in found.planned_times
    ]
    rows = [(row[0].name, *(printed(m) for m in row)) for row in zip(*schedules, strict=True)]
    page.table(word("不同计划工期下的进度"), (word("指标"), *columns), rows)
