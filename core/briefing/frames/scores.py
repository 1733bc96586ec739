"""Frames of a sheet of scores: 评分, 扣分, 差异与余量."""

from __future__ import annotations

from decimal import Decimal

from core.briefing.findings import deducted, differing, lost_points, score_bands, standing, weakest
from core.briefing.frames.frame import Bars, Chart, Frame, Row
from core.briefing.frames.maker import Maker
from core.briefing.matter import Score
from core.charts.frame import MONEY, TIME
from core.charts.scoring import DEDUCTED
from core.errors import Message
from core.model.measure import RATIO
from core.progress import quotient
from core.text import word
from core.text.numbers import MISSING, percent, points

MOST_ITEMS = 10
"""Items that a chart has room for; the table and the exported sheet have all."""
_NONE = Message("还没有可用的评分表;评分后显示。")


def scorecard(make: Maker) -> Frame:
    """绩效评分: the total and its grade, 得分率 of the level 1 groups."""
    score, called, basis = make.matter.score, word("绩效评分"), Message("得分÷已评指标的分值")
    if score is None or not score.tally.scored:
        return make.nothing("scorecard", called, Message("还没有评分"), word("分"), basis, _NONE)
    sums = score.tally
    groups = sums.subtotals
    table = make.table(
        (word("一级指标"), word("分值"), word("得分"), word("得分率")),
        [
            *(
                (name, points(part.weight), points(part.points if part.scored_weight else None), percent(part.rate))
                for name, part in groups.items()
            ),
            (word("合计"), points(sums.weight), points(sums.total), percent(quotient(sums.total, sums.scored_weight))),
        ],
        last=True,
    )
    bars = Bars(
        make.say(word("一级指标得分率")),
        tuple(Row(make.name(name), (make.value(part.rate, RATIO),)) for name, part in groups.items()),
        end=Decimal(1),
        ordered=False,
    )
    whole = Message("{points}分", {"points": points(sums.decisive)}) if sums.grade else Message("未评完")
    figures = [
        make.figure(
            word("得分"), whole, Message("{round} · {sheet}", {"round": score.round, "sheet": score.sheet.name})
        ),
        make.figure(word("等级"), sums.grade or MISSING, _room(score)),
        make.figure(
            word("已确认"),
            Message("{confirmed}/{items}项", {"confirmed": sums.confirmed, "items": sums.items}),
            word("其余为示例或未评") if sums.confirmed < sums.items else "",
        ),
    ]
    # The grade and how much is confirmed stand in the figures.
    return make.frame(
        "scorecard",
        called,
        weakest(score),
        word("分,%"),
        basis,
        figures=figures,
        charts=[bars],
        tables=[table],
        sentences=standing(score)[1:],
        due=score_bands(score),
        split=0.54,
    )


def _room(score: Score) -> Message:
    sums = score.tally
    if sums.margin_down is not None:
        return Message("最多还可扣{points}分", {"points": points(sums.margin_down)})
    return Message("可能的总分{low}–{high}", {"low": points(sums.low), "high": points(sums.high)})


def deductions(make: Maker) -> Frame:
    """扣分: where points went, the most first, and why."""
    score, called, basis = make.matter.score, word("扣分"), Message("分值减得分")
    lost = deducted(score)
    if score is None or not score.tally.scored:
        return make.nothing("deductions", called, lost_points(score), word("分"), basis, _NONE)
    if not lost:
        return make.frame(
            "deductions", called, lost_points(score), word("分"), basis,
            sentences=[Message("已评的指标都得满分,没有扣分。")], due=score_bands(score),
        )  # fmt: skip
    shown = lost[:MOST_ITEMS]
    left = len(lost) - len(shown)
    bars = Bars(
        make.say(word("扣分最多的指标")),
        tuple(Row(make.name(item.indicator.l3), (make.value(item.deduction, "分", DEDUCTED),)) for item in shown),
        note=make.say(Message("图中列出扣分最多的{shown}项,另有{left}项", {"shown": len(shown), "left": left}))
        if left
        else "",
    )
    table = make.table(
        (word("编号"), word("指标"), word("扣分"), word("原因")),
        [
            (i.indicator.code, i.indicator.l3, points(i.deduction), (i.event and i.event.reason) or MISSING)
            for i in lost
        ],
    )
    return make.frame(
        "deductions",
        called,
        lost_points(score),
        word("分"),
        basis,
        charts=[bars],
        tables=[table],
        due=score_bands(score),
        split=0.46,
    )


def differences(make: Maker) -> Frame:
    """差异与余量: how far the grade holds, and on which items people (or sheets) differ."""
    score, called = make.matter.score, word("差异与余量")
    basis = Message("总分与等级界限之差;各评分表逐项之差")
    if score is None:
        return make.nothing("differences", called, Message("还没有评分"), word("分"), basis, _NONE)
    moves = [
        (move.name, points(move.before), points(move.after), flip.grade) for flip in score.flips for move in flip.moves
    ]
    heads = (word("指标"), word("得分"), word("变为"), word("等级"))
    return make.frame(
        "differences",
        called,
        score.margin,
        word("分"),
        basis,
        charts=_differences(make, score),
        tables=[make.table(heads, moves, word("最少怎样改会变等级"))] if moves else [],
        sentences=[*(flip.sentence for flip in score.flips), differing(score)],
        due=score_bands(score),
    )


def _differences(make: Maker, score: Score) -> list[Chart]:
    if score.agenda:
        series = (word("最低分"), word("最高分"))
        found = [(row.item.indicator.l3, row.item.low, row.item.high) for row in score.agenda]
    elif score.pairs:
        series = (score.sheet.name, score.other)
        found = [(pair.name, pair.left, pair.right) for pair in score.pairs]
    else:
        return []
    # As many as have room for two bars each.
    shown = found[: MOST_ITEMS - 3]
    left = len(found) - len(shown)
    return [
        Bars(
            make.say(word("得分不同的指标")),
            tuple(
                Row(make.name(name), (make.value(low, "分", TIME), make.value(high, "分", MONEY)))
                for name, low, high in shown
            ),
            series=tuple(make.name(each) for each in series),
            ordered=False,
            note=make.say(Message("图中列出{shown}项,另有{left}项", {"shown": len(shown), "left": left}))
            if left
            else "",
        )
    ]
