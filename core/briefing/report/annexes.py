"""The annexes, sideways: the score table, what became of the unit's comments, and what was and is to be handed in."""

from __future__ import annotations

from itertools import groupby

from core.briefing.content import BriefingContent, Opinion, RoundScore
from core.briefing.report.analysis import points_or_word
from core.briefing.report.named_figures import scored
from core.briefing.report.page import Blank, Cell, ReportPage
from core.briefing.spreadsheet import SIGNED_BY
from core.scoring import ScoredItem
from core.text.numbers import MISSING, percent, points

_HEADINGS = ("一级指标", "二级指标", "编号", "三级指标", "分值", "得分", "扣分", "得分率", "扣分原因")
_SHARES = (0.9, 1.6, 0.9, 3.5, 1.3, 1.25, 1.1, 1.5, 6.45)


def annexes(page: ReportPage, found: BriefingContent) -> None:
    """All three, and what is to be filled in."""
    page.annex("绩效评价指标评分表")
    if found.score is None:
        page.para("尚未建立评价轮次，没有评分表。")
    else:
        _scores(page, found.score)
    page.annex("反馈意见采纳情况表")
    _opinions(page, found)
    page.annex("资料清单")
    _documents(page, found)
    _to_fill_in(page)


def _scores(page: ReportPage, score: RoundScore) -> None:
    rows: list[list[Cell | str]] = []
    for l1, of_group in groupby(score.items, key=lambda item: item.indicator.l1):
        before: tuple[str, str] = ("", "")
        for number, item in enumerate(of_group):
            each = item.indicator
            rows.append([
                _level(l1, number == 0), _level(each.l2, before != (l1, each.l2)), each.code, each.l3,
                points(each.weight), points_or_word(item), points(item.deduction),
                percent(item.rate),
                _reason(item),
            ])  # fmt: skip
            before = (l1, each.l2)
        part = score.tally.subtotals[l1]
        rows.append([
            Cell("", merge="continue"), Cell("小计", "TableHead", "center", span=3), points(part.weight),
            points(part.points), points(part.deduction), percent(part.rate), "",
        ])  # fmt: skip
    sums = score.tally
    got, lost = (points(sums.total), points(sums.scored_weight - sums.total)) if sums.scored else (MISSING, MISSING)
    rows.append([
        Cell("合计", "TableHead", "center", span=4), points(sums.weight), got, lost,
        percent(sums.rate), "",
    ])  # fmt: skip
    rows.append([Cell("评价等级", "TableHead", "center", span=4), Cell(sums.grade or MISSING, align="left", span=5)])
    title = scored(f"评分表（{score.round} · {score.sheet.name}）", score)
    page.table(
        title, _HEADINGS, rows, unit="分", shares=_SHARES, small=True, source=str(score.source), remark=score.remark
    )
    # In one line, which stays with the sum: nobody signs an empty page.
    page.para(*(part for name in SIGNED_BY for part in (f"{name}：", Blank(name), "\u3000\u3000")), style="TableText")


def _reason(item: ScoredItem) -> Cell:
    reason = item.event.reason if item.event else ""
    return Cell(Blank("扣分原因") if item.deduction and not reason else reason)


def _level(text: str, first: bool) -> Cell:
    return Cell(text, align="center", merge="restart") if first else Cell(merge="continue")


def _opinions(page: ReportPage, found: BriefingContent) -> None:
    if not found.opinions:
        page.para("本轮没有登记被评价单位的反馈意见。")
        page.para("征求意见的时间和对象：", Blank("征求意见的时间、对象和方式"))
        return
    rows = [
        (f"{each.code} {each.name}", each.text, _said(each), each.decision or "尚未答复",
         each.answer or MISSING, each.answered_by or MISSING)
        for each in found.opinions
    ]  # fmt: skip
    headings = ("指标", "反馈意见", "提出", "采纳情况", "理由", "答复人")
    page.table("反馈意见采纳情况", headings, rows, shares=(3, 5, 3, 1.8, 5, 1.8), sourced=False)


def _said(each: Opinion) -> str:
    """The unit, with who has put its comment down, and when."""
    return f"{each.unit}（{each.said_by}登记，{each.said_at}）" if each.unit else f"{each.said_by} {each.said_at}"


def _documents(page: ReportPage, found: BriefingContent) -> None:
    if found.filed:
        rows = [
            (f"{each.file.code} {each.name}", each.file.kind, each.title, each.file.actor_name, each.filed_at)
            for each in found.filed
        ]
        headings = ("指标", "类别", "文件", "存入人", "存入时间")
        page.table("已收到的资料", headings, rows, shares=(3, 1.8, 6, 2, 3), sourced=False)
    else:
        page.para("尚未存入佐证资料。")
    if found.wanted:
        asked = [(f"{each.code} {each.name}", each.input, each.evidence or MISSING) for each in found.wanted]
        page.table(
            "尚缺的数据与资料",
            ("指标", "所缺数据", "佐证资料"),
            asked,
            shares=(3, 4, 5),
            sourced=False,
        )


def _to_fill_in(page: ReportPage) -> None:
    """Every blank of the report once more, so that none is overlooked."""
    blanks = page.blanks
    if not blanks:
        return
    page.annex("待填写事项")
    page.para("以下各处只能由人填写，正文中以黄底标出。")
    rows = [(str(number), under, what) for number, (under, what) in enumerate(blanks, 1)]
    page.table("待填写事项", ("序号", "所在位置", "待填写"), rows, shares=(1, 5, 8), sourced=False)
