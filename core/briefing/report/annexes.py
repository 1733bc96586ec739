"""The annexes, sideways: the score table, what became of the unit's comments, and what was and is to be handed in."""

from __future__ import annotations

from itertools import groupby

from core.briefing.content import BriefingContent, Opinion, RoundScore
from core.briefing.report.analysis import points_or_word
from core.briefing.report.named_figures import POINTS, scored
from core.briefing.report.page import Blank, Cell, ReportPage
from core.briefing.report_parts import REPORT_PARTS
from core.briefing.spreadsheet import SIGNED_BY
from core.errors import Message
from core.figures.figure import Words
from core.scoring import ScoredItem
from core.text import word
from core.text.marks import labelled
from core.text.numbers import MISSING, percent, points

_HEADINGS = (
    word("一级指标"), word("二级指标"), word("编号"), word("三级指标"), word("分值"), word("得分"), word("扣分"),
    word("得分率"), word("扣分原因"),
)  # fmt: skip
_SHARES = (0.9, 1.6, 0.9, 3.5, 1.3, 1.25, 1.1, 1.5, 6.45)


def annexes(page: ReportPage, found: BriefingContent) -> None:
    """All three, and what is to be filled in."""
    page.annex("scores")
    if found.score is None:
        page.para(word("尚未建立评价轮次，没有评分表。"))
    else:
        _scores(page, found.score)
    page.annex("opinions")
    _opinions(page, found)
    page.annex("documents")
    _documents(page, found)
    _to_fill_in(page)


def _scores(page: ReportPage, score: RoundScore) -> None:
    rows: list[list[Cell | Words]] = []
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
            Cell("", merge="continue"), Cell(word("小计"), "TableHead", "center", span=3), points(part.weight),
            points(part.points), points(part.deduction), percent(part.rate), "",
        ])  # fmt: skip
    sums = score.tally
    got, lost = (points(sums.total), points(sums.scored_weight - sums.total)) if sums.scored else (MISSING, MISSING)
    rows.append([
        Cell(word("合计"), "TableHead", "center", span=4), points(sums.weight), got, lost,
        percent(sums.rate), "",
    ])  # fmt: skip
    rows.append(
        [Cell(word("评价等级"), "TableHead", "center", span=4), Cell(sums.grade or MISSING, align="left", span=5)]
    )
    named = Message("评分表（{round} · {sheet}）", {"round": score.round, "sheet": score.sheet.name})
    page.table(
        scored(named, score), _HEADINGS, rows, unit=POINTS, shares=_SHARES, small=True, source=score.source,
        remark=score.remark_in(page.language),
    )  # fmt: skip
    # In one line, which stays with the sum: nobody signs an empty page.
    signed = ((labelled(page.say(name), "", page.language), Blank(name), "\u3000\u3000") for name in SIGNED_BY)
    page.para(*(part for each in signed for part in each), style="TableText")


def _reason(item: ScoredItem) -> Cell:
    reason = item.event.reason if item.event else ""
    return Cell(Blank(word("扣分原因")) if item.deduction and not reason else reason)


def _level(text: str, first: bool) -> Cell:
    return Cell(text, align="center", merge="restart") if first else Cell(merge="continue")


def _opinions(page: ReportPage, found: BriefingContent) -> None:
    if not found.opinions:
        page.para(word("本轮没有登记被评价单位的反馈意见。"))
        page.ask(word("征求意见的时间和对象"), word("征求意见的时间、对象和方式"))
        return
    rows = [
        (_item(each.code, each.name), each.text, _said(each), each.decision or word("尚未答复"),
         each.answer or MISSING, each.answered_by or MISSING)
        for each in found.opinions
    ]  # fmt: skip
    headings = (
        word("指标"), word("反馈意见"), word("提出"), word("采纳情况"), word("理由"), word("答复人"),
    )  # fmt: skip
    page.table(word("反馈意见采纳情况"), headings, rows, shares=(3, 5, 3, 1.8, 5, 1.8), sourced=False)


def _item(code: str, name: str) -> Message:
    return Message("{code} {name}", {"code": code, "name": name})


def _said(each: Opinion) -> Words:
    """The unit, with who has put its comment down, and when."""
    if not each.unit:
        return f"{each.said_by} {each.said_at}"
    return Message("{unit}（{name}登记，{when}）", {"unit": each.unit, "name": each.said_by, "when": each.said_at})


def _documents(page: ReportPage, found: BriefingContent) -> None:
    if found.filed:
        rows = [
            (_item(each.file.code, each.name), each.file.kind, each.title, each.file.actor_name, each.filed_at)
            for each in found.filed
        ]
        headings = (word("指标"), word("类别"), word("文件"), word("存入人"), word("存入时间"))
        page.table(word("已收到的资料"), headings, rows, shares=(3, 1.8, 6, 2, 3), sourced=False)
    else:
        page.para(word("尚未存入佐证资料。"))
    if found.wanted:
        asked = [(_item(each.code, each.name), each.input, each.evidence or MISSING) for each in found.wanted]
        page.table(
            word("尚缺的数据与资料"),
            (word("指标"), word("所缺数据"), word("佐证资料")),
            asked,
            shares=(3, 4, 5),
            sourced=False,
        )


def _to_fill_in(page: ReportPage) -> None:
    """Every blank of the report once more, so that none is overlooked."""
    blanks = page.blanks
    if not blanks:
        return
    page.annex("to_fill_in")
    page.para(word("以下各处只能由人填写，正文中以黄底标出。"))
    rows = [(str(number), under, what) for number, (under, what) in enumerate(blanks, 1)]
    page.table(
        REPORT_PARTS["to_fill_in"],
        (word("序号"), word("所在位置"), word("待填写")),
        rows,
        shares=(1, 5, 8),
        sourced=False,
    )
