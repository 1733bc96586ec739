"""Frames of a sheet of scores: 评分, 扣分, 差异与余量."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.briefing.content import RoundScore
from core.briefing.frames.builder import FrameBuilder
from core.briefing.frames.frame import Frame
from core.briefing.frames.names import FRAME_NAMES
from core.briefing.headlines import deducted, differing, lost_points, score_bands, standing, weakest
from core.errors import Message
from core.figures import scores as figures_of
from core.figures.figure import Bars, Chart
from core.text import word
from core.text.numbers import MISSING, points

MOST_ITEMS = 10
"""Items that a chart has room for; the table and the exported sheet have all."""
_NONE = Message("还没有可用的评分表；评分后显示。")


def scorecard(make: FrameBuilder) -> Frame:
    """绩效评分: the total and its grade, 得分率 of the level 1 groups."""
    score, called, basis = make.content.score, FRAME_NAMES["scorecard"], Message("得分÷已评指标的分值")
    if score is None or not score.tally.scored:
        return make.nothing("scorecard", called, Message("还没有评分"), word("分"), basis, _NONE)
    sums = score.tally
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
        word("分，%"),
        basis,
        figures=figures,
        charts=[make.chart(figures_of.level1_rates(make.facts, score.sheet, sums, score.source).chart)],
        tables=[make.table(figures_of.LEVEL1_HEADINGS, figures_of.level1_table(sums), last=True)],
        sentences=standing(score)[1:],
        due=score_bands(score),
        source=score.source,
        split=0.54,
    )


def _room(score: RoundScore) -> Message:
    sums = score.tally
    if sums.margin_down is not None:
        return Message("最多还可扣{points}分", {"points": points(sums.margin_down)})
    return Message("可能的总分{low}～{high}", {"low": points(sums.low), "high": points(sums.high)})


def deductions(make: FrameBuilder) -> Frame:
    """扣分: where points went, the most first, and why."""
    score, called, basis = make.content.score, FRAME_NAMES["deductions"], Message("分值减得分")
    lost = deducted(score)
    if score is None or not score.tally.scored:
        return make.nothing("deductions", called, lost_points(score), word("分"), basis, _NONE)
    if not lost:
        return make.frame(
            "deductions", called, lost_points(score), word("分"), basis,
            sentences=[Message("已评的指标都得满分，没有扣分。")], due=score_bands(score),
            source=score.source,
        )  # fmt: skip
    shown = figures_of.deductions(make.facts, score.sheet, score.items, score.source)
    note = Message("图中列出扣分最多的{shown}项，另有{left}项", _listed(lost, MOST_ITEMS))
    return make.frame(
        "deductions",
        called,
        lost_points(score),
        word("分"),
        basis,
        charts=[_first(make, shown.chart, MOST_ITEMS, note)],
        tables=[make.table(shown.headings, shown.rows)],
        due=score_bands(score),
        source=score.source,
        split=0.46,
    )


def differences(make: FrameBuilder) -> Frame:
    """差异与余量: how far the grade holds, and on which items people (or sheets) differ."""
    score, called = make.content.score, FRAME_NAMES["differences"]
    basis = Message("总分与等级界限之差；各评分表逐项之差")
    if score is None:
        return make.nothing("differences", called, Message("还没有评分"), word("分"), basis, _NONE)
    moves = figures_of.move_table(score.flips)
    return make.frame(
        "differences",
        called,
        score.margin,
        word("分"),
        basis,
        charts=_differences(make, score),
        tables=[make.table(figures_of.MOVE_HEADINGS, moves, word("最少怎样改会变等级"))] if moves else [],
        sentences=[*(flip.sentence for flip in score.flips), differing(score)],
        due=score_bands(score),
        source=score.source,
    )


def _differences(make: FrameBuilder, score: RoundScore) -> list[Bars]:
    pairs = [(each.name, each.left, each.right) for each in score.pairs]
    found = figures_of.differences(score.agenda, pairs, (score.sheet.name, score.other))
    # As many as have room for two bars each.
    most = MOST_ITEMS - 3
    return (
        []
        if found is None
        else [_first(make, found, most, Message("图中列出{shown}项，另有{left}项", _listed(found.rows, most)))]
    )


def _listed(rows: Sequence[object], most: int) -> dict[str, object]:
    return {"shown": most, "left": len(rows) - most}


def _first(make: FrameBuilder, bars: Chart, most: int, note: Message) -> Bars:
    """The first rows of a chart, and in a note how many are left out."""
    assert isinstance(bars, Bars)
    return make.chart(bars if len(bars.rows) <= most else replace(bars, rows=bars.rows[:most], note=note))
